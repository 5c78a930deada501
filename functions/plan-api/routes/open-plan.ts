import { planRoutes } from '../../../contracts/plan.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeOpenPlan } from '../../../core/usecases/plan/open-plan.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toPlanAnswer } from '../answers.ts';

export const openPlanRoute = (ports: Ports): Route =>
  commandRoute(planRoutes.openPlan, ({ params, command }) => makeOpenPlan(ports)(params, command), toPlanAnswer);
