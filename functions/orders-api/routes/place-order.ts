import { ordersRoutes } from '../../../contracts/orders.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makePlaceOrder } from '../../../core/usecases/orders/place-order.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toOrderAnswer } from '../answers.ts';

export const placeOrderRoute = (ports: Ports): Route =>
  commandRoute(ordersRoutes.placeOrder, ({ body, command }) => makePlaceOrder(ports)(body, command), toOrderAnswer);
