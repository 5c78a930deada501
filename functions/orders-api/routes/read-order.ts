import { ordersRoutes } from '../../../contracts/orders.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeReadOrder } from '../../../core/usecases/orders/read-orders.ts';
import { readTrail } from '../../_runtime/read-trail.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toOrderWithVoucher } from '../answers.ts';

export const readOrderRoute = (ports: Ports): Route =>
  readRoute(ordersRoutes.readOrder, ({ params, actor }) => makeReadOrder(ports)(params, actor), toOrderWithVoucher);

export const readOrderTrailRoute = (ports: Ports): Route =>
  readRoute(
    ordersRoutes.readOrderTrail,
    async ({ params, query, actor }) => {
      const order = await makeReadOrder(ports)(params, actor);
      return order.ok ? readTrail(ports.reads, 'order', { id: params.orderId }, query, actor) : order;
    },
    (trail) => trail,
  );
