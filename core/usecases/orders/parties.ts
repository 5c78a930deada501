import type { Actor } from '../../actors/actor.ts';
import type { OfferingVersion } from '../../catalogue/offering.ts';
import type { Reads } from '../../ports/store.ts';
import type { Organisation } from '../../registry/organisation.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** The enterprise the actor acts for. Refuses with `enterprise-not-certified` (clause 二-(一)). */
export async function certifiedEnterprise(reads: Pick<Reads, 'get'>, actor: Actor): Promise<Result<Organisation>> {
  if (!actor.organisationId) return refuse('organisation-required');
  const enterprise = await reads.get('organisation', { id: actor.organisationId });
  return enterprise?.kind === 'enterprise' && enterprise.status === 'certified'
    ? ok(enterprise)
    : refuse('enterprise-not-certified');
}

/** Refuses with `provider-not-certified`: only purchases from certified providers are subsidised (clause 一-(一)). */
export async function certifiedProvider(reads: Pick<Reads, 'get'>, id: string): Promise<Result<Organisation>> {
  const provider = await reads.get('organisation', { id });
  return provider?.kind === 'provider' && provider.status === 'certified'
    ? ok(provider)
    : refuse('provider-not-certified');
}

/** The published version of an offering, which an order pins (clause 三-(二)). */
export async function publishedVersion(
  reads: Pick<Reads, 'get'>,
  offeringId: string,
): Promise<Result<OfferingVersion>> {
  const offering = await reads.get('offering', { id: offeringId });
  if (!offering) return refuse('not-found');
  if (offering.status !== 'published' || offering.publishedNumber === undefined)
    return refuse('offering-not-published');
  const version = await reads.get('offeringVersion', { offeringId, number: offering.publishedNumber });
  return version?.status === 'published' ? ok(version) : refuse('offering-not-published');
}

/** Refuses an enterprise that orders from itself under another kind of registration: no purchase, no subsidy (clause 一-(一)). */
export const atArmsLength = (
  enterprise: Pick<Organisation, 'uscc'>,
  provider: Pick<Organisation, 'uscc'>,
): Result<void> => (enterprise.uscc === provider.uscc ? refuse('own-service') : ok(undefined));
