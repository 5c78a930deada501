import { businessDateOf } from '../calendar/business-date.ts';
import type { Reads } from '../ports/store.ts';
import { ok, type Result, refuse } from '../result.ts';
import { defaultParameters } from './default-parameters.ts';
import type { Plan, PlanParameters } from './plan.ts';
import { planOn } from './plan-version.ts';

/**
 * The plan under which vouchers of a year are issued, in the version that is in force at that moment. Refuses with
 * `no-open-plan` while there is none, or after it was closed: without an open plan nothing is reserved or issued
 * (clause 五-(一)).
 */
export async function openPlan(reads: Pick<Reads, 'get'>, year: number, at: number): Promise<Result<Plan>> {
  const plan = await reads.get('plan', { year });
  return plan?.status === 'open' ? ok(planOn(plan, businessDateOf(at))) : refuse('no-open-plan', { values: { year } });
}

/**
 * Parameters for matters that go on without vouchers, such as reviews before the year's plan is open: those of the
 * year's published plan as it is in force at that moment, else the defaults of the policy.
 */
export async function parametersOf(reads: Pick<Reads, 'get'>, year: number, at: number): Promise<PlanParameters> {
  const plan = await reads.get('plan', { year });
  return plan && isPublished(plan) ? planOn(plan, businessDateOf(at)).parameters : defaultParameters;
}

/** Whether the public may see the plan: from its opening on, for good (clause 五-(一)). */
export const isPublished = (plan: Pick<Plan, 'status'>): boolean => plan.status === 'open' || plan.status === 'closed';
