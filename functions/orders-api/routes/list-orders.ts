import { ordersRoutes } from '../../../contracts/orders.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeListOrders } from '../../../core/usecases/orders/read-orders.ts';
import { toPage } from '../../_runtime/page.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toOrderSummary } from '../answers.ts';

export const listOrdersRoute = (ports: Ports): Route =>
  readRoute(ordersRoutes.listOrders, ({ query, actor }) => makeListOrders(ports)(query, actor), toPage(toOrderSummary));
