import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accounts, type Balances } from '../../../../core/ledger/accounts.ts';
import { combine, imbalance, replay } from '../../../../core/ledger/posting.ts';
import { yearEndEntries } from '../../../../core/ledger/year-end.ts';
import { amounts } from '../../../support/arbitraries.ts';

const years = fc
  .record({
    available: amounts(),
    reserved: amounts(),
    active: amounts(),
    accrued: amounts(),
    paid: amounts(),
    deferred: amounts(),
  })
  .map((held): Balances => {
    const total = Object.values(held).reduce((a: number, b) => a + b, 0);
    return { ...held, appropriation: -total, carryIn: 0, recovered: 0 };
  });

describe('closing a year and opening the next (一-(二))', () => {
  it('carries the free money as carry-in and moves live vouchers with the money that backs them', () => {
    const { carryOver } = yearEndEntries({
      appropriation: -100_000_000,
      carryIn: 0,
      available: 15_000_000,
      reserved: 0,
      active: 15_000_000,
      accrued: 0,
      paid: 70_000_000,
      deferred: 0,
      recovered: 0,
    });
    expect(carryOver).toEqual({ free: 15_000_000, live: { reserved: 0, active: 15_000_000, accrued: 0, deferred: 0 } });
  });

  it('preserves totals to the fen, each half summing to zero (invariants 1 and 7)', () => {
    fc.assert(
      fc.property(years, (before) => {
        const { closing, opening } = yearEndEntries(before);
        expect(imbalance(closing)).toBe(0);
        expect(imbalance(opening)).toBe(0);
        const closed = combine(before, closing);
        const opened = replay([{ entries: opening }]);
        for (const account of ['available', 'reserved', 'active', 'accrued', 'deferred'] as const) {
          expect(closed[account] ?? 0).toBe(0);
          expect(opened[account]).toBe(before[account]);
        }
        expect(closed.paid ?? 0).toBe(before.paid);
        const held = (of: Partial<Balances>) => accounts.reduce((sum, account) => sum + (of[account] ?? 0), 0);
        expect(held(closed)).toBe(0);
      }),
    );
  });
});
