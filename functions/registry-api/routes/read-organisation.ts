import { registryRoutes } from '../../../contracts/registry.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { visibleOrganisation } from '../../../core/usecases/registry/read-organisation.ts';
import { readTrail } from '../../_runtime/read-trail.ts';
import { readRoute } from '../../_runtime/route.ts';
import { toOrganisationAnswer } from '../answers.ts';

export const readOrganisation = ({ reads }: Ports) =>
  readRoute(
    registryRoutes.readOrganisation,
    ({ params, actor }) => visibleOrganisation(reads, params.organisationId, actor),
    toOrganisationAnswer,
  );

export const readOrganisationTrail = ({ reads }: Ports) =>
  readRoute(
    registryRoutes.readOrganisationTrail,
    async ({ params, query, actor }) => {
      const visible = await visibleOrganisation(reads, params.organisationId, actor);
      return visible.ok ? readTrail(reads, 'organisation', { id: params.organisationId }, query, actor) : visible;
    },
    (page) => page,
  );
