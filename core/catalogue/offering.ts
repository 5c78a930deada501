import * as z from 'zod';
import { recordFields } from '../lifecycle/record.ts';
import { defineTransitions } from '../lifecycle/transition.ts';
import { amountSchema } from '../money/money.ts';
import { fieldReasonSchema, findingSchema } from '../registry/certification.ts';
import { categorySchema, kindSchema } from './kinds.ts';

export const priceUnits = ['month', 'year', 'user-month', 'user-year', 'once'] as const;
export type PriceUnit = (typeof priceUnits)[number];

export const offeringStatuses = ['draft', 'published', 'withdrawn'] as const;
export type OfferingStatus = (typeof offeringStatuses)[number];

/** Withdrawal is for good: orders pin their version, and who offers the service again is reviewed again. */
export const offeringTransitions = defineTransitions<OfferingStatus>()({
  publish: { from: ['draft', 'published'], to: 'published', by: ['system'], clause: '三-(二)' },
  withdraw: { from: ['draft', 'published'], to: 'withdrawn', by: ['provider'], clause: '三-(二)' },
});

/** A catalogue entry of a provider; what it offers is in its versions. */
export const offeringSchema = z.strictObject({
  id: z.string(),
  ...recordFields,
  providerId: z.string(),
  providerName: z.string(),
  status: z.enum(offeringStatuses),
  /** The version that is public and can be ordered. */
  publishedNumber: z.int().optional(),
  latestNumber: z.int(),
  /** Of the published version, for the public list. */
  listing: z
    .strictObject({
      name: z.string(),
      kind: kindSchema,
      category: categorySchema,
      price: amountSchema,
      priceUnit: z.enum(priceUnits),
      voucherSupported: z.boolean(),
    })
    .optional(),
});
export type Offering = z.infer<typeof offeringSchema>;

export const offeringVersionStatuses = [
  'draft',
  'in-review',
  'returned',
  'published',
  'superseded',
  'rejected',
  'withdrawn',
] as const;
export type OfferingVersionStatus = (typeof offeringVersionStatuses)[number];

export const offeringVersionTransitions = defineTransitions<OfferingVersionStatus>()({
  edit: { from: ['draft'], to: 'draft', by: ['provider'], clause: '三-(二)' },
  correct: { from: ['returned'], to: 'returned', by: ['provider'], clause: '三-(二)' },
  submit: { from: ['draft', 'returned'], to: 'in-review', by: ['provider'], clause: '三-(二)' },
  publish: { from: ['in-review'], to: 'published', by: ['system'], clause: '三-(二)' },
  return: { from: ['in-review'], to: 'returned', by: ['system'], clause: '三-(二)' },
  reject: { from: ['in-review'], to: 'rejected', by: ['system'], clause: '三-(二)' },
  supersede: { from: ['published'], to: 'superseded', by: ['system'], clause: '三-(二)' },
  withdraw: {
    from: ['published', 'draft', 'returned', 'in-review'],
    to: 'withdrawn',
    by: ['provider'],
    clause: '三-(二)',
  },
});

/** A reviewed version of an offering; orders pin it (clause 三-(二)). */
export const offeringVersionSchema = z.strictObject({
  offeringId: z.string(),
  number: z.int().positive(),
  ...recordFields,
  providerId: z.string(),
  status: z.enum(offeringVersionStatuses),
  name: z.string(),
  description: z.string(),
  kind: kindSchema,
  category: categorySchema,
  price: amountSchema,
  priceUnit: z.enum(priceUnits),
  /** The flag of clause 三-(二): whether vouchers may be used. */
  voucherSupported: z.boolean(),
  marketPrice: z.strictObject({
    price: amountSchema,
    source: z.string(),
    observedOn: z.string(),
    documentId: z.string(),
  }),
  findings: z.array(findingSchema),
  reasons: z.array(fieldReasonSchema),
  /** The review of the last submission: its execution, and the task that is open or was decided last. */
  review: z
    .strictObject({
      execution: z.string(),
      submittedAt: z.int(),
      submittedBy: z.string(),
      taskId: z.string().optional(),
      /** By when whoever has it is to decide: the limit of the first review, then what is expected of the second. */
      decideBy: z.string().optional(),
    })
    .optional(),
  reviewedBy: z.string().optional(),
  publishedAt: z.int().optional(),
});
export type OfferingVersion = z.infer<typeof offeringVersionSchema>;

/** What a provider writes of a version; its category follows from its kind. */
export type OfferingContent = Pick<
  OfferingVersion,
  'name' | 'description' | 'kind' | 'price' | 'priceUnit' | 'voucherSupported' | 'marketPrice'
>;
