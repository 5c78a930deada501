import { businessDateOf, yearOf } from '../../calendar/business-date.ts';
import { type Category, categoryOf, type Kind } from '../../catalogue/kinds.ts';
import type { Offering, OfferingVersion } from '../../catalogue/offering.ts';
import { type CatalogueFilter, matches } from '../../catalogue/search.ts';
import { openPlan } from '../../policy/current-plan.ts';
import type { Plan } from '../../policy/plan.ts';
import type { Ports } from '../../ports/context.ts';
import type { Page } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import type { PageRequest } from './read-offerings.ts';

export interface CatalogueQuestion extends PageRequest, CatalogueFilter {
  readonly category?: Category | undefined;
  readonly kind?: Kind | undefined;
}

/** How many pages one request looks through for matches of a filter. */
const MOST_PAGES = 10;

/**
 * The public catalogue (clause 八-(一)). Category and kind are served by the index; words and the voucher flag are
 * looked for in what the index gives, page by page. A page may therefore be short or empty while `next` goes on.
 */
export const makeBrowseCatalogue =
  ({ reads }: Ports) =>
  async ({ category: asked, kind, limit, cursor, ...filter }: CatalogueQuestion): Promise<Result<Page<Offering>>> => {
    const category = kind === undefined ? asked : categoryOf(kind);
    if (asked !== undefined && asked !== category) return ok({ items: [] });
    const args = { ...(category === undefined ? {} : { category }), ...(kind === undefined ? {} : { kind }) };
    const items: Offering[] = [];
    let next = cursor;
    for (let pages = 0; pages < MOST_PAGES && items.length < limit; pages++) {
      // Never more than there is room for, so that the cursor stands right behind the last one given.
      const page = await reads.list('publishedOfferings', args, {
        limit: limit - items.length,
        ...(next === undefined ? {} : { cursor: next }),
      });
      items.push(...page.items.filter((offering) => matches(offering, filter)));
      next = page.next;
      if (next === undefined) break;
    }
    return ok({ items, ...(next === undefined ? {} : { next }) });
  };

/** A published offering with its public version, and the open plan that says what a voucher would cover. */
export interface PublicOffering {
  readonly offering: Offering;
  readonly version: OfferingVersion;
  readonly plan?: Plan;
}

/** One offering of the public catalogue; drafts, withdrawn offerings and unknown ids are the same: not there. */
export const makeReadPublicOffering =
  ({ reads }: Ports) =>
  async ({ offeringId, at }: { readonly offeringId: string; readonly at: number }): Promise<Result<PublicOffering>> => {
    const offering = await reads.get('offering', { id: offeringId });
    if (offering?.status !== 'published' || offering.publishedNumber === undefined) return refuse('not-found');
    const version = await reads.get('offeringVersion', { offeringId, number: offering.publishedNumber });
    if (!version) return refuse('not-found');
    return ok({ offering, version, ...(await planOf(reads, at)) });
  };

/** The open plan whose ratios the catalogue shows, if there is one. */
export const makeReadRatios =
  ({ reads }: Ports) =>
  async (at: number): Promise<Result<{ readonly plan?: Plan }>> =>
    ok(await planOf(reads, at));

async function planOf(reads: Ports['reads'], at: number): Promise<{ plan?: Plan }> {
  const plan = await openPlan(reads, yearOf(businessDateOf(at)), at);
  return plan.ok ? { plan: plan.value } : {};
}
