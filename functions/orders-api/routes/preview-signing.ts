import { ordersRoutes } from '../../../contracts/orders.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makePreviewSigning } from '../../../core/usecases/orders/read-orders.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toSigningAnswer } from '../answers.ts';

export const previewSigningRoute = (ports: Ports): Route =>
  readRoute(
    ordersRoutes.previewSigning,
    ({ params, actor, at }) => makePreviewSigning(ports)({ ...params, at }, actor),
    toSigningAnswer,
  );
