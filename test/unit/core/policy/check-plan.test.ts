import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fen, ZERO } from '../../../../core/money/money.ts';
import { checkPlan, type PlanContent } from '../../../../core/policy/check-plan.ts';
import { defaultParameters, defaultRatios } from '../../../../core/policy/default-parameters.ts';
import { planParametersSchema, type VoucherSpec } from '../../../../core/policy/plan.ts';
import { amounts } from '../../../support/arbitraries.ts';

const spec = (category: VoucherSpec['category'], amount: number): VoucherSpec => ({
  id: category,
  category,
  ratio: defaultRatios[category],
  amount: fen(amount),
  count: 10,
});
const content: PlanContent = {
  title: '2019 年度计划',
  appropriation: fen(1_000),
  specs: [spec('infrastructure', 300), spec('business-application', 300), spec('platform-system', 400)],
  parameters: defaultParameters,
};
const rulesOf = (change: Partial<PlanContent>, carriedOver = ZERO) => {
  const checked = checkPlan(2019, { ...content, ...change }, carriedOver);
  return checked.ok ? [] : (checked.failure.issues ?? []).map(({ rule }) => rule);
};
const parameters = (change: Partial<PlanContent['parameters']>) => ({
  parameters: { ...defaultParameters, ...change },
});

test('the defaults of the policy are those of the schema', () => {
  const { yearlyCap, ownShareFloor } = defaultParameters;
  expect(planParametersSchema.parse({ yearlyCap, ownShareFloor })).toEqual(defaultParameters);
  expect([yearlyCap, ownShareFloor]).toEqual([2_000_000, 1]);
});

test('specs may promise the appropriation to the last fen, and less', () => {
  expect(rulesOf({})).toEqual([]);
  expect(rulesOf({ appropriation: fen(5_000) })).toEqual([]);
});

test('specs may not promise more than there is (total control, 1-2)', () => {
  expect(rulesOf({ appropriation: fen(999) })).toEqual(['specs-exceed-fund']);
});

test('money carried over from earlier years may be promised too', () => {
  expect(rulesOf({ appropriation: fen(900) }, fen(100))).toEqual([]);
  expect(rulesOf({ appropriation: fen(900) }, fen(99))).toEqual(['specs-exceed-fund']);
});

test('for any amounts a plan is accepted exactly when its specs fit the fund', () => {
  const some = amounts(1_000_000).filter((amount) => amount > 0);
  fc.assert(
    fc.property(some, some, some, amounts(1_000_000), (a, b, appropriation, carried) => {
      const specs = [spec('infrastructure', a), spec('platform-system', b)];
      expect(rulesOf({ appropriation, specs }, carried)).toEqual(
        a + b <= appropriation + carried ? [] : ['specs-exceed-fund'],
      );
    }),
  );
});

test('a category has one spec', () => {
  expect(rulesOf({ specs: [spec('infrastructure', 1), spec('infrastructure', 1)] })).toEqual(['spec-category-twice']);
});

test('neither the plan nor a spec is without money', () => {
  expect(rulesOf({ appropriation: ZERO, specs: [spec('infrastructure', 0)] })).toEqual([
    'plan-without-money',
    'plan-without-money',
  ]);
});

test('publicity takes five working days or more (7-1)', () => {
  expect(rulesOf(parameters({ publicityWorkingDays: 4 }))).toEqual(['publicity-too-short']);
  expect(rulesOf(parameters({ publicityWorkingDays: 6 }))).toEqual([]);
});

test('the claim window is of existing days in order', () => {
  expect(rulesOf(parameters({ claimWindow: { from: '02-29', to: '03-31' } }))).toEqual(['claim-window-invalid']);
  expect(rulesOf(parameters({ claimWindow: { from: '12-01', to: '11-01' } }))).toEqual(['claim-window-invalid']);
  expect(rulesOf(parameters({ claimWindow: { from: '11-01', to: '11-01' } }))).toEqual([]);
});

test('quality deductions grow with severity', () => {
  expect(rulesOf(parameters({ qualityDeductions: { minor: '0.5', serious: '0.1', critical: '1' } }))).toEqual([
    'quality-deductions-unordered',
  ]);
});
