import { payoutsRoutes } from '../../../contracts/payouts.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeDecideBankReturn } from '../../../core/usecases/payouts/decide-bank-return.ts';
import { makeRecordBankReturn } from '../../../core/usecases/payouts/record-bank-return.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toLineAnswer } from '../answers.ts';

export const recordBankReturnRoute = (ports: Ports): Route =>
  commandRoute(
    payoutsRoutes.recordBankReturn,
    ({ params, body, command }) => makeRecordBankReturn(ports)({ ...params, ...body }, command),
    toLineAnswer,
  );

export const decideBankReturnRoute = (ports: Ports): Route =>
  commandRoute(
    payoutsRoutes.decideBankReturn,
    ({ params, body, command }) => makeDecideBankReturn(ports)({ ...params, ...body }, command),
    toLineAnswer,
  );
