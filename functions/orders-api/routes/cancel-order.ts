import { ordersRoutes } from '../../../contracts/orders.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeCancelOrder } from '../../../core/usecases/orders/end-order.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toOrderAnswer } from '../answers.ts';

export const cancelOrderRoute = (ports: Ports): Route =>
  commandRoute(
    ordersRoutes.cancelOrder,
    ({ params, body, command }) => makeCancelOrder(ports)({ ...params, ...body }, command),
    toOrderAnswer,
  );
