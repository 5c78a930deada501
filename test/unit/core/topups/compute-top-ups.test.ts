import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Fen, fen, subtract, sum } from '../../../../core/money/money.ts';
import { fundingStack } from '../../../../core/subsidy/funding.ts';
import {
  computeTopUps,
  type OpenPolicy,
  type ToppedUp,
  topUpsAfterDelivery,
} from '../../../../core/topups/compute-top-ups.ts';
import { inForce, type LocalTerms } from '../../../../core/topups/local-policy.ts';
import { topUpTotal } from '../../../../core/topups/top-up.ts';
import { amounts, ratios } from '../../../support/arbitraries.ts';

const PLENTY = fen(1e12);
const policy = (
  id: string,
  terms: Partial<LocalTerms>,
  left: Partial<Omit<OpenPolicy, 'policy'>> = {},
): OpenPolicy => ({
  policy: {
    id,
    enactedAt: 0,
    terms: {
      name: { zh: '市级配套', en: 'City top-up' },
      basis: 'fee',
      ratio: '0.1',
      categories: ['business-application', 'infrastructure', 'platform-system'],
      orderMaximum: PLENTY,
      enterpriseMaximum: PLENTY,
      priority: 1,
      fund: PLENTY,
      ...terms,
    },
  },
  fundLeft: PLENTY,
  enterpriseUsed: fen(0),
  ...left,
});

const FLOOR = fen(1);
/** 100,000 yuan of a business application with a voucher of 20,000. */
const order: ToppedUp = {
  lines: [{ kind: 'business-management', fee: fen(10_000_000) }],
  parts: [{ category: 'business-application', amount: fen(2_000_000) }],
  ownShareFloor: FLOOR,
};
const granted = (open: readonly OpenPolicy[], of: ToppedUp = order) =>
  computeTopUps(of, open).map(({ policyId, amount }) => [policyId, amount]);

describe('a local policy', () => {
  test('adds its ratio of the fee, or of the regional voucher', () => {
    expect(granted([policy('a', { ratio: '0.1' })])).toEqual([['a', 1_000_000]]);
    expect(granted([policy('a', { basis: 'voucher', ratio: '0.5' })])).toEqual([['a', 1_000_000]]);
  });

  test('rounds each line down to the fen', () => {
    const lines = [
      { kind: 'business-management' as const, fee: fen(19) },
      { kind: 'collaboration' as const, fee: fen(19) },
    ];
    expect(
      granted([policy('a', {})], { ...order, lines, parts: [{ category: 'business-application', amount: fen(6) }] }),
    ).toEqual([['a', 2]]);
  });

  test('adds only to categories that it names and that the voucher supports', () => {
    const lines = [...order.lines, { kind: 'database' as const, fee: fen(1_000_000) }];
    expect(granted([policy('a', { categories: ['platform-system'] })], { ...order, lines })).toEqual([['a', 0]]);
    expect(granted([policy('a', {})], { ...order, lines })).toEqual([['a', 1_000_000]]);
    expect(granted([policy('a', { basis: 'voucher', categories: ['infrastructure'] })])).toEqual([['a', 0]]);
  });

  test('counts only the days of a line that nobody was subsidised for', () => {
    const lines = [
      { kind: 'business-management' as const, fee: fen(10_000_000), serviceDays: { days: 100, fresh: 25 } },
    ];
    expect(granted([policy('a', {})], { ...order, lines })).toEqual([['a', 250_000]]);
  });

  test('gives at most its maximum per order, what the enterprise has left, and what its fund has left', () => {
    expect(granted([policy('a', { orderMaximum: fen(600_000) })])).toEqual([['a', 600_000]]);
    expect(granted([policy('a', { enterpriseMaximum: fen(700_000) }, { enterpriseUsed: fen(200_000) })])).toEqual([
      ['a', 500_000],
    ]);
    expect(granted([policy('a', { enterpriseMaximum: fen(700_000) }, { enterpriseUsed: fen(800_000) })])).toEqual([
      ['a', 0],
    ]);
    expect(granted([policy('a', {}, { fundLeft: fen(123) })])).toEqual([['a', 123]]);
  });

  test('gives nothing where there is no voucher', () => {
    expect(granted([policy('a', {})], { ...order, parts: [] })).toEqual([['a', 0]]);
  });

  test('explains its amount by steps that lead to it', () => {
    const [topUp] = computeTopUps(order, [policy('a', { orderMaximum: fen(600_000) })]);
    expect(topUp?.trace.map(({ rule, amount }) => [rule, amount])).toEqual([
      ['local-ratio-of-fee', 1_000_000],
      ['local-order-maximum', 600_000],
      ['local-enterprise-maximum', 600_000],
      ['local-fund-limit', 600_000],
      ['local-own-share-limit', 600_000],
    ]);
    expect(topUp?.trace.every(({ clause }) => clause === '一-(三)')).toBe(true);
  });
});

describe('several local policies', () => {
  const two = [
    policy('second', { priority: 2, ratio: '0.3' }),
    policy('first', { priority: 1, ratio: '0.6' }),
    policy('third', { priority: 3, ratio: '0.1' }),
  ];

  test('add up, while the enterprise pays its own share', () => {
    expect(granted([policy('b', { priority: 2 }), policy('a', {})])).toEqual([
      ['a', 1_000_000],
      ['b', 1_000_000],
    ]);
  });

  test('are trimmed lowest priority first at the own-share floor, the regional voucher never', () => {
    expect(granted(two)).toEqual([
      ['first', 6_000_000],
      ['second', 1_999_999],
      ['third', 0],
    ]);
  });

  test('that ended are not in force', () => {
    const policies = two.map(({ policy: published }, i) => ({ ...published, ...(i === 0 ? { endedAt: 5 } : {}) }));
    expect(inForce({ policies }).map(({ id }) => id)).toEqual(['first', 'third']);
    expect(inForce(undefined)).toEqual([]);
  });
});

describe('after part performance', () => {
  test('only the part for what was delivered stays, and never more than was granted', () => {
    const topUps = computeTopUps(order, [policy('a', { orderMaximum: fen(600_000) }), policy('b', { priority: 2 })]);
    const half: ToppedUp = {
      ...order,
      lines: [{ kind: 'business-management', fee: fen(5_000_000) }],
      parts: [{ category: 'business-application', amount: fen(1_000_000) }],
    };
    const kept = topUpsAfterDelivery(half, topUps);
    expect(kept.map(({ policyId, amount }) => [policyId, amount])).toEqual([
      ['a', 500_000],
      ['b', 500_000],
    ]);
    const almost = topUpsAfterDelivery({ ...order, lines: [{ kind: 'ai', fee: fen(10) }, ...order.lines] }, topUps);
    expect(almost.map(({ amount }) => amount)).toEqual([600_000, 1_000_000]);
    expect(kept[0]?.trace.slice(0, 5)).toEqual(topUps[0]?.trace);
    expect(kept[0]?.trace.at(-1)?.amount).toBe(500_000);
  });
});

describe('for any orders and policies', () => {
  const policies = fc
    .array(
      fc.record({
        basis: fc.constantFrom('fee' as const, 'voucher' as const),
        ratio: ratios,
        orderMaximum: amounts(100_000_000),
        enterpriseMaximum: amounts(100_000_000),
        priority: fc.integer({ min: 1, max: 9 }),
        fundLeft: amounts(100_000_000),
        enterpriseUsed: amounts(100_000_000),
      }),
      { maxLength: 6 },
    )
    .map((all) =>
      all.map(({ fundLeft, enterpriseUsed, ...terms }, i) => policy(`p${i}`, terms, { fundLeft, enterpriseUsed })),
    );
  const cases = fc
    .record({
      fee: amounts(100_000_000),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      floor: amounts(1_000),
      open: policies,
    })
    .filter(({ fee, floor }) => fee >= floor)
    .map(({ fee, share, floor, open }) => {
      const face = fen(Math.floor((fee - floor) * share));
      const of: ToppedUp = {
        lines: [{ kind: 'business-management', fee }],
        parts: [{ category: 'business-application', amount: face }],
        ownShareFloor: floor,
      };
      return { fee, face, floor, open, of };
    });
  const stackOf = (fee: Fen, face: Fen, topUps: Fen) => fundingStack(fee, fen(0), face, topUps);

  test('no part of the stack is negative and the own share stays at its floor or above', () => {
    fc.assert(
      fc.property(cases, ({ fee, face, floor, open, of }) => {
        const topUps = computeTopUps(of, open);
        expect(stackOf(fee, face, topUpTotal(topUps)).ownShare).toBeGreaterThanOrEqual(floor);
        topUps.forEach(({ policyId, amount, trace }) => {
          const limits = open.find(({ policy: { id } }) => id === policyId);
          expect(amount).toBeGreaterThanOrEqual(0);
          expect(amount).toBeLessThanOrEqual(limits?.fundLeft ?? 0);
          expect(amount).toBeLessThanOrEqual(limits?.policy.terms.orderMaximum ?? 0);
          expect(amount).toBeLessThanOrEqual(
            Math.max(0, subtract(fen(limits?.policy.terms.enterpriseMaximum ?? 0), limits?.enterpriseUsed ?? fen(0))),
          );
          expect(trace.at(-1)?.amount).toBe(amount);
        });
      }),
    );
  });

  test('a policy is trimmed only when every lower one is at 0', () => {
    fc.assert(
      fc.property(cases, ({ open, of }) => {
        const topUps = computeTopUps(of, open);
        const trimmed = topUps.findIndex(({ amount, trace }) => amount < (trace.at(-2)?.amount ?? 0));
        if (trimmed >= 0) expect(sum(topUps.slice(trimmed + 1).map(({ amount }) => fen(amount)))).toBe(0);
      }),
    );
  });

  test('the same facts give the same amounts, in whatever order the policies are read', () => {
    fc.assert(
      fc.property(cases, ({ open, of }) => {
        expect(computeTopUps(of, open.toReversed())).toEqual(computeTopUps(of, open));
      }),
    );
  });

  test('nothing grows by a smaller delivery', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 1, noNaN: true }), ({ fee, face, floor, open, of }, share) => {
        const topUps = computeTopUps(of, open);
        const delivered = fen(Math.floor(fee * share));
        const kept = fen(Math.max(0, Math.min(Math.floor(face * share), delivered - floor)));
        const after = topUpsAfterDelivery(
          {
            lines: [{ kind: 'business-management', fee: delivered }],
            parts: [{ category: 'business-application', amount: kept }],
            ownShareFloor: floor,
          },
          topUps,
        );
        expect(after.every(({ amount }, i) => amount <= (topUps[i]?.amount ?? 0))).toBe(true);
        if (delivered >= floor + kept)
          expect(stackOf(delivered, kept, topUpTotal(after)).ownShare).toBeGreaterThanOrEqual(
            delivered >= floor ? floor : 0,
          );
      }),
    );
  });
});
