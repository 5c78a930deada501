import { catalogueRoutes } from '../../../contracts/catalogue.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeListVersions } from '../../../core/usecases/catalogue/read-offerings.ts';
import { toPage } from '../../_runtime/page.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toVersionAnswer } from '../answers.ts';

export const listVersionsRoute = (ports: Ports): Route =>
  readRoute(
    catalogueRoutes.listVersions,
    ({ params, query, actor }) => makeListVersions(ports)({ ...params, ...query }, actor),
    toPage(toVersionAnswer),
  );
