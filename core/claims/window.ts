import { type BusinessDate, businessDate, type Period } from '../calendar/business-date.ts';
import type { Plan } from '../policy/plan.ts';

/** The days on which claims of a plan's year are filed, both inclusive (clause 七-(一)). */
export const claimWindow = (plan: Pick<Plan, 'year' | 'parameters'>): Period => ({
  from: businessDate(`${plan.year}-${plan.parameters.claimWindow.from}`),
  to: businessDate(`${plan.year}-${plan.parameters.claimWindow.to}`),
});

export const isInWindow = (date: BusinessDate, { from, to }: Period): boolean => from <= date && date <= to;
