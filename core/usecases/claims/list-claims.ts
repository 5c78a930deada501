import type { Actor } from '../../actors/actor.ts';
import type { Claim } from '../../claims/claim.ts';
import type { Page, Reads } from '../../ports/store.ts';

/** A provider's own claims; for staff those of a year. */
export const listClaims = (
  reads: Pick<Reads, 'list'>,
  { year, page }: { readonly year: number; readonly page: { readonly limit: number; readonly cursor?: string } },
  actor: Actor,
): Promise<Page<Claim>> =>
  actor.role === 'provider'
    ? reads.list('claimsOfProvider', { providerId: actor.organisationId ?? '' }, page)
    : reads.list('claimsOfYear', { year }, page);
