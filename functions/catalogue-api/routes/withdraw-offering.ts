import { catalogueRoutes } from '../../../contracts/catalogue.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeWithdrawOffering } from '../../../core/usecases/catalogue/withdraw-offering.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toOfferingAnswer } from '../answers.ts';

export const withdrawOfferingRoute = (ports: Ports): Route =>
  commandRoute(
    catalogueRoutes.withdrawOffering,
    ({ params, body, command }) => makeWithdrawOffering(ports)({ ...params, ...body }, command),
    toOfferingAnswer,
  );
