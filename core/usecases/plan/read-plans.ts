import { businessDateOf } from '../../calendar/business-date.ts';
import type { Balances } from '../../ledger/accounts.ts';
import type { Fen } from '../../money/money.ts';
import { isPublished } from '../../policy/current-plan.ts';
import { type FundIdentity, fundIdentity } from '../../policy/fund-report.ts';
import type { Plan } from '../../policy/plan.ts';
import { planOn } from '../../policy/plan-version.ts';
import { quotaLines } from '../../policy/quotas.ts';
import type { Ports, QueryUseCase } from '../../ports/context.ts';
import type { Page, SpecBalance } from '../../ports/store.ts';
import type { Jurisdiction } from '../../registry/jurisdictions.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** A plan with what is used and left of it. */
export interface PlanInUse {
  readonly plan: Plan;
  readonly balances: Balances;
  readonly specs: readonly SpecBalance[];
  /** Quotas of jurisdictions, with what is left of each. */
  readonly quotas: readonly {
    readonly jurisdiction: Jurisdiction;
    readonly amount: Fen;
    readonly leftAmount: number;
  }[];
}

/** The published plans, newest year first (clause 五-(一)). Drafts are taken out of the page, so it may be short. */
export const makeListPlans =
  ({ reads }: Ports) =>
  async ({
    limit,
    cursor,
    at,
  }: {
    readonly limit: number;
    readonly cursor?: string | undefined;
    readonly at: number;
  }): Promise<Result<Page<Plan>>> => {
    const { items, next } = await reads.list('plans', {}, { limit, ...(cursor === undefined ? {} : { cursor }) });
    return ok({
      items: items.filter(isPublished).map((plan) => inForce(plan, at)),
      ...(next === undefined ? {} : { next }),
    });
  };

/** A published plan with what is used and left of its money and its counts (clause 一-(二), open). */
export const makeReadPublishedPlan =
  ({ reads }: Ports) =>
  async ({ year, at }: { readonly year: number; readonly at: number }): Promise<Result<PlanInUse>> => {
    const plan = await reads.get('plan', { year });
    return plan && isPublished(plan) ? ok(await inUse(reads, inForce(plan, at))) : refuse('not-found');
  };

/** The plan as the departments and inspectors see it, in any state. */
export const makeReadPlanDraft =
  ({ reads }: Ports): QueryUseCase<{ readonly year: number }, Plan> =>
  async ({ year }) => {
    const plan = await reads.get('plan', { year });
    return plan ? ok(plan) : refuse('not-found');
  };

export interface FundState {
  readonly year: number;
  readonly balances: Balances;
  readonly identity: FundIdentity;
  readonly specs: readonly SpecBalance[];
}

/** The fund of a year with the identity of clause 一-(二) checked; all zero before there is money. */
export const makeReadFund =
  ({ reads }: Ports): QueryUseCase<{ readonly year: number }, FundState> =>
  async ({ year }) => {
    const plan = await reads.get('plan', { year });
    const { balances, specs } = plan ? await inUse(reads, plan) : { balances: await reads.fund(year), specs: [] };
    return ok({ year, balances, identity: fundIdentity(balances), specs });
  };

/** The plan as it is in force, with what is still to come. */
function inForce(plan: Plan, at: number): Plan {
  const today = businessDateOf(at);
  const { coming, ...now } = planOn(plan, today);
  const later = coming?.filter(({ appliesFrom }) => appliesFrom > today);
  return later ? { ...now, coming: later } : now;
}

/** Balances and specs of a plan; a plan that is not open yet has no specs in use. */
async function inUse(reads: Ports['reads'], plan: Plan): Promise<PlanInUse> {
  const { balances, specs } = await reads.pool(plan.year);
  return {
    plan,
    balances,
    specs: plan.specs.map(({ id }) => specs[id]).filter((spec) => spec !== undefined),
    quotas: quotaLines(plan.parameters).map(({ id, jurisdiction, amount }) => ({
      jurisdiction,
      amount,
      leftAmount: specs[id]?.leftAmount ?? amount,
    })),
  };
}
