import { type Actor, maySee } from '../../actors/actor.ts';
import type { Offering, OfferingVersion } from '../../catalogue/offering.ts';
import type { Reads } from '../../ports/store.ts';
import type { Organisation } from '../../registry/organisation.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** Which version of which offering. */
export interface VersionId {
  readonly offeringId: string;
  readonly number: number;
}

/** An offering that the actor may see; its provider's members and staff do. */
export async function offeringFor(reads: Pick<Reads, 'get'>, actor: Actor, id: string): Promise<Result<Offering>> {
  const offering = await reads.get('offering', { id });
  return offering && maySee(actor, { organisations: [offering.providerId] }) ? ok(offering) : refuse('not-found');
}

/** A version that the actor may see. */
export async function versionFor(
  reads: Pick<Reads, 'get'>,
  actor: Actor,
  { offeringId, number }: VersionId,
): Promise<Result<OfferingVersion>> {
  const version = await reads.get('offeringVersion', { offeringId, number });
  return version && maySee(actor, { organisations: [version.providerId] }) ? ok(version) : refuse('not-found');
}

/** The actor's own organisation, which must be a certified provider to offer anything (clauses 一-(一), 三-(一)). */
export async function certifiedProvider(reads: Pick<Reads, 'get'>, actor: Actor): Promise<Result<Organisation>> {
  const organisation =
    actor.organisationId === undefined ? undefined : await reads.get('organisation', { id: actor.organisationId });
  if (organisation?.kind !== 'provider') return refuse('organisation-required');
  return organisation.status === 'certified' ? ok(organisation) : refuse('not-certified');
}
