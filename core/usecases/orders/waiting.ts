import { born, revise } from '../../lifecycle/record.ts';
import type { Order } from '../../orders/order.ts';
import { comparePlaces } from '../../orders/place.ts';
import { changed, emptyList, type ListChange, leaves, type WaitingList } from '../../orders/waiting-list.ts';
import type { Change, Reads } from '../../ports/store.ts';

/**
 * The changes of a year's waiting list: its record under the version that was read, and the mark that keeps everybody
 * without a place out of the pool, set with the first place and lifted with the last.
 */
export function changeList(
  list: WaitingList | undefined,
  year: number,
  changes: readonly ListChange[],
  at: number,
  more: { readonly inherits?: boolean } = {},
): Change[] {
  const next = { ...changed(list ?? emptyList(year, at), changes, at), ...more };
  const closedBefore = list !== undefined && (list.places > 0 || list.inherits);
  const closed = next.places > 0 || next.inherits;
  const mark: Change[] = closedBefore === closed ? [] : [{ do: 'mark-waiting', year, waiting: closed }];
  return [
    list
      ? { do: 'update', entity: 'waitingList', value: revise(list, at, next), audit: { action: 'change' } }
      : { do: 'create', entity: 'waitingList', value: { ...next, ...born(at) } },
    ...mark,
  ];
}

/**
 * The first places of a year, in their order, read again from the table: the index may show an order that has left the
 * list meanwhile. `whole`: the index showed all that it knows of.
 */
export async function firstPlaces(
  reads: Pick<Reads, 'getMany' | 'list'>,
  year: number,
  limit: number,
): Promise<{ readonly orders: readonly Order[]; readonly whole: boolean }> {
  const { items, next } = await reads.list('waitingOrders', { year }, { limit });
  const stored = await reads.getMany(
    'order',
    items.map(({ id }) => ({ id })),
  );
  const orders = stored
    .filter((order) => order.waiting && order.planYear === year)
    .sort((a, b) => comparePlaces(a.waiting, b.waiting));
  return { orders, whole: next === undefined };
}

/** The changes by which orders give up their places, whatever ends them. */
export async function leaving(reads: Pick<Reads, 'get'>, orders: readonly Order[], at: number): Promise<Change[]> {
  const waiting = orders.filter((order) => order.waiting !== undefined);
  const changes: Change[] = [];
  for (const [year, ofYear] of Map.groupBy(waiting, ({ planYear }) => planYear)) {
    const list = await reads.get('waitingList', { year });
    if (list) changes.push(...changeList(list, year, ofYear.map(leaves), at));
  }
  return changes;
}

/**
 * What makes a write true that takes money past a waiting list: it was decided on these figures, and nobody has joined
 * or left since.
 */
export const onList = ({ year, version }: WaitingList): Change => ({
  do: 'check',
  entity: 'waitingList',
  id: { year },
  version,
});
