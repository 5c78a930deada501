import { ordersRoutes } from '../../../contracts/orders.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeDeclineOrder } from '../../../core/usecases/orders/end-order.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toOrderAnswer } from '../answers.ts';

export const declineOrderRoute = (ports: Ports): Route =>
  commandRoute(
    ordersRoutes.declineOrder,
    ({ params, body, command }) => makeDeclineOrder(ports)({ ...params, ...body }, command),
    toOrderAnswer,
  );
