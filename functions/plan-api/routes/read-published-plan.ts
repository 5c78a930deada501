import { planRoutes } from '../../../contracts/plan.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeReadPublishedPlan } from '../../../core/usecases/plan/read-plans.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toPublishedPlanAnswer } from '../answers.ts';

export const readPublishedPlanRoute = (ports: Ports): Route =>
  readRoute(
    planRoutes.readPublishedPlan,
    ({ params, at }) => makeReadPublishedPlan(ports)({ ...params, at }),
    toPublishedPlanAnswer,
  );
