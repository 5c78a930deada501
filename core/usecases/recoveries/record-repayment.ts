import { businessDateOf } from '../../calendar/business-date.ts';
import { receivedSerialKey } from '../../claims/evidence.ts';
import { type Fen, formatYuan, subtract } from '../../money/money.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { receivableOf, shareOut } from '../../recoveries/receivable.ts';
import { ok, refuse } from '../../result.ts';
import { RETURNS_PER_STEP, returnMoney } from './return-money.ts';
import { recoveriesOf } from './stored-recovery.ts';

export interface Transfer {
  readonly providerId: string;
  readonly amount: Fen;
  readonly bankSerial: string;
  /** Business date of the transfer. */
  readonly paidOn: string;
}

/** What a transfer settled, the oldest recovery first. */
export interface Repayment {
  readonly providerId: string;
  readonly amount: Fen;
  readonly bankSerial: string;
  readonly settled: readonly { readonly recoveryId: string; readonly amount: Fen }[];
  /** Fen that the provider still owes and no payment keeps back. */
  readonly open: Fen;
}

/**
 * Finance records that a provider transferred what it owes (clause 八-(三)): the oldest recoveries first, never more
 * than is owed beside what payments under way keep back. A bank serial counts once, ever (clause 五-(三)).
 */
export const makeRecordRepayment =
  ({ reads }: Ports): CommandUseCase<Transfer, Repayment> =>
  async ({ providerId, amount, bankSerial, paidOn }, command) => {
    const { at, actor } = command;
    if (paidOn > businessDateOf(at)) {
      return refuse('repayment-not-yet', { issues: [{ pointer: '/paidOn', rule: 'repayment-not-yet' }] });
    }
    const recoveries = await recoveriesOf(reads, providerId);
    if (recoveries.length === 0) return refuse('not-found');
    const key = receivedSerialKey(bankSerial);
    const owner = command.newId('rpm');
    const earlier = await reads.uniqueOwner('bank-serial', key);
    if (earlier !== undefined && earlier !== owner) {
      return refuse('bank-serial-used', { issues: [{ pointer: '/bankSerial', rule: 'bank-serial-used' }] });
    }
    const { open } = receivableOf(recoveries);
    const { shares, rest } = shareOut(amount, recoveries);
    if (rest > 0 || shares.length === 0) {
      const values = { open: formatYuan(open) };
      return refuse('repayment-exceeds-receivable', {
        values,
        issues: [{ pointer: '/amount', rule: 'repayment-exceeds-receivable', values }],
      });
    }
    if (shares.length > RETURNS_PER_STEP) {
      return refuse('repayment-covers-too-many', { values: { most: RETURNS_PER_STEP } });
    }
    const returned = shares.map((share) => ({
      recovery: share.recovery,
      as: { by: 'transfer', amount: share.amount, at, bankSerial, paidOn, recordedBy: actor.sub } as const,
    }));
    return ok({
      result: {
        providerId,
        amount,
        bankSerial,
        settled: shares.map((share) => ({ recoveryId: share.recovery.id, amount: share.amount })),
        open: subtract(open, amount),
      },
      changes: [
        { do: 'claim-unique', kind: 'bank-serial', key, owner, rule: 'bank-serial-used' },
        ...(await returnMoney(reads, returned, command)),
      ],
    });
  };
