import type { Actor } from '../../actors/actor.ts';
import { businessDateOf } from '../../calendar/business-date.ts';
import { type Fen, fen, subtract, ZERO } from '../../money/money.ts';
import { isPublished } from '../../policy/current-plan.ts';
import { planOn } from '../../policy/plan-version.ts';
import type { Ports } from '../../ports/context.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** An enterprise's cap of a year, in fen. */
export interface YearlyCap {
  readonly year: number;
  readonly cap: Fen;
  readonly used: Fen;
  readonly left: Fen;
}

/** What counts against the enterprise's cap of a year, reservations included, and what is left of it (clause 五-(三)). */
export const makeReadYearlyCap =
  ({ reads }: Pick<Ports, 'reads'>) =>
  async ({ year, at }: { year: number; at: number }, actor: Actor): Promise<Result<YearlyCap>> => {
    const [enterprise, plan] = await Promise.all([
      reads.get('organisation', { id: actor.organisationId ?? '' }),
      reads.get('plan', { year }),
    ]);
    if (!enterprise || !plan || !isPublished(plan)) return refuse('not-found');
    const { yearlyCap: cap } = planOn(plan, businessDateOf(at)).parameters;
    const used = fen(await reads.capUsed(year, enterprise.uscc));
    // A later version of the plan may have lowered it below what had been used.
    return ok({ year, cap, used, left: used < cap ? subtract(cap, used) : ZERO });
  };
