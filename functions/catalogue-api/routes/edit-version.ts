import { catalogueRoutes } from '../../../contracts/catalogue.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeEditVersion } from '../../../core/usecases/catalogue/edit-version.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toVersionAnswer } from '../answers.ts';

export const editVersionRoute = (ports: Ports): Route =>
  commandRoute(
    catalogueRoutes.editVersion,
    ({ params, body, command }) => makeEditVersion(ports)({ ...params, content: body }, command),
    toVersionAnswer,
  );
