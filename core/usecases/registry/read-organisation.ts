import { type Actor, maySee } from '../../actors/actor.ts';
import type { Reads } from '../../ports/store.ts';
import type { Organisation } from '../../registry/organisation.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** An organisation that the actor may see: its members, its jurisdiction's reviewers, the departments. */
export async function visibleOrganisation(
  reads: Pick<Reads, 'get'>,
  id: string,
  actor: Actor,
): Promise<Result<Organisation>> {
  const organisation = await reads.get('organisation', { id });
  return organisation && maySee(actor, { organisations: [id], jurisdiction: organisation.jurisdiction })
    ? ok(organisation)
    : refuse('not-found');
}

/** The acting member's own organisation. */
export async function ownOrganisation(reads: Pick<Reads, 'get'>, actor: Actor): Promise<Result<Organisation>> {
  return actor.organisationId
    ? visibleOrganisation(reads, actor.organisationId, actor)
    : refuse('organisation-required');
}
