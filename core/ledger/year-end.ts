import type { Account, Balances } from './accounts.ts';

/** What closing a year carries into the next, in fen. */
export interface CarryOver {
  /** Unencumbered money: becomes carry-in of the new year, tagged with its year of origin. */
  readonly free: number;
  /** Live commitments move together with the money that backs them, account by account; not as free balance. */
  readonly live: Readonly<Record<'reserved' | 'active' | 'accrued' | 'deferred', number>>;
}

type Entries = Partial<Record<Account, number>>;

/**
 * The two halves of the year-end (clause 一-(二), carry-over): the entries that take everything but what was paid out of
 * the old year, and those that bring it into the new one. Each half sums to zero, and what leaves one year is what
 * enters the other, to the fen (invariants 1 and 7).
 */
export function yearEndEntries(balances: Balances): {
  readonly carryOver: CarryOver;
  readonly closing: Entries;
  readonly opening: Entries;
} {
  const { available: free, reserved, active, accrued, deferred } = balances;
  const live = { reserved, active, accrued, deferred };
  const moved = free + reserved + active + accrued + deferred;
  return {
    carryOver: { free, live },
    closing: {
      available: -free,
      reserved: -reserved,
      active: -active,
      accrued: -accrued,
      deferred: -deferred,
      carryIn: moved,
    },
    opening: { available: free, ...live, carryIn: -moved },
  };
}
