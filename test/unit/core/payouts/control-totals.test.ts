import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fen } from '../../../../core/money/money.ts';
import { agrees, byFund, totalsOf } from '../../../../core/payouts/control-totals.ts';
import type { Payout, PayoutLine } from '../../../../core/payouts/payout.ts';

const amount = fc.integer({ min: 0, max: 2_000_000 });
const items = fc.array(fc.record({ amount, deferred: amount, fundYear: fc.constantFrom(2025, 2026) }), {
  minLength: 1,
  maxLength: 6,
});
const lines = fc.array(fc.record({ items, offset: fc.nat(1_000_000) }), { minLength: 1, maxLength: 6 }).map((all) =>
  all.map(({ items: given, offset }, n): PayoutLine => {
    const total = given.reduce((sum, item) => sum + item.amount, 0);
    return {
      payoutId: 'pay_1',
      id: `pln_${n}`,
      version: 1,
      createdAt: 0,
      updatedAt: 0,
      status: 'ready',
      providerId: `org_${n}`,
      providerName: `${n}`,
      amount: fen(total),
      offsets: [{ recoveryId: 'rcv_1', amount: fen(Math.min(offset, total)) }],
      items: given.map((item, at) => ({
        claimId: 'clm_1',
        claimItemId: `itm_${n}_${at}`,
        voucherId: `vch_${n}_${at}`,
        amount: fen(item.amount),
        deferred: fen(item.deferred),
        deferredBefore: false,
        activeAt: at,
        fundYear: item.fundYear,
      })),
      sending: 0,
      answers: [],
      accountVersion: 1,
      processedItems: 0,
      settledItems: 0,
    };
  }),
);

const stating = (of: readonly PayoutLine[]): Payout => {
  const { lineCount, itemCount, total, deferred } = totalsOf(of);
  return { lineCount, itemCount, total, deferred } as Payout;
};

describe('the control totals of a payment order (七-(一))', () => {
  it('agree with the order that states them, and with no other', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 500 }), (all, more) => {
        const payout = stating(all);
        const totals = totalsOf(all);
        expect(agrees(payout, totals)).toBe(true);
        for (const name of ['lineCount', 'itemCount', 'total', 'deferred'] as const) {
          expect(agrees({ ...payout, [name]: payout[name] + more }, totals)).toBe(false);
        }
        expect(totals.net + totals.offset).toBe(totals.total);
      }),
    );
  });

  it('do not agree when a line is not the sum of its items', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 500 }), (all, more) => {
        const [first, ...rest] = all;
        if (!first) return;
        const wrong = [{ ...first, amount: fen(first.amount + more) }, ...rest];
        expect(agrees(stating(wrong), totalsOf(wrong))).toBe(false);
      }),
    );
  });

  it('by year of the fund, earliest first, are all of it and nothing twice', () => {
    fc.assert(
      fc.property(lines, (all) => {
        const funds = byFund(all, ({ fundYear }) => fundYear ?? 0);
        const { total, deferred, itemCount } = totalsOf(all);
        const sum = (of: (fund: (typeof funds)[number]) => number) => funds.reduce((so, fund) => so + of(fund), 0);
        expect([sum((fund) => fund.amount), sum((fund) => fund.deferred), sum((fund) => fund.items)]).toEqual([
          total,
          deferred,
          itemCount,
        ]);
        expect(funds.map(({ year }) => year)).toEqual([...new Set(funds.map(({ year }) => year))].sort());
      }),
    );
  });
});
