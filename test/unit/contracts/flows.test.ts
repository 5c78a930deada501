import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowsOf } from '../../../contracts/flows.ts';
import { type Account, accounts } from '../../../core/ledger/accounts.ts';

const text = (fen: number): string => `${fen < 0 ? '-' : ''}${(Math.abs(fen) / 100).toFixed(2)}`;

describe('an entry of the journal', () => {
  it('flows from where it takes to where it adds', () => {
    expect(flowsOf({ available: '-0.07', reserved: '0.07' })).toEqual([
      { from: 'available', to: 'reserved', amount: '0.07' },
    ]);
    expect(flowsOf({ active: '-20000.00', accrued: '18000.00', available: '2000.00' })).toEqual([
      { from: 'active', to: 'available', amount: '2000.00' },
      { from: 'active', to: 'accrued', amount: '18000.00' },
    ]);
    expect(flowsOf({})).toEqual([]);
  });

  it('flows whole, to the fen, whatever it moves', () => {
    const amounts = fc.array(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(amounts, (moved) => {
        const fens = [...moved, 0 - moved.reduce((sum, amount) => sum + amount, 0)];
        const entries = Object.fromEntries(accounts.map((account, n) => [account, text(fens[n] ?? 0)]));
        const back = new Map<Account, number>();
        for (const { from, to, amount } of flowsOf(entries)) {
          const flown = Math.round(Number(amount) * 100);
          expect(flown).toBeGreaterThan(0);
          back.set(from, (back.get(from) ?? 0) - flown);
          back.set(to, (back.get(to) ?? 0) + flown);
        }
        expect(accounts.map((account) => back.get(account) ?? 0)).toEqual(fens.map((amount) => amount + 0));
      }),
    );
  });
});
