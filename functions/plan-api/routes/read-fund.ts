import { planRoutes } from '../../../contracts/plan.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeReadFund } from '../../../core/usecases/plan/read-plans.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toFundAnswer } from '../answers.ts';

export const readFundRoute = (ports: Ports): Route =>
  readRoute(planRoutes.readFund, ({ params, actor }) => makeReadFund(ports)(params, actor), toFundAnswer);
