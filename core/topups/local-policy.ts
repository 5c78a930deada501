import * as z from 'zod';
import { namesSchema } from '../actors/names.ts';
import { categorySchema } from '../catalogue/kinds.ts';
import { recordFields } from '../lifecycle/record.ts';
import { defineTransitions } from '../lifecycle/transition.ts';
import { amountSchema, ratioSchema } from '../money/money.ts';
import { jurisdictionSchema } from '../registry/jurisdictions.ts';

/** What a top-up is a share of: the fee of the lines that the voucher supports, or the voucher itself. */
export const topUpBases = ['fee', 'voucher'] as const;

/** What a jurisdiction adds to regional vouchers of a year, as it is written and published (clauses 一-(三), 八-(一)). */
export const localTermsSchema = z.strictObject({
  name: z.strictObject({ zh: z.string(), en: z.string() }),
  basis: z.enum(topUpBases),
  ratio: ratioSchema,
  categories: z.array(categorySchema).min(1),
  /** Fen per order at most. */
  orderMaximum: amountSchema,
  /** Fen per enterprise and year at most. */
  enterpriseMaximum: amountSchema,
  /** 1 is granted first and trimmed last. */
  priority: z.int().positive(),
  /** Fen the jurisdiction has set aside. */
  fund: amountSchema,
});
export type LocalTerms = z.infer<typeof localTermsSchema>;

export const localPolicyStatuses = ['draft', 'in-force', 'ended'] as const;
export type LocalPolicyStatus = (typeof localPolicyStatuses)[number];

export const localPolicyTransitions = defineTransitions<LocalPolicyStatus>()({
  revise: { from: ['draft'], to: 'draft', by: ['city-reviewer'], clause: '一-(三)' },
  enact: {
    from: ['draft'],
    to: 'in-force',
    by: ['city-reviewer', 'regional-officer'],
    clause: '八-(一)',
    ledger: 'local fund: appropriation→available',
  },
  /** No new top-ups; what was granted stays. */
  end: { from: ['in-force'], to: 'ended', by: ['city-reviewer', 'regional-officer'], clause: '八-(一)' },
});

/** A policy of a jurisdiction for a year: drafted by one person, put into force by another, published from then on. */
export const localPolicySchema = z.strictObject({
  id: z.string(),
  ...recordFields,
  status: z.enum(localPolicyStatuses),
  jurisdiction: jurisdictionSchema,
  year: z.int(),
  terms: localTermsSchema,
  /** Everybody who wrote a part of it: none of them may put it into force. */
  drafters: z.array(z.string()).min(1),
  enactedAt: z.int().optional(),
  enactedBy: z.string().optional(),
  endedAt: z.int().optional(),
  endedBy: z.string().optional(),
  endReason: z.string().optional(),
  /** Who took part, by name. */
  names: namesSchema.optional(),
});
export type LocalPolicy = z.infer<typeof localPolicySchema>;

export const publishedLocalPolicySchema = z.strictObject({
  id: z.string(),
  terms: localTermsSchema,
  enactedAt: z.int(),
  endedAt: z.int().optional(),
});
export type PublishedLocalPolicy = z.infer<typeof publishedLocalPolicySchema>;

/**
 * What a jurisdiction has published for a year, in one record: a signature reads it with everything else, and holds only
 * while it stays as it was read.
 */
export const localSchemeSchema = z.strictObject({
  jurisdiction: jurisdictionSchema,
  year: z.int(),
  ...recordFields,
  policies: z.array(publishedLocalPolicySchema),
});
export type LocalScheme = z.infer<typeof localSchemeSchema>;

/** The policies under which top-ups are granted now, first the one that is trimmed last. */
export const inForce = (scheme: Pick<LocalScheme, 'policies'> | undefined): PublishedLocalPolicy[] =>
  (scheme?.policies ?? [])
    .filter(({ endedAt }) => endedAt === undefined)
    .sort((a, b) => a.terms.priority - b.terms.priority);
