import * as z from 'zod';
import { amountSchema, type Fen, fen, sum, ZERO } from '../money/money.ts';

/** Money by the year it was appropriated for (clause 一-(二), carry-over). */
export const lotSchema = z.strictObject({ originYear: z.int(), amount: amountSchema });
export type Lot = z.infer<typeof lotSchema>;

/** Fen in all lots. */
export const lotsTotal = (lots: readonly Lot[]): Fen => sum(lots.map(({ amount }) => amount));

/** Lots of the same origin are one; oldest first, none empty. */
export const mergeLots = (...lots: readonly Lot[]): Lot[] =>
  [...Map.groupBy(lots, ({ originYear }) => originYear)]
    .map(([originYear, same]) => ({ originYear, amount: lotsTotal(same) }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => a.originYear - b.originYear);

/** Takes an amount out of lots, the oldest first. Throws a RangeError when they hold less. */
export function takeOldest(lots: readonly Lot[], amount: Fen): { readonly taken: Lot[]; readonly left: Lot[] } {
  let open = amount;
  const taken: Lot[] = [];
  const left: Lot[] = [];
  for (const lot of mergeLots(...lots)) {
    const part = fen(Math.min(lot.amount, open));
    open = fen(open - part);
    taken.push({ ...lot, amount: part });
    left.push({ ...lot, amount: fen(lot.amount - part) });
  }
  if (open !== 0) throw new RangeError(`${open} fen more than all lots hold`);
  return { taken: mergeLots(...taken), left: mergeLots(...left) };
}

export interface ClosingFacts {
  /** The year that is closed. */
  readonly year: number;
  /** Everything that came into it: carried in by origin, and its own appropriation. */
  readonly sources: readonly Lot[];
  /** Fen behind live commitments. */
  readonly live: Fen;
  /** Fen that are free; negative is a shortfall, after a cut of the appropriation below its commitments. */
  readonly free: Fen;
  readonly carryOverYears: number;
}

/** What a year leaves to the next, by origin. */
export interface CarriedLots {
  /** The money that moves with live commitments; short of them by `shortfall`. */
  readonly live: readonly Lot[];
  /** Unencumbered money: becomes carry-in. */
  readonly free: readonly Lot[];
  /** Unencumbered money that is older than it may become: goes back to the treasury. */
  readonly lapsed: readonly Lot[];
  /** What live commitments miss; the new appropriation fills it first. */
  readonly shortfall: Fen;
}

/**
 * The oldest money is consumed first: by what was paid, then by what is committed; what is free is the newest. Free
 * money that the next year would use more than `carryOverYears` after its own lapses (clause 一-(二)).
 */
export function carryLots({ year, sources, live, free, carryOverYears }: ClosingFacts): CarriedLots {
  const shortfall = fen(Math.max(0, -free));
  const stillFree = fen(Math.max(0, free));
  const backed = fen(Math.max(0, live - shortfall));
  const paid = fen(lotsTotal(sources) - backed - stillFree);
  if (paid < 0) throw new RangeError(`${-paid} fen more are left of ${year} than came in`);
  const unpaid = takeOldest(sources, paid).left;
  const { taken, left } = takeOldest(unpaid, backed);
  const lapses = ({ originYear }: Lot) => year + 1 - originYear > carryOverYears;
  return { live: taken, free: left.filter((lot) => !lapses(lot)), lapsed: left.filter(lapses), shortfall };
}

/**
 * What came into a year, by origin: what the close before carried, and the year's own appropriation with what was
 * recovered into it. Money carried in without a record of its origin counts as the year before's.
 */
export function sourcesOf(
  year: number,
  came: { readonly carriedIn: Fen; readonly own: Fen },
  recorded: readonly Lot[],
): Lot[] {
  const carriedIn = fen(Math.max(0, came.carriedIn));
  const unrecorded = fen(Math.max(0, carriedIn - lotsTotal(recorded)));
  const known = takeOldest(recorded, fen(Math.max(0, lotsTotal(recorded) - carriedIn))).left;
  return mergeLots(
    ...known,
    { originYear: year - 1, amount: unrecorded },
    { originYear: year, amount: fen(Math.max(ZERO, came.own)) },
  );
}
