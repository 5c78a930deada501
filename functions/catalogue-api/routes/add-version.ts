import { catalogueRoutes } from '../../../contracts/catalogue.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeAddVersion } from '../../../core/usecases/catalogue/add-version.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toVersionAnswer } from '../answers.ts';

export const addVersionRoute = (ports: Ports): Route =>
  commandRoute(
    catalogueRoutes.addVersion,
    ({ params, body, command }) => makeAddVersion(ports)({ ...params, changes: body }, command),
    toVersionAnswer,
  );
