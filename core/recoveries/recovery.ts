import * as z from 'zod';
import { namesSchema } from '../actors/names.ts';
import { recordFields } from '../lifecycle/record.ts';
import { defineTransitions } from '../lifecycle/transition.ts';
import { amountSchema } from '../money/money.ts';

export const recoveryStatuses = ['proposed', 'confirmed', 'rejected', 'recovered'] as const;
export const recoveryStatusSchema = z.enum(recoveryStatuses);
export type RecoveryStatus = (typeof recoveryStatuses)[number];

export const recoveryTransitions = defineTransitions<RecoveryStatus>()({
  confirm: { from: ['proposed'], to: 'confirmed', by: ['finance-officer'], clause: '八-(三)' },
  reject: { from: ['proposed'], to: 'rejected', by: ['finance-officer'], clause: '八-(三)' },
  /** All of it came back, by offset or by transfer. */
  settle: {
    from: ['confirmed'],
    to: 'recovered',
    by: ['finance-officer', 'system'],
    clause: '一-(二)',
    ledger: 'recovered→available',
  },
});

/** Why paid money is taken back (clauses 八-(三), 五-(三)). */
export const recoveryReasons = ['fraud', 'invoice-cancelled', 'inspection-finding'] as const;
export const recoveryReasonSchema = z.enum(recoveryReasons);
export type RecoveryReason = (typeof recoveryReasons)[number];

/** Reason for which nothing more is collected for the provider until it is decided: freeze first (clause 八-(三)). */
export const FREEZING_REASON: RecoveryReason = 'fraud';

/** How a part of it came back: kept from a payment, or transferred by the provider. */
export const returnSchema = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('offset'),
    amount: amountSchema,
    at: z.int(),
    payoutId: z.string(),
    lineId: z.string(),
  }),
  z.strictObject({
    by: z.literal('transfer'),
    amount: amountSchema,
    at: z.int(),
    bankSerial: z.string(),
    paidOn: z.string(),
    recordedBy: z.string(),
  }),
]);
export type Return = z.infer<typeof returnSchema>;

/** Money taken back from a paid voucher: once confirmed, a receivable against its provider (clause 八-(三)). */
export const recoverySchema = z.strictObject({
  providerId: z.string(),
  id: z.string(),
  ...recordFields,
  status: recoveryStatusSchema,
  providerName: z.string(),
  voucherId: z.string(),
  voucherNumber: z.string(),
  orderId: z.string(),
  claimId: z.string().optional(),
  claimItemId: z.string().optional(),
  /** Year of use of the voucher. */
  year: z.int(),
  /** Fen that are taken back; never more than what was paid. */
  amount: amountSchema,
  reasonCode: recoveryReasonSchema,
  note: z.string(),
  proposedBy: z.string(),
  /** Who took part: none of them may decide. */
  excluded: z.array(z.string()),
  decision: z.strictObject({ by: z.string(), at: z.int(), note: z.string() }).optional(),
  /** Who took part, by name. */
  names: namesSchema.optional(),
  /** Fen kept from payments that the bank has not answered yet. */
  held: amountSchema,
  /** Fen that came back. */
  recovered: amountSchema,
  returns: z.array(returnSchema),
});
export type Recovery = z.infer<typeof recoverySchema>;
