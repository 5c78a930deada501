import { named } from '../../actors/names.ts';
import { businessDateOf, yearOf } from '../../calendar/business-date.ts';
import { born } from '../../lifecycle/record.ts';
import { fen } from '../../money/money.ts';
import { checkPlan, type PlanContent } from '../../policy/check-plan.ts';
import type { Plan } from '../../policy/plan.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok, refuse } from '../../result.ts';

/**
 * The industry department drafts the plan of a year (clause 五-(一)). A year has one plan: its key makes it so. Last
 * year's may still be drafted, for a fund that is approved late.
 */
export const makeDraftPlan =
  ({ reads }: Ports): CommandUseCase<PlanContent & { readonly year: number }, Plan> =>
  async ({ year, ...content }, command) => {
    const earliest = yearOf(businessDateOf(command.at)) - 1;
    if (year < earliest)
      return refuse('plan-year-past', {
        values: { earliest },
        issues: [{ pointer: '/year', rule: 'plan-year-past', values: { earliest } }],
      });
    if (await reads.get('plan', { year })) return refuse('plan-exists', { values: { year } });
    const { available } = await reads.fund(year);
    const checked = checkPlan(year, content, fen(available));
    if (!checked.ok) return checked;
    const plan: Plan = {
      year,
      ...born(command.at),
      status: 'draft',
      policyVersion: 1,
      ...content,
      signatures: [],
      draftedBy: command.actor.sub,
      names: named(undefined, command.actor),
    };
    return ok({ result: plan, changes: [{ do: 'create', entity: 'plan', value: plan, rule: 'plan-exists' }] });
  };
