import type { PlanBody } from '../../contracts/plan.ts';
import type { PlanContent } from '../../core/policy/check-plan.ts';
import { defaultRatios } from '../../core/policy/default-parameters.ts';

/** A plan's text from the body of a request. A plan has one spec per category, so the category names the spec. */
export const toPlanContent = ({ title, appropriation, specs, parameters }: PlanBody): PlanContent => ({
  title,
  appropriation,
  specs: specs.map(({ category, ratio, amount, count }) => ({
    id: category,
    category,
    ratio: ratio ?? defaultRatios[category],
    amount,
    count,
  })),
  parameters,
});
