import type { Offering, OfferingVersion } from '../../catalogue/offering.ts';
import type { Ports, QueryUseCase } from '../../ports/context.ts';
import type { Page } from '../../ports/store.ts';
import { ok, refuse } from '../../result.ts';
import { offeringFor, type VersionId, versionFor } from './stored.ts';

/** A page of a list: at most `limit`, after `cursor`. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const pageOf = ({ limit, cursor }: PageRequest) => ({ limit, ...(cursor === undefined ? {} : { cursor }) });

/** The offerings of the actor's own organisation, newest first. */
export const makeListOwnOfferings =
  ({ reads }: Ports): QueryUseCase<PageRequest, Page<Offering>> =>
  async (page, actor) =>
    actor.organisationId === undefined
      ? refuse('organisation-required')
      : ok(await reads.list('offeringsOf', { providerId: actor.organisationId }, pageOf(page)));

/** One offering, for its provider and for staff. */
export const makeReadOffering =
  ({ reads }: Ports): QueryUseCase<{ readonly offeringId: string }, Offering> =>
  ({ offeringId }, actor) =>
    offeringFor(reads, actor, offeringId);

/** The versions of an offering, newest first, for its provider and for staff. */
export const makeListVersions =
  ({ reads }: Ports): QueryUseCase<PageRequest & { readonly offeringId: string }, Page<OfferingVersion>> =>
  async ({ offeringId, ...page }, actor) => {
    const found = await offeringFor(reads, actor, offeringId);
    return found.ok ? ok(await reads.list('versionsOfOffering', { offeringId }, pageOf(page))) : found;
  };

/** One version, for its provider and for staff. */
export const makeReadVersion =
  ({ reads }: Ports): QueryUseCase<VersionId, OfferingVersion> =>
  (id, actor) =>
    versionFor(reads, actor, id);
