import { type Fen, fen } from '../money/money.ts';

/** Ratios have at most four decimals: as a whole number of ten-thousandths they are exact. */
const ONE = 10_000n;
const tenThousandths = (ratio: string): bigint => {
  const [whole = '0', decimals = ''] = ratio.split('.');
  return BigInt(whole) * ONE + BigInt(decimals.padEnd(4, '0'));
};

/**
 * The highest price that is not above the market price: market price × (1 + tolerance), rounded down to the fen, so
 * that no fen above the tolerance passes (clauses 三-(二), 七-(二)). `tolerance` is a ratio with at most four decimals.
 */
export const highestPrice = (marketPrice: Fen, tolerance: string): Fen =>
  fen(Number((BigInt(marketPrice) * (ONE + tenThousandths(tolerance))) / ONE));

/** Whether a price changes by more than a ratio of what it was, up or down. */
export const changesByMore = (from: Fen, to: Fen, ratio: string): boolean =>
  BigInt(Math.abs(to - from)) * ONE > BigInt(from) * tenThousandths(ratio);

/** By how many percent a price changes, up or down: one decimal, to the nearest. `from` is above zero. */
export const percentChange = (from: Fen, to: Fen): number => Math.round((Math.abs(to - from) * 1000) / from) / 10;
