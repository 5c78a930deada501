import { type Actor, maySee } from '../../actors/actor.ts';
import { allow, type Transition } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import type { Command } from '../../ports/context.ts';
import type { Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import type { LocalPolicy, LocalPolicyStatus } from '../../topups/local-policy.ts';

/** A policy as the actor may see it: its own jurisdiction's, or any for departments and inspectors. */
export async function visibleLocalPolicy(
  reads: Pick<Reads, 'get'>,
  id: string,
  actor: Actor,
): Promise<Result<LocalPolicy>> {
  const policy = await reads.get('localPolicy', { id });
  return policy && maySee(actor, { organisations: [], jurisdiction: policy.jurisdiction })
    ? ok(policy)
    : refuse('not-found');
}

/** A policy that the actor sees in its current version and whose state allows the transition. */
export async function localPolicyFor(
  reads: Pick<Reads, 'get'>,
  id: string,
  command: Command,
  transition: Transition<LocalPolicyStatus>,
): Promise<Result<LocalPolicy>> {
  const policy = await visibleLocalPolicy(reads, id, command.actor);
  if (!policy.ok) return policy;
  const seen = seenBy(command, policy.value);
  if (!seen.ok) return seen;
  const allowed = allow(transition, policy.value.status);
  return allowed.ok ? policy : allowed;
}
