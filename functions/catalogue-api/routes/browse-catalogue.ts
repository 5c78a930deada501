import { catalogueRoutes } from '../../../contracts/catalogue.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeBrowseCatalogue } from '../../../core/usecases/catalogue/browse-catalogue.ts';
import { toPage } from '../../_runtime/page.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toCatalogueEntry } from '../answers.ts';

export const browseCatalogueRoute = (ports: Ports): Route =>
  readRoute(
    catalogueRoutes.browseCatalogue,
    ({ query }) => makeBrowseCatalogue(ports)(query),
    toPage(toCatalogueEntry),
  );
