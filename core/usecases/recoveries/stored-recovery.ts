import { type Actor, maySee } from '../../actors/actor.ts';
import { everyPage } from '../../ports/pages.ts';
import type { Reads } from '../../ports/store.ts';
import type { Recovery } from '../../recoveries/recovery.ts';
import type { Organisation } from '../../registry/organisation.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** Everything taken back from a provider, read from the table itself: money may be decided from it. */
export const recoveriesOf = (reads: Pick<Reads, 'list'>, providerId: string): Promise<Recovery[]> =>
  everyPage((page) => reads.list('recoveriesOfProvider', { providerId }, page));

/** A provider is told of a recovery once it is confirmed; who must see all of them sees all. */
export const isTold = (actor: Actor, { providerId, status }: Pick<Recovery, 'providerId' | 'status'>): boolean =>
  maySee(actor, { organisations: [providerId] }) &&
  (actor.role !== 'provider' || status === 'confirmed' || status === 'recovered');

/** Refuses with `not-found` what is no provider, or another one than the actor's own. */
export async function providerSeenBy(
  reads: Pick<Reads, 'get'>,
  actor: Actor,
  providerId: string,
): Promise<Result<Organisation>> {
  const provider = await reads.get('organisation', { id: providerId });
  return provider?.kind === 'provider' && maySee(actor, { organisations: [providerId] })
    ? ok(provider)
    : refuse('not-found');
}
