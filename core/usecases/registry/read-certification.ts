import { type Actor, maySee } from '../../actors/actor.ts';
import type { Reads } from '../../ports/store.ts';
import type { Certification } from '../../registry/certification.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** An application that the actor may see. */
export async function visibleCertification(
  reads: Pick<Reads, 'get'>,
  id: string,
  actor: Actor,
): Promise<Result<Certification>> {
  const certification = await reads.get('certification', { id });
  return certification &&
    maySee(actor, { organisations: [certification.organisationId], jurisdiction: certification.jurisdiction })
    ? ok(certification)
    : refuse('not-found');
}
