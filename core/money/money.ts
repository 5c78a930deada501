import { Decimal } from 'decimal.js';
import * as z from 'zod';

/** Money as a whole number of fen (1 yuan = 100 fen); always a safe integer, never a fraction. May be negative in differences. */
export type Fen = number & { readonly __brand: 'fen' };

/**
 * A share of an amount as a decimal string, such as "0.15" for 15 %: greater than 0, at most 1, at most four decimals.
 * It stays a string because 0.15 has no exact binary form.
 */
export type Ratio = string;

/** The largest amount that is read from text: 10¹¹ yuan, far above any budget and far below the largest safe integer. */
export const LARGEST_READABLE = 10_000_000_000_000;

const RATIO = /^(?:0\.(?!0+$)\d{1,4}|1(?:\.0{1,4})?)$/;
const YUAN = /^(0|[1-9]\d*)(?:\.(\d{1,2}))?$/;

/** Exact for every product of two safe integers (32 digits), so that the only rounding is the one that is written down. */
const Exact = Decimal.clone({ precision: 40 });

/** Takes a whole number of fen for money. Throws a RangeError for anything that is not a safe integer. */
export const fen = (n: number): Fen => {
  if (!Number.isSafeInteger(n)) throw new RangeError(`not a safe whole number of fen: ${n}`);
  return (n + 0) as Fen; // adding 0 turns -0 into 0
};

export const ZERO: Fen = fen(0);

const isFen = (n: number): n is Fen => Number.isSafeInteger(n);

/** Stored money that may be negative, such as one side of a ledger entry. */
export const fenSchema = z.int().refine(isFen);
/** Stored money that is never negative: prices, limits, vouchers, balances. */
export const amountSchema = z.int().nonnegative().refine(isFen);
export const ratioSchema = z.string().regex(RATIO);

/** Why a text is not an amount in yuan. */
export type YuanFailure = 'format' | 'decimals' | 'negative' | 'too-large';
export type ParsedYuan =
  | { readonly ok: true; readonly value: Fen }
  | { readonly ok: false; readonly reason: YuanFailure };

/**
 * Reads an amount as the API carries it, in yuan: "1234.50", "1234.5" or "1234". No sign, no leading zeros, no
 * separators, no exponent, at most two decimals and at most 10¹¹ yuan. Nothing is rounded or repaired.
 */
export const parseYuan = (text: string): ParsedYuan => {
  const match = YUAN.exec(text);
  if (!match) {
    if (/^-\d+(?:\.\d+)?$/.test(text)) return { ok: false, reason: 'negative' };
    if (/^(?:0|[1-9]\d*)\.\d{3,}$/.test(text)) return { ok: false, reason: 'decimals' };
    return { ok: false, reason: 'format' };
  }
  const [, yuan = '', decimals = ''] = match;
  const value = Number(yuan + decimals.padEnd(2, '0'));
  return value <= LARGEST_READABLE ? { ok: true, value: fen(value) } : { ok: false, reason: 'too-large' };
};

/** An amount as the API carries it, in yuan with two decimals: "1234.50", "-0.05". */
export const formatYuan = (amount: Fen): string => new Exact(amount).dividedBy(100).toFixed(2);

/** An amount as people in China write it: "¥20,000.00", "-¥0.05". */
export const formatYuanZh = (amount: Fen): string => {
  const [yuan = '', decimals = ''] = formatYuan(fen(Math.abs(amount))).split('.');
  return `${amount < 0 ? '-' : ''}¥${yuan.replace(/\B(?=(?:\d{3})+$)/g, ',')}.${decimals}`;
};

/** Throws a RangeError if the total, or a total on the way, leaves the safe integers; so do all sums here. */
export const sum = (amounts: Iterable<Fen>): Fen => {
  let total = ZERO;
  for (const amount of amounts) total = fen(total + amount);
  return total;
};

export const add = (...amounts: readonly Fen[]): Fen => sum(amounts);
export const subtract = (from: Fen, ...amounts: readonly Fen[]): Fen => fen(from - sum(amounts));
export const min = (first: Fen, ...others: readonly Fen[]): Fen => fen(Math.min(first, ...others));
export const max = (first: Fen, ...others: readonly Fen[]): Fen => fen(Math.max(first, ...others));
export const isNegative = (amount: Fen): boolean => amount < 0;

/**
 * A share of an amount, rounded down to the fen: the rounding of clause 五-(二), so that no sum of lines exceeds the
 * ratio. Throws a RangeError for a negative amount or a ratio that is not one.
 */
export const ratioOf = (amount: Fen, ratio: Ratio, _rounding: 'down'): Fen => {
  requireAmount(amount);
  if (!RATIO.test(ratio)) throw new RangeError(`not a ratio: ${ratio}`);
  return fen(new Exact(amount).times(ratio).floor().toNumber());
};

/**
 * The part of an amount that falls on `part` of `whole` equal units (days, deliveries), rounded down to the fen.
 * Throws a RangeError unless 0 ≤ part ≤ whole, whole > 0, both whole numbers, and the amount is not negative.
 */
export const prorate = (amount: Fen, part: number, whole: number): Fen => {
  requireAmount(amount);
  if (!Number.isSafeInteger(part) || !Number.isSafeInteger(whole) || whole <= 0 || part < 0 || part > whole)
    throw new RangeError(`not a part of a whole: ${part} of ${whole}`);
  return fen(new Exact(amount).times(part).dividedToIntegerBy(whole).toNumber());
};

/**
 * Splits an amount by weights so that the shares add up to it exactly: each share is rounded down, and the fen left over go one each
 * to the largest remainders, the earlier first among equals. Weights are non-negative whole numbers, not all 0;
 * anything else, or a negative amount, throws a RangeError.
 */
export const allocate = (amount: Fen, weights: readonly number[]): Fen[] => {
  requireAmount(amount);
  if (weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0))
    throw new RangeError('weights are non-negative whole numbers');
  const whole = weights.reduce((total, weight) => total.plus(weight), new Exact(0));
  if (whole.isZero()) throw new RangeError('some weight must be above 0');
  const parts = weights.map((weight, index) => {
    const product = new Exact(amount).times(weight);
    return { index, share: product.dividedToIntegerBy(whole).toNumber(), remainder: product.modulo(whole) };
  });
  let left = amount - parts.reduce((total, { share }) => total + share, 0);
  const shares = parts.map(({ share }) => share);
  for (const { index, share } of parts.toSorted((a, b) => b.remainder.comparedTo(a.remainder) || a.index - b.index)) {
    if (left <= 0) break;
    shares[index] = share + 1;
    left -= 1;
  }
  return shares.map(fen);
};

const requireAmount = (amount: Fen): void => {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`not an amount of fen: ${amount}`);
};
