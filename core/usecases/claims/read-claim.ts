import { type Actor, maySee } from '../../actors/actor.ts';
import type { Claim, ClaimItem } from '../../claims/claim.ts';
import { everyPage } from '../../ports/pages.ts';
import type { Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** A claim that the actor may see. */
export async function visibleClaim(reads: Pick<Reads, 'get'>, claimId: string, actor: Actor): Promise<Result<Claim>> {
  const claim = await reads.get('claim', { id: claimId });
  return claim && maySee(actor, { organisations: [claim.providerId] }) ? ok(claim) : refuse('not-found');
}

/** An item, in or out of its claim, with the claim. */
export async function visibleItem(
  reads: Pick<Reads, 'get'>,
  ids: { readonly claimId: string; readonly itemId: string },
  actor: Actor,
): Promise<Result<{ claim: Claim; item: ClaimItem }>> {
  const claim = await visibleClaim(reads, ids.claimId, actor);
  if (!claim.ok) return claim;
  const item = await reads.get('claimItem', { claimId: ids.claimId, id: ids.itemId });
  return item ? ok({ claim: claim.value, item }) : refuse('not-found');
}

/** All items that are in a claim, read from the table itself and so as they are now. */
export async function itemsIn(reads: Pick<Reads, 'list'>, claimId: string): Promise<ClaimItem[]> {
  const items = await everyPage((page) => reads.list('itemsOfClaim', { claimId }, page));
  return items.filter(({ status }) => status !== 'withdrawn');
}
