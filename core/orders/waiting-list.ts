import * as z from 'zod';
import { addDays, type BusinessDate, businessDateOf, daysBetween, lastDayOf } from '../calendar/business-date.ts';
import { recordFields } from '../lifecycle/record.ts';
import { amountSchema, type Fen, fen, max, subtract, ZERO } from '../money/money.ts';
import type { Limits } from '../subsidy/entitlement.ts';
import type { Order } from './order.ts';

/**
 * Who waits for money of a year, in figures: one record per year, written by everybody who joins, is served or leaves,
 * under the version it was read in. The places themselves are the orders (clause 一-(二), 五-(一)).
 */
export const waitingListSchema = z.strictObject({
  year: z.int(),
  ...recordFields,
  places: z.int().nonnegative(),
  /** Places taken so far, whatever became of them: numbers are given out by it. */
  taken: z.int().nonnegative(),
  /** Fen that all places still wait for. */
  amount: amountSchema,
  specs: z.record(z.string(), z.strictObject({ places: z.int().nonnegative(), amount: amountSchema })),
  /** The places of the year before come first; until they are here, nobody takes anything. */
  inherits: z.boolean(),
  /** Since when somebody has been waiting without a break. */
  since: z.int(),
  /** Fen that places were given since then: what a forecast is made of. */
  served: amountSchema,
});
export type WaitingList = z.infer<typeof waitingListSchema>;

/** What a list says, without its record: also of a year that nobody waited for yet. */
export type WaitingFigures = Omit<WaitingList, keyof typeof recordFields>;

/** Fen that an order still waits for. */
export const missingOf = ({ waiting, reservation }: Pick<Order, 'waiting' | 'reservation'>): Fen =>
  waiting ? max(subtract(waiting.wanted, reservation?.amount ?? ZERO), ZERO) : ZERO;

/** A change of a waiting list: places and fen of a spec, more or less. */
export interface ListChange {
  readonly specId: string;
  readonly places: number;
  readonly amount: number;
  /** Fen that a place was given. */
  readonly served?: number;
}

export const joins = (order: Order): ListChange => ({
  specId: order.waiting?.specId ?? '',
  places: 1,
  amount: missingOf(order),
});
export const leaves = (order: Order): ListChange => ({
  specId: order.waiting?.specId ?? '',
  places: -1,
  amount: 0 - missingOf(order),
});

/** A list that nobody waits in. */
export const emptyList = (year: number, at: number): WaitingFigures => ({
  year,
  places: 0,
  taken: 0,
  amount: ZERO,
  specs: {},
  inherits: false,
  since: at,
  served: ZERO,
});

/** The figures of a list after these changes. With the first place of a list, what was served counts anew. */
export function changed<T extends WaitingFigures>(list: T, changes: readonly ListChange[], at: number): T {
  const specs = structuredClone(list.specs);
  let { places, taken, amount, served } = list;
  for (const change of changes) {
    const before = specs[change.specId] ?? { places: 0, amount: ZERO };
    const after = { places: before.places + change.places, amount: fen(before.amount + change.amount) };
    if (after.places === 0) delete specs[change.specId];
    else specs[change.specId] = after;
    places += change.places;
    taken += Math.max(0, change.places);
    amount = fen(amount + change.amount);
    served = fen(served + (change.served ?? 0));
  }
  const anew = list.places === 0 ? { since: at, served: ZERO } : { served };
  return { ...list, specs, places, taken, amount, ...anew };
}

/**
 * What is left for whoever comes without a place: nothing of a spec that somebody waits for, and of the fund what all
 * places together could never use. So nobody overtakes (clause 一-(二)).
 */
export function behindList(
  limits: Pick<Limits, 'fundLeft' | 'specs'>,
  list: WaitingList,
): Pick<Limits, 'fundLeft' | 'specs'> {
  const nothing = { leftAmount: ZERO, leftCount: 0 };
  return {
    fundLeft: list.inherits ? ZERO : max(subtract(limits.fundLeft, list.amount), ZERO),
    specs: Object.fromEntries(
      Object.entries(limits.specs).map(([id, left]) => [id, list.inherits || list.specs[id] ? nothing : left]),
    ),
  };
}

/** When a place may be served, by what the list was given a day so far. */
export type Forecast =
  /** Nothing has come back since somebody began to wait: there is nothing to go by. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'date'; readonly on: BusinessDate }
  /** Not in this year: it comes first in the next (clause 一-(二)). */
  | { readonly kind: 'next-year' };

export function forecastOf(
  { since, served, year }: Pick<WaitingList, 'since' | 'served' | 'year'>,
  /** Fen that must come back before the place is filled. */
  needed: Fen,
  at: number,
): Forecast {
  if (served === 0) return { kind: 'unknown' };
  const today = businessDateOf(at);
  const days = Math.max(1, daysBetween(businessDateOf(since), today));
  const wait = Math.ceil((needed * days) / served);
  return wait > daysBetween(today, lastDayOf(year))
    ? { kind: 'next-year' }
    : { kind: 'date', on: addDays(today, wait) };
}
