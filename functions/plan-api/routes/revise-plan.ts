import { planRoutes } from '../../../contracts/plan.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeRevisePlan } from '../../../core/usecases/plan/revise-plan.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toPlanAnswer } from '../answers.ts';
import { toPlanContent } from '../plan-content.ts';

export const revisePlanRoute = (ports: Ports): Route =>
  commandRoute(
    planRoutes.revisePlan,
    ({ params, body, command }) => makeRevisePlan(ports)({ ...params, ...toPlanContent(body) }, command),
    toPlanAnswer,
  );
