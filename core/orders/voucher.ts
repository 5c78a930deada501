import * as z from 'zod';
import { recordFields } from '../lifecycle/record.ts';
import { defineTransitions } from '../lifecycle/transition.ts';
import { amountSchema } from '../money/money.ts';
import { quotasSchema } from '../policy/quotas.ts';
import { topUpSchema } from '../topups/top-up.ts';
import { entitlementPartSchema, traceStepSchema } from './order.ts';

/**
 * `active` (contract signed) → `used` (delivery confirmed) → `claimed` → `payable` (both departments approved) →
 * `redeemed` (the bank paid). Ends without payment: `void` (contract not performed), `expired`, `refused` (the claim
 * item came to 0). Paid and taken back as a whole: `recovered`. A voucher is never transferred: there is no such
 * transition (clause 一-(二)).
 */
export const voucherStatuses = [
  'active',
  'used',
  'claimed',
  'payable',
  'redeemed',
  'recovered',
  'refused',
  'void',
  'expired',
] as const;
export const voucherStatusSchema = z.enum(voucherStatuses);
export type VoucherStatus = z.infer<typeof voucherStatusSchema>;

export const voucherTransitions = defineTransitions<VoucherStatus>()({
  use: { from: ['active'], to: 'used', by: ['enterprise'], clause: '六' },
  void: { from: ['active'], to: 'void', by: ['enterprise'], clause: '六', ledger: 'active→available' },
  expire: { from: ['active', 'used'], to: 'expired', by: ['system'], clause: '六', ledger: 'active→available' },
  /** It was put into a claim that was not filed in its window. */
  expireUnfiled: { from: ['claimed'], to: 'expired', by: ['system'], clause: '七-(一)', ledger: 'active→available' },
  claim: { from: ['used'], to: 'claimed', by: ['provider'], clause: '七-(一)' },
  unclaim: { from: ['claimed'], to: 'used', by: ['provider'], clause: '七-(一)' },
  refuse: { from: ['claimed'], to: 'refused', by: ['system'], clause: '七-(二)', ledger: 'active→available' },
  accrue: {
    from: ['claimed'],
    to: 'payable',
    by: ['system'],
    clause: '七-(一)',
    ledger: 'active→accrued, deduction active→available',
  },
  redeem: { from: ['payable'], to: 'redeemed', by: ['system'], clause: '七-(一)', ledger: 'accrued→paid' },
  /** The same, when all of it had been taken back while the bank had returned the transfer. */
  redeemRecovered: { from: ['payable'], to: 'recovered', by: ['system'], clause: '七-(一)', ledger: 'accrued→paid' },
  /** The bank gave the transfer back: it is owed again. */
  oweAgain: {
    from: ['redeemed', 'recovered', 'payable'],
    to: 'payable',
    by: ['system'],
    clause: '七-(一)',
    ledger: 'paid→accrued',
  },
  /** All that was paid for it came back. */
  recover: {
    from: ['redeemed'],
    to: 'recovered',
    by: ['finance-officer', 'system'],
    clause: '八-(三)',
    ledger: 'recovered→available',
  },
});

/** Vouchers that count against the yearly cap: the enterprise had, has or may have the benefit (clause 五-(三)). */
export const capCountingStatuses: readonly VoucherStatus[] = [
  'active',
  'used',
  'claimed',
  'payable',
  'redeemed',
  'recovered',
  'refused',
];

/** The electronic, named, non-transferable certificate. Its face value is computed, never typed in. */
export const voucherSchema = z.strictObject({
  id: z.string(),
  ...recordFields,
  status: voucherStatusSchema,
  /** Number people see: year, spec and a running part of the id. */
  number: z.string(),
  /** Year of use: what it counts against (clause 五-(三)). */
  year: z.int(),
  /** Year whose fund backs it, once a year-end moved its money (clause 一-(二)); until then the year of use. */
  fundYear: z.int().optional(),
  policyVersion: z.int(),
  enterpriseId: z.string(),
  enterpriseName: z.string(),
  enterpriseUscc: z.string(),
  jurisdiction: z.string(),
  providerId: z.string(),
  providerName: z.string(),
  orderId: z.string(),
  contractSha256: z.string(),
  /** Fen: what the enterprise pays less, after part performance. */
  face: amountSchema,
  /** Fen at issue. */
  issuedFace: amountSchema,
  parts: z.array(entitlementPartSchema),
  /** Priority: server time of activation (clause 一-(二), first used, first subsidised). */
  activeAt: z.int(),
  /** Last business date on which it may be claimed. */
  expiresOn: z.string(),
  /** The derivation, kept as the decision receipt. */
  receipt: z.array(traceStepSchema),
  /** What policies of the enterprise's jurisdiction add (clause 一-(三)); absent where it has none. Never part of `face`. */
  localTopUps: z.array(topUpSchema).optional(),
  /** What it counts against beside spec and cap; absent where its plan sets no quota for it. */
  quotas: quotasSchema.optional(),
  claimId: z.string().optional(),
  claimItemId: z.string().optional(),
  /** Fen to be paid after audit and deductions. */
  payable: amountSchema.optional(),
  /** Fen paid so far, while a part is deferred. */
  paid: amountSchema.optional(),
  /** Fen owed that no fund had yet (clause 一-(二), deferral). */
  deferred: amountSchema.optional(),
  /** What each year's fund paid of it, when it was paid in parts. */
  paidFrom: z.array(z.strictObject({ year: z.int(), amount: amountSchema })).optional(),
  paidAt: z.int().optional(),
  /** How often the bank gave a transfer of it back. */
  bankReturns: z.int().positive().optional(),
  /** Fen in recoveries, proposed or confirmed: never more than was paid (clause 八-(三)). */
  reclaimed: amountSchema.optional(),
  /** Fen of it that came back to the fund (clause 一-(二)). */
  recovered: amountSchema.optional(),
  /** The same by the year of the fund that it came back to. */
  recoveredTo: z.array(z.strictObject({ year: z.int(), amount: amountSchema })).optional(),
  endReason: z.string().optional(),
});
export type Voucher = z.infer<typeof voucherSchema>;

/** The year in whose fund the money of a voucher stands. */
export const fundYearOf = ({ year, fundYear }: Pick<Voucher, 'year' | 'fundYear'>): number => fundYear ?? year;
