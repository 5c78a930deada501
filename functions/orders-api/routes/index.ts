import type { Ports } from '../../../core/ports/context.ts';
import type { Route } from '../../_runtime/route.ts';
import { answerOrderRoute } from './answer-order.ts';
import { cancelOrderRoute } from './cancel-order.ts';
import { confirmDeliveryRoute } from './confirm-delivery.ts';
import { declineOrderRoute } from './decline-order.ts';
import { listOrdersRoute } from './list-orders.ts';
import { placeOrderRoute } from './place-order.ts';
import { previewEntitlementRoute } from './preview-entitlement.ts';
import { previewSigningRoute } from './preview-signing.ts';
import { readOrderRoute, readOrderTrailRoute } from './read-order.ts';
import { signOrderRoute } from './sign-order.ts';
import { listVouchersRoute, readRegisterRoute, readVoucherRoute, readVoucherTrailRoute } from './vouchers.ts';
import { readPlaceRoute, readWaitingListRoute } from './waiting-list.ts';
import { readYearlyCapRoute } from './yearly-cap.ts';

/** Every route of orders and vouchers. */
export const ordersApi = (ports: Ports): readonly Route[] => [
  previewEntitlementRoute(ports),
  placeOrderRoute(ports),
  listOrdersRoute(ports),
  readOrderRoute(ports),
  readOrderTrailRoute(ports),
  readWaitingListRoute(ports),
  readPlaceRoute(ports),
  readYearlyCapRoute(ports),
  previewSigningRoute(ports),
  answerOrderRoute(ports),
  declineOrderRoute(ports),
  cancelOrderRoute(ports),
  signOrderRoute(ports),
  confirmDeliveryRoute(ports),
  listVouchersRoute(ports),
  readVoucherRoute(ports),
  readVoucherTrailRoute(ports),
  readRegisterRoute(ports),
];
