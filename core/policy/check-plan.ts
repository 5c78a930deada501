import { isBusinessDate } from '../calendar/business-date.ts';
import { SHORTEST_PUBLICITY } from '../calendar/working-days.ts';
import { add, type Fen, formatYuan, sum } from '../money/money.ts';
import { type Issue, type Result, refuseAll } from '../result.ts';
import type { Plan, PlanParameters } from './plan.ts';

/** What the departments write of a plan. */
export type PlanContent = Pick<Plan, 'title' | 'appropriation' | 'specs' | 'parameters'>;

/** Whether what a draft says keeps to the notice. All faults are told at once. */
export function checkPlan(year: number, content: PlanContent, carriedOver: Fen): Result<void> {
  return refuseAll([
    ...moneyIssues(content, carriedOver),
    ...specIssues(content),
    ...parameterIssues(year, content.parameters),
  ]);
}

/**
 * Total control (clause 一-(二)): the specs of a plan may not promise more than the money there is, which is the
 * appropriation and the free money carried over from earlier years. Promising less is allowed: the rest stays in the fund.
 */
export function moneyIssues(
  { appropriation, specs }: Pick<Plan, 'appropriation' | 'specs'>,
  carriedOver: Fen,
): Issue[] {
  const promised = sum(specs.map(({ amount }) => amount));
  const fund = add(appropriation, carriedOver);
  if (promised <= fund) return [];
  return [
    { pointer: '/specs', rule: 'specs-exceed-fund', values: { specs: formatYuan(promised), fund: formatYuan(fund) } },
  ];
}

function specIssues({ appropriation, specs }: PlanContent): Issue[] {
  const issues: Issue[] = appropriation === 0 ? [{ pointer: '/appropriation', rule: 'plan-without-money' }] : [];
  specs.forEach(({ category, amount }, i) => {
    if (amount === 0) issues.push({ pointer: `/specs/${i}/amount`, rule: 'plan-without-money' });
    if (specs.findIndex((spec) => spec.category === category) < i) {
      issues.push({ pointer: `/specs/${i}/category`, rule: 'spec-category-twice', values: { category } });
    }
  });
  return issues;
}

export function parameterIssues(
  year: number,
  { publicityWorkingDays, claimWindow, qualityDeductions }: PlanParameters,
): Issue[] {
  const issues: Issue[] = [];
  if (publicityWorkingDays < SHORTEST_PUBLICITY) {
    issues.push({
      pointer: '/parameters/publicityWorkingDays',
      rule: 'publicity-too-short',
      values: { least: SHORTEST_PUBLICITY },
    });
  }
  const { from, to } = claimWindow;
  if (!isBusinessDate(`${year}-${from}`) || !isBusinessDate(`${year}-${to}`) || from > to) {
    issues.push({ pointer: '/parameters/claimWindow', rule: 'claim-window-invalid', values: { year } });
  }
  const { minor, serious, critical } = qualityDeductions;
  if (Number(minor) > Number(serious) || Number(serious) > Number(critical)) {
    issues.push({ pointer: '/parameters/qualityDeductions', rule: 'quality-deductions-unordered' });
  }
  return issues;
}
