import { payoutsRoutes } from '../../../contracts/payouts.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { listPayments } from '../../../core/usecases/payouts/read-payouts.ts';
import { pageArguments, toPage } from '../../_runtime/page.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toPaymentAnswer } from '../answers.ts';

export const listPaymentsRoute = ({ reads }: Ports): Route =>
  readRoute(
    payoutsRoutes.listPayments,
    ({ query, actor }) => listPayments(reads, pageArguments(query), actor),
    toPage(toPaymentAnswer),
  );
