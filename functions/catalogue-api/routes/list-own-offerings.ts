import { catalogueRoutes } from '../../../contracts/catalogue.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeListOwnOfferings } from '../../../core/usecases/catalogue/read-offerings.ts';
import { toPage } from '../../_runtime/page.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toOfferingAnswer } from '../answers.ts';

export const listOwnOfferingsRoute = (ports: Ports): Route =>
  readRoute(
    catalogueRoutes.listOwnOfferings,
    ({ query, actor }) => makeListOwnOfferings(ports)(query, actor),
    toPage(toOfferingAnswer),
  );
