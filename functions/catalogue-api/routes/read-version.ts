import { catalogueRoutes } from '../../../contracts/catalogue.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeReadVersion } from '../../../core/usecases/catalogue/read-offerings.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toVersionAnswer } from '../answers.ts';

export const readVersionRoute = (ports: Ports): Route =>
  readRoute(catalogueRoutes.readVersion, ({ params, actor }) => makeReadVersion(ports)(params, actor), toVersionAnswer);
