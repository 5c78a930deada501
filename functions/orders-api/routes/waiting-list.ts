import { ordersRoutes } from '../../../contracts/orders.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeReadStanding, makeReadWaitingList } from '../../../core/usecases/orders/read-waiting-list.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toPlaceAnswer, toWaitingListAnswer } from '../answers.ts';

/** Public: works without a token and names nobody. */
export const readWaitingListRoute = (ports: Ports): Route =>
  readRoute(
    ordersRoutes.readWaitingList,
    ({ params, at }) => makeReadWaitingList(ports)({ ...params, at }),
    toWaitingListAnswer,
  );

export const readPlaceRoute = (ports: Ports): Route =>
  readRoute(
    ordersRoutes.readPlace,
    ({ params, actor, at }) => makeReadStanding(ports)({ ...params, at }, actor),
    toPlaceAnswer,
  );
