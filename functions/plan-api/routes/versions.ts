import { planVersionRoutes as routes } from '../../../contracts/plan-versions.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeDraftVersion, makeReviseVersion } from '../../../core/usecases/plan/draft-version.ts';
import { makeListVersions, makeReadVersion } from '../../../core/usecases/plan/read-versions.ts';
import { makeSignVersion } from '../../../core/usecases/plan/sign-version.ts';
import { toPage } from '../../_runtime/page.ts';
import { commandRoute, type Route, readRoute } from '../../_runtime/route.ts';
import { toPlanVersionAnswer, toPublishedVersion } from '../version-answers.ts';

/** Versions of an open plan: drafted, signed by both departments, public. */
export const planVersionsApi = (ports: Ports): readonly Route[] => [
  commandRoute(
    routes.draftVersion,
    ({ params, body, command }) => makeDraftVersion(ports)({ ...params, ...body }, command),
    toPlanVersionAnswer,
  ),
  commandRoute(
    routes.reviseVersion,
    ({ params, body, command }) => makeReviseVersion(ports)({ ...params, ...body }, command),
    toPlanVersionAnswer,
  ),
  commandRoute(
    routes.signVersion,
    ({ params, command }) => makeSignVersion(ports)(params, command),
    toPlanVersionAnswer,
  ),
  readRoute(
    routes.listVersions,
    ({ params, query }) => makeListVersions(ports)({ ...params, ...query }),
    toPage(toPublishedVersion),
  ),
  readRoute(routes.readVersion, ({ params, actor }) => makeReadVersion(ports)(params, actor), toPlanVersionAnswer),
];
