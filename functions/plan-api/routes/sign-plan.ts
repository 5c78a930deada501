import { planRoutes } from '../../../contracts/plan.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeSignPlan } from '../../../core/usecases/plan/sign-plan.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toPlanAnswer } from '../answers.ts';

export const signPlanRoute = (ports: Ports): Route =>
  commandRoute(planRoutes.signPlan, ({ params, command }) => makeSignPlan(ports)(params, command), toPlanAnswer);
