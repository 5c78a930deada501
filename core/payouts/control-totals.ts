import { type Fen, fen, sum } from '../money/money.ts';
import { netOf, offsetOf } from './offset.ts';
import type { Payout, PayoutLine } from './payout.ts';

/** What a payment order's lines add up to: counts and fen. */
export interface ControlTotals {
  readonly lineCount: number;
  readonly itemCount: number;
  /** Due by its lines. */
  readonly total: Fen;
  /** The same, added up from the items. */
  readonly itemTotal: Fen;
  readonly deferred: Fen;
  /** Kept back for what payees owe; the bank pays `net`. */
  readonly offset: Fen;
  readonly net: Fen;
}

export function totalsOf(lines: readonly PayoutLine[]): ControlTotals {
  const items = lines.flatMap((line) => line.items);
  return {
    lineCount: lines.length,
    itemCount: items.length,
    total: sum(lines.map(({ amount }) => fen(amount))),
    itemTotal: sum(items.map(({ amount }) => fen(amount))),
    deferred: sum(items.map(({ deferred }) => deferred)),
    offset: sum(lines.map(offsetOf)),
    net: sum(lines.map(netOf)),
  };
}

/** Whether the totals that are approved are those of the lines (clause 七-(一)). */
export const agrees = (payout: Payout, totals: ControlTotals): boolean =>
  totals.total === payout.total &&
  totals.itemTotal === totals.total &&
  totals.deferred === payout.deferred &&
  totals.itemCount === payout.itemCount &&
  totals.lineCount === payout.lineCount;

/** What of an order one year's fund pays. */
export interface FundShare {
  readonly year: number;
  readonly items: number;
  readonly amount: Fen;
  readonly deferred: Fen;
}

/** An order by the years of the funds that pay it, earliest first. */
export function byFund(
  lines: readonly PayoutLine[],
  fundYearOf: (item: PayoutLine['items'][number]) => number,
): FundShare[] {
  const groups = Map.groupBy(
    lines.flatMap((line) => line.items),
    fundYearOf,
  );
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([year, items]) => ({
      year,
      items: items.length,
      amount: sum(items.map(({ amount }) => fen(amount))),
      deferred: sum(items.map(({ deferred }) => deferred)),
    }));
}
