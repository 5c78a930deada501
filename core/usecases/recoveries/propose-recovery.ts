import { named } from '../../actors/names.ts';
import { born, revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { type Fen, fen, formatYuan, ZERO } from '../../money/money.ts';
import { type Voucher, voucherTransitions } from '../../orders/voucher.ts';
import { paidFor } from '../../payouts/paid-from.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import type { Recovery, RecoveryReason } from '../../recoveries/recovery.ts';
import { ok, refuse } from '../../result.ts';

export interface RecoveryProposal {
  readonly voucherId: string;
  /** Fen to take back; all that is left of what was paid without it. */
  readonly amount?: Fen | undefined;
  readonly reasonCode: RecoveryReason;
  readonly note: string;
}

/**
 * The industry department proposes to take paid money back (clause 八-(三)). The voucher remembers what is being taken
 * back, so that no two proposals together exceed what was paid. Nothing is owed before finance confirms it.
 */
export const makeProposeRecovery =
  ({ reads }: Ports): CommandUseCase<RecoveryProposal, Recovery> =>
  async ({ voucherId, amount, reasonCode, note }, command) => {
    const voucher = await reads.get('voucher', { id: voucherId });
    if (!voucher) return refuse('not-found');
    const paid = isOwedAgain(voucher) ? ok(undefined) : allow(voucherTransitions.recover, voucher.status);
    if (!paid.ok) return paid;
    const reclaimed = voucher.reclaimed ?? ZERO;
    const left = fen(paidFor(voucher) - reclaimed);
    const taken = amount ?? left;
    if (taken > left || taken === 0) {
      return refuse('recovery-exceeds-payment', {
        values: { left: formatYuan(left) },
        issues: [{ pointer: '/amount', rule: 'recovery-exceeds-payment', values: { left: formatYuan(left) } }],
      });
    }
    const { actor, at } = command;
    const recovery: Recovery = {
      providerId: voucher.providerId,
      id: command.newId('rcv'),
      ...born(at),
      status: 'proposed',
      providerName: voucher.providerName,
      voucherId,
      voucherNumber: voucher.number,
      orderId: voucher.orderId,
      ...(voucher.claimId === undefined ? {} : { claimId: voucher.claimId }),
      ...(voucher.claimItemId === undefined ? {} : { claimItemId: voucher.claimItemId }),
      year: voucher.year,
      amount: taken,
      reasonCode,
      note,
      proposedBy: actor.sub,
      names: named(undefined, actor),
      excluded: [actor.sub],
      held: ZERO,
      recovered: ZERO,
      returns: [],
    };
    return ok({
      result: recovery,
      changes: [
        { do: 'create', entity: 'recovery', value: recovery },
        {
          do: 'update',
          entity: 'voucher',
          value: revise(voucher, at, { reclaimed: fen(reclaimed + taken) }),
          from: [voucher.status],
          audit: { action: 'propose-recovery', reasonCode, note },
        },
      ],
    });
  };

/**
 * The bank gave all that is paid of it back, and it is to be sent again: what is taken back then is kept from that
 * payment, so that nothing is sent for which it was found too late that it should not have been.
 */
const isOwedAgain = ({ status, bankReturns = 0, deferred }: Voucher): boolean =>
  status === 'payable' && bankReturns > 0 && deferred === undefined;
