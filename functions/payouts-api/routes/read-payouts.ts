import { payoutsRoutes } from '../../../contracts/payouts.ts';
import type { Payout } from '../../../core/payouts/payout.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { ok } from '../../../core/result.ts';
import { makeReadControlTotals } from '../../../core/usecases/payouts/read-control-totals.ts';
import { listPayoutLines, listPayouts, readPayout } from '../../../core/usecases/payouts/read-payouts.ts';
import { daysLeftUntil } from '../../_runtime/days-left.ts';
import { pageArguments, toPage } from '../../_runtime/page.ts';
import { readTrail } from '../../_runtime/read-trail.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { expectedOf, toControlTotalsAnswer, toLineAnswer, toPayoutAnswer } from '../answers.ts';

export const listPayoutsRoute = (ports: Ports): Route =>
  readRoute(
    payoutsRoutes.listPayouts,
    async ({ query, at }) => {
      const page = await listPayouts(ports.reads, { year: query.year, page: pageArguments(query) });
      return ok({ page, daysLeft: await daysLeftUntil(page.items.map(expectedOf), ports, at) });
    },
    ({ page, daysLeft }) => toPage((payout: Payout) => toPayoutAnswer(payout, daysLeft))(page),
  );

export const readPayoutRoute = (ports: Ports): Route =>
  readRoute(
    payoutsRoutes.readPayout,
    async ({ params, at }) => {
      const payout = await readPayout(ports.reads, params.payoutId);
      if (!payout.ok) return payout;
      return ok({ payout: payout.value, daysLeft: await daysLeftUntil([expectedOf(payout.value)], ports, at) });
    },
    ({ payout, daysLeft }) => toPayoutAnswer(payout, daysLeft),
  );

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
