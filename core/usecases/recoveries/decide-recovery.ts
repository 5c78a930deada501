import { named } from '../../actors/names.ts';
import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import { fen } from '../../money/money.ts';
import type { Command, CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change, Reads } from '../../ports/store.ts';
import { type Recovery, recoveryTransitions } from '../../recoveries/recovery.ts';
import { ok, refuse } from '../../result.ts';

export interface RecoveryDecision {
  readonly providerId: string;
  readonly recoveryId: string;
  readonly outcome: 'confirm' | 'reject';
  readonly note: string;
}

/**
 * The finance department decides on a proposed recovery, by another person than the one who proposed it (clause
 * 八-(三)): confirmed, it is a receivable against the provider; rejected, the voucher is as it was.
 */
export const makeDecideRecovery =
  ({ reads }: Ports): CommandUseCase<RecoveryDecision, Recovery> =>
  async ({ providerId, recoveryId, outcome, note }, command) => {
    const recovery = await reads.get('recovery', { providerId, id: recoveryId });
    if (!recovery) return refuse('not-found');
    const seen = seenBy(command, recovery);
    if (!seen.ok) return seen;
    const transition = recoveryTransitions[outcome];
    const status = allow(transition, recovery.status);
    if (!status.ok) return status;
    const { actor, at } = command;
    if (recovery.excluded.includes(actor.sub)) return refuse('same-person');
    const value = revise(recovery, at, {
      status: status.value,
      decision: { by: actor.sub, at, note },
      names: named(recovery.names, actor),
    });
    return ok({
      result: value,
      changes: [
        {
          do: 'update',
          entity: 'recovery',
          value,
          from: transition.from,
          unlessSubject: { sub: actor.sub, attributes: ['excluded'] },
          audit: { action: transition.name, reasonCode: recovery.reasonCode, note },
        },
        ...(outcome === 'reject' ? await givenUp(reads, recovery, command) : []),
      ],
    });
  };

/** The voucher without a recovery that was rejected. */
async function givenUp(reads: Pick<Reads, 'get'>, { voucherId, amount }: Recovery, { at }: Command): Promise<Change[]> {
  const voucher = await reads.get('voucher', { id: voucherId });
  if (!voucher) throw new Error(`recovery without its voucher ${voucherId}`);
  return [
    {
      do: 'update',
      entity: 'voucher',
      value: revise(voucher, at, { reclaimed: fen((voucher.reclaimed ?? 0) - amount) }),
      audit: { action: 'reject-recovery' },
    },
  ];
}
