import { type Fen, fen, min, subtract, ZERO } from '../money/money.ts';

/** What stands in the order of use: a voucher, or a claim item for it. */
export interface InOrderOfUse {
  readonly id: string;
  /** Server time at which the voucher became active. */
  readonly activeAt: number;
}

/**
 * The order of "first used, first subsidised" (clause 一-(二)): by the time the voucher became active, never by the time
 * of a claim. The id decides between vouchers of one millisecond, so that the order is total and the same everywhere.
 */
export const comparePriority = (a: InOrderOfUse, b: InOrderOfUse): number =>
  a.activeAt - b.activeAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export interface Funded<T> {
  readonly item: T;
  /** Fen paid now. */
  readonly funded: Fen;
  /** Fen owed and paid first next year (clause 一-(二), deferral). */
  readonly deferred: Fen;
}

/**
 * Funds what is owed in the order of use until the money ends: everyone before the margin in full, the marginal one to
 * the last fen, everyone behind it deferred. Nobody overtakes by being small.
 */
export function fundInOrder<T extends InOrderOfUse & { readonly owed: Fen }>(
  items: readonly T[],
  available: Fen,
): Funded<T>[] {
  let left = available;
  return [...items].sort(comparePriority).map((item) => {
    const funded = min(item.owed, left);
    left = subtract(left, funded);
    return { item, funded, deferred: funded === item.owed ? ZERO : fen(item.owed - funded) };
  });
}
