import * as z from 'zod';
import { recordFields } from '../lifecycle/record.ts';
import { defineTransitions } from '../lifecycle/transition.ts';
import { amountSchema } from '../money/money.ts';
import { fieldReasonSchema, findingSchema } from '../registry/certification.ts';

export const claimStatuses = ['draft', 'under-audit', 'returned', 'in-publicity', 'final'] as const;
export type ClaimStatus = (typeof claimStatuses)[number];

export const claimTransitions = defineTransitions<ClaimStatus>()({
  file: { from: ['draft'], to: 'under-audit', by: ['provider'], clause: '七-(一)' },
  return: { from: ['under-audit'], to: 'returned', by: ['system'], clause: '七-(一)' },
  refile: { from: ['returned'], to: 'under-audit', by: ['provider'], clause: '七-(一)' },
  publicise: { from: ['under-audit'], to: 'in-publicity', by: ['system'], clause: '七-(一)' },
  finish: { from: ['in-publicity'], to: 'final', by: ['system'], clause: '七-(一)' },
});

/** A provider's yearly, unified claim: one per provider and window (clause 七-(一)). */
export const claimSchema = z.strictObject({
  id: z.string(),
  ...recordFields,
  status: z.enum(claimStatuses),
  providerId: z.string(),
  providerName: z.string(),
  year: z.int(),
  itemCount: z.int().nonnegative(),
  /** Fen asked over all items. */
  asked: amountSchema,
  /** Fen approved by the audit, when it has ended. */
  approved: amountSchema.optional(),
  filedAt: z.int().optional(),
  /** The auditor who declared the round complete. */
  auditorSub: z.string().optional(),
  /** When that was; no item is audited again in this round. */
  auditCompletedAt: z.int().optional(),
  /** The inbox task that waits for the audit; absent until the filed items have been taken in. */
  taskId: z.string().optional(),
  /** By when the auditors are to complete it: the limit of the first task, then what is expected of the second. */
  auditBy: z.string().optional(),
  /** Who had audited when the time limit passed; empty when nobody had begun. */
  lateAuditors: z.array(z.string()).optional(),
  /** Who audited in any round: they decide nothing later. */
  auditors: z.array(z.string()),
  round: z.int().positive(),
  noticeId: z.string().optional(),
});
export type Claim = z.infer<typeof claimSchema>;

export const claimItemStatuses = [
  'draft',
  'filed',
  'returned',
  'approved',
  'rejected',
  'objected',
  'final',
  'refused',
  'in-payout',
  'accrued',
  'paid',
  'deferred',
  'withdrawn',
] as const;
export type ClaimItemStatus = (typeof claimItemStatuses)[number];

export const claimItemTransitions = defineTransitions<ClaimItemStatus>()({
  file: { from: ['draft', 'returned'], to: 'filed', by: ['provider'], clause: '七-(一)' },
  /** The provider takes an item out again; its voucher may be claimed again. The item stays on record. */
  withdraw: { from: ['draft', 'returned'], to: 'withdrawn', by: ['provider', 'system'], clause: '七-(一)' },
  restore: { from: ['withdrawn'], to: 'draft', by: ['provider'], clause: '七-(一)' },
  approve: { from: ['filed', 'approved', 'rejected', 'returned'], to: 'approved', by: ['auditor'], clause: '七-(一)' },
  reject: { from: ['filed', 'approved', 'rejected', 'returned'], to: 'rejected', by: ['auditor'], clause: '七-(二)' },
  return: { from: ['filed', 'approved', 'rejected', 'returned'], to: 'returned', by: ['auditor'], clause: '七-(一)' },
  suspend: { from: ['approved', 'rejected'], to: 'objected', by: ['system'], clause: '七-(一)' },
  resume: { from: ['objected'], to: 'approved', by: ['system'], clause: '七-(一)' },
  resumeRejected: { from: ['objected'], to: 'rejected', by: ['system'], clause: '七-(一)' },
  finish: { from: ['approved'], to: 'final', by: ['system'], clause: '七-(一)' },
  refuse: {
    from: ['approved', 'rejected', 'objected'],
    to: 'refused',
    by: ['system'],
    clause: '七-(二)',
    ledger: 'active→available',
  },
  collect: { from: ['final'], to: 'in-payout', by: ['system'], clause: '七-(一)' },
  collectDeferred: { from: ['deferred'], to: 'in-payout', by: ['system'], clause: '一-(二)' },
  release: { from: ['in-payout'], to: 'final', by: ['system'], clause: '七-(一)' },
  releaseDeferred: { from: ['in-payout'], to: 'deferred', by: ['system'], clause: '一-(二)' },
  accrue: {
    from: ['in-payout'],
    to: 'accrued',
    by: ['system'],
    clause: '七-(一)',
    ledger: 'active→accrued, unfunded active→deferred; deferred before: deferred→accrued',
  },
  /** Paid as far as the fund had money; the rest is owed and keeps its place in the order of use. */
  defer: { from: ['accrued'], to: 'deferred', by: ['system'], clause: '一-(二)', ledger: 'accrued→paid' },
  /** The bank gave the transfer back: it is owed again, in a payment order of its own. */
  oweAgain: { from: ['paid', 'deferred'], to: 'accrued', by: ['system'], clause: '七-(一)', ledger: 'paid→accrued' },
  pay: { from: ['accrued'], to: 'paid', by: ['system'], clause: '七-(一)', ledger: 'accrued→paid' },
});

export const invoiceSchema = z.strictObject({
  code: z.string(),
  number: z.string(),
  issuedOn: z.string(),
  amount: amountSchema,
  buyerUscc: z.string(),
  sellerUscc: z.string(),
  documentId: z.string(),
});
export const transferSchema = z.strictObject({
  serial: z.string(),
  payerName: z.string(),
  payeeName: z.string(),
  amount: amountSchema,
  paidOn: z.string(),
  documentId: z.string(),
});
export const usageSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  activeUsers: z.int().nonnegative().optional(),
  summary: z.string(),
  documentId: z.string(),
});

/** The audit's word on an item: with reason code; a deduction by severity for quality (clause 七-(二)). */
export const itemAuditSchema = z.strictObject({
  outcome: z.enum(['approve', 'reduce', 'reject', 'return']),
  reasonCode: z.string().optional(),
  severity: z.enum(['minor', 'serious', 'critical']).optional(),
  note: z.string().optional(),
  /** The fee in fen that the evidence supports, where the deduction follows from it. */
  recognisedFee: amountSchema.optional(),
  /** Fen approved; computed, never typed in. */
  approved: amountSchema,
  /** Only for deductions: the last business date on which the provider can be heard (clause 七-(二)). */
  hearingUntil: z.string().optional(),
  auditedBy: z.string(),
  /** Who corrected the amount after an objection; approves no payment of it. */
  correctedBy: z.string().optional(),
  auditedAt: z.int(),
  /** Fields opened again when the item was returned. */
  reasons: z.array(fieldReasonSchema),
});
export type ItemAudit = z.infer<typeof itemAuditSchema>;

/** One voucher of a claim with its evidence. */
export const claimItemSchema = z.strictObject({
  claimId: z.string(),
  id: z.string(),
  ...recordFields,
  status: z.enum(claimItemStatuses),
  providerId: z.string(),
  voucherId: z.string(),
  voucherNumber: z.string(),
  orderId: z.string(),
  enterpriseId: z.string(),
  enterpriseName: z.string(),
  enterpriseUscc: z.string(),
  year: z.int(),
  /** Priority of the voucher (clause 一-(二)). */
  activeAt: z.int(),
  asked: amountSchema,
  invoices: z.array(invoiceSchema).max(10),
  transfers: z.array(transferSchema).max(10),
  usage: usageSchema.optional(),
  contractDocumentId: z.string(),
  findings: z.array(findingSchema),
  audit: itemAuditSchema.optional(),
  /** The provider's answer to a proposed deduction (clause 七-(二): after the provider was heard). */
  hearing: z
    .strictObject({
      statement: z.string(),
      /** Fen that were proposed when the provider was heard; a lower amount needs a new hearing. */
      proposed: amountSchema,
      at: z.int(),
    })
    .optional(),
  /** When the provider corrected a returned item; absent again once it is taken in. */
  correctedAt: z.int().optional(),
  /** Fen to be paid. */
  payable: amountSchema.optional(),
  /** Fen paid so far, of an item that was paid in parts. */
  paid: amountSchema.optional(),
  /** Fen owed that no fund had yet (clause 一-(二), deferral). */
  deferred: amountSchema.optional(),
  payoutId: z.string().optional(),
  openObjectionId: z.string().optional(),
});
export type ClaimItem = z.infer<typeof claimItemSchema>;

/** An auditor's declaration about organisations it is related to: it bars it from their claims. */
export const conflictDeclarationSchema = z.strictObject({
  auditorSub: z.string(),
  ...recordFields,
  organisationIds: z.array(z.string()),
  statement: z.string(),
});
export type ConflictDeclaration = z.infer<typeof conflictDeclarationSchema>;
