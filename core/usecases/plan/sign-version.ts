import { named } from '../../actors/names.ts';
import { type BusinessDate, businessDate, businessDateOf } from '../../calendar/business-date.ts';
import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import { checkVersion } from '../../policy/check-version.ts';
import { departmentOf, departments, type Plan, planTransitions, type VoucherSpec } from '../../policy/plan.ts';
import { openingVersion, type PlanVersion, planVersionTransitions, withVersion } from '../../policy/plan-version.ts';
import type { Command, CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change, Reads } from '../../ports/store.ts';
import { ok, refuse } from '../../result.ts';

/**
 * A person signs a version for the department of their role: two different people, each under exactly the text they saw.
 * The second signature publishes it at once. From its day on new orders pin it; amounts and counts of specs change with
 * the publication, in the same transaction, and never below what is used (clauses 五-(一), 一-(二)).
 */
export const makeSignVersion =
  ({ reads }: Pick<Ports, 'reads'>): CommandUseCase<{ readonly year: number; readonly number: number }, PlanVersion> =>
  async ({ year, number }, command) => {
    const { actor, at } = command;
    const department = departmentOf(actor.role);
    if (!department) return refuse('role-forbidden');
    const [plan, draft] = await Promise.all([reads.get('plan', { year }), reads.get('planVersion', { year, number })]);
    if (!plan || !draft) return refuse('not-found');
    const seen = seenBy(command, draft);
    if (!seen.ok) return seen;
    const allowed = allow(planVersionTransitions.signVersion, draft.status);
    if (!allowed.ok) return allowed;
    const open = allow(planTransitions.applyVersion, plan.status);
    if (!open.ok) return open;
    if (draft.signatures.some((signature) => signature.department === department)) return refuse('plan-already-signed');
    if (draft.signatures.some((signature) => signature.sub === actor.sub)) return refuse('same-person');
    // The day may have come closer, the money may have gone since it was drafted.
    const today = businessDateOf(at);
    const text = { ...draft, appliesFrom: businessDate(draft.appliesFrom) };
    const checked = checkVersion(plan, text, await reads.pool(year), today);
    if (!checked.ok) return checked;

    const signatures = [...draft.signatures, { department, sub: actor.sub, at }];
    const complete = signatures.length === departments.length;
    const transition = planVersionTransitions[complete ? 'publishVersion' : 'signVersion'];
    const signed = revise(draft, at, {
      signatures,
      status: transition.to,
      names: named(draft.names, actor),
      ...(complete ? { publishedAt: at } : {}),
    });
    return ok({
      result: signed,
      changes: [
        // The version in the write's condition holds the text and the signatures that were looked at.
        {
          do: 'update',
          entity: 'planVersion',
          value: signed,
          from: transition.from,
          audit: { action: transition.name },
        },
        ...(complete ? await publication(reads, plan, signed, command, today) : []),
      ],
    });
  };

/** What a published version changes: the plan, under the version that was looked at, and the room of its specs. */
async function publication(
  reads: Pick<Reads, 'get'>,
  plan: Plan,
  version: PlanVersion,
  { at }: Command,
  today: BusinessDate,
): Promise<Change[]> {
  const { year } = plan;
  const { applyVersion: transition } = planTransitions;
  const changed = revise(plan, at, withVersion(plan, version, today));
  // What it was before is kept for everybody: the plan itself will not show it any more.
  const first = openingVersion(plan);
  const known = version.number > first.number + 1 || (await reads.get('planVersion', { year, number: first.number }));
  return [
    ...(known ? [] : [{ do: 'create', entity: 'planVersion', value: first } as const]),
    {
      do: 'update',
      entity: 'plan',
      value: changed,
      from: transition.from,
      audit: { action: transition.name, ...(version.reason === undefined ? {} : { note: version.reason }) },
    },
    ...resizings(year, plan.specs, version.specs),
  ];
}

/** By how much each spec grows or shrinks; of none that stays as it is. */
const resizings = (year: number, before: readonly VoucherSpec[], after: readonly VoucherSpec[]): Change[] =>
  before.flatMap(({ id, amount, count }) => {
    const next = after.find((spec) => spec.id === id);
    if (!next || (next.amount === amount && next.count === count)) return [];
    return [{ do: 'resize-spec', year, specId: id, amount: next.amount - amount, count: next.count - count }];
  });
