import { payoutsRoutes } from '../../../contracts/payouts.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeRecordBankAnswers } from '../../../core/usecases/payouts/record-bank-answers.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toPayoutAnswer } from '../answers.ts';

export const recordBankAnswersRoute = (ports: Ports): Route =>
  commandRoute(
    payoutsRoutes.recordBankAnswers,
    ({ params, body, command }) => makeRecordBankAnswers(ports)({ ...params, ...body }, command),
    toPayoutAnswer,
  );
