import * as z from 'zod';
import { recordFields } from '../lifecycle/record.ts';
import { defineTransitions } from '../lifecycle/transition.ts';
import { amountSchema, ZERO } from '../money/money.ts';

export const payoutStatuses = [
  'collecting',
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
  correct: { from: ['at-bank'], to: 'correcting', by: ['system'], clause: '七-(一)' },
  /** Everything in it is deferred, or kept back for what the payees owe: nothing goes to the bank. */
  settleUnsent: { from: ['accruing', 'correcting'], to: 'settled', by: ['system'], clause: '一-(二)' },
  settle: { from: ['at-bank'], to: 'settled', by: ['system'], clause: '七-(一)', ledger: 'accrued→paid' },
});

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
  /** Number of the file sent to the bank, growing with each resend of failed lines. */
  sending: z.int().nonnegative(),
  /** Control total of that file: fen that the bank is to pay, less what is kept back. */
  sent: amountSchema.optional(),
  paid: amountSchema,
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

export const payoutLineStatuses = ['ready', 'sent', 'paid', 'failed'] as const;
export type PayoutLineStatus = (typeof payoutLineStatuses)[number];

export const payoutLineTransitions = defineTransitions<PayoutLineStatus>()({
  send: { from: ['ready'], to: 'sent', by: ['system'], clause: '七-(一)' },
  confirm: { from: ['sent'], to: 'paid', by: ['finance-officer'], clause: '七-(一)' },
  fail: { from: ['sent'], to: 'failed', by: ['finance-officer'], clause: '七-(一)' },
  correct: { from: ['failed'], to: 'ready', by: ['finance-officer'], clause: '七-(一)' },
  /** All of it is deferred or kept back: there is nothing that the bank could pay. */
  nothingToSend: { from: ['ready'], to: 'paid', by: ['system'], clause: '一-(二)' },
});

/** Items in one line at most; a payee with more has several lines. */
export const MOST_ITEMS_PER_LINE = 200;

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
      }),
    )
    .max(MOST_ITEMS_PER_LINE),
  /** Fen kept back for what the payee owes the fund, by recovery (clause 八-(三)): the bank pays the rest. */
  offsets: z.array(z.strictObject({ recoveryId: z.string(), amount: amountSchema })).optional(),
  /** Offsets whose money has come back to the fund. */
  settledOffsets: z.int().nonnegative().optional(),
  /** Which sending it last went out with. */
  sending: z.int().nonnegative(),
  /** Every answer of the bank, in order. */
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
  /** Bank account it goes to: the account version of the identity record, so that the number itself stays where it is. */
  accountVersion: z.int().positive(),
  /** Items already moved to accrued in the ledger, or released after a refusal. */
  processedItems: z.int().nonnegative(),
  /** Items already moved to paid in the ledger. */
  settledItems: z.int().nonnegative(),
});
export type PayoutLine = z.infer<typeof payoutLineSchema>;
