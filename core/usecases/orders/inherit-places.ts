import { revise } from '../../lifecycle/record.ts';
import { fen } from '../../money/money.ts';
import { type Order, orderTransitions } from '../../orders/order.ts';
import { joins, type ListChange, leaves, type WaitingList } from '../../orders/waiting-list.ts';
import type { Plan } from '../../policy/plan.ts';
import type { Command } from '../../ports/context.ts';
import type { Change, Reads } from '../../ports/store.ts';
import { computeEntitlement } from '../../subsidy/entitlement.ts';
import { endOrder, giveBackOfYear } from './end-order.ts';
import { pin, withoutPool } from './limits.ts';
import { changeList, firstPlaces } from './waiting.ts';

/** Orders in one transaction: their trail, and money that goes back to the old year. */
const PLACES = 8;

/**
 * Brings the next places of a year that is over into the new one, before anybody else takes anything of it: what a year
 * could not give comes first in the next (clause 一-(二)). Each keeps its time; what it waits for is computed anew by the
 * new plan and in the new year's cap, and what it held of the old year goes back. A place whose provider never agreed, or
 * whose category the new plan doesn't have, ends with its order. Undefined while the index doesn't show the places yet.
 */
export async function bringPlaces(
  reads: Pick<Reads, 'getMany' | 'list' | 'capUsed'>,
  plan: Plan,
  list: WaitingList | undefined,
  before: WaitingList | undefined,
  command: Command,
): Promise<Change[] | undefined> {
  const { year } = plan;
  const { at } = command;
  if (!before || before.places === 0) return changeList(list, year, [], at, { inherits: false });
  const { orders } = await firstPlaces(reads, before.year, PLACES);
  if (orders.length === 0) return undefined;
  const changes: Change[] = [];
  const joining: ListChange[] = [];
  for (const order of orders) {
    const moved = order.waiting?.agreedAt === undefined ? undefined : await underNewPlan(reads, order, plan, at);
    if (moved) {
      joining.push(joins(moved));
      changes.push(
        {
          do: 'update',
          entity: 'order',
          value: moved,
          from: orderTransitions.lapse.from,
          audit: { action: 'next-year' },
        },
        ...giveBackOfYear(order, command),
      );
    } else changes.push(...endOrder(order, orderTransitions.lapse, command).changes);
  }
  return [
    ...changes,
    ...changeList(before, before.year, orders.map(leaves), at),
    ...changeList(list, year, joining, at, { inherits: before.places > orders.length }),
  ];
}

/** The order as the new plan has it; undefined when it has nothing for it. */
async function underNewPlan(
  reads: Pick<Reads, 'capUsed'>,
  { reservation: _, ...order }: Order,
  plan: Plan,
  at: number,
): Promise<Order | undefined> {
  const policy = pin(plan);
  const unlimited = computeEntitlement(policy, {
    lines: [{ kind: order.kind, fee: order.estimatedFee }],
    choice: order.choice,
    limits: { ...withoutPool(policy.specs), capUsed: fen(await reads.capUsed(plan.year, order.enterpriseUscc)) },
  });
  const specId = unlimited.parts[0]?.specId;
  if (specId === undefined || !order.waiting) return undefined;
  return revise<Order>(order, at, {
    planYear: plan.year,
    policyVersion: policy.policyVersion,
    policy,
    waiting: { ...order.waiting, specId, wanted: unlimited.amount },
  });
}
