import { planRoutes } from '../../../contracts/plan.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeDraftPlan } from '../../../core/usecases/plan/draft-plan.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toPlanAnswer } from '../answers.ts';
import { toPlanContent } from '../plan-content.ts';

export const draftPlanRoute = (ports: Ports): Route =>
  commandRoute(
    planRoutes.draftPlan,
    ({ body, command }) => makeDraftPlan(ports)({ year: body.year, ...toPlanContent(body) }, command),
    toPlanAnswer,
  );
