import { publicRoutes } from '../../../contracts/public.ts';
import { ok } from '../../../core/result.ts';
import { type Rule, rules } from '../../../core/rules/index.ts';
import { type Route, readRoute } from '../../_runtime/route.ts';

/** Every rule of the scheme in public: what may be refused, on what ground (clause 一-(二), open). */
export const listRules = (): Route =>
  readRoute(
    publicRoutes.listRules,
    async () => ok(Object.entries<Rule>(rules)),
    (all) => ({
      items: all.map(([name, { kind, clause, zh, en }]) => ({ name, kind, ...(clause ? { clause } : {}), zh, en })),
    }),
  );
