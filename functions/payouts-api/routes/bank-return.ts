import { payoutsRoutes } from '../../../contracts/payouts.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { ok } from '../../../core/result.ts';
import { makeDecideBankReturn } from '../../../core/usecases/payouts/decide-bank-return.ts';
import { makeRecordBankReturn } from '../../../core/usecases/payouts/record-bank-return.ts';
import { pageArguments, toPage } from '../../_runtime/page.ts';
import { commandRoute, type Route, readRoute } from '../../_runtime/route.ts';
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

export const listReturnsToConfirmRoute = ({ reads }: Ports): Route =>
  readRoute(
    payoutsRoutes.listReturnsToConfirm,
    async ({ query }) => ok(await reads.list('returnsToConfirm', {}, pageArguments(query))),
    toPage(toLineAnswer),
  );
