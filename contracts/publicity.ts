import * as z from 'zod';
import { phoneSchema } from '../core/identity/phone.ts';
import { noticeStatuses, objectionStatuses } from '../core/publicity/notice.ts';
import { date, idOf, longText, moment, pageOf, pageQuery, shortText, version, yuanText } from './fields.ts';
import { defineCommand, defineRead } from './route.ts';

const noticeId = idOf('ntc');
const objectionId = idOf('obj');
const anyId = z.string().regex(/^[a-z]{3}_[0-9A-Z]{26}$/);
const noticeParams = z.strictObject({ noticeId });
const year = z
  .string()
  .regex(/^20\d\d$/)
  .transform(Number);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What the public reads of a notice: no personal data (clause 一-(二), open). */
export const noticeAnswer = z.strictObject({
  id: noticeId,
  version,
  status: z.enum(noticeStatuses),
  year: z.int(),
  providerName: z.string(),
  edition: z.int(),
  /** The notice whose lines this one corrects. */
  supersedes: noticeId.optional(),
  /** Lines of this notice that were corrected, and the notice that publicises them anew. */
  replaced: z.array(z.strictObject({ claimItemId: z.string(), noticeId })),
  publishedOn: date,
  /** The working days that count. */
  days: z.array(date),
  lastDay: date,
  endsAt: moment,
  provisional: z.boolean(),
  /** Only while provisional: the window may grow, never shrink. */
  note: z.strictObject({ zh: z.string(), en: z.string() }).optional(),
  lineCount: z.int(),
  pageCount: z.int(),
  approvedTotal: yuanText,
  sha256,
  closedAt: moment.optional(),
});

export const noticeLineAnswer = z.strictObject({
  claimItemId: z.string(),
  voucherNumber: z.string(),
  enterpriseName: z.string(),
  enterpriseUscc: z.string(),
  asked: yuanText,
  approved: yuanText,
  outcome: z.enum(['approved', 'reduced', 'rejected']),
  reasonCode: z.string().optional(),
});

export const noticeLinesAnswer = z.strictObject({
  noticeId,
  page: z.int(),
  pageCount: z.int(),
  items: z.array(noticeLineAnswer),
});

export const verificationAnswer = z.strictObject({
  noticeId,
  lineCount: z.int(),
  sha256,
  recomputed: sha256,
  matches: z.boolean(),
  /** How anybody computes it again from the lines. */
  method: z.string(),
});

export const objectionFields = z.strictObject({
  claimItemId: anyId,
  name: shortText,
  phone: phoneSchema,
  grounds: longText,
  documentIds: z.array(anyId).max(10).default([]),
});

/** What an objector is told: never the name or phone that was given. */
export const objectionReceipt = z.strictObject({
  id: objectionId,
  version,
  status: z.enum(objectionStatuses),
  noticeId,
  claimItemId: z.string(),
  /** The objection it is decided together with. */
  joinedTo: objectionId.optional(),
  lodgedAt: moment,
  /** Last day for the decision. */
  dueOn: date,
});

export const objectionAnswer = objectionReceipt.extend({
  claimId: z.string(),
  grounds: z.string(),
  documentIds: z.array(z.string()),
  joined: z.array(z.string()),
  objector: z.strictObject({ name: z.string(), phoneMasked: z.string(), organisationId: z.string().optional() }),
  decision: z
    .strictObject({
      reasonCode: z.string(),
      note: z.string(),
      corrected: yuanText.optional(),
      decidedBy: z.string(),
      decidedAt: moment,
    })
    .optional(),
});

const publicly = { context: 'publicity-api', access: { public: true }, clause: '七-(一)' } as const;
const handling = {
  context: 'publicity-api',
  access: { roles: ['regional-officer', 'finance-officer', 'inspector'] },
  clause: '七-(一)',
} as const;
const objecting = { params: noticeParams, body: objectionFields, answer: objectionReceipt, status: 201 } as const;

export const publicityRoutes = {
  listNotices: defineRead({
    ...publicly,
    operation: 'list-notices',
    path: '/v1/public/notices',
    summary: { zh: '公示列表', en: 'Public notices of a year' },
    query: pageQuery.extend({ year }),
    answer: pageOf(noticeAnswer),
    cacheFor: 60,
  }),
  readNotice: defineRead({
    ...publicly,
    operation: 'read-notice',
    path: '/v1/public/notices/{noticeId}',
    summary: { zh: '公示详情', en: 'A public notice with its window' },
    params: noticeParams,
    answer: noticeAnswer,
    cacheFor: 60,
  }),
  readNoticeLines: defineRead({
    ...publicly,
    operation: 'read-notice-lines',
    path: '/v1/public/notices/{noticeId}/lines',
    summary: { zh: '公示明细', en: 'Lines of a public notice' },
    params: noticeParams,
    query: z.strictObject({
      page: z
        .string()
        .regex(/^[1-9]\d{0,3}$/)
        .default('1')
        .transform(Number),
    }),
    answer: noticeLinesAnswer,
    cacheFor: 300,
  }),
  verifyNotice: defineRead({
    ...publicly,
    operation: 'verify-notice',
    path: '/v1/public/notices/{noticeId}/verification',
    summary: { zh: '公示内容校验', en: 'The hash of a notice, computed again' },
    params: noticeParams,
    answer: verificationAnswer,
    cacheFor: 60,
    // Reads every line of the notice.
    throttle: { rate: 10, burst: 20 },
  }),
  lodgePublicObjection: defineCommand({
    ...publicly,
    ...objecting,
    operation: 'lodge-public-objection',
    method: 'POST',
    path: '/v1/public/notices/{noticeId}/objections',
    summary: { zh: '社会公众提出异议', en: 'Object to a line of a notice' },
    throttle: { rate: 2, burst: 10 },
  }),
  lodgeObjection: defineCommand({
    ...objecting,
    context: 'publicity-api',
    access: { roles: ['enterprise', 'provider', 'person'] },
    clause: '七-(一)',
    operation: 'lodge-objection',
    method: 'POST',
    path: '/v1/notices/{noticeId}/objections',
    summary: { zh: '登录用户提出异议', en: 'Object to a line of a notice, signed in' },
    throttle: { rate: 5, burst: 20 },
  }),
  listObjections: defineRead({
    ...handling,
    operation: 'list-objections',
    path: '/v1/objections',
    summary: { zh: '异议列表', en: 'Objections to a notice' },
    query: pageQuery.extend({ noticeId }),
    answer: pageOf(objectionAnswer),
  }),
  readObjection: defineRead({
    ...handling,
    operation: 'read-objection',
    path: '/v1/objections/{objectionId}',
    summary: { zh: '异议详情', en: 'An objection' },
    params: z.strictObject({ objectionId }),
    answer: objectionAnswer,
  }),
};
