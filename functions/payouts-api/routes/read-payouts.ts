import { payoutsRoutes } from '../../../contracts/payouts.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { ok } from '../../../core/result.ts';
import { makeReadControlTotals } from '../../../core/usecases/payouts/read-control-totals.ts';
import { listPayoutLines, listPayouts, readPayout } from '../../../core/usecases/payouts/read-payouts.ts';
import { pageArguments, toPage } from '../../_runtime/page.ts';
import { readTrail } from '../../_runtime/read-trail.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toControlTotalsAnswer, toLineAnswer, toPayoutAnswer } from '../answers.ts';

export const listPayoutsRoute = ({ reads }: Ports): Route =>
  readRoute(
    payoutsRoutes.listPayouts,
    async ({ query }) => ok(await listPayouts(reads, { year: query.year, page: pageArguments(query) })),
    toPage(toPayoutAnswer),
  );

export const readPayoutRoute = ({ reads }: Ports): Route =>
  readRoute(payoutsRoutes.readPayout, ({ params }) => readPayout(reads, params.payoutId), toPayoutAnswer);

export const listPayoutLinesRoute = ({ reads }: Ports): Route =>
  readRoute(
    payoutsRoutes.listPayoutLines,
    ({ params, query }) => listPayoutLines(reads, { ...params, page: pageArguments(query) }),
    toPage(toLineAnswer),
  );

export const readControlTotalsRoute = (ports: Ports): Route =>
  readRoute(
    payoutsRoutes.readControlTotals,
    ({ params }) => makeReadControlTotals(ports)(params),
    toControlTotalsAnswer,
  );

/** The immutable trail of an order and its lines, readings of the payment file included. */
export const readPayoutTrailRoute = ({ reads }: Ports): Route =>
  readRoute(
    payoutsRoutes.readPayoutTrail,
    async ({ params, query, actor }) => {
      const payout = await readPayout(reads, params.payoutId);
      return payout.ok ? readTrail(reads, 'payout', { id: params.payoutId }, query, actor) : payout;
    },
    (page) => page,
  );
