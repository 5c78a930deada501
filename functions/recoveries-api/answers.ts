import type * as z from 'zod';
import type { receivableAnswer, recoveryAnswer, repaymentAnswer } from '../../contracts/recoveries.ts';
import type { Actor } from '../../core/actors/actor.ts';
import { businessDate, toShanghaiIso } from '../../core/calendar/business-date.ts';
import { fen, formatYuan } from '../../core/money/money.ts';
import { openOf } from '../../core/recoveries/receivable.ts';
import type { Recovery, Return } from '../../core/recoveries/recovery.ts';
import type { ReceivableOfProvider } from '../../core/usecases/recoveries/read-recoveries.ts';
import type { Repayment } from '../../core/usecases/recoveries/record-repayment.ts';

type RecoveryAnswer = z.input<typeof recoveryAnswer>;

const toReturn = (returned: Return, role: Actor['role']): RecoveryAnswer['returns'][number] => {
  const { amount, at } = returned;
  const common = { amount: formatYuan(fen(amount)), at: toShanghaiIso(at) };
  return returned.by === 'offset'
    ? { by: 'offset', ...common, payoutId: returned.payoutId, lineId: returned.lineId }
    : {
        by: 'transfer',
        ...common,
        bankSerial: returned.bankSerial,
        paidOn: businessDate(returned.paidOn),
        recordedBy: role === 'provider' ? undefined : returned.recordedBy,
      };
};

/** A recovery as its reader sees it: people of the departments are named to staff only. */
export const toRecoveryAnswer = (recovery: Recovery, { role }: Pick<Actor, 'role'>): RecoveryAnswer => ({
  id: recovery.id,
  providerId: recovery.providerId,
  version: recovery.version,
  status: recovery.status,
  providerName: recovery.providerName,
  voucherId: recovery.voucherId,
  voucherNumber: recovery.voucherNumber,
  claimId: recovery.claimId,
  claimItemId: recovery.claimItemId,
  year: recovery.year,
  amount: formatYuan(recovery.amount),
  reasonCode: recovery.reasonCode,
  note: recovery.note,
  proposedBy: role === 'provider' ? undefined : recovery.proposedBy,
  proposedAt: toShanghaiIso(recovery.createdAt),
  decision: recovery.decision && {
    by: role === 'provider' ? undefined : recovery.decision.by,
    at: toShanghaiIso(recovery.decision.at),
    note: recovery.decision.note,
  },
  names: role === 'provider' ? undefined : recovery.names,
  held: formatYuan(recovery.held),
  recovered: formatYuan(recovery.recovered),
  open: formatYuan(openOf(recovery)),
  returns: recovery.returns.map((returned) => toReturn(returned, role)),
});

export const toReceivableAnswer = (receivable: ReceivableOfProvider): z.input<typeof receivableAnswer> => ({
  providerId: receivable.providerId,
  confirmed: formatYuan(receivable.confirmed),
  recovered: formatYuan(receivable.recovered),
  held: formatYuan(receivable.held),
  open: formatYuan(receivable.open),
});

export const toRepaymentAnswer = (repayment: Repayment): z.input<typeof repaymentAnswer> => ({
  providerId: repayment.providerId,
  amount: formatYuan(repayment.amount),
  bankSerial: repayment.bankSerial,
  settled: repayment.settled.map(({ recoveryId, amount }) => ({ recoveryId, amount: formatYuan(amount) })),
  open: formatYuan(repayment.open),
});
