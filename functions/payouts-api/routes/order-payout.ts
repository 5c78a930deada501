import { payoutsRoutes } from '../../../contracts/payouts.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeOrderPayout } from '../../../core/usecases/payouts/order-payout.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toPayoutAnswer } from '../answers.ts';

export const orderPayoutRoute = (ports: Ports): Route =>
  commandRoute(payoutsRoutes.orderPayout, ({ body, command }) => makeOrderPayout(ports)(body, command), toPayoutAnswer);
