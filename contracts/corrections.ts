import * as z from 'zod';
import { correctionReasonSchema, correctionStatuses } from '../core/ledger/correction.ts';
import { departments } from '../core/policy/plan.ts';
import { moment, pageOf, pageQuery, peopleNames, shortText, version, yuan, yuanText } from './fields.ts';
import { journalEntry, yearParams } from './plan.ts';
import { defineCommand, defineRead } from './route.ts';

/** What was corrected of one entry of the journal, and what is proposed. */
export const correctionAnswer = z.strictObject({
  year: z.int(),
  postingId: z.string(),
  version,
  status: z.enum(correctionStatuses),
  reason: z.string(),
  moved: yuanText,
  corrected: yuanText,
  amount: yuanText,
  reasonCode: correctionReasonSchema,
  note: z.string(),
  proposedBy: z.string(),
  proposedAt: moment,
  approvals: z.array(z.strictObject({ department: z.enum(departments), sub: z.string(), at: moment })),
  names: peopleNames,
  /** Entries that corrected it so far. */
  postings: z.array(z.string()),
});

export const postingAnswer = z.strictObject({ posting: journalEntry, correction: correctionAnswer.optional() });

const postingParams = yearParams.extend({ postingId: z.string().regex(/^led_\w{1,200}$/) });
const overseers = ['regional-officer', 'finance-officer', 'inspector'] as const;
const context = 'plan-api';
const clause = '一-(二)';

export const correctionRoutes = {
  readPosting: defineRead({
    operation: 'read-posting',
    context,
    path: '/v1/funds/{year}/postings/{postingId}',
    summary: { zh: '一笔分录及其冲正情况', en: 'An entry of the journal, with what was corrected of it' },
    clause,
    access: { roles: overseers },
    params: postingParams,
    answer: postingAnswer,
  }),
  listCorrections: defineRead({
    operation: 'list-corrections',
    context,
    path: '/v1/funds/{year}/corrections',
    summary: { zh: '年度台账的冲正事项', en: "Corrections of a year's journal, proposed and posted" },
    clause,
    access: { roles: overseers },
    params: yearParams,
    query: pageQuery,
    answer: pageOf(correctionAnswer),
  }),
  proposeCorrection: defineCommand({
    operation: 'propose-correction',
    context,
    method: 'POST',
    path: '/v1/funds/{year}/postings/{postingId}/corrections',
    summary: { zh: '提出冲正一笔分录', en: 'Propose to correct an entry of the journal by its opposite' },
    clause,
    access: { roles: ['finance-officer'] },
    params: postingParams,
    body: z.strictObject({
      /** All of it that is not corrected yet without it. */
      amount: yuan.optional(),
      reasonCode: correctionReasonSchema,
      note: shortText,
    }),
    answer: correctionAnswer,
    status: 201,
  }),
  decideCorrection: defineCommand({
    operation: 'decide-correction',
    context,
    method: 'POST',
    path: '/v1/funds/{year}/postings/{postingId}/corrections/decision',
    summary: {
      zh: '同意或不同意冲正（两部门各一人，均不得为提出人）',
      en: 'Approve or refuse a correction: one person of each department, neither the proposer',
    },
    clause,
    access: { roles: ['regional-officer', 'finance-officer'] },
    params: postingParams,
    body: z.strictObject({ outcome: z.enum(['approve', 'refuse']), note: shortText }),
    answer: correctionAnswer,
    ifMatch: true,
  }),
};
