import { recoveriesRoutes } from '../../../contracts/recoveries.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeDecideRecovery } from '../../../core/usecases/recoveries/decide-recovery.ts';
import { makeProposeRecovery } from '../../../core/usecases/recoveries/propose-recovery.ts';
import { makeRecordRepayment } from '../../../core/usecases/recoveries/record-repayment.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toRecoveryAnswer, toRepaymentAnswer } from '../answers.ts';

export const proposeRecoveryRoute = (ports: Ports): Route =>
  commandRoute(
    recoveriesRoutes.proposeRecovery,
    ({ body, command }) => makeProposeRecovery(ports)(body, command),
    (recovery) => toRecoveryAnswer(recovery, { role: 'regional-officer' }),
  );

export const decideRecoveryRoute = (ports: Ports): Route =>
  commandRoute(
    recoveriesRoutes.decideRecovery,
    ({ params, body, command }) => makeDecideRecovery(ports)({ ...params, ...body }, command),
    (recovery) => toRecoveryAnswer(recovery, { role: 'finance-officer' }),
  );

export const recordRepaymentRoute = (ports: Ports): Route =>
  commandRoute(
    recoveriesRoutes.recordRepayment,
    ({ params, body, command }) => makeRecordRepayment(ports)({ ...params, ...body }, command),
    toRepaymentAnswer,
  );
