import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fen } from '../../../../core/money/money.ts';
import { computeEntitlement, entitlementAfterDelivery, type FeeLine } from '../../../../core/subsidy/entitlement.ts';
import { refuseNothingLeft } from '../../../../core/subsidy/nothing-left.ts';

const policy = {
  policyVersion: 1,
  parameters: { yearlyCap: fen(10_000_000_000_000), ownShareFloor: fen(0) },
  specs: [{ id: 'plt', category: 'platform-system', ratio: '0.25' }] as const,
};
const plenty = fen(100_000_000_000_000);
const limits = { fundLeft: plenty, capUsed: fen(0), specs: { plt: { leftAmount: plenty, leftCount: 1 } } };
const entitled = (lines: readonly FeeLine[]) =>
  computeEntitlement(policy, { lines, choice: { use: 'maximum' }, limits });
const database = (fee: number, days: number, fresh: number): FeeLine => ({
  kind: 'database',
  fee: fen(fee),
  serviceDays: { days, fresh },
});

describe('a line whose kind was subsidised for some of its days (五-(三))', () => {
  test('counts with fee × other days ÷ all days, rounded down to the fen, then by the ratio, rounded down', () => {
    // 100.01 × 61 ÷ 92 = 66.3109…; 25 % of 66.31 = 16.5775.
    const found = entitled([database(10_001, 92, 61)]);
    expect(found).toMatchObject({ amount: 1657, parts: [{ fee: 6631 }], limitedBy: 'overlapping-days' });
    expect(found.trace.slice(0, 2)).toMatchObject([
      { rule: 'overlapping-days', clause: '五-(三)', values: { days: 92, fresh: 61, counted: '66.31' }, amount: 0 },
      { rule: 'ratio-of-fee', values: { fee: '66.31', lineAmount: '16.57' }, amount: 1657 },
    ]);
  });

  test('leaves other lines as they are, and with no other day leaves nothing, with the true reason', () => {
    expect(entitled([database(10_000, 30, 0), { kind: 'ai', fee: fen(10_000) }]).amount).toBe(2500);
    expect(refuseNothingLeft(entitled([database(10_000, 30, 0)]), 2026)).toMatchObject({
      failure: { rule: 'service-days-subsidised', values: { line: 1, days: 30, fresh: 0 } },
    });
  });

  test('is cut by its days after part performance too, and never above what was issued', () => {
    const parts = [...entitled([database(10_000, 4, 1)]).parts];
    const delivered = (fee: number) => entitlementAfterDelivery(policy, { lines: [database(fee, 4, 1)], parts });
    expect(delivered(5_000).amount).toBe(312);
    expect(delivered(10_000).amount).toBe(625);
  });

  test('never counts more than its share of days, and the shares of a divided contract never more than the whole', () => {
    const divided = fc
      .tuple(fc.integer({ min: 0, max: 1_000_000_000_000 }), fc.integer({ min: 1, max: 1096 }))
      .chain(([fee, days]) => fc.record({ fee: fc.constant(fee), days: fc.constant(days), fresh: fc.nat(days) }));
    fc.assert(
      fc.property(divided, ({ fee, days, fresh }) => {
        const [whole, some, rest] = [days, fresh, days - fresh].map((n) => entitled([database(fee, days, n)]).amount);
        expect(whole).toBe(entitled([{ kind: 'database', fee: fen(fee) }]).amount);
        expect((some ?? 0) + (rest ?? 0)).toBeLessThanOrEqual(whole ?? 0);
        expect(BigInt(some ?? 0) * 4n * BigInt(days)).toBeLessThanOrEqual(BigInt(fee) * BigInt(fresh));
      }),
    );
  });
});
