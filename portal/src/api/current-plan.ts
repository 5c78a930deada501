import { planRoutes } from '../../../contracts/plan.ts';
import { useRead } from './queries.ts';

/** The plan that orders are decided by: the newest that is open, else the newest there is, with what is left of it. */
export function useCurrentPlan() {
  const plans = useRead(planRoutes.listPlans);
  const summary = plans.data?.items.find(({ status }) => status === 'open') ?? plans.data?.items[0];
  const plan = useRead(
    planRoutes.readPublishedPlan,
    { params: { year: String(summary?.year) } },
    summary !== undefined,
  );
  return {
    /** No plan was ever published. */
    none: plans.data !== undefined && summary === undefined,
    years: plans.data?.items.map(({ year }) => year) ?? [],
    data: plan.data,
    error: plans.error ?? plan.error,
    refetch: () => (plans.error ? plans.refetch() : plan.refetch()),
  };
}
