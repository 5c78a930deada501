import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Kind, kinds } from '../../../../core/catalogue/kinds.ts';
import { type Fen, fen, ratioOf, sum } from '../../../../core/money/money.ts';
import type { VoucherChoice } from '../../../../core/orders/order.ts';
import {
  computeEntitlement,
  type EntitlementFacts,
  entitlementAfterDelivery,
  type SubsidyPolicy,
} from '../../../../core/subsidy/entitlement.ts';
import { fundingStack } from '../../../../core/subsidy/funding.ts';
import { refuseNothingLeft } from '../../../../core/subsidy/nothing-left.ts';
import { amounts, ratios } from '../../../support/arbitraries.ts';

const specs = [
  { id: 'spc-inf', category: 'infrastructure', ratio: '0.15' },
  { id: 'spc-app', category: 'business-application', ratio: '0.2' },
  { id: 'spc-plt', category: 'platform-system', ratio: '0.25' },
] as const;
const policy: SubsidyPolicy = {
  policyVersion: 1,
  parameters: { yearlyCap: fen(2_000_000), ownShareFloor: fen(1) },
  specs,
};
const plenty = { leftAmount: fen(10_000_000_000), leftCount: 1000 };
const wide = {
  fundLeft: fen(10_000_000_000),
  capUsed: fen(0),
  specs: { 'spc-inf': plenty, 'spc-app': plenty, 'spc-plt': plenty },
};

const entitled = (facts: Partial<EntitlementFacts> & Pick<EntitlementFacts, 'lines'>, of = policy) =>
  computeEntitlement(of, { choice: { use: 'maximum' }, limits: wide, ...facts });
const line = (kind: Kind, yuan: number) => ({ kind, fee: fen(Math.round(yuan * 100)) });

describe('the golden cases', () => {
  test.each([
    ['computing', 133_333.34, 2_000_000],
    ['business-management', 100_000, 2_000_000],
    ['database', 80_000, 2_000_000],
    ['storage', 0.06, 0],
  ] as const)('the ratio of %s on %d yuan gives %d fen, rounded down', (kind, fee, expected) => {
    expect(entitled({ lines: [line(kind, fee)] }).amount).toBe(expected);
  });

  test('asked 5,000, entitled to 8,000, 3,000.55 of the cap left: the voucher is 3,000.55', () => {
    const found = entitled({
      lines: [line('business-management', 40_000)],
      choice: { use: 'amount', amount: fen(500_000) },
      limits: { ...wide, capUsed: fen(2_000_000 - 300_055) },
    });
    expect(found.amount).toBe(300_055);
    expect(found.limitedBy).toBe('yearly-cap-limit');
  });
});

describe('what limits a voucher', () => {
  const lines = [line('business-management', 40_000)];
  test.each([
    ['ratio-of-fee', {}, 800_000],
    ['spec-count-limit', { limits: { ...wide, specs: { ...wide.specs, 'spc-app': { ...plenty, leftCount: 0 } } } }, 0],
    [
      'spec-amount-limit',
      { limits: { ...wide, specs: { ...wide.specs, 'spc-app': { ...plenty, leftAmount: fen(123) } } } },
      123,
    ],
    ['yearly-cap-limit', { limits: { ...wide, capUsed: fen(1_999_999) } }, 1],
    ['yearly-cap-limit', { limits: { ...wide, capUsed: fen(2_500_000) } }, 0],
    ['fund-limit', { limits: { ...wide, fundLeft: fen(77) } }, 77],
    ['asked-amount', { choice: { use: 'amount', amount: fen(799_999) } as VoucherChoice }, 799_999],
    ['no-voucher-asked', { choice: { use: 'none' } as VoucherChoice }, 0],
  ] as const)('%s is named as the limit', (rule, facts, amount) => {
    expect(entitled({ lines, ...facts })).toMatchObject({ limitedBy: rule, amount });
  });

  test('the enterprise pays its own share, also where the ratio would cover everything', () => {
    const all = {
      ...policy,
      parameters: { ...policy.parameters, ownShareFloor: fen(50_000) },
      specs: [{ ...specs[1], ratio: '1' }],
    };
    expect(entitled({ lines: [line('business-management', 1000)] }, all)).toMatchObject({
      limitedBy: 'own-share-limit',
      amount: 50_000,
    });
    expect(entitled({ lines: [line('business-management', 500)] }, all)).toMatchObject({
      limitedBy: 'own-share-limit',
      amount: 0,
    });
  });

  test('a line of a category without a spec is not subsidised, the others are', () => {
    const one = { ...policy, specs: [specs[0]] };
    const found = entitled({ lines: [line('database', 100), line('computing', 100)] }, one);
    expect(found.amount).toBe(1500);
    expect(found.trace[0]).toMatchObject({ rule: 'category-without-spec', amount: 0 });
    expect(entitled({ lines: [line('database', 100)] }, one)).toMatchObject({
      limitedBy: 'category-without-spec',
      amount: 0,
    });
  });

  test('what the order itself holds counts as left for it', () => {
    const held = [{ specId: 'spc-app', amount: fen(800_000) }];
    const nothing = { leftAmount: fen(0), leftCount: 0 };
    const limits = { fundLeft: fen(0), capUsed: fen(2_000_000), specs: { 'spc-app': nothing } };
    expect(entitled({ lines, limits, held }).amount).toBe(800_000);
    expect(entitled({ lines: [line('business-management', 50_000)], limits, held }).amount).toBe(800_000);
    expect(entitled({ lines: [line('business-management', 10_000)], limits, held }).amount).toBe(200_000);
  });
});

describe('a contract with several kinds', () => {
  test('is computed line by line, each rounded down', () => {
    const found = entitled({ lines: [line('computing', 0.06), line('computing', 0.06), line('database', 1)] });
    // 15 % of 0.12 would be 1 fen; of each 0.06 it is none.
    expect(found.amount).toBe(25);
    expect(found.parts).toEqual([
      { specId: 'spc-plt', category: 'platform-system', ratio: '0.25', fee: 100, amount: 25 },
    ]);
  });

  test('loses only the part whose spec is exhausted', () => {
    const found = entitled({
      lines: [line('computing', 1000), line('database', 1000)],
      limits: { ...wide, specs: { ...wide.specs, 'spc-inf': { ...plenty, leftCount: 0 } } },
    });
    expect(found).toMatchObject({ amount: 25_000, limitedBy: 'spec-count-limit' });
    expect(found.parts.map(({ specId }) => specId)).toEqual(['spc-plt']);
  });

  test('shares a limit on the total in proportion', () => {
    const found = entitled({
      lines: [line('computing', 1000), line('database', 1000)],
      limits: { ...wide, fundLeft: fen(101) },
    });
    expect(found.parts.map(({ amount }) => amount)).toEqual([38, 63]);
  });

  test('explains itself step by step, with the clause of each', () => {
    const { trace } = entitled({
      lines: [line('computing', 1000), line('database', 1000)],
      choice: { use: 'amount', amount: fen(100) },
    });
    expect(trace.map(({ rule, clause, amount }) => [rule, clause, amount])).toEqual([
      ['ratio-of-fee', '五-(二)-1', 15_000],
      ['ratio-of-fee', '五-(二)-3', 40_000],
      ['spec-count-limit', '五-(一)', 40_000],
      ['spec-amount-limit', '五-(一)', 40_000],
      ['spec-count-limit', '五-(一)', 40_000],
      ['spec-amount-limit', '五-(一)', 40_000],
      ['yearly-cap-limit', '五-(三)', 40_000],
      ['fund-limit', '一-(二)', 40_000],
      ['own-share-limit', '一-(三)', 40_000],
      ['asked-amount', '六', 100],
    ]);
    expect(trace[0]?.values).toEqual({
      line: 1,
      kindZh: '计算资源服务',
      kindEn: 'Computing',
      fee: '1000.00',
      percent: '15%',
      lineAmount: '150.00',
    });
  });
});

const limitedSpec = fc.record({ leftAmount: amounts(10_000_000), leftCount: fc.integer({ min: 0, max: 3 }) });
const choices: fc.Arbitrary<VoucherChoice> = fc.oneof(
  fc.constant({ use: 'maximum' as const }),
  fc.constant({ use: 'none' as const }),
  amounts(5_000_000).map((amount) => ({ use: 'amount' as const, amount })),
);
const facts: fc.Arbitrary<EntitlementFacts> = fc.record({
  lines: fc.array(fc.record({ kind: fc.constantFrom(...(Object.keys(kinds) as Kind[])), fee: amounts(50_000_000) }), {
    minLength: 1,
    maxLength: 6,
  }),
  choice: choices,
  limits: fc.record({
    fundLeft: amounts(10_000_000),
    capUsed: amounts(3_000_000),
    specs: fc.record({ 'spc-inf': limitedSpec, 'spc-app': limitedSpec, 'spc-plt': limitedSpec }),
  }),
  held: fc
    .subarray(specs.map(({ id }) => id))
    .chain((ids) => fc.tuple(...ids.map((specId) => amounts(500_000).map((amount) => ({ specId, amount }))))),
});
const policies = fc
  .tuple(amounts(3_000_000), amounts(1000), fc.tuple(ratios, ratios, ratios))
  .map(([yearlyCap, ownShareFloor, [a, b, c]]): SubsidyPolicy => {
    const [inf, app, plt] = specs;
    return {
      policyVersion: 1,
      parameters: { yearlyCap, ownShareFloor },
      specs: [
        { ...inf, ratio: a },
        { ...app, ratio: b },
        { ...plt, ratio: c },
      ],
    };
  });

describe('for any policy and any facts', () => {
  test('the voucher is never above any limit, and its parts and its trace add up to it', () => {
    fc.assert(
      fc.property(policies, facts, (of, given) => {
        const found = computeEntitlement(of, given);
        const held = new Map((given.held ?? []).map(({ specId, amount }) => [specId, amount]));
        const heldTotal = sum(held.values());
        const fee = sum(given.lines.map((l) => l.fee));
        expect(found.amount).toBeGreaterThanOrEqual(0);
        expect(found.amount).toBe(sum(found.parts.map(({ amount }) => amount)));
        expect(found.trace.at(-1)?.amount).toBe(found.amount);
        expect(found.amount).toBeLessThanOrEqual(given.limits.fundLeft + heldTotal);
        expect(found.amount).toBeLessThanOrEqual(
          Math.max(0, of.parameters.yearlyCap + heldTotal - given.limits.capUsed),
        );
        expect(found.amount).toBeLessThanOrEqual(Math.max(0, fee - of.parameters.ownShareFloor));
        if (given.choice.use === 'amount') expect(found.amount).toBeLessThanOrEqual(given.choice.amount);
        if (given.choice.use === 'none') expect(found.amount).toBe(0);
        for (const part of found.parts) {
          const spec = given.limits.specs[part.specId];
          const own = held.get(part.specId) ?? 0;
          expect(part.amount).toBeGreaterThan(0);
          expect(part.amount).toBeLessThanOrEqual((spec?.leftAmount ?? 0) + own);
          expect((spec?.leftCount ?? 0) + (own > 0 ? 1 : 0)).toBeGreaterThanOrEqual(1);
          expect(part.amount).toBeLessThanOrEqual(ratioOf(part.fee, part.ratio, 'down'));
        }
        expect(fundingStack(fee, fen(0), found.amount).ownShare).toBeGreaterThanOrEqual(
          Math.min(fee, of.parameters.ownShareFloor),
        );
      }),
    );
  });

  test('no step of the trace after the first lines raises the amount', () => {
    fc.assert(
      fc.property(policies, facts, (of, given) => {
        const limits = computeEntitlement(of, given).trace.slice(given.lines.length);
        limits.slice(1).forEach((step, index) => {
          expect(step.amount).toBeLessThanOrEqual(limits[index]?.amount ?? 0);
        });
      }),
    );
  });

  test('equal facts give an equal amount and an equal derivation', () => {
    fc.assert(
      fc.property(policies, facts, (of, given) => {
        expect(computeEntitlement(of, structuredClone(given))).toEqual(computeEntitlement(of, given));
      }),
    );
  });

  test('a wider limit never makes a voucher smaller', () => {
    fc.assert(
      fc.property(policies, facts, amounts(1_000_000), (of, given, more) => {
        const { limits } = given;
        const amount = computeEntitlement(of, given).amount;
        const wider = (f: Partial<EntitlementFacts>) => computeEntitlement(of, { ...given, ...f }).amount;
        expect(wider({ limits: { ...limits, fundLeft: fen(limits.fundLeft + more) } })).toBeGreaterThanOrEqual(amount);
        expect(
          wider({ limits: { ...limits, capUsed: fen(Math.max(0, limits.capUsed - more)) } }),
        ).toBeGreaterThanOrEqual(amount);
        const all = Object.entries(limits.specs).map(([id, { leftAmount, leftCount }]) => [
          id,
          { leftAmount: fen(leftAmount + more), leftCount: leftCount + 1 },
        ]);
        expect(wider({ limits: { ...limits, specs: Object.fromEntries(all) } })).toBeGreaterThanOrEqual(amount);
        const [first, ...rest] = given.lines;
        if (first)
          expect(wider({ lines: [{ ...first, fee: fen(first.fee + more) }, ...rest] })).toBeGreaterThanOrEqual(amount);
        if (given.choice.use === 'amount') {
          expect(wider({ choice: { use: 'amount', amount: fen(given.choice.amount + more) } })).toBeGreaterThanOrEqual(
            amount,
          );
        }
      }),
    );
  });

  test('after part performance no part is above what was issued, nor above the ratio of what was delivered', () => {
    fc.assert(
      fc.property(
        policies,
        facts,
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 6, maxLength: 6 }),
        (of, given, shares) => {
          const issued = computeEntitlement(of, given);
          const lines = given.lines.map(({ kind, fee }, index) => ({
            kind,
            fee: fen(Math.floor((fee * (shares[index] ?? 0)) / 100)),
          }));
          const kept = entitlementAfterDelivery(of, { lines, parts: issued.parts });
          const parts = new Map(issued.parts.map(({ specId, amount }) => [specId, amount]));
          for (const { specId, amount, fee, ratio } of kept.parts) {
            expect(amount).toBeLessThanOrEqual(parts.get(specId) ?? 0);
            expect(amount).toBeLessThanOrEqual(ratioOf(fee, ratio, 'down'));
          }
          expect(kept.trace.at(-1)?.amount).toBe(kept.amount);
          expect(entitlementAfterDelivery(of, { lines: given.lines, parts: issued.parts }).amount).toBe(issued.amount);
        },
      ),
    );
  });
});

test('a voucher that comes to nothing is refused with the limit that took it, and its figures', () => {
  const lines = [line('business-management', 40_000)];
  const cases: [Partial<EntitlementFacts>, string, object][] = [
    [{ limits: { ...wide, fundLeft: fen(0) } }, 'fund-exhausted', { year: 2026, left: '0.00' }],
    [
      { limits: { ...wide, capUsed: fen(2_000_000) } },
      'yearly-cap-reached',
      { year: 2026, cap: '20000.00', left: '0.00' },
    ],
    [{ limits: { ...wide, specs: {} } }, 'spec-count-exhausted', {}],
    [
      { limits: { ...wide, specs: { 'spc-app': { leftAmount: fen(0) as Fen, leftCount: 1 } } } },
      'spec-amount-exhausted',
      { left: '0.00' },
    ],
    [{ choice: { use: 'amount', amount: fen(0) } }, 'voucher-below-one-fen', {}],
  ];
  for (const [given, rule, values] of cases) {
    expect(refuseNothingLeft(entitled({ lines, ...given }), 2026)).toMatchObject({
      ok: false,
      failure: { rule, values },
    });
  }
});
