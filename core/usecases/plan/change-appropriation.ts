import { named } from '../../actors/names.ts';
import { APPROPRIATE, CUT, move, type Posting } from '../../ledger/posting.ts';
import { revise } from '../../lifecycle/record.ts';
import { allow, type Transition } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import type { Fen } from '../../money/money.ts';
import { type Department, departmentOf, type Plan, type PlanStatus, planTransitions } from '../../policy/plan.ts';
import type { Command, CommandUseCase, Ports } from '../../ports/context.ts';
import type { Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';

export interface AppropriationProposal {
  readonly year: number;
  /** Fen appropriated from then on. */
  readonly appropriation: Fen;
  readonly reason: string;
}

/**
 * One department proposes another appropriation for the running year; a later proposal takes the place of an earlier one.
 * No money moves before the other department confirms it (clause 一-(二)).
 */
export const makeProposeAppropriation =
  ({ reads }: Ports): CommandUseCase<AppropriationProposal, Plan> =>
  async ({ year, appropriation, reason }, command) => {
    const transition = planTransitions.proposeAppropriation;
    const found = await openFor(reads, year, command, transition);
    if (!found.ok) return found;
    const { plan, department } = found.value;
    if (appropriation === plan.appropriation) return refuse('appropriation-unchanged');
    const { actor, at } = command;
    const proposed = revise(plan, at, {
      appropriationChange: { to: appropriation, reason, department, sub: actor.sub, at },
      names: named(plan.names, actor),
    });
    return ok({ result: proposed, changes: [update(proposed, transition, reason)] });
  };

/**
 * The other department confirms the change, by another person: more is free at once; less is taken from what is free. A
 * cut below what is committed voids no voucher: nothing new is issued until releases or new money have filled the
 * shortfall, and payments that it can't cover are deferred (clause 一-(二)).
 */
export const makeConfirmAppropriation =
  ({ reads }: Ports): CommandUseCase<{ readonly year: number }, Plan> =>
  async ({ year }, command) => {
    const transition = planTransitions.confirmAppropriation;
    const found = await openFor(reads, year, command, transition);
    if (!found.ok) return found;
    const { plan, department } = found.value;
    const { actor, at } = command;
    const { appropriationChange: change, ...unchanged } = plan;
    if (!change) return refuse('no-appropriation-change');
    if (change.sub === actor.sub) return refuse('same-person');
    if (change.department === department) return refuse('appropriation-other-department');
    const confirmed = revise(unchanged, at, {
      appropriation: change.to,
      confirmedChange: { ...change, from: plan.appropriation, confirmedBy: actor.sub, confirmedAt: at },
      names: named(plan.names, actor),
    });
    const more = change.to - plan.appropriation;
    const posting: Posting = {
      id: `led_appropriation_${year}_${confirmed.version}`,
      year,
      at,
      reason: more > 0 ? APPROPRIATE : CUT,
      reference: { entity: 'plan', id: String(year) },
      actor: actor.sub,
      entries: move('appropriation', 'available', more),
      specs: [],
    };
    return ok({ result: confirmed, changes: [update(confirmed, transition, change.reason), { do: 'post', posting }] });
  };

async function openFor(
  reads: Pick<Reads, 'get'>,
  year: number,
  command: Command,
  transition: Transition<PlanStatus>,
): Promise<Result<{ readonly plan: Plan; readonly department: Department }>> {
  const department = departmentOf(command.actor.role);
  if (!department) return refuse('role-forbidden');
  const plan = await reads.get('plan', { year });
  if (!plan) return refuse('not-found');
  const seen = seenBy(command, plan);
  if (!seen.ok) return seen;
  const allowed = allow(transition, plan.status);
  return allowed.ok ? ok({ plan, department }) : allowed;
}

/** The version in the write's condition holds the proposal that was looked at: nobody confirms another one. */
const update = (value: Plan, { from, name }: Transition<PlanStatus>, note: string) =>
  ({ do: 'update', entity: 'plan', value, from, audit: { action: name, note } }) as const;
