import { ordersRoutes } from '../../../contracts/orders.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeAnswerOrder } from '../../../core/usecases/orders/answer-order.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toOrderAnswer } from '../answers.ts';

export const answerOrderRoute = (ports: Ports): Route =>
  commandRoute(
    ordersRoutes.answerOrder,
    ({ params, body: { contractNumber: number, ...contract }, command }) =>
      makeAnswerOrder(ports)({ ...params, ...contract, number }, command),
    toOrderAnswer,
  );
