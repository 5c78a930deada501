import { ordersRoutes } from '../../../contracts/orders.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeConfirmDelivery } from '../../../core/usecases/orders/confirm-delivery.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toOrderWithVoucher } from '../answers.ts';

export const confirmDeliveryRoute = (ports: Ports): Route =>
  commandRoute(
    ordersRoutes.confirmDelivery,
    ({ params, body: { documentId, ...outcome }, command }) =>
      makeConfirmDelivery(ports)({ ...params, ...outcome, ...(documentId ? { documentId } : {}) }, command),
    toOrderWithVoucher,
  );
