import { type BusinessDate, businessDateOf } from '../calendar/business-date.ts';
import type { Kind } from '../catalogue/kinds.ts';
import { APPROPRIATE, CUT, type Posting } from '../ledger/posting.ts';
import { fen } from '../money/money.ts';
import type { Order, PinnedPolicy, VoucherChoice } from '../orders/order.ts';
import type { ServiceDays } from '../orders/same-service.ts';
import { capCountingStatuses, type Voucher } from '../orders/voucher.ts';
import type { FeeLine } from '../subsidy/entitlement.ts';
import type { VoucherSpec } from './plan.ts';
import type { PlanVersion } from './plan-version.ts';
import { type Quotas, quotasOf } from './quotas.ts';

/** What an order asked for, as it was placed, signed and delivered: never what it got. */
export interface ReplayedOrder {
  readonly id: string;
  readonly uscc: string;
  readonly jurisdiction: string;
  readonly policy: PinnedPolicy;
  /** What it counts against beside spec and cap, if its plan sets it. */
  readonly quotas?: Quotas;
  readonly choice: VoucherChoice;
  readonly placed: readonly FeeLine[];
  /** Lines of the contract with the days that earlier vouchers subsidise. */
  readonly contract: readonly FeeLine[];
  /** After part performance, the same with the fees that were delivered. */
  readonly delivered: readonly FeeLine[];
  /** What its voucher really came to; absent when it was never signed. */
  readonly voucher?: Voucher;
}

/** What happened, in the order of time. Amounts stand only where no order asked: of the fund, and as shares. */
export type ReplayedEvent = { readonly at: number; readonly id: string } & (
  | {
      readonly what: 'reserve' | 'serve' | 'sign' | 'deliver' | 'release' | 'end' | 'refuse';
      readonly orderId: string;
    }
  /** At redemption this part of the whole was not paid. */
  | { readonly what: 'deduct'; readonly orderId: string; readonly part: number; readonly whole: number }
  /** Fen that became free or were taken from the fund, other than by these orders. */
  | { readonly what: 'fund'; readonly appropriation: boolean; readonly amount: number }
  | { readonly what: 'resize'; readonly specs: readonly VoucherSpec[] }
);

/** A year as it was: all that the replay needs, and nothing that it decides. */
export interface YearOfOrders {
  readonly specs: readonly VoucherSpec[];
  readonly orders: ReadonlyMap<string, ReplayedOrder>;
  readonly events: readonly ReplayedEvent[];
}

/** The orders that held money of a year: those that reserved it, or were given it from the waiting list. */
export const ordersInJournal = (journal: readonly Posting[]): string[] =>
  journal.flatMap(({ reason, orderId }) =>
    (reason === 'reserve' || reason === 'serve') && orderId !== undefined ? [orderId] : [],
  );

/**
 * A year's journal, its orders with their vouchers, and the published versions of its plan (the first is as it was
 * opened), as events in the order of time.
 */
export function yearOfOrders(
  journal: readonly Posting[],
  orders: readonly Order[],
  vouchers: readonly Voucher[],
  versions: readonly Pick<PlanVersion, 'number' | 'specs' | 'publishedAt'>[],
): YearOfOrders {
  const voucherOf = new Map(vouchers.map((voucher) => [voucher.orderId, voucher]));
  const replayed = new Map(
    orders.flatMap((order) => {
      const one = replayedOrder(order, voucherOf.get(order.id));
      return one ? [[order.id, one] as const] : [];
    }),
  );
  const [first, ...later] = [...versions].sort((a, b) => a.number - b.number);
  const events = [
    ...journal.flatMap((posting) => eventOf(posting, replayed)),
    ...orders.flatMap((order) => deliveryOf(order, replayed.get(order.id))),
    ...later.map(
      ({ number, specs, publishedAt = 0 }): ReplayedEvent => ({
        at: publishedAt,
        id: `version_${number}`,
        what: 'resize',
        specs,
      }),
    ),
  ];
  return { specs: first?.specs ?? [], orders: replayed, events: events.sort(inTime) };
}

const ranks = {
  fund: 0,
  resize: 0,
  reserve: 1,
  serve: 1,
  sign: 2,
  deliver: 3,
  release: 4,
  end: 4,
  deduct: 4,
  refuse: 4,
} as const;

/** By time; within a millisecond by what must come first, then by id. */
const inTime = (a: ReplayedEvent, b: ReplayedEvent): number =>
  a.at - b.at || ranks[a.what] - ranks[b.what] || (a.id < b.id ? -1 : 1);

function replayedOrder(order: Order, voucher: Voucher | undefined): ReplayedOrder | undefined {
  const { policy, contract, serviceDays, deliveredLines } = order;
  if (!policy) return undefined;
  const days = new Map(serviceDays?.map(({ kind, ...of }) => [kind, of]));
  const lines = contract?.lines ?? [];
  const quotas = quotasOf(policy.parameters, order);
  return {
    id: order.id,
    uscc: order.enterpriseUscc,
    jurisdiction: order.jurisdiction,
    policy,
    ...(quotas ? { quotas } : {}),
    choice: order.choice,
    placed: [{ kind: order.kind, fee: order.estimatedFee }],
    contract: lines.map(({ kind, fee }) => feeLine(kind, fee, days)),
    delivered: lines.map(({ kind, fee }, line) => feeLine(kind, deliveredLines?.[line] ?? fee, days)),
    ...(voucher ? { voucher } : {}),
  };
}

const feeLine = (kind: Kind, fee: FeeLine['fee'], days: ReadonlyMap<Kind, ServiceDays>): FeeLine => {
  const serviceDays = days.get(kind);
  return { kind, fee, ...(serviceDays ? { serviceDays } : {}) };
};

/** Part performance of a voucher that was still alive: not every one has moved money, under other ratios it may. */
function deliveryOf({ deliveredAt, deliveredLines }: Order, order: ReplayedOrder | undefined): ReplayedEvent[] {
  const expiresOn = order?.voucher?.expiresOn;
  if (!order || deliveredAt === undefined || deliveredLines === undefined || expiresOn === undefined) return [];
  const alive = businessDateOf(deliveredAt) <= (expiresOn as BusinessDate);
  return alive ? [{ at: deliveredAt, id: order.id, what: 'deliver', orderId: order.id }] : [];
}

const endings = {
  reserve: 'reserve',
  serve: 'serve',
  issue: 'sign',
  release: 'release',
  expire: 'end',
  refuse: 'refuse',
} as const;

function eventOf(posting: Posting, orders: ReadonlyMap<string, ReplayedOrder>): ReplayedEvent[] {
  const { at, id, reason, orderId, entries } = posting;
  const order = orderId === undefined ? undefined : orders.get(orderId);
  const free = entries.available ?? 0;
  if (!order) {
    const appropriation = reason === APPROPRIATE || reason === CUT;
    return free === 0 ? [] : [{ at, id, what: 'fund', appropriation, amount: free }];
  }
  const common = { at, id, orderId: order.id };
  if (isOneOf(endings, reason)) return [{ ...common, what: endings[reason] }];
  // What part performance leaves is computed again, with the delivery.
  if (reason === 'reduce' || (reason === 'void' && wasDelivered(order))) return [];
  if (reason === 'void') return [{ ...common, what: 'end' }];
  if (reason === 'accrue')
    return free === 0 ? [] : [{ ...common, what: 'deduct', part: free, whole: -(entries.active ?? 0) }];
  return free === 0 ? [] : [{ at, id, what: 'fund', appropriation: false, amount: free }];
}

const wasDelivered = ({ contract, delivered }: ReplayedOrder): boolean =>
  delivered.some(({ fee }, line) => fee !== contract[line]?.fee);

const isOneOf = <T extends object>(names: T, name: PropertyKey): name is keyof T => Object.hasOwn(names, name);

/** What a voucher stands for at the end: nothing once it is void or expired. */
export const keptOf = (voucher: Voucher | undefined): ReadonlyMap<string, number> =>
  new Map(
    voucher && capCountingStatuses.includes(voucher.status)
      ? voucher.parts.map(({ category, amount }) => [category, fen(amount)])
      : [],
  );
