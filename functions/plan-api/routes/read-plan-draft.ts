import { planRoutes } from '../../../contracts/plan.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeReadPlanDraft } from '../../../core/usecases/plan/read-plans.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toPlanAnswer } from '../answers.ts';

export const readPlanDraftRoute = (ports: Ports): Route =>
  readRoute(planRoutes.readPlanDraft, ({ params, actor }) => makeReadPlanDraft(ports)(params, actor), toPlanAnswer);
