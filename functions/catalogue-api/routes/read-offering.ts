import { catalogueRoutes } from '../../../contracts/catalogue.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeReadOffering } from '../../../core/usecases/catalogue/read-offerings.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toOfferingAnswer } from '../answers.ts';

export const readOfferingRoute = (ports: Ports): Route =>
  readRoute(
    catalogueRoutes.readOffering,
    ({ params, actor }) => makeReadOffering(ports)(params, actor),
    toOfferingAnswer,
  );
