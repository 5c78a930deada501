import { named } from '../../actors/names.ts';
import { born, revise } from '../../lifecycle/record.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change } from '../../ports/store.ts';
import { ok, refuse } from '../../result.ts';
import { checkJoins, checkYear } from '../../topups/check-local-policy.ts';
import {
  type LocalPolicy,
  type LocalScheme,
  localPolicyTransitions,
  type PublishedLocalPolicy,
} from '../../topups/local-policy.ts';
import { openLocalFund } from '../../topups/movements.ts';
import { localPolicyFor } from './stored-local-policy.ts';

/**
 * A second person puts a draft into force: another reviewer of the jurisdiction, or the industry department. With the same
 * write it is published, its fund has its money, and signatures from then on are decided by it (clauses 一-(三), 八-(一)).
 */
export const makeEnactLocalPolicy =
  ({ reads }: Pick<Ports, 'reads'>): CommandUseCase<{ readonly policyId: string }, LocalPolicy> =>
  async ({ policyId }, command) => {
    const { actor, at } = command;
    const transition = localPolicyTransitions.enact;
    const found = await localPolicyFor(reads, policyId, command, transition);
    if (!found.ok) return found;
    const draft = found.value;
    if (draft.drafters.includes(actor.sub)) return refuse('same-person');
    const inTime = checkYear(draft.year, at);
    if (!inTime.ok) return inTime;
    const { jurisdiction, year, terms } = draft;
    const scheme = await reads.get('localScheme', { jurisdiction, year });
    const joins = checkJoins(scheme, draft);
    if (!joins.ok) return joins;

    const enacted = revise(draft, at, {
      status: transition.to,
      enactedAt: at,
      enactedBy: actor.sub,
      names: named(draft.names, actor),
    });
    const published: PublishedLocalPolicy = { id: draft.id, terms, enactedAt: at };
    return ok({
      result: enacted,
      changes: [
        {
          do: 'update',
          entity: 'localPolicy',
          value: enacted,
          from: transition.from,
          unlessSubject: { sub: actor.sub, attributes: ['drafters'] },
          audit: { action: transition.name },
        },
        publish(scheme, draft, published, at),
        openLocalFund(enacted, command),
      ],
    });
  };

const publish = (
  scheme: LocalScheme | undefined,
  { jurisdiction, year }: LocalPolicy,
  policy: PublishedLocalPolicy,
  at: number,
): Change =>
  scheme
    ? {
        do: 'update',
        entity: 'localScheme',
        value: revise(scheme, at, { policies: [...scheme.policies, policy] }),
        audit: { action: 'enact', note: policy.id },
      }
    : {
        do: 'create',
        entity: 'localScheme',
        value: { jurisdiction, year, ...born(at), policies: [policy] },
      };
