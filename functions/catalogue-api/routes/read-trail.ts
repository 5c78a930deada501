import { catalogueRoutes } from '../../../contracts/catalogue.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeReadOffering } from '../../../core/usecases/catalogue/read-offerings.ts';
import { readTrail } from '../../_runtime/read-trail.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';

export const readOfferingTrailRoute = (ports: Ports): Route =>
  readRoute(
    catalogueRoutes.readOfferingTrail,
    async ({ params, query, actor }) => {
      const found = await makeReadOffering(ports)(params, actor);
      return found.ok ? readTrail(ports.reads, 'offering', { id: params.offeringId }, query, actor) : found;
    },
    (page) => page,
  );
