import { type Backing, backingOf, liveStatuses } from '../../ledger/backing.ts';
import { carryPostings } from '../../ledger/carry-voucher.ts';
import { yearEndTransitions } from '../../ledger/year-end-record.ts';
import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { fen } from '../../money/money.ts';
import { type Order, orderTransitions } from '../../orders/order.ts';
import { fundYearOf } from '../../orders/voucher.ts';
import { joins, leaves } from '../../orders/waiting-list.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { Change, Decision, Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { endOrder, giveBackOfYear } from '../orders/end-order.ts';
import { changeList, leaving } from '../orders/waiting.ts';
import { type Moved, type Position, vouchersAt } from './pages.ts';
import { startAt } from './request.ts';

/** Sizes of the loops; smaller ones only show the same with fewer vouchers. */
export interface MovingSizes {
  /** Vouchers in one transaction: four writes each, beside a shard of each year's pool, the record and the step's answer. */
  readonly vouchersPerPage: number;
  /** Pages in one execution, seven events each: below the 25,000 that an execution may have. */
  readonly pagesPerExecution: number;
}
export const MOVING_SIZES: MovingSizes = { vouchersPerPage: 15, pagesPerExecution: 3000 };
/** Orders in one transaction: their trail, posting, shard and cap each. */
const ORDERS_PER_PAGE = 10;

/** A year's close may only move money after both departments approved. */
const moving = yearEndTransitions.close.from;

/** Where the loop over reservations stands: first those with a last day, then those of orders that wait. */
export type Reservations = Position & { readonly part?: 'due' | 'waiting' | undefined };

/**
 * Reservations end with their year: an order of another year cannot be signed any more (clause 五-(三)). What they held
 * is free again, and is carried over. An order in the waiting list gives back what it held and keeps its place, which is
 * brought into the next year when that plan opens.
 */
export const makeEndReservations =
  ({ reads }: Ports) =>
  async (
    { year, part = 'due', cursor }: Reservations,
    command: StepCommand,
  ): Promise<Result<Decision<Moved & Pick<Reservations, 'part'>>>> => {
    const stored = await reads.get('yearEnd', { year });
    if (!stored) return refuse('not-found');
    const at = { limit: ORDERS_PER_PAGE, ...(cursor ? { cursor } : {}) };
    const page =
      part === 'due'
        ? await reads.list('due', { kind: 'reservation', upTo: '9999-12-31' }, at)
        : await reads.list('waitingOrders', { year }, at);
    const orders = await reads.getMany(
      'order',
      page.items.map(({ id }) => ({ id })),
    );
    const { lapse } = orderTransitions;
    const ofYear = orders.filter((order) => order.planYear === year && allow(lapse, order.status).ok);
    const ending = part === 'due' ? ofYear : ofYear.filter((order) => (order.reservation?.amount ?? 0) > 0);
    const amount = ending.reduce((total, order) => total + (order.reservation?.amount ?? 0), 0);
    const value = revise(stored, command.at, {
      reservations: {
        count: stored.reservations.count + ending.length,
        amount: fen(stored.reservations.amount + amount),
      },
    });
    const changes = part === 'due' ? await lapsing(reads, ending, command) : await emptying(reads, ending, command);
    return ok({
      result: following({ year, part }, page.next),
      changes: [
        ...changes,
        { do: 'update', entity: 'yearEnd', value, from: moving, audit: { action: 'end-reservations' } },
      ],
    });
  };

function following({ year, part }: Reservations, cursor: string | undefined): Moved & Pick<Reservations, 'part'> {
  if (cursor) return { year, ...(part ? { part } : {}), cursor, next: 'more' };
  return part === 'due' ? { year, part: 'waiting', next: 'more' } : { year, next: 'done' };
}

async function lapsing(reads: Pick<Reads, 'get'>, orders: readonly Order[], command: StepCommand): Promise<Change[]> {
  const { lapse } = orderTransitions;
  return [
    ...orders.flatMap((order) => endOrder(order, lapse, command).changes),
    ...(await leaving(reads, orders, command.at)),
  ];
}

/** Orders that wait give back what they held, and wait for all of it again. */
async function emptying(reads: Pick<Reads, 'get'>, orders: readonly Order[], command: StepCommand): Promise<Change[]> {
  const [first] = orders;
  const list = first && (await reads.get('waitingList', { year: first.planYear }));
  if (!list) return [];
  const emptied = orders.map(({ reservation: _, ...order }) => revise<Order>(order, command.at, {}));
  return [
    ...emptied.map(
      (value): Change => ({
        do: 'update',
        entity: 'order',
        value,
        from: orderTransitions.lapse.from,
        audit: { action: 'year-over' },
      }),
    ),
    ...orders.flatMap((order) => giveBackOfYear(order, command)),
    ...changeList(list, list.year, [...orders.map(leaves), ...emptied.map(joins)], command.at),
  ];
}

/**
 * Moves the next live vouchers together with the money that backs them: fund year, posting out of the old year and
 * posting into the new one are one transaction (clause 一-(二), invariants 2 and 7). A voucher that somebody changes at
 * the same time is decided again; one that moved already is not this fund's any more. After many pages the loop goes on
 * in a new execution.
 */
export const makeMoveVouchers =
  ({ reads }: Ports, { vouchersPerPage, pagesPerExecution }: MovingSizes = MOVING_SIZES) =>
  async (
    position: Position & { readonly pages?: number | undefined },
    command: StepCommand,
  ): Promise<Result<Decision<Moved<'more' | 'continue' | 'done'> & { pages: number }>>> => {
    const { year } = position;
    const stored = await reads.get('yearEnd', { year });
    if (!stored) return refuse('not-found');
    const { vouchers, following } = await vouchersAt(reads, position, vouchersPerPage);
    const cause = { at: command.at, actor: command.actor.sub };
    const moved = { ...stored.moved };
    let oldestVoucherYear = stored.oldestVoucherYear;
    const changes: Change[] = [];
    for (const voucher of vouchers) {
      const backing = backingOf(voucher);
      if (!backing || fundYearOf(voucher) !== year) continue;
      moved.count += 1;
      for (const [account, amount] of Object.entries(backing) as [keyof Backing, number][]) {
        moved[account] = fen(moved[account] + amount);
      }
      oldestVoucherYear = Math.min(oldestVoucherYear, voucher.year);
      changes.push(
        {
          do: 'update',
          entity: 'voucher',
          value: revise(voucher, command.at, { fundYear: year + 1 }),
          from: liveStatuses,
          audit: { action: 'carry-over' },
        },
        ...carryPostings(voucher, backing, year, cause).map((posting): Change => ({ do: 'post', posting })),
      );
    }
    const rounds = stored.rounds + (following.next === 'done' ? 1 : 0);
    const value = revise(stored, command.at, { moved, oldestVoucherYear, rounds });
    const pages = (position.pages ?? 0) + 1;
    const leaving = following.next === 'more' && pages >= pagesPerExecution;
    return ok({
      result: { ...following, pages, next: leaving ? 'continue' : following.next },
      changes: [
        ...changes,
        { do: 'update', entity: 'yearEnd', value, from: moving, audit: { action: 'move' } },
        ...(leaving ? [continuing(following, command)] : []),
      ],
    });
  };

/** Starts the execution that goes on from here. */
function continuing({ next: _, ...position }: Moved, command: StepCommand): Change {
  const start = startAt('move', position, command);
  const { voucherYear, cursor } = position;
  const input = {
    ...start.event.input,
    ...(voucherYear === undefined ? {} : { voucherYear }),
    ...(cursor === undefined ? {} : { cursor }),
  };
  return { ...start, event: { ...start.event, input } };
}
