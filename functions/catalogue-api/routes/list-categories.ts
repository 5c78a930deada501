import { catalogueRoutes } from '../../../contracts/catalogue.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeReadRatios } from '../../../core/usecases/catalogue/browse-catalogue.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toCategoriesAnswer } from '../answers.ts';

export const listCategoriesRoute = (ports: Ports): Route =>
  readRoute(catalogueRoutes.listCategories, ({ at }) => makeReadRatios(ports)(at), toCategoriesAnswer);
