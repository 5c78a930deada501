import * as z from 'zod';
import { MOST_ANSWERS, payoutLineStatuses, payoutStatuses } from '../core/payouts/payout.ts';
import {
  date,
  idOf,
  moment,
  pageOf,
  pageQuery,
  peopleNames,
  refusalAnswer,
  shortText,
  trailEntry,
  version,
  yuan,
  yuanText,
} from './fields.ts';
import { defineCommand, defineRead } from './route.ts';

export { MOST_ANSWERS };

const payoutId = idOf('pay');
const lineId = z.string().regex(/^pln_[0-9A-Z]{26}_\d{1,4}$/);
const payoutParams = z.strictObject({ payoutId });
const yearQuery = z
  .string()
  .regex(/^20\d\d$/)
  .transform(Number);

export const payoutAnswer = z.strictObject({
  id: payoutId,
  version,
  status: z.enum(payoutStatuses),
  year: z.int(),
  proposedBy: z.string(),
  proposedAt: moment,
  /** Control totals: they equal the lines. */
  lineCount: z.int(),
  itemCount: z.int(),
  total: yuanText,
  /** Owed beyond the total, for which the fund has no money: paid first when there is some (clause 一-(二)). */
  deferred: yuanText,
  paid: yuanText,
  /** Of it the bank gave back this much, confirmed by a second person. */
  returned: yuanText,
  /** The returned line of another order that this one sends again. */
  resends: z.strictObject({ payoutId, lineId }).optional(),
  approvals: z.array(z.strictObject({ department: z.enum(['industry', 'finance']), sub: z.string(), at: moment })),
  refusal: refusalAnswer,
  names: peopleNames,
  /** While it waits for people: the day by which those are expected to act, and the working days until then. */
  expectedBy: date.optional(),
  workingDaysLeft: z.int().optional(),
  /** Number of the file that is at the bank, and what it adds up to: what is due, less what is kept back. */
  sending: z.int(),
  sent: yuanText.optional(),
  unanswered: z.int(),
  failed: z.int(),
  /** Final items that were not collected, and why. */
  skipped: z.array(
    z.strictObject({
      claimItemId: z.string(),
      providerId: z.string(),
      rule: z.string(),
      zh: z.string(),
      en: z.string(),
    }),
  ),
});

const answerOfBank = z.strictObject({
  sending: z.int(),
  outcome: z.enum(['paid', 'failed']),
  bankSerial: z.string().optional(),
  reason: z.string().optional(),
  at: moment,
});

const lineItemAnswer = z.strictObject({
  claimId: z.string(),
  claimItemId: z.string(),
  voucherId: z.string(),
  /** When the voucher became active: the order in which money is paid and deferred (clause 一-(二)). */
  activeAt: moment,
  /** Paid with this order. */
  amount: yuanText,
  /** Owed beyond that, for which the fund has no money yet. */
  deferred: yuanText,
});

/** The bank gave the transfer back (退汇); to whom it is due is told once it is confirmed. */
const returnAnswer = z.strictObject({
  returnedOn: date,
  reason: z.string(),
  bankSerial: z.string(),
  recordedBy: z.string(),
  recordedAt: moment,
  decision: z.strictObject({ by: z.string(), at: moment, note: z.string() }).optional(),
  /** The payment order that sends the money again. */
  resentBy: payoutId.optional(),
  names: peopleNames,
});

/** A line without its account: only the payment file has that. */
export const payoutLineAnswer = z.strictObject({
  id: lineId,
  payoutId,
  version,
  status: z.enum(payoutLineStatuses),
  providerId: z.string(),
  providerName: z.string(),
  /** What is due; of it `offset` is kept back for what the payee owes, and the bank pays `net`. */
  amount: yuanText,
  offset: yuanText,
  net: yuanText,
  items: z.array(lineItemAnswer),
  sending: z.int(),
  answers: z.array(answerOfBank.extend({ recordedBy: z.string() })),
  /** Who recorded answers. */
  names: peopleNames,
  bankReturn: returnAnswer.optional(),
});

/** What the lines of an order add up to, computed anew, and whether the order states the same. */
export const controlTotalsAnswer = z.strictObject({
  payoutId,
  lineCount: z.int(),
  itemCount: z.int(),
  total: yuanText,
  deferred: yuanText,
  offset: yuanText,
  net: yuanText,
  agrees: z.boolean(),
  /** By the year of the fund that pays: money that was carried over keeps its year. */
  funds: z.array(z.strictObject({ year: z.int(), items: z.int(), amount: yuanText, deferred: yuanText })),
});

export const paymentFileAnswer = z.strictObject({
  payoutId,
  sending: z.int(),
  fileName: z.string(),
  /** UTF-8 with byte order mark, RFC 4180; cells that a spreadsheet would run as formulas are led by an apostrophe. */
  csv: z.string(),
  count: z.int(),
  total: yuanText,
});

/** A provider's own payment. */
export const paymentAnswer = z.strictObject({
  id: lineId,
  payoutId,
  version,
  status: z.enum(payoutLineStatuses),
  year: z.int(),
  amount: yuanText,
  offset: yuanText,
  net: yuanText,
  offsets: z.array(z.strictObject({ recoveryId: z.string(), amount: yuanText })),
  items: z.array(lineItemAnswer),
  answers: z.array(answerOfBank),
  bankReturn: returnAnswer.pick({ returnedOn: true, reason: true, resentBy: true }).optional(),
});

/** What is owed and not funded yet, in the order of use: sums of all, and the provider's own first hundred places. */
export const deferralsAnswer = z.strictObject({
  places: z.int(),
  amount: yuanText,
  items: z.array(
    z.strictObject({
      /** From 1, among everybody's. */
      position: z.int(),
      claimId: z.string(),
      claimItemId: z.string(),
      voucherNumber: z.string(),
      enterpriseName: z.string(),
      year: z.int(),
      amount: yuanText,
      /** Owed to those before it. */
      ahead: yuanText,
    }),
  ),
});

const bankSerial = z.string().regex(/^[0-9A-Za-z-]{4,40}$/);

const bankAnswer = z.discriminatedUnion('outcome', [
  z.strictObject({
    lineId,
    outcome: z.literal('paid'),
    bankSerial,
  }),
  z.strictObject({ lineId, outcome: z.literal('failed'), reason: shortText }),
]);

const seenBy = { roles: ['regional-officer', 'finance-officer', 'inspector'] } as const;
const clause = '七-(一)';

export const payoutsRoutes = {
  orderPayout: defineCommand({
    operation: 'order-payout',
    context: 'payouts-api',
    method: 'POST',
    path: '/v1/payouts',
    summary: { zh: '提出拨付单', en: 'Propose a payment order for a year' },
    clause,
    access: { roles: ['regional-officer'] },
    body: z.strictObject({ year: z.int().min(2019).max(2100) }),
    answer: payoutAnswer,
    status: 201,
  }),
  listPayouts: defineRead({
    operation: 'list-payouts',
    context: 'payouts-api',
    path: '/v1/payouts',
    summary: { zh: '拨付单列表', en: 'Payment orders of a year' },
    access: seenBy,
    query: pageQuery.extend({ year: yearQuery }),
    answer: pageOf(payoutAnswer),
  }),
  readPayout: defineRead({
    operation: 'read-payout',
    context: 'payouts-api',
    path: '/v1/payouts/{payoutId}',
    summary: { zh: '拨付单详情', en: 'A payment order' },
    access: seenBy,
    params: payoutParams,
    answer: payoutAnswer,
  }),
  listPayoutLines: defineRead({
    operation: 'list-payout-lines',
    context: 'payouts-api',
    path: '/v1/payouts/{payoutId}/lines',
    summary: { zh: '拨付明细', en: 'Lines of a payment order' },
    access: seenBy,
    params: payoutParams,
    query: pageQuery,
    answer: pageOf(payoutLineAnswer),
  }),
  readControlTotals: defineRead({
    operation: 'read-control-totals',
    context: 'payouts-api',
    path: '/v1/payouts/{payoutId}/control-totals',
    summary: { zh: '拨付单控制数（重新计算，分资金年度）', en: 'Control totals of a payment order, computed anew' },
    clause,
    access: seenBy,
    params: payoutParams,
    answer: controlTotalsAnswer,
  }),
  readPayoutTrail: defineRead({
    operation: 'read-payout-trail',
    context: 'payouts-api',
    path: '/v1/payouts/{payoutId}/trail',
    summary: { zh: '拨付单办理记录', en: 'Trail of a payment order' },
    access: seenBy,
    params: payoutParams,
    query: pageQuery,
    answer: pageOf(trailEntry),
  }),
  readPaymentFile: defineRead({
    operation: 'read-payment-file',
    context: 'payouts-api',
    path: '/v1/payouts/{payoutId}/payment-file',
    summary: { zh: '导出付款文件（每次导出均留痕）', en: 'The file for the bank; every reading is in the trail' },
    clause,
    access: { roles: ['finance-officer'] },
    params: payoutParams,
    answer: paymentFileAnswer,
  }),
  recordBankAnswers: defineCommand({
    operation: 'record-bank-answers',
    context: 'payouts-api',
    method: 'POST',
    path: '/v1/payouts/{payoutId}/bank-answers',
    summary: { zh: '登记银行回执', en: 'Record what the bank answered' },
    clause,
    access: { roles: ['finance-officer'] },
    params: payoutParams,
    body: z.strictObject({ sending: z.int().positive(), lines: z.array(bankAnswer).min(1).max(MOST_ANSWERS) }),
    answer: payoutAnswer,
  }),
  correctLine: defineCommand({
    operation: 'correct-payout-line',
    context: 'payouts-api',
    method: 'POST',
    path: '/v1/payouts/{payoutId}/lines/{lineId}/correction',
    summary: { zh: '更正失败明细并重发', en: 'Correct a failed line, so that it is sent again' },
    clause,
    access: { roles: ['finance-officer'] },
    params: z.strictObject({ payoutId, lineId }),
    body: z.strictObject({ account: z.enum(['changed', 'same']), note: shortText }),
    answer: payoutLineAnswer,
    ifMatch: true,
  }),
  recordBankReturn: defineCommand({
    operation: 'record-bank-return',
    context: 'payouts-api',
    method: 'POST',
    path: '/v1/payouts/{payoutId}/lines/{lineId}/return',
    summary: { zh: '登记退汇（已付明细被银行退回，须另一人确认）', en: 'Record that the bank gave a paid line back' },
    clause,
    access: { roles: ['finance-officer'] },
    params: z.strictObject({ payoutId, lineId }),
    body: z.strictObject({ amount: yuan, bankSerial, returnedOn: date, reason: shortText }),
    answer: payoutLineAnswer,
    status: 201,
    ifMatch: true,
  }),
  listReturnsToConfirm: defineRead({
    operation: 'list-returns-to-confirm',
    context: 'payouts-api',
    path: '/v1/payout-returns',
    summary: { zh: '待确认的退汇', en: 'Recorded returns that wait for a second person, the oldest first' },
    clause,
    access: seenBy,
    query: pageQuery,
    answer: pageOf(payoutLineAnswer),
  }),
  decideBankReturn: defineCommand({
    operation: 'decide-bank-return',
    context: 'payouts-api',
    method: 'POST',
    path: '/v1/payouts/{payoutId}/lines/{lineId}/return/decision',
    summary: {
      zh: '确认或驳回退汇（由另一人办理；确认后另行重发）',
      en: 'Confirm or reject a return, by another person; once confirmed, an order of its own sends it again',
    },
    clause,
    access: { roles: ['finance-officer'] },
    params: z.strictObject({ payoutId, lineId }),
    body: z.strictObject({ outcome: z.enum(['confirm', 'reject']), note: shortText }),
    answer: payoutLineAnswer,
    ifMatch: true,
  }),
  listPayments: defineRead({
    operation: 'list-payments',
    context: 'payouts-api',
    path: '/v1/payments',
    summary: { zh: '本单位的拨付', en: "A provider's own payments" },
    access: { roles: ['provider'] },
    query: pageQuery,
    answer: pageOf(paymentAnswer),
  }),
  readDeferrals: defineRead({
    operation: 'read-deferrals',
    context: 'payouts-api',
    path: '/v1/payments/deferred',
    summary: {
      zh: '本单位待补拨款项及其次序',
      en: 'What a provider is still owed, and where it stands among all that is',
    },
    clause: '一-(二)',
    access: { roles: ['provider'] },
    answer: deferralsAnswer,
  }),
};
