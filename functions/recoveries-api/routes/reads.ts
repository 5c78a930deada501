import { recoveriesRoutes } from '../../../contracts/recoveries.ts';
import type { Actor } from '../../../core/actors/actor.ts';
import type { Ports } from '../../../core/ports/context.ts';
import type { Page } from '../../../core/ports/store.ts';
import type { Recovery } from '../../../core/recoveries/recovery.ts';
import { ok, type Result } from '../../../core/result.ts';
import {
  listRecoveriesOfProvider,
  listRecoveriesOfYear,
  readReceivable,
  readRecovery,
} from '../../../core/usecases/recoveries/read-recoveries.ts';
import { pageArguments, toPage } from '../../_runtime/page.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toReceivableAnswer, toRecoveryAnswer } from '../answers.ts';

/** With its reader: what is told of people depends on who reads. */
type Told = readonly [Recovery, Actor];
const toTold = ([recovery, actor]: Told) => toRecoveryAnswer(recovery, actor);
const toldOnPage = (page: Page<Recovery>, actor: Actor): Page<Told> => ({
  ...page,
  items: page.items.map((recovery) => [recovery, actor]),
});

export const listRecoveriesRoute = ({ reads }: Ports): Route =>
  readRoute(
    recoveriesRoutes.listRecoveries,
    async ({ query, actor }) =>
      ok(toldOnPage(await listRecoveriesOfYear(reads, { year: query.year, page: pageArguments(query) }), actor)),
    toPage(toTold),
  );

export const listRecoveriesOfProviderRoute = ({ reads }: Ports): Route =>
  readRoute(
    recoveriesRoutes.listRecoveriesOfProvider,
    async ({ params, query, actor }) => {
      const page = await listRecoveriesOfProvider(reads, { ...params, page: pageArguments(query) }, actor);
      return page.ok ? ok(toldOnPage(page.value, actor)) : page;
    },
    toPage(toTold),
  );

export const readRecoveryRoute = ({ reads }: Ports): Route =>
  readRoute(
    recoveriesRoutes.readRecovery,
    async ({ params, actor }): Promise<Result<Told>> => {
      const recovery = await readRecovery(reads, params, actor);
      return recovery.ok ? ok([recovery.value, actor]) : recovery;
    },
    toTold,
  );

export const readReceivableRoute = ({ reads }: Ports): Route =>
  readRoute(
    recoveriesRoutes.readReceivable,
    ({ params, actor }) => readReceivable(reads, params, actor),
    toReceivableAnswer,
  );
