import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fen } from '../../../../core/money/money.ts';
import { fundItems, moneyFor, owedOf } from '../../../../core/payouts/funding.ts';
import type { PayoutLine } from '../../../../core/payouts/payout.ts';

type Item = PayoutLine['items'][number];

const itemOf = (id: string, amount: number, activeAt: number, deferredBefore = false): Item => ({
  claimId: 'clm_1',
  claimItemId: id,
  voucherId: `vch_${id}`,
  amount: fen(amount),
  deferred: fen(0),
  deferredBefore,
  activeAt,
});

const items = fc
  .array(fc.record({ amount: fc.integer({ min: 1, max: 2_000_000 }), at: fc.integer(), before: fc.boolean() }), {
    maxLength: 20,
  })
  .map((all) => all.map(({ amount, at, before }, n) => itemOf(`itm_${n}`, amount, at, before)));
const total = (of: readonly Item[]) => of.reduce((sum, item) => sum + owedOf(item), 0);

describe('the money that a fund has for a payment order (一-(二))', () => {
  it('is everything that is owed, unless the fund owes more than it has', () => {
    fc.assert(
      fc.property(items, fc.nat(), fc.nat(), (all, available, deferred) => {
        expect(moneyFor(all, { available, deferred })).toBe(total(all));
      }),
    );
  });

  it('is less by the gap, of which money deferred elsewhere bears its part first; live vouchers bear nothing', () => {
    fc.assert(
      fc.property(items, fc.nat(50_000_000), fc.nat(5_000_000), (all, short, elsewhere) => {
        const before = total(all.filter(({ deferredBefore }) => deferredBefore));
        const money = moneyFor(all, { available: -short, deferred: before + elsewhere });
        expect(money).toBe(Math.max(0, total(all) - Math.max(0, short - elsewhere)));
      }),
    );
  });
});

describe('payment in the order of use (一-(二), invariant 6)', () => {
  it('fills everyone before the margin, the marginal one to the last fen, and defers the rest; not a fen gets lost', () => {
    fc.assert(
      fc.property(items, fc.nat(20_000_000), (all, money) => {
        const funded = fundItems(all, () => 2026, new Map([[2026, fen(money)]]));
        const paid = [...funded.values()].reduce((sum, { amount }) => sum + amount, 0);
        expect(paid).toBe(Math.min(money, total(all)));
        for (const item of all) expect(owedOf(funded.get(item.claimItemId) ?? item)).toBe(owedOf(item));
        for (const earlier of all) {
          for (const later of all) {
            if (earlier.activeAt >= later.activeAt) continue;
            const isShort = (funded.get(earlier.claimItemId)?.deferred ?? 0) > 0;
            if (isShort) expect(funded.get(later.claimItemId)?.amount).toBe(0);
          }
        }
      }),
    );
  });

  it('is the same when it is computed again from what it gave', () => {
    fc.assert(
      fc.property(items, fc.nat(20_000_000), (all, amount) => {
        const money = new Map([[2026, fen(amount)]]);
        const once = fundItems(all, () => 2026, money);
        const again = fundItems(
          all.map((item) => ({ ...item, ...once.get(item.claimItemId) })),
          () => 2026,
          money,
        );
        expect(again).toEqual(once);
      }),
    );
  });

  it('goes by fund: one that is short takes nothing from another', () => {
    const [old, recent] = [itemOf('itm_old', 500, 1), itemOf('itm_recent', 500, 2)];
    const funded = fundItems(
      [recent, old],
      ({ claimItemId }) => (claimItemId === 'itm_old' ? 2025 : 2026),
      new Map([[2025, fen(200)]]),
    );
    expect(funded.get('itm_old')).toEqual({ amount: 200, deferred: 300 });
    expect(funded.get('itm_recent')).toEqual({ amount: 500, deferred: 0 });
  });
});
