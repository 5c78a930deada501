import * as z from 'zod';
import type { Role } from '../actors/actor.ts';
import { namesSchema } from '../actors/names.ts';
import { businessDateSchema } from '../calendar/business-date.ts';
import { categorySchema } from '../catalogue/kinds.ts';
import { recordFields } from '../lifecycle/record.ts';
import { defineTransitions } from '../lifecycle/transition.ts';
import { amountSchema, ratioSchema } from '../money/money.ts';
import { quotaParameters } from './quotas.ts';

/** Everything the policy leaves open, with the defaults of the mission; versioned data of the plan, never a constant in code. */
export const planParametersSchema = z.strictObject({
  taxBasis: z.enum(['included', 'excluded']).default('included'),
  /** Fen an enterprise may receive per year over all orders and providers (clause 五-(三)). */
  yearlyCap: amountSchema,
  /** Fen the enterprise pays itself at least, per order (clause 一-(三)). */
  ownShareFloor: amountSchema,
  /** Days after the contract's end until a voucher expires. */
  voucherValidityDays: z.int().min(0).max(3650).default(60),
  /** Working days from reservation to a signed contract. */
  reservationWorkingDays: z.int().min(1).max(60).default(10),
  /** MM-DD, inclusive, of the plan's year (clause 七-(一)). */
  claimWindow: z
    .strictObject({ from: z.string().regex(/^\d\d-\d\d$/), to: z.string().regex(/^\d\d-\d\d$/) })
    .default({ from: '11-01', to: '12-31' }),
  reviewWorkingDays: z.int().min(1).max(60).default(5),
  /** Never fewer than five (clause 七-(一)). */
  publicityWorkingDays: z.int().min(5).max(60).default(5),
  objectionWorkingDays: z.int().min(1).max(60).default(10),
  /** How far above the market price a price may be, as a ratio; "0" by default (clauses 三-(二), 七-(二)). */
  marketPriceTolerance: z
    .string()
    .regex(/^\d(\.\d{1,4})?$/)
    .default('0'),
  /** Share of the item deducted by severity of a quality problem (clause 七-(二)). */
  qualityDeductions: z
    .strictObject({ minor: ratioSchema, serious: ratioSchema, critical: ratioSchema })
    .default({ minor: '0.1', serious: '0.5', critical: '1' }),
  renewalOfSameService: z.enum(['if-periods-do-not-overlap', 'never']).default('if-periods-do-not-overlap'),
  carryOverYears: z.int().min(0).max(10).default(2),
  dishonestyYears: z.int().min(1).max(10).default(3),
  /** Days from a contract's first to its last day at most (clause 六). */
  longestContractDays: z.int().min(1).max(3660).default(1096),
  /** From which change of price on, as a ratio, a new version of an offering is pointed out to its reviewer (clause 三-(二)). */
  priceChangeNotice: ratioSchema.default('0.2'),
  /** Days after which evidence of a market price is pointed out as old (clause 三-(二)). */
  marketEvidenceDays: z.int().min(1).max(3650).default(180),
  ...quotaParameters,
});
export type PlanParameters = z.infer<typeof planParametersSchema>;

/** One line of the plan: a category with its ratio and its two limits (clause 五-(一), 五-(二)). One spec per category. */
export const voucherSpecSchema = z.strictObject({
  id: z.string(),
  category: categorySchema,
  ratio: ratioSchema,
  /** Fen of vouchers at most. */
  amount: amountSchema,
  /** Vouchers at most. */
  count: z.int().positive(),
});
export type VoucherSpec = z.infer<typeof voucherSpecSchema>;

export const planStatuses = ['draft', 'co-signed', 'open', 'closed'] as const;
export type PlanStatus = (typeof planStatuses)[number];

export const planTransitions = defineTransitions<PlanStatus>()({
  revise: { from: ['draft'], to: 'draft', by: ['regional-officer'], clause: '五-(一)' },
  sign: { from: ['draft'], to: 'draft', by: ['regional-officer', 'finance-officer'], clause: '五-(一)' },
  coSign: { from: ['draft'], to: 'co-signed', by: ['regional-officer', 'finance-officer'], clause: '五-(一)' },
  open: {
    from: ['co-signed'],
    to: 'open',
    by: ['regional-officer', 'finance-officer'],
    clause: '五-(一)',
    ledger: 'appropriation→available',
  },
  proposeAppropriation: { from: ['open'], to: 'open', by: ['regional-officer', 'finance-officer'], clause: '一-(二)' },
  confirmAppropriation: {
    from: ['open'],
    to: 'open',
    by: ['regional-officer', 'finance-officer'],
    clause: '一-(二)',
    ledger: 'appropriation→available, or back',
  },
  applyVersion: { from: ['open'], to: 'open', by: ['regional-officer', 'finance-officer'], clause: '五-(一)' },
  close: { from: ['open'], to: 'closed', by: ['system'], clause: '一-(二)' },
});

export const departments = ['industry', 'finance'] as const;
export type Department = (typeof departments)[number];

/** The department that a person of this role signs for. */
export const departmentOf = (role: Role): Department | undefined =>
  role === 'regional-officer' ? 'industry' : role === 'finance-officer' ? 'finance' : undefined;

/** A department's signature under the plan, by one person (clause 五-(一)). */
export const signatureSchema = z.strictObject({
  department: z.enum(departments),
  sub: z.string(),
  at: z.int(),
});
export type Signature = z.infer<typeof signatureSchema>;

/** A change of the appropriation during the year, as one department proposed it; the other has to confirm it. */
export const appropriationChangeSchema = z.strictObject({
  /** Fen appropriated from then on. */
  to: amountSchema,
  reason: z.string(),
  department: z.enum(departments),
  sub: z.string(),
  at: z.int(),
});

/** The last change of the appropriation that counts: what it was before, who proposed it, and who confirmed it. */
export const confirmedChangeSchema = appropriationChangeSchema.extend({
  from: amountSchema,
  confirmedBy: z.string(),
  confirmedAt: z.int(),
});

/** What a published later version says, from its first day on. Amounts and counts grow at once: they are the plan's own. */
export const comingTermsSchema = z.strictObject({
  policyVersion: z.int().positive(),
  /** First business date of orders that pin it. */
  appliesFrom: z.string(),
  parameters: planParametersSchema,
  specs: z.array(voucherSpecSchema.pick({ id: true, ratio: true })),
});

/** The annual plan: policy as data. Drafted, signed by both departments, opened (published). */
export const planSchema = z.strictObject({
  year: z.int().min(2019).max(2100),
  ...recordFields,
  status: z.enum(planStatuses),
  /** Version of the policy that orders pin; grows with each opened revision. */
  policyVersion: z.int().positive(),
  title: z.string(),
  /** Fen appropriated for the year. */
  appropriation: amountSchema,
  parameters: planParametersSchema,
  specs: z.array(voucherSpecSchema).min(1).max(3),
  signatures: z.array(signatureSchema),
  draftedBy: z.string(),
  openedAt: z.int().optional(),
  openedBy: z.string().optional(),
  appropriationChange: appropriationChangeSchema.optional(),
  confirmedChange: confirmedChangeSchema.optional(),
  /** Who took part, by name. */
  names: namesSchema.optional(),
  /** Published versions that were still to come when the last one was published, the earliest first. */
  coming: z.array(comingTermsSchema).optional(),
});
export type Plan = z.infer<typeof planSchema>;

/** Overrides of the working-day calendar by date, as announced (a record of its own, one per year). */
export const calendarOverridesSchema = z.strictObject({
  year: z.int(),
  ...recordFields,
  /** Whether the State Council's arrangement of the year is complete. */
  complete: z.boolean(),
  days: z.record(businessDateSchema, z.enum(['workday', 'holiday'])),
});
export type CalendarOverrides = z.infer<typeof calendarOverridesSchema>;
