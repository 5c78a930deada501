import { named } from '../../actors/names.ts';
import { revise } from '../../lifecycle/record.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok } from '../../result.ts';
import { type LocalPolicy, localPolicyTransitions } from '../../topups/local-policy.ts';
import { localPolicyFor } from './stored-local-policy.ts';

/** Ends a policy: from this write on it adds to no voucher; what it granted stays as it is (clause 八-(一)). */
export const makeEndLocalPolicy =
  ({
    reads,
  }: Pick<Ports, 'reads'>): CommandUseCase<{ readonly policyId: string; readonly reason: string }, LocalPolicy> =>
  async ({ policyId, reason }, command) => {
    const { actor, at } = command;
    const transition = localPolicyTransitions.end;
    const found = await localPolicyFor(reads, policyId, command, transition);
    if (!found.ok) return found;
    const { jurisdiction, year } = found.value;
    const scheme = await reads.get('localScheme', { jurisdiction, year });
    if (!scheme) throw new Error(`local policy ${policyId} is in force and not published`);
    const ended = revise(found.value, at, {
      status: transition.to,
      endedAt: at,
      endedBy: actor.sub,
      endReason: reason,
      names: named(found.value.names, actor),
    });
    const policies = scheme.policies.map((policy) => (policy.id === policyId ? { ...policy, endedAt: at } : policy));
    return ok({
      result: ended,
      changes: [
        {
          do: 'update',
          entity: 'localPolicy',
          value: ended,
          from: transition.from,
          audit: { action: transition.name, note: reason },
        },
        {
          do: 'update',
          entity: 'localScheme',
          value: revise(scheme, at, { policies }),
          audit: { action: transition.name, note: policyId },
        },
      ],
    });
  };
