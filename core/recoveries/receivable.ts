import { type Fen, fen, sum, ZERO } from '../money/money.ts';
import type { Recovery } from './recovery.ts';

/** Fen that a provider still owes for a recovery and that no payment under way keeps back. */
export const openOf = ({ status, amount, held, recovered }: Recovery): Fen =>
  status === 'confirmed' ? fen(amount - held - recovered) : ZERO;

/** What a provider owes the fund, over all its recoveries. */
export interface Receivable {
  /** Fen confirmed. */
  readonly confirmed: Fen;
  /** Fen that came back. */
  readonly recovered: Fen;
  /** Fen kept from payments at the bank. */
  readonly held: Fen;
  /** Fen owed and kept from nothing yet. */
  readonly open: Fen;
}

export function receivableOf(recoveries: readonly Recovery[]): Receivable {
  const owed = recoveries.filter(({ status }) => status === 'confirmed' || status === 'recovered');
  return {
    confirmed: sum(owed.map(({ amount }) => fen(amount))),
    recovered: sum(owed.map(({ recovered }) => fen(recovered))),
    held: sum(owed.map(({ held }) => fen(held))),
    open: sum(owed.map(openOf)),
  };
}

/** A part of an amount that goes to one recovery. */
export interface Share {
  readonly recovery: Recovery;
  readonly amount: Fen;
}

/** Shares an amount out over what is owed, the oldest recovery first; `rest` is what nobody owes. */
export function shareOut(
  amount: Fen,
  recoveries: readonly Recovery[],
): { readonly shares: readonly Share[]; readonly rest: Fen } {
  let rest = amount;
  const shares: Share[] = [];
  for (const recovery of oldestFirst(recoveries)) {
    const part = fen(Math.min(rest, openOf(recovery)));
    if (part > 0) shares.push({ recovery, amount: part });
    rest = fen(rest - part);
  }
  return { shares, rest };
}

export const oldestFirst = (recoveries: readonly Recovery[]): Recovery[] =>
  recoveries.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
