import { payoutsRoutes } from '../../../contracts/payouts.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { ok } from '../../../core/result.ts';
import { makeReadControlTotals } from '../../../core/usecases/payouts/read-control-totals.ts';
import {
  listPayoutLines,
  listPayouts,
  readPayout,
  readPayoutTrail,
} from '../../../core/usecases/payouts/read-payouts.ts';
import { pageArguments, toPage } from '../../_runtime/page.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toControlTotalsAnswer, toLineAnswer, toPayoutAnswer, toTrailEntry } from '../answers.ts';

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

export const readPayoutTrailRoute = ({ reads }: Ports): Route =>
  readRoute(
    payoutsRoutes.readPayoutTrail,
    ({ params, query }) => readPayoutTrail(reads, { ...params, page: pageArguments(query) }),
    toPage(toTrailEntry),
  );
