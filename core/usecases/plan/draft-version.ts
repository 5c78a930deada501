import { named } from '../../actors/names.ts';
import { type BusinessDate, businessDateOf } from '../../calendar/business-date.ts';
import type { Category } from '../../catalogue/kinds.ts';
import { born, revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import type { Fen, Ratio } from '../../money/money.ts';
import { type ChangeableParameters, checkVersion, type VersionText } from '../../policy/check-version.ts';
import { type Plan, planTransitions } from '../../policy/plan.ts';
import { type PlanVersion, planInTheEnd, planVersionTransitions } from '../../policy/plan-version.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import type { Reads } from '../../ports/store.ts';
import { ok, type Result, refuse, refuseAll } from '../../result.ts';

/** What the industry department wants to change; what it leaves out stays as it is. */
export interface VersionDraft {
  readonly year: number;
  readonly appliesFrom: BusinessDate;
  readonly reason: string;
  readonly parameters: { readonly [P in keyof ChangeableParameters]?: ChangeableParameters[P] | undefined };
  readonly specs: readonly SpecChange[];
}

interface SpecChange {
  readonly category: Category;
  readonly ratio?: Ratio | undefined;
  readonly amount?: Fen | undefined;
  readonly count?: number | undefined;
}

/**
 * The industry department drafts the next version of an open plan (clause 五-(一)). Its number makes it the only draft;
 * nothing changes before both departments have signed it.
 */
export const makeDraftVersion =
  ({ reads }: Pick<Ports, 'reads'>): CommandUseCase<VersionDraft, PlanVersion> =>
  async (input, command) => {
    const { actor, at } = command;
    const found = await textOf(reads, input, at);
    if (!found.ok) return found;
    const { plan, text } = found.value;
    const { year } = input;
    const number = planInTheEnd(plan).policyVersion + 1;
    if (await reads.get('planVersion', { year, number }))
      return refuse('plan-version-drafted', { values: { year, number } });
    const draft: PlanVersion = {
      year,
      number,
      ...born(at),
      status: 'draft',
      ...text,
      reason: input.reason,
      signatures: [],
      draftedBy: actor.sub,
      names: named(undefined, actor),
    };
    return ok({
      result: draft,
      changes: [{ do: 'create', entity: 'planVersion', value: draft, rule: 'try-again' }],
    });
  };

/** The industry department changes the draft. A signature is under a text: changing the text drops it (clause 五-(一)). */
export const makeReviseVersion =
  ({ reads }: Pick<Ports, 'reads'>): CommandUseCase<VersionDraft & { readonly number: number }, PlanVersion> =>
  async (input, command) => {
    const { year, number, reason } = input;
    const draft = await reads.get('planVersion', { year, number });
    if (!draft) return refuse('not-found');
    const seen = seenBy(command, draft);
    if (!seen.ok) return seen;
    const transition = planVersionTransitions.reviseVersion;
    const status = allow(transition, draft.status);
    if (!status.ok) return status;
    const found = await textOf(reads, input, command.at);
    if (!found.ok) return found;
    const revised = revise(draft, command.at, {
      ...found.value.text,
      reason,
      signatures: [],
      draftedBy: command.actor.sub,
      names: named(undefined, command.actor),
    });
    return ok({
      result: revised,
      changes: [
        {
          do: 'update',
          entity: 'planVersion',
          value: revised,
          from: transition.from,
          audit: { action: transition.name, note: reason },
        },
      ],
    });
  };

type Text = Pick<PlanVersion, 'appliesFrom' | 'parameters' | 'specs'>;

/** The whole text that a draft comes to, checked against the plan it would change. */
async function textOf(
  reads: Pick<Reads, 'get' | 'pool'>,
  { year, appliesFrom, parameters, specs }: VersionDraft,
  at: number,
): Promise<Result<{ readonly plan: Plan; readonly text: Text }>> {
  const plan = await reads.get('plan', { year });
  if (!plan) return refuse('not-found');
  const open = allow(planTransitions.applyVersion, plan.status);
  if (!open.ok) return open;
  const before = planInTheEnd(plan);
  const known = refuseAll(
    specs.flatMap(({ category }, i) =>
      before.specs.some((spec) => spec.category === category) && specs.findIndex((s) => s.category === category) === i
        ? []
        : [{ pointer: `/specs/${i}/category`, rule: 'plan-version-other-category', values: { category } }],
    ),
  );
  if (!known.ok) return known;
  const text = {
    appliesFrom,
    parameters: { ...before.parameters, ...given(parameters) },
    specs: before.specs.map((spec) => {
      const change = specs.find(({ category }) => category === spec.category);
      return change ? { ...spec, ...given(change) } : spec;
    }),
  } satisfies VersionText;
  const checked = checkVersion(plan, text, await reads.pool(year), businessDateOf(at));
  return checked.ok ? ok({ plan, text }) : checked;
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that were given. */
const given = <T extends object>(fields: T): Given<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
