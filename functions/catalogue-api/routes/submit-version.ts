import { catalogueRoutes } from '../../../contracts/catalogue.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeSubmitVersion } from '../../../core/usecases/catalogue/submit-version.ts';
import { commandRoute, type Route } from '../../_runtime/route.ts';
import { toVersionAnswer } from '../answers.ts';

export const submitVersionRoute = (ports: Ports): Route =>
  commandRoute(
    catalogueRoutes.submitVersion,
    ({ params, command }) => makeSubmitVersion(ports)(params, command),
    toVersionAnswer,
  );
