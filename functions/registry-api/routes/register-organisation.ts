import { registryRoutes } from '../../../contracts/registry.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeRegisterOrganisation } from '../../../core/usecases/registry/register-organisation.ts';
import { commandRoute } from '../../_runtime/route.ts';
import { toOrganisationAnswer } from '../answers.ts';

export const registerOrganisation = (ports: Ports) => {
  const register = makeRegisterOrganisation(ports);
  return commandRoute(
    registryRoutes.registerOrganisation,
    ({ body, command }) => register(body, command),
    toOrganisationAnswer,
  );
};
