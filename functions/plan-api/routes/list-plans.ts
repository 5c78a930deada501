import { planRoutes } from '../../../contracts/plan.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeListPlans } from '../../../core/usecases/plan/read-plans.ts';
import { toPage } from '../../_runtime/page.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toPlanSummary } from '../answers.ts';

export const listPlansRoute = (ports: Ports): Route =>
  readRoute(planRoutes.listPlans, ({ query, at }) => makeListPlans(ports)({ ...query, at }), toPage(toPlanSummary));
