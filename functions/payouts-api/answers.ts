import type * as z from 'zod';
import type {
  controlTotalsAnswer,
  deferralsAnswer,
  paymentAnswer,
  paymentFileAnswer,
  payoutAnswer,
  payoutLineAnswer,
} from '../../contracts/payouts.ts';
import { findingAnswer } from '../../contracts/sentences.ts';
import { type BusinessDate, businessDate, toShanghaiIso } from '../../core/calendar/business-date.ts';
import { fen, formatYuan } from '../../core/money/money.ts';
import { netOf, offsetOf } from '../../core/payouts/offset.ts';
import { type Payout, type PayoutLine, waitingStatuses } from '../../core/payouts/payout.ts';
import type { CheckedTotals } from '../../core/usecases/payouts/read-control-totals.ts';
import type { Deferrals } from '../../core/usecases/payouts/read-deferrals.ts';
import type { PaymentFile } from '../../core/usecases/payouts/read-payment-file.ts';
import type { PaymentOfProvider } from '../../core/usecases/payouts/read-payouts.ts';
import type { DaysLeft } from '../_runtime/days-left.ts';

const isWaiting = ({ status }: Payout): boolean => waitingStatuses.some((waiting) => waiting === status);

/** The day by which those who have an order are expected to act, while it waits for people. */
export const expectedOf = (payout: Payout): BusinessDate | undefined =>
  payout.expectedBy !== undefined && isWaiting(payout) ? businessDate(payout.expectedBy) : undefined;

export const toPayoutAnswer = (payout: Payout, daysLeft?: DaysLeft): z.input<typeof payoutAnswer> => ({
  id: payout.id,
  version: payout.version,
  status: payout.status,
  year: payout.year,
  proposedBy: payout.proposedBy,
  proposedAt: toShanghaiIso(payout.proposedAt),
  lineCount: payout.lineCount,
  itemCount: payout.itemCount,
  total: formatYuan(payout.total),
  deferred: formatYuan(payout.deferred),
  paid: formatYuan(payout.paid),
  returned: formatYuan(payout.returned),
  resends: payout.resends,
  approvals: payout.approvals.map((approval) => ({ ...approval, at: toShanghaiIso(approval.at) })),
  refusal: payout.refusal && { ...payout.refusal, at: toShanghaiIso(payout.refusal.at) },
  names: payout.names,
  expectedBy: expectedOf(payout),
  workingDaysLeft: daysLeft?.(expectedOf(payout)),
  sending: payout.sending,
  sent: payout.sent === undefined ? undefined : formatYuan(payout.sent),
  unanswered: payout.unanswered,
  failed: payout.failed,
  skipped: payout.skipped.map(({ claimItemId, providerId, rule }) => {
    const { zh, en } = findingAnswer({ rule });
    return { claimItemId, providerId, rule, zh, en };
  }),
});

const toItems = (line: PayoutLine) =>
  line.items.map(({ claimId, claimItemId, voucherId, activeAt, amount, deferred }) => ({
    claimId,
    claimItemId,
    voucherId,
    activeAt: toShanghaiIso(activeAt),
    amount: formatYuan(amount),
    deferred: formatYuan(deferred),
  }));

const toBankAnswer = ({ sending, outcome, bankSerial, reason, at }: PayoutLine['answers'][number]) => ({
  sending,
  outcome,
  bankSerial,
  reason,
  at: toShanghaiIso(at),
});

export const toLineAnswer = (line: PayoutLine): z.input<typeof payoutLineAnswer> => ({
  id: line.id,
  payoutId: line.payoutId,
  version: line.version,
  status: line.status,
  providerId: line.providerId,
  providerName: line.providerName,
  amount: formatYuan(line.amount),
  offset: formatYuan(offsetOf(line)),
  net: formatYuan(netOf(line)),
  items: toItems(line),
  sending: line.sending,
  answers: line.answers.map((answer) => ({ ...toBankAnswer(answer), recordedBy: answer.recordedBy })),
  names: line.names,
  bankReturn: line.bankReturn && {
    ...line.bankReturn,
    returnedOn: businessDate(line.bankReturn.returnedOn),
    recordedAt: toShanghaiIso(line.bankReturn.recordedAt),
    decision: line.bankReturn.decision && {
      ...line.bankReturn.decision,
      at: toShanghaiIso(line.bankReturn.decision.at),
    },
  },
});

export const toControlTotalsAnswer = ({
  payoutId,
  totals: { lineCount, itemCount, total, deferred, offset, net },
  agrees,
  funds,
}: CheckedTotals): z.input<typeof controlTotalsAnswer> => ({
  payoutId,
  lineCount,
  itemCount,
  total: formatYuan(total),
  deferred: formatYuan(deferred),
  offset: formatYuan(offset),
  net: formatYuan(net),
  agrees,
  funds: funds.map((fund) => ({ ...fund, amount: formatYuan(fund.amount), deferred: formatYuan(fund.deferred) })),
});

export const toPaymentFileAnswer = ({ payout, csv, count, total }: PaymentFile): z.input<typeof paymentFileAnswer> => ({
  payoutId: payout.id,
  sending: payout.sending,
  fileName: `${payout.year}-${payout.id}-${payout.sending}.csv`,
  csv,
  count,
  total: formatYuan(fen(total)),
});

/** A provider is told of a return once it is confirmed. */
const isReturned = ({ status }: PayoutLine): boolean => status === 'returned';

export const toPaymentAnswer = ({ line, payout }: PaymentOfProvider): z.input<typeof paymentAnswer> => ({
  id: line.id,
  payoutId: line.payoutId,
  version: line.version,
  status: line.status === 'return-recorded' ? 'paid' : line.status,
  year: payout.year,
  amount: formatYuan(line.amount),
  offset: formatYuan(offsetOf(line)),
  net: formatYuan(netOf(line)),
  offsets: (line.offsets ?? []).map(({ recoveryId, amount }) => ({ recoveryId, amount: formatYuan(amount) })),
  items: toItems(line),
  answers: line.answers.map(toBankAnswer),
  bankReturn:
    isReturned(line) && line.bankReturn
      ? {
          returnedOn: businessDate(line.bankReturn.returnedOn),
          reason: line.bankReturn.reason,
          resentBy: line.bankReturn.resentBy,
        }
      : undefined,
});

export const toDeferralsAnswer = ({ places, amount, own }: Deferrals): z.input<typeof deferralsAnswer> => ({
  places,
  amount: formatYuan(amount),
  items: own.map(({ item, position, owed, ahead }) => ({
    position,
    claimId: item.claimId,
    claimItemId: item.id,
    voucherNumber: item.voucherNumber,
    enterpriseName: item.enterpriseName,
    year: item.year,
    amount: formatYuan(owed),
    ahead: formatYuan(ahead),
  })),
});
