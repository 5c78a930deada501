import * as z from 'zod';
import { recordFields } from '../lifecycle/record.ts';
import { defineTransitions } from '../lifecycle/transition.ts';
import { amountSchema } from '../money/money.ts';

export const noticeStatuses = ['open', 'closed'] as const;
export type NoticeStatus = (typeof noticeStatuses)[number];

export const noticeTransitions = defineTransitions<NoticeStatus>()({
  close: { from: ['open'], to: 'closed', by: ['system'], clause: '七-(一)' },
  extend: { from: ['open'], to: 'open', by: ['system'], clause: '七-(一)' },
});

/** A line of the public snapshot: an allow-list, no personal data. */
export const noticeLineSchema = z.strictObject({
  claimItemId: z.string(),
  voucherNumber: z.string(),
  enterpriseName: z.string(),
  enterpriseUscc: z.string(),
  asked: amountSchema,
  approved: amountSchema,
  outcome: z.enum(['approved', 'reduced', 'rejected']),
  reasonCode: z.string().optional(),
});
export type NoticeLine = z.infer<typeof noticeLineSchema>;

/** A published snapshot with an objection window of at least five working days. The snapshot never changes. */
export const noticeSchema = z.strictObject({
  id: z.string(),
  ...recordFields,
  status: z.enum(noticeStatuses),
  claimId: z.string(),
  providerId: z.string(),
  providerName: z.string(),
  year: z.int(),
  /** 1, or higher when it publicises the corrected items of another notice anew. */
  edition: z.int().positive(),
  /** The notice whose lines it corrects; that one stays readable. */
  supersedes: z.string().optional(),
  /** Lines of this notice that were corrected after an objection, and the notice that publicises them anew. */
  replaced: z.array(z.strictObject({ claimItemId: z.string(), noticeId: z.string() })),
  publishedOn: z.string(),
  publishedAt: z.int(),
  workingDays: z.int().min(5),
  /** The working days that count, in order (the day of publication is none of them). */
  days: z.array(z.string()).min(5),
  lastDay: z.string(),
  /** 24:00 of the last day, epoch ms. */
  endsAt: z.int(),
  /** True while the State Council has not announced the holidays of a year in the window: it may grow, never shrink. */
  provisional: z.boolean(),
  lineCount: z.int(),
  approvedTotal: amountSchema,
  /** SHA-256 over the snapshot's lines in order. */
  sha256: z.string(),
  closedAt: z.int().optional(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** A page of a notice's snapshot (at most 100 lines). */
export const noticePageSchema = z.strictObject({
  noticeId: z.string(),
  page: z.int().positive(),
  ...recordFields,
  lines: z.array(noticeLineSchema).max(100),
});
export type NoticePage = z.infer<typeof noticePageSchema>;

/** Further objections that one decision covers, within one transaction. */
export const MOST_JOINED = 20;

export const objectionStatuses = ['open', 'upheld', 'dismissed'] as const;
export type ObjectionStatus = (typeof objectionStatuses)[number];

export const objectionTransitions = defineTransitions<ObjectionStatus>()({
  uphold: { from: ['open'], to: 'upheld', by: ['system'], clause: '七-(一)' },
  dismiss: { from: ['open'], to: 'dismissed', by: ['system'], clause: '七-(一)' },
});

/** An objection to one line of a notice; it suspends that item only. */
export const objectionSchema = z.strictObject({
  id: z.string(),
  ...recordFields,
  status: z.enum(objectionStatuses),
  noticeId: z.string(),
  claimId: z.string(),
  claimItemId: z.string(),
  grounds: z.string(),
  /** Further objections to the same item, decided together with this one. */
  joined: z.array(z.string()).max(MOST_JOINED),
  /** The objection that this one is decided with. */
  joinedTo: z.string().optional(),
  documentIds: z.array(z.string()).max(10),
  /** Who objects: never public. */
  objector: z.strictObject({ name: z.string(), phone: z.string(), organisationId: z.string().optional() }),
  dueOn: z.string(),
  decision: z
    .strictObject({
      reasonCode: z.string(),
      note: z.string(),
      corrected: amountSchema.optional(),
      decidedBy: z.string(),
      decidedAt: z.int(),
    })
    .optional(),
});
export type Objection = z.infer<typeof objectionSchema>;
