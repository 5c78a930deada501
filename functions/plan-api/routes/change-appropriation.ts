import { planRoutes } from '../../../contracts/plan.ts';
import type { Ports } from '../../../core/ports/context.ts';
import {
  makeConfirmAppropriation,
  makeProposeAppropriation,
} from '../../../core/usecases/plan/change-appropriation.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toPlanAnswer } from '../answers.ts';

export const proposeAppropriationRoute = (ports: Ports): Route =>
  commandRoute(
    planRoutes.proposeAppropriation,
    ({ params, body, command }) => makeProposeAppropriation(ports)({ ...params, ...body }, command),
    toPlanAnswer,
  );

export const confirmAppropriationRoute = (ports: Ports): Route =>
  commandRoute(
    planRoutes.confirmAppropriation,
    ({ params, command }) => makeConfirmAppropriation(ports)(params, command),
    toPlanAnswer,
  );
