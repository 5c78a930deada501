import { planVersionRoutes } from '../../../../contracts/plan-versions.ts';
import type { Answer } from '../../api/client.ts';
import { useList, useRead } from '../../api/queries.ts';
import type { Plan } from './plan-terms.ts';

export type Version = Answer<typeof planVersionRoutes.readVersion>;
export type PlanText = Pick<Plan, 'parameters' | 'specs'>;

/** The published versions of an open plan, newest first, what it says in the end, and the draft of the next one. */
export function useVersions(year: number, when = true) {
  const params = { year: String(year) };
  const list = useList(planVersionRoutes.listVersions, { params, query: { limit: 100 } }, when);
  const newest = list.items[0];
  const next = (newest?.number ?? 0) + 1;
  const draft = useRead(
    planVersionRoutes.readVersion,
    { params: { ...params, number: String(next) } },
    newest !== undefined,
  );
  return {
    published: { data: list.data ? list.items : undefined, error: list.error, refetch: list.refetch },
    items: list.items,
    /** What the last published version says, whether its day has come or not. */
    inTheEnd: newest as PlanText | undefined,
    next,
    draft,
  };
}
