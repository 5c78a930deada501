import { planRoutes } from '../../../contracts/plan.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeReadPlanDraft } from '../../../core/usecases/plan/read-plans.ts';
import { readTrail } from '../../_runtime/read-trail.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';

export const readPlanTrailRoute = (ports: Ports): Route =>
  readRoute(
    planRoutes.readPlanTrail,
    async ({ params, query, actor }) => {
      const found = await makeReadPlanDraft(ports)(params, actor);
      return found.ok ? readTrail(ports.reads, 'plan', params, query, actor) : found;
    },
    (page) => page,
  );
