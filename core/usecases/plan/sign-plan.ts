import { named } from '../../actors/names.ts';
import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import { departmentOf, departments, type Plan, planTransitions } from '../../policy/plan.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok, refuse } from '../../result.ts';

/**
 * A person signs the plan for the department of their role; with the second department's signature it is co-signed.
 * Two different people, each under exactly the text they saw (clause 五-(一)).
 */
export const makeSignPlan =
  ({ reads }: Ports): CommandUseCase<{ readonly year: number }, Plan> =>
  async ({ year }, command) => {
    const { actor, at } = command;
    const department = departmentOf(actor.role);
    if (!department) return refuse('role-forbidden');
    const plan = await reads.get('plan', { year });
    if (!plan) return refuse('not-found');
    const seen = seenBy(command, plan);
    if (!seen.ok) return seen;
    const allowed = allow(planTransitions.sign, plan.status);
    if (!allowed.ok) return allowed;
    if (plan.signatures.some((signature) => signature.department === department)) return refuse('plan-already-signed');
    if (plan.signatures.some((signature) => signature.sub === actor.sub)) return refuse('same-person');

    const signatures = [...plan.signatures, { department, sub: actor.sub, at }];
    const transition = planTransitions[signatures.length === departments.length ? 'coSign' : 'sign'];
    const signed = revise(plan, at, { signatures, status: transition.to, names: named(plan.names, actor) });
    return ok({
      result: signed,
      // The version in the write's condition holds the signatures that were looked at: nobody signs twice at once.
      changes: [
        { do: 'update', entity: 'plan', value: signed, from: transition.from, audit: { action: transition.name } },
      ],
    });
  };
