import { named } from '../../actors/names.ts';
import { businessDateOf } from '../../calendar/business-date.ts';
import { receivedSerialKey } from '../../claims/evidence.ts';
import { revise } from '../../lifecycle/record.ts';
import { seenBy } from '../../lifecycle/version.ts';
import type { Fen } from '../../money/money.ts';
import { judgeReturn } from '../../payouts/bank-return.ts';
import { type PayoutLine, payoutLineTransitions } from '../../payouts/payout.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok, refuse } from '../../result.ts';
import { peopleOf } from '../registry/members.ts';

export interface BankReturnRecord {
  readonly payoutId: string;
  readonly lineId: string;
  /** Fen that came back: all that the bank had paid. */
  readonly amount: Fen;
  /** Serial number of the return. */
  readonly bankSerial: string;
  /** Business date on which the money was back. */
  readonly returnedOn: string;
  readonly reason: string;
}

/** A line is returned once at most, so it owns the serial of its return. */
export const returnOwner = ({ payoutId, id }: Pick<PayoutLine, 'payoutId' | 'id'>): string =>
  `${payoutId}#${id}#return`;

/**
 * Finance records that the bank gave a transfer back after it had paid it (退汇, clause 七-(一)). Nothing moves before
 * another person of finance has seen the money on the account: a return that never was would be paid twice.
 */
export const makeRecordBankReturn =
  ({ reads }: Ports): CommandUseCase<BankReturnRecord, PayoutLine> =>
  async ({ payoutId, lineId, amount, bankSerial, returnedOn, reason }, command) => {
    const payout = await reads.get('payout', { id: payoutId });
    const line = payout && (await reads.get('payoutLine', { payoutId, id: lineId }));
    if (!payout || !line) return refuse('not-found');
    const seen = seenBy(command, line);
    if (!seen.ok) return seen;
    const judged = judgeReturn(line, amount);
    if (!judged.ok) return judged;
    const { actor, at } = command;
    if (returnedOn > businessDateOf(at) || returnedOn < businessDateOf(payout.proposedAt)) {
      return refuse('return-date-impossible', { issues: [{ pointer: '/returnedOn', rule: 'return-date-impossible' }] });
    }
    const payees = await peopleOf(reads, line.providerId);
    if (payees.includes(actor.sub)) return refuse('same-person');
    const key = receivedSerialKey(bankSerial);
    const owner = returnOwner(line);
    const earlier = await reads.uniqueOwner('bank-serial', key);
    if (earlier !== undefined && earlier !== owner) {
      return refuse('bank-serial-used', { issues: [{ pointer: '/bankSerial', rule: 'bank-serial-used' }] });
    }
    const { recordReturn } = payoutLineTransitions;
    const value = revise(line, at, {
      status: recordReturn.to,
      bankReturn: {
        bankSerial,
        returnedOn,
        reason,
        recordedBy: actor.sub,
        recordedAt: at,
        names: named(undefined, actor),
      },
      excluded: [actor.sub, ...payees],
    });
    return ok({
      result: value,
      changes: [
        { do: 'claim-unique', kind: 'bank-serial', key, owner, rule: 'bank-serial-used' },
        {
          do: 'update',
          entity: 'payoutLine',
          value,
          from: recordReturn.from,
          audit: { action: recordReturn.name, note: reason },
        },
      ],
    });
  };
