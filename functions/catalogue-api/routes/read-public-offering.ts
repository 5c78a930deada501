import { catalogueRoutes } from '../../../contracts/catalogue.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeReadPublicOffering } from '../../../core/usecases/catalogue/browse-catalogue.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';
import { toPublicOfferingAnswer } from '../answers.ts';

export const readPublicOfferingRoute = (ports: Ports): Route =>
  readRoute(
    catalogueRoutes.readPublicOffering,
    ({ params, at }) => makeReadPublicOffering(ports)({ ...params, at }),
    toPublicOfferingAnswer,
  );
