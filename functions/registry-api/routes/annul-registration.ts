import { registryRoutes } from '../../../contracts/registry.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeAnnulRegistration } from '../../../core/usecases/registry/annul-registration.ts';
import { commandRoute } from '../../_runtime/route.ts';
import { toOrganisationAnswer } from '../answers.ts';

export const annulRegistration = (ports: Ports) => {
  const annul = makeAnnulRegistration(ports);
  return commandRoute(
    registryRoutes.annulRegistration,
    ({ params, body, command }) => annul({ ...params, ...body }, command),
    toOrganisationAnswer,
  );
};
