import { ordersRoutes } from '../../../contracts/orders.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeSignOrder } from '../../../core/usecases/orders/sign-order.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toOrderWithVoucher } from '../answers.ts';

export const signOrderRoute = (ports: Ports): Route =>
  commandRoute(
    ordersRoutes.signOrder,
    ({ params, command }) => makeSignOrder(ports)(params, command),
    toOrderWithVoucher,
  );
