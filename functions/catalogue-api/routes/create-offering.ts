import { catalogueRoutes } from '../../../contracts/catalogue.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeCreateOffering } from '../../../core/usecases/catalogue/create-offering.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toNewOfferingAnswer } from '../answers.ts';

export const createOfferingRoute = (ports: Ports): Route =>
  commandRoute(
    catalogueRoutes.createOffering,
    ({ body, command }) => makeCreateOffering(ports)(body, command),
    toNewOfferingAnswer,
  );
