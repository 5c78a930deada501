import * as z from 'zod';
import { categorySchema, kindSchema } from '../catalogue/kinds.ts';
import { recordFields } from '../lifecycle/record.ts';
import { defineTransitions } from '../lifecycle/transition.ts';
import { amountSchema, ratioSchema } from '../money/money.ts';
import { planParametersSchema, voucherSpecSchema } from '../policy/plan.ts';
import { findingSchema } from '../registry/certification.ts';
import { placeSchema } from './place.ts';

/** A step of a derivation, with the rule and clause that justify it: part of the decision receipt. */
export const traceStepSchema = z.strictObject({
  rule: z.string(),
  clause: z.string(),
  /** Figures named by the rule's sentence, formatted in yuan. */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Fen allowed after this step. */
  amount: amountSchema,
});
export type TraceStep = z.infer<typeof traceStepSchema>;

/** Part of a voucher or a reservation: one per spec of the plan. */
export const entitlementPartSchema = z.strictObject({
  specId: z.string(),
  category: categorySchema,
  ratio: ratioSchema,
  fee: amountSchema,
  amount: amountSchema,
});
export type EntitlementPart = z.infer<typeof entitlementPartSchema>;

export const entitlementSchema = z.strictObject({
  amount: amountSchema,
  parts: z.array(entitlementPartSchema),
  trace: z.array(traceStepSchema),
  /** The rule that set the amount. */
  limitedBy: z.string(),
});
export type Entitlement = z.infer<typeof entitlementSchema>;

/**
 * What an order is decided by, as it stood when it was placed: a later revision of the plan changes nothing for it
 * (clause 五-(一)). What is left of fund, specs and cap is never pinned.
 */
export const pinnedPolicySchema = z.strictObject({
  policyVersion: z.int().positive(),
  parameters: planParametersSchema.pick({
    yearlyCap: true,
    ownShareFloor: true,
    voucherValidityDays: true,
    renewalOfSameService: true,
    claimWindow: true,
    jurisdictionQuotas: true,
    providerQuota: true,
  }),
  specs: z.array(voucherSpecSchema.pick({ id: true, category: true, ratio: true })),
});
export type PinnedPolicy = z.infer<typeof pinnedPolicySchema>;

/** What the enterprise chose: no voucher, some, or the most it is entitled to (clause 六). */
export const voucherChoiceSchema = z.discriminatedUnion('use', [
  z.strictObject({ use: z.literal('none') }),
  z.strictObject({ use: z.literal('amount'), amount: amountSchema }),
  z.strictObject({ use: z.literal('maximum') }),
]);
export type VoucherChoice = z.infer<typeof voucherChoiceSchema>;

/** A line of the contract: list price − provider discount = fee (clause 一-(三)); the ratio applies to the fee (五-(二)). */
export const contractLineSchema = z.strictObject({
  kind: kindSchema,
  description: z.string(),
  listPrice: amountSchema,
  discount: amountSchema,
  fee: amountSchema,
});
export type ContractLine = z.infer<typeof contractLineSchema>;

export const contractSchema = z.strictObject({
  number: z.string(),
  lines: z.array(contractLineSchema).min(1).max(50),
  listPrice: amountSchema,
  discount: amountSchema,
  fee: amountSchema,
  startsOn: z.string(),
  endsOn: z.string(),
  documentId: z.string(),
  /** SHA-256 of the contract file: the voucher is bound to it (clause 一-(二), named). */
  sha256: z.string(),
  answeredAt: z.int(),
});
export type Contract = z.infer<typeof contractSchema>;

/** Of a kind's days in the contract, how many no earlier voucher subsidises. */
export const serviceDaysSchema = z.strictObject({
  kind: kindSchema,
  days: z.int().positive(),
  fresh: z.int().nonnegative(),
});

export const orderStatuses = [
  'placed',
  'answered',
  'declined',
  'cancelled',
  'lapsed',
  'signed',
  'delivered',
  'partly-performed',
  'not-performed',
] as const;
export const orderStatusSchema = z.enum(orderStatuses);
export type OrderStatus = z.infer<typeof orderStatusSchema>;

export const orderTransitions = defineTransitions<OrderStatus>()({
  answer: { from: ['placed', 'answered'], to: 'answered', by: ['provider'], clause: '六' },
  decline: {
    from: ['placed', 'answered'],
    to: 'declined',
    by: ['provider'],
    clause: '六',
    ledger: 'reserved→available',
  },
  cancel: {
    from: ['placed', 'answered'],
    to: 'cancelled',
    by: ['enterprise'],
    clause: '六',
    ledger: 'reserved→available',
  },
  lapse: { from: ['placed', 'answered'], to: 'lapsed', by: ['system'], clause: '六', ledger: 'reserved→available' },
  sign: { from: ['answered'], to: 'signed', by: ['enterprise'], clause: '六', ledger: 'reserved→active' },
  confirmDelivery: { from: ['signed'], to: 'delivered', by: ['enterprise'], clause: '六' },
  confirmPartDelivery: {
    from: ['signed'],
    to: 'partly-performed',
    by: ['enterprise'],
    clause: '六',
    ledger: 'active→available (undelivered part)',
  },
  reportNotPerformed: {
    from: ['signed'],
    to: 'not-performed',
    by: ['enterprise'],
    clause: '六',
    ledger: 'active→available',
  },
});

/** An enterprise's purchase, with the signed contract behind it. */
export const orderSchema = z.strictObject({
  id: z.string(),
  ...recordFields,
  status: orderStatusSchema,
  enterpriseId: z.string(),
  enterpriseName: z.string(),
  enterpriseUscc: z.string(),
  jurisdiction: z.string(),
  providerId: z.string(),
  providerName: z.string(),
  offeringId: z.string(),
  offeringNumber: z.int(),
  offeringName: z.string(),
  kind: kindSchema,
  category: categorySchema,
  quantity: z.int().positive(),
  /** Estimated fee: price × quantity of the pinned version. */
  estimatedFee: amountSchema,
  wantedFrom: z.string(),
  wantedTo: z.string(),
  choice: voucherChoiceSchema,
  planYear: z.int(),
  policyVersion: z.int(),
  /** What its voucher is computed by; absent without a voucher. */
  policy: pinnedPolicySchema.optional(),
  /** What was reserved at placing, until `reservedUntil` (inclusive business date); absent without a voucher. */
  reservation: entitlementSchema.optional(),
  reservedUntil: z.string().optional(),
  /** Its place in the waiting list, while fund or spec have too little for all of what was chosen. */
  waiting: placeSchema.optional(),
  contract: contractSchema.optional(),
  voucherId: z.string().optional(),
  signedAt: z.int().optional(),
  /** Delivered fee, when it was confirmed. */
  deliveredFee: amountSchema.optional(),
  /** The same per line of the contract, after part performance. */
  deliveredLines: z.array(amountSchema).optional(),
  deliveryDocumentId: z.string().optional(),
  deliveredAt: z.int().optional(),
  endReason: z.string().optional(),
  /** Days of each kind of the contract that overlapped with earlier vouchers when it was signed (clause 五-(三)). */
  serviceDays: z.array(serviceDaysSchema).optional(),
  /** Noticed by a rule, for a person to judge at redemption (clause 五-(三)). */
  findings: z.array(findingSchema).optional(),
});
export type Order = z.infer<typeof orderSchema>;
