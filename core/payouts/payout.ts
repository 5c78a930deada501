import * as z from 'zod';
import { namesSchema } from '../actors/names.ts';
import { refusalSchema } from '../inbox/task.ts';
import { recordFields } from '../lifecycle/record.ts';
import { defineTransitions } from '../lifecycle/transition.ts';
import { amountSchema, ZERO } from '../money/money.ts';

export const payoutStatuses = [
  'collecting',
  'reopening',
  'industry-approval',
  'finance-approval',
  'accruing',
  'at-bank',
  'correcting',
  'settled',
  'refused',
] as const;
export type PayoutStatus = (typeof payoutStatuses)[number];

export const payoutTransitions = defineTransitions<PayoutStatus>()({
  propose: { from: ['collecting'], to: 'industry-approval', by: ['system'], clause: '七-(一)' },
  approveByIndustry: { from: ['industry-approval'], to: 'finance-approval', by: ['system'], clause: '七-(一)' },
  approveByFinance: { from: ['finance-approval'], to: 'accruing', by: ['system'], clause: '七-(一)' },
  refuse: {
    from: ['collecting', 'industry-approval', 'finance-approval'],
    to: 'refused',
    by: ['system'],
    clause: '七-(一)',
  },
  send: {
    from: ['accruing', 'correcting'],
    to: 'at-bank',
    by: ['system'],
    clause: '七-(一)',
    ledger: 'active→accrued',
  },
  /** Some of its lines failed, or the bank gave back the transfer that it sends again. */
  correct: { from: ['at-bank', 'reopening'], to: 'correcting', by: ['system'], clause: '七-(一)' },
  /** Everything in it is deferred, or kept back for what the payees owe: nothing goes to the bank. */
  settleUnsent: { from: ['accruing', 'correcting'], to: 'settled', by: ['system'], clause: '一-(二)' },
  settle: { from: ['at-bank'], to: 'settled', by: ['system'], clause: '七-(一)', ledger: 'accrued→paid' },
});

/** States in which an order waits for people: for a department's approval, for what the bank says, for corrections. */
export const waitingStatuses = [
  'industry-approval',
  'finance-approval',
  'at-bank',
  'correcting',
] as const satisfies readonly PayoutStatus[];

/** A payment order: what is paid of a year's final claim items, approved by two people of two departments. */
export const payoutSchema = z.strictObject({
  id: z.string(),
  ...recordFields,
  status: z.enum(payoutStatuses),
  year: z.int(),
  proposedBy: z.string(),
  proposedAt: z.int(),
  /** Control totals: they must equal the lines. */
  lineCount: z.int().nonnegative(),
  itemCount: z.int().nonnegative(),
  /** Fen paid by this order, once the departments approve. */
  total: amountSchema,
  /** Fen owed beyond that, which the fund is short of: paid first when there is money (clause 一-(二)). */
  deferred: amountSchema.default(ZERO),
  /** What each fund had for the order when it was short; absent when there was enough. */
  money: z.array(z.strictObject({ year: z.int(), amount: amountSchema })).optional(),
  approvals: z.array(z.strictObject({ department: z.enum(['industry', 'finance']), sub: z.string(), at: z.int() })),
  /** Which department said no, and why. */
  refusal: refusalSchema.optional(),
  /** Who took part, by name. */
  names: namesSchema.optional(),
  /** Last business date by which those who have it now, while it waits for people, are expected to act (ADR 28). */
  expectedBy: z.string().optional(),
  /** Number of the file sent to the bank, growing with each resend of failed lines. */
  sending: z.int().nonnegative(),
  /** Control total of that file: fen that the bank is to pay, less what is kept back. */
  sent: amountSchema.optional(),
  paid: amountSchema,
  /** Fen of it that the bank gave back, once another person has confirmed it. */
  returned: amountSchema.default(ZERO),
  /** The line of another order that the bank gave back: this one sends it again, and nothing else (clause 七-(一)). */
  resends: z.strictObject({ payoutId: z.string(), lineId: z.string() }).optional(),
  /** Final items that could not be collected, and the rule that kept them out. */
  skipped: z.array(z.strictObject({ claimItemId: z.string(), providerId: z.string(), rule: z.string() })).max(200),
  /** Lines at the bank without an answer. */
  unanswered: z.int().nonnegative(),
  /** Lines that failed and are not corrected yet. */
  failed: z.int().nonnegative(),
  /** The task that waits for the bank, or for corrections. */
  taskId: z.string().optional(),
});
export type Payout = z.infer<typeof payoutSchema>;

export const payoutLineStatuses = ['ready', 'sent', 'paid', 'failed', 'return-recorded', 'returned'] as const;
export type PayoutLineStatus = (typeof payoutLineStatuses)[number];

export const payoutLineTransitions = defineTransitions<PayoutLineStatus>()({
  send: { from: ['ready'], to: 'sent', by: ['system'], clause: '七-(一)' },
  confirm: { from: ['sent'], to: 'paid', by: ['finance-officer'], clause: '七-(一)' },
  fail: { from: ['sent'], to: 'failed', by: ['finance-officer'], clause: '七-(一)' },
  correct: { from: ['failed'], to: 'ready', by: ['finance-officer'], clause: '七-(一)' },
  /** The bank gave the transfer back (退汇); counts once another person has confirmed it. */
  recordReturn: { from: ['paid'], to: 'return-recorded', by: ['finance-officer'], clause: '七-(一)' },
  rejectReturn: { from: ['return-recorded'], to: 'paid', by: ['finance-officer'], clause: '七-(一)' },
  /** It stays so for good: another order sends the money again. */
  confirmReturn: {
    from: ['return-recorded'],
    to: 'returned',
    by: ['finance-officer'],
    clause: '七-(一)',
    ledger: 'paid→accrued',
  },
  /** All of it is deferred or kept back: there is nothing that the bank could pay. */
  nothingToSend: { from: ['ready'], to: 'paid', by: ['system'], clause: '一-(二)' },
});

/** A transfer that the bank gave back days after it was paid (退汇). */
export const bankReturnSchema = z.strictObject({
  /** Serial number of the return itself, which counts once, ever. */
  bankSerial: z.string(),
  /** Business date on which the money was back. */
  returnedOn: z.string(),
  reason: z.string(),
  recordedBy: z.string(),
  recordedAt: z.int(),
  decision: z.strictObject({ by: z.string(), at: z.int(), note: z.string() }).optional(),
  /** The payment order that sends the money again. */
  resentBy: z.string().optional(),
  /** Who took part, by name. */
  names: namesSchema.optional(),
});
export type BankReturn = z.infer<typeof bankReturnSchema>;

/** Items in one line at most; a payee with more has several lines. */
export const MOST_ITEMS_PER_LINE = 200;
/** Lines that the bank's answer is recorded of in one call: three writes each. A longer answer comes in several calls. */
export const MOST_ANSWERS = 25;

/** What one payee receives in a payment order, for a page of claim items. */
export const payoutLineSchema = z.strictObject({
  payoutId: z.string(),
  id: z.string(),
  ...recordFields,
  status: z.enum(payoutLineStatuses),
  providerId: z.string(),
  providerName: z.string(),
  amount: amountSchema,
  /** Items paid by this line, oldest voucher first (clause 一-(二)). */
  items: z
    .array(
      z.strictObject({
        claimId: z.string(),
        claimItemId: z.string(),
        voucherId: z.string(),
        /** Fen paid now. */
        amount: amountSchema,
        /** Fen owed and not funded. */
        deferred: amountSchema.default(ZERO),
        /** It was deferred by an earlier order. */
        deferredBefore: z.boolean().default(false),
        activeAt: z.int(),
        /** Year of the fund that paid it, once it is settled. */
        fundYear: z.int().optional(),
      }),
    )
    .max(MOST_ITEMS_PER_LINE),
  /** Fen kept back for what the payee owes the fund, by recovery (clause 八-(三)): the bank pays the rest. */
  offsets: z.array(z.strictObject({ recoveryId: z.string(), amount: amountSchema })).optional(),
  /** Offsets whose money has come back to the fund. */
  settledOffsets: z.int().nonnegative().optional(),
  /** Which sending it last went out with. */
  sending: z.int().nonnegative(),
  /** Every answer of the bank, in order, and who recorded it. */
  answers: z.array(
    z.strictObject({
      sending: z.int(),
      outcome: z.enum(['paid', 'failed']),
      bankSerial: z.string().optional(),
      reason: z.string().optional(),
      at: z.int(),
      recordedBy: z.string(),
    }),
  ),
  /** Who recorded answers, by name. */
  names: namesSchema.optional(),
  /** What finance recorded of the bank giving the transfer back. */
  bankReturn: bankReturnSchema.optional(),
  /** Who may not decide on it. */
  excluded: z.array(z.string()).optional(),
  /** Bank account it goes to: the account version of the identity record, so that the number itself stays where it is. */
  accountVersion: z.int().positive(),
  /** Items already moved to accrued in the ledger, or released after a refusal. */
  processedItems: z.int().nonnegative(),
  /** Items already moved to paid in the ledger. */
  settledItems: z.int().nonnegative(),
});
export type PayoutLine = z.infer<typeof payoutLineSchema>;
