import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Holding, holdingPosting } from '../../../../core/ledger/holding.ts';
import { imbalance } from '../../../../core/ledger/posting.ts';

const base = {
  id: 'led_test',
  year: 2026,
  at: 0,
  reason: 'test',
  reference: { entity: 'order', id: 'ord' },
  orderId: 'ord',
  actor: 'someone',
  uscc: 'U',
  cap: 2_000_000,
};
const parts = (...amounts: number[]) => amounts.map((amount, index) => ({ specId: `spc-${index}`, amount }));

describe('what is held for an order', () => {
  test('is taken from what is available, from the specs and from the yearly cap', () => {
    expect(holdingPosting({ ...base, after: { account: 'reserved', parts: parts(300, 0, 200) } })).toMatchObject({
      entries: { available: -500, reserved: 500 },
      specs: [
        { specId: 'spc-0', amount: 300, count: 1 },
        { specId: 'spc-2', amount: 200, count: 1 },
      ],
      cap: { uscc: 'U', amount: 500, cap: 2_000_000 },
    });
  });

  test('becomes the voucher at signature, and the remainder is released', () => {
    const posting = holdingPosting({
      ...base,
      before: { account: 'reserved', parts: parts(300, 200) },
      after: { account: 'active', parts: parts(250) },
    });
    expect(posting).toMatchObject({
      entries: { reserved: -500, active: 250, available: 250 },
      specs: [
        { specId: 'spc-0', amount: -50, count: 0 },
        { specId: 'spc-1', amount: -200, count: -1 },
      ],
      cap: { amount: -250 },
    });
  });

  test('touches neither spec nor cap when the voucher is what was reserved', () => {
    const posting = holdingPosting({
      ...base,
      before: { account: 'reserved', parts: parts(300) },
      after: { account: 'active', parts: parts(300) },
    });
    expect(posting).toMatchObject({ entries: { reserved: -300, active: 300 }, specs: [] });
    expect(posting.cap).toBeUndefined();
  });

  test('always balances, and what is given back is what was taken', () => {
    const holdings = fc.record({
      account: fc.constantFrom('reserved' as const, 'active' as const),
      parts: fc.array(fc.nat(1_000_000), { maxLength: 3 }).map((amounts) => parts(...amounts)),
    });
    fc.assert(
      fc.property(fc.option(holdings, { nil: undefined }), fc.option(holdings, { nil: undefined }), (before, after) => {
        const change = (from?: Holding, to?: Holding) =>
          holdingPosting({ ...base, ...(from ? { before: from } : {}), ...(to ? { after: to } : {}) });
        const there = change(before, after);
        const back = change(after, before);
        expect(imbalance(there.entries)).toBe(0);
        expect(there.cap?.amount ?? 0).toBe(there.specs.reduce((total, { amount }) => total + amount, 0));
        for (const [account, amount] of Object.entries(there.entries)) {
          expect(back.entries[account as keyof typeof back.entries]).toBe(-amount);
        }
        expect(back.specs.map(({ amount, count }) => [-amount + 0, -count + 0]).sort()).toEqual(
          there.specs.map(({ amount, count }) => [amount, count]).sort(),
        );
      }),
    );
  });
});
