import { type BusinessDate, yearOf } from '../calendar/business-date.ts';
import { fen, formatYuan } from '../money/money.ts';
import type { Pool } from '../ports/store.ts';
import { type Issue, type Result, refuseAll } from '../result.ts';
import { parameterIssues } from './check-plan.ts';
import type { Plan, PlanParameters, VoucherSpec } from './plan.ts';
import { planInTheEnd } from './plan-version.ts';

/**
 * What a version may change during the year. What is missing is one measure for all claims of a year, or decided at its
 * close: tax basis, tolerance of the market price, deductions for quality, life of carried money and of a listing. They
 * change with the next year's plan (clause 一-(二), equal; ADR 12).
 */
export type ChangeableParameters = Omit<
  PlanParameters,
  'taxBasis' | 'marketPriceTolerance' | 'qualityDeductions' | 'carryOverYears' | 'dishonestyYears'
>;

/** What the text of a version says. */
export interface VersionText {
  readonly appliesFrom: BusinessDate;
  readonly parameters: PlanParameters;
  readonly specs: readonly VoucherSpec[];
}

/** Whether a version may be published today, given the pool as it is. All faults are told at once. */
export function checkVersion(plan: Plan, text: VersionText, pool: Pool, today: BusinessDate): Result<void> {
  const before = planInTheEnd(plan);
  return refuseAll([
    ...dateIssues(plan, text.appliesFrom, today),
    ...(sameText(before, text) ? [{ pointer: '', rule: 'plan-version-unchanged' } as const] : []),
    ...windowIssues(before, text),
    ...parameterIssues(plan.year, text.parameters),
    ...specIssues(text, pool),
    ...moneyIssues(plan, text, pool),
  ]);
}

const pointer = '/appliesFrom';

function dateIssues({ year, coming }: Plan, appliesFrom: BusinessDate, today: BusinessDate): Issue[] {
  if (appliesFrom < today) return [{ pointer, rule: 'plan-version-past', values: { today } }];
  if (yearOf(appliesFrom) !== year) return [{ pointer, rule: 'plan-version-outside-year', values: { year } }];
  // Versions apply in the order of their numbers.
  const from = coming?.at(-1)?.appliesFrom;
  return from !== undefined && appliesFrom < from
    ? [{ pointer, rule: 'plan-version-before-published', values: { from } }]
    : [];
}

/** Schemas write their fields in one order, so that equal texts are equal. */
const sameText = (a: Pick<Plan, 'parameters' | 'specs'>, b: Pick<VersionText, 'parameters' | 'specs'>): boolean =>
  JSON.stringify([sorted(a.parameters), a.specs.map(sorted)]) ===
  JSON.stringify([sorted(b.parameters), b.specs.map(sorted)]);

const sorted = (record: object) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

/** Whoever was promised a window keeps it: vouchers live by it (clause 七-(一)). */
function windowIssues({ parameters: { claimWindow: before } }: Plan, { parameters }: VersionText): Issue[] {
  const { from, to } = parameters.claimWindow;
  return from > before.from || to < before.to
    ? [{ pointer: '/parameters/claimWindow', rule: 'claim-window-shrinks', values: { ...before } }]
    : [];
}

/** A spec may shrink to what its vouchers use, never below (clause 五-(一)). */
const specIssues = ({ specs }: VersionText, pool: Pool): Issue[] =>
  specs.flatMap(({ id, amount, count }, i) => {
    const { usedAmount, usedCount } = pool.specs[id] ?? { usedAmount: 0, usedCount: 0 };
    const values = { amount: formatYuan(fen(Math.max(0, usedAmount))), count: usedCount };
    const issues: Issue[] = amount === 0 ? [{ pointer: `/specs/${i}/amount`, rule: 'plan-without-money' }] : [];
    if (amount < usedAmount) issues.push({ pointer: `/specs/${i}/amount`, rule: 'spec-below-used', values });
    if (count < usedCount) issues.push({ pointer: `/specs/${i}/count`, rule: 'spec-below-used', values });
    return issues;
  });

/**
 * What specs promise beyond their vouchers may only grow within what is free (clause 一-(二), total control). What they
 * promised already, before a cut of the appropriation perhaps, is no reason to refuse another ratio.
 */
function moneyIssues(plan: Plan, { specs }: VersionText, { balances, specs: inUse }: Pool): Issue[] {
  const more = total(specs) - total(plan.specs);
  const promised = Object.values(inUse).reduce((sum, { leftAmount }) => sum + leftAmount, 0) + more;
  if (more <= 0 || promised <= balances.available) return [];
  const free = fen(Math.max(0, balances.available));
  const values = { promised: formatYuan(fen(promised)), free: formatYuan(free) };
  return [{ pointer: '/specs', rule: 'specs-exceed-free', values }];
}

const total = (specs: readonly VoucherSpec[]): number => specs.reduce((sum, { amount }) => sum + amount, 0);
