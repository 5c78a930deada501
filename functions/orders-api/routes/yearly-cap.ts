import { ordersRoutes } from '../../../contracts/orders.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeReadYearlyCap } from '../../../core/usecases/orders/read-yearly-cap.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toYearlyCapAnswer } from '../answers.ts';

export const readYearlyCapRoute = (ports: Ports): Route =>
  readRoute(
    ordersRoutes.readYearlyCap,
    ({ params, actor, at }) => makeReadYearlyCap(ports)({ ...params, at }, actor),
    toYearlyCapAnswer,
  );
