import { named } from '../../actors/names.ts';
import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import { fen } from '../../money/money.ts';
import { checkPlan, type PlanContent } from '../../policy/check-plan.ts';
import { type Plan, planTransitions } from '../../policy/plan.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok, refuse } from '../../result.ts';

/** The industry department changes the draft. A signature is under a text: changing the text drops it (clause 五-(一)). */
export const makeRevisePlan =
  ({ reads }: Ports): CommandUseCase<PlanContent & { readonly year: number }, Plan> =>
  async ({ year, ...content }, command) => {
    const plan = await reads.get('plan', { year });
    if (!plan) return refuse('not-found');
    const seen = seenBy(command, plan);
    if (!seen.ok) return seen;
    const transition = planTransitions.revise;
    const status = allow(transition, plan.status);
    if (!status.ok) return status;
    const { available } = await reads.fund(year);
    const checked = checkPlan(year, content, fen(available));
    if (!checked.ok) return checked;
    const revised = revise(plan, command.at, {
      ...content,
      signatures: [],
      draftedBy: command.actor.sub,
      names: named(undefined, command.actor),
    });
    return ok({
      result: revised,
      changes: [
        { do: 'update', entity: 'plan', value: revised, from: transition.from, audit: { action: transition.name } },
      ],
    });
  };
