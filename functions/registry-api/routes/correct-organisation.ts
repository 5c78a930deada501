import { registryRoutes } from '../../../contracts/registry.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeCorrectOrganisation } from '../../../core/usecases/registry/correct-organisation.ts';
import { commandRoute } from '../../_runtime/route.ts';
import { toOrganisationAnswer } from '../answers.ts';

export const correctOrganisation = (ports: Ports) => {
  const correct = makeCorrectOrganisation(ports);
  return commandRoute(
    registryRoutes.correctOrganisation,
    ({ params, body, command }) => correct({ ...params, declared: body }, command),
    toOrganisationAnswer,
  );
};
