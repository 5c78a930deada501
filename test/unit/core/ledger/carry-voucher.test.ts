import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accounts, type Balances, emptyBalances } from '../../../../core/ledger/accounts.ts';
import type { Backing } from '../../../../core/ledger/backing.ts';
import { carryFreePostings, carryPostings } from '../../../../core/ledger/carry-voucher.ts';
import { imbalance, type Posting, replay } from '../../../../core/ledger/posting.ts';
import { fen } from '../../../../core/money/money.ts';
import { amounts } from '../../../support/arbitraries.ts';

const YEAR = 2026;
const cause = { at: 0, actor: 'system' };
const of = (year: number, postings: readonly Posting[]) => replay(postings.filter((posting) => posting.year === year));
const plus = (a: Balances, b: Balances) =>
  Object.fromEntries(accounts.map((account) => [account, a[account] + b[account]])) as unknown as Balances;

const years = fc
  .record({ available: amounts(), paid: amounts(), vouchers: fc.array(fc.tuple(fc.boolean(), amounts(), amounts())) })
  .map(({ available, paid, vouchers }) => {
    const backed = vouchers.map(([owed, amount, rest], i) => ({
      voucher: { id: `vch_${i}`, orderId: `ord_${i}` },
      backing: owed ? { accrued: fen(amount), deferred: fen(rest) } : { active: fen(amount) },
    }));
    const held = (account: keyof Backing) =>
      backed.reduce((sum, { backing }) => sum + ((backing as Backing)[account] ?? 0), 0);
    const [active, accrued, deferred] = [held('active'), held('accrued'), held('deferred')];
    const balances = {
      ...emptyBalances,
      appropriation: 0 - available - paid - active - accrued - deferred,
      available,
      paid,
      active,
      accrued,
      deferred,
    };
    return { balances, backed };
  });

describe('closing a year and opening the next (一-(二))', () => {
  it('preserves totals to the fen after every single posting (invariants 1 and 7)', () => {
    fc.assert(
      fc.property(years, fc.double({ min: 0, max: 1, noNaN: true }), ({ balances, backed }, share) => {
        const lapsed = Math.floor(balances.available * share);
        const moves = [
          ...backed.map(({ voucher, backing }) => carryPostings(voucher, backing, YEAR, cause)),
          carryFreePostings(YEAR, balances.available, lapsed, cause),
        ];
        const done: Posting[] = [];
        for (const move of moves) {
          for (const posting of move) expect(imbalance(posting.entries)).toBe(0);
          done.push(...move);
          // What left the one year is what came into the other, at every moment.
          expect(of(YEAR, done).carryIn).toBe(0 - of(YEAR + 1, done).carryIn);
        }
        const closed = plus(balances, of(YEAR, done));
        const opened = of(YEAR + 1, done);
        for (const account of ['available', 'active', 'accrued', 'deferred'] as const) expect(closed[account]).toBe(0);
        expect(closed.paid).toBe(balances.paid);
        expect(opened).toMatchObject({
          available: balances.available - lapsed,
          active: balances.active,
          accrued: balances.accrued,
          deferred: balances.deferred,
        });
        expect(closed.appropriation).toBe(balances.appropriation + lapsed);
      }),
    );
  });

  it('gives every posting an id of its own, by voucher and year, so that none is written twice', () => {
    const ids = [
      ...carryPostings({ id: 'vch_1', orderId: 'o' }, { active: fen(5) }, YEAR, cause),
      ...carryPostings({ id: 'vch_2', orderId: 'o' }, { active: fen(5) }, YEAR, cause),
      ...carryFreePostings(YEAR, 10, 3, cause),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('writes nothing where nothing is to be moved', () => {
    expect(carryPostings({ id: 'v', orderId: 'o' }, { active: fen(0) }, YEAR, cause)).toEqual([]);
    expect(carryFreePostings(YEAR, 0, 0, cause)).toEqual([]);
  });
});
