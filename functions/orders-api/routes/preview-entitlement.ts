import { ordersRoutes } from '../../../contracts/orders.ts';
import { ZERO } from '../../../core/money/money.ts';
import type { VoucherChoice } from '../../../core/orders/order.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makePreviewEntitlement } from '../../../core/usecases/orders/preview-entitlement.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toPreviewAnswer } from '../answers.ts';

export const previewEntitlementRoute = (ports: Ports): Route =>
  readRoute(
    ordersRoutes.previewEntitlement,
    ({ params, query: { quantity, use, amount }, actor, at }) => {
      const choice: VoucherChoice = use === 'amount' ? { use, amount: amount ?? ZERO } : { use };
      return makePreviewEntitlement(ports)({ ...params, quantity, choice, at }, actor);
    },
    toPreviewAnswer,
  );
