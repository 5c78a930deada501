import { named } from '../../actors/names.ts';
import { born, revise } from '../../lifecycle/record.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok, refuse } from '../../result.ts';
import { checkTerms, checkYear } from '../../topups/check-local-policy.ts';
import { type LocalPolicy, type LocalTerms, localPolicyTransitions } from '../../topups/local-policy.ts';
import { localPolicyFor } from './stored-local-policy.ts';

/** A city reviewer drafts a policy of the own jurisdiction for a year (clauses 一-(三), 八-(一)). */
export const makeDraftLocalPolicy =
  (): CommandUseCase<{ readonly year: number; readonly terms: LocalTerms }, LocalPolicy> =>
  async ({ year, terms }, command) => {
    const { actor, at } = command;
    if (!actor.jurisdiction) return refuse('jurisdiction-forbidden');
    const inTime = checkYear(year, at);
    if (!inTime.ok) return inTime;
    const checked = checkTerms(terms);
    if (!checked.ok) return checked;
    const policy: LocalPolicy = {
      id: command.newId('lpl'),
      ...born(at),
      status: 'draft',
      jurisdiction: actor.jurisdiction,
      year,
      terms,
      drafters: [actor.sub],
      names: named(undefined, actor),
    };
    return ok({ result: policy, changes: [{ do: 'create', entity: 'localPolicy', value: policy }] });
  };

/** A city reviewer of the jurisdiction changes the draft, and becomes one of those who wrote it. */
export const makeReviseLocalPolicy =
  ({
    reads,
  }: Pick<Ports, 'reads'>): CommandUseCase<{ readonly policyId: string; readonly terms: LocalTerms }, LocalPolicy> =>
  async ({ policyId, terms }, command) => {
    const transition = localPolicyTransitions.revise;
    const found = await localPolicyFor(reads, policyId, command, transition);
    if (!found.ok) return found;
    const checked = checkTerms(terms);
    if (!checked.ok) return checked;
    const { actor } = command;
    const drafters = [...new Set([...found.value.drafters, actor.sub])];
    const names = named(found.value.names, actor);
    const revised = revise(found.value, command.at, { status: transition.to, terms, drafters, names });
    return ok({
      result: revised,
      changes: [
        {
          do: 'update',
          entity: 'localPolicy',
          value: revised,
          from: transition.from,
          audit: { action: transition.name },
        },
      ],
    });
  };
