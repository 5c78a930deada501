import { isPublished } from '../../policy/current-plan.ts';
import { openingVersion, type PlanVersion } from '../../policy/plan-version.ts';
import type { Ports, QueryUseCase } from '../../ports/context.ts';
import type { Page } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';

export interface VersionsRequest {
  readonly year: number;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/**
 * The published versions of a plan, newest first (clause 一-(二), open). Of a plan that never changed, the one it was
 * opened as. A draft is taken out of the page, so it may be short.
 */
export const makeListVersions =
  ({ reads }: Pick<Ports, 'reads'>) =>
  async ({ year, limit, cursor }: VersionsRequest): Promise<Result<Page<PlanVersion>>> => {
    const plan = await reads.get('plan', { year });
    if (!plan || !isPublished(plan)) return refuse('not-found');
    const { items, next } = await reads.list(
      'versionsOfPlan',
      { year },
      { limit, ...(cursor === undefined ? {} : { cursor }) },
    );
    const published = items.filter(({ status }) => status === 'published');
    // With the second version the first is written down.
    const unchanged = cursor === undefined && next === undefined && published.length === 0;
    return ok({ items: unchanged ? [openingVersion(plan)] : published, ...(next === undefined ? {} : { next }) });
  };

/** A version in any state, for the departments and inspectors. */
export const makeReadVersion =
  ({ reads }: Pick<Ports, 'reads'>): QueryUseCase<{ readonly year: number; readonly number: number }, PlanVersion> =>
  async ({ year, number }) => {
    const version = await reads.get('planVersion', { year, number });
    return version ? ok(version) : refuse('not-found');
  };
