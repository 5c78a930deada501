import { planRoutes } from '../../../contracts/plan.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeTrialBalance } from '../../../core/usecases/plan/trial-balance.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toTrialBalanceAnswer } from '../answers.ts';

export const trialBalanceRoute = (ports: Ports): Route =>
  readRoute(
    planRoutes.trialBalance,
    ({ params, actor }) => makeTrialBalance(ports)(params, actor),
    toTrialBalanceAnswer,
  );
