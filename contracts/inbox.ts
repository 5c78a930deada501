import * as z from 'zod';
import { reviewReasonCodes } from '../core/inbox/reason-codes.ts';
import { takeOverReasonCodes } from '../core/inbox/take-over-reasons.ts';
import { decidingRoles, taskKindSchema, taskStatuses } from '../core/inbox/task.ts';
import {
  date,
  fieldReason,
  flag,
  idOf,
  jurisdiction,
  moment,
  pageOf,
  pageQuery,
  plainText,
  trailEntry,
  version,
  yuan,
} from './fields.ts';
import { defineCommand, defineRead } from './route.ts';

const context = 'inbox-api' as const;
const readers = [...decidingRoles, 'inspector'] as const;
const taskId = z.strictObject({ taskId: idOf('tsk') });
const reasonCode = z.enum(Object.keys(reviewReasonCodes) as (keyof typeof reviewReasonCodes)[]);

const takeOverReason = z.enum(Object.keys(takeOverReasonCodes) as (keyof typeof takeOverReasonCodes)[]);
const note = z.string().trim().min(1).max(1000).regex(plainText);

const taskAnswer = z.strictObject({
  id: idOf('tsk'),
  version,
  kind: taskKindSchema,
  status: z.enum(taskStatuses),
  role: z.string(),
  jurisdiction: jurisdiction.optional(),
  subject: z.strictObject({ entity: z.string(), id: z.string(), label: z.string() }),
  openedAt: moment,
  /** Last day; then it is overdue and goes to the next level. */
  dueOn: date.optional(),
  /** Of the last level, and of approvals of money, instead: the day by which it is expected. Past it the task stays, and stands out. */
  expectedBy: date.optional(),
  /** Of an open task with either: working days from today to the last one; 0 on it, below 0 after it. */
  workingDaysLeft: z.int().optional(),
  /** Whether the reader may decide it now: nobody who took part before (two-person rule), nor while another has taken it. */
  mayDecide: z.boolean(),
  /** Whether the reader may take it, or take it over from its holder. */
  mayTake: z.boolean(),
  /** Who has taken it; of a task that has ended, who had it then. */
  holder: z.strictObject({ name: z.string(), since: moment, isMe: z.boolean() }).optional(),
  /** The last hand-over: who gave it back, and where things stand. */
  handOver: z.strictObject({ name: z.string(), at: moment, note: z.string() }).optional(),
  outcomes: z.array(
    z.strictObject({
      outcome: z.string(),
      zh: z.string(),
      en: z.string(),
      reasonRequired: z.boolean(),
      fieldReasonsRequired: z.boolean(),
    }),
  ),
  decision: z
    .strictObject({
      outcome: z.string(),
      reasonCode: z.string().optional(),
      note: z.string().optional(),
      reasons: z.array(fieldReason),
      decidedAt: moment,
      byMe: z.boolean(),
    })
    .optional(),
});

/** Each filter is a list of its own or a part of one (`docs/access-patterns.md`), so that every page is full but the last. */
const taskQuery = pageQuery
  .extend({
    status: z.enum(taskStatuses).default('open'),
    kind: taskKindSchema.optional().describe('Of this kind. Not together with `mine`.'),
    mine: flag.optional().describe('Open tasks that the reader has in hand.'),
    lastDayFrom: date.optional().describe('Open tasks whose last day is this one or later.'),
    lastDayUpTo: date.optional().describe('Open tasks whose last day is this one or earlier.'),
    withoutLastDay: flag
      .default(false)
      .describe('Open tasks without a last day. Not together with `lastDayFrom` or `lastDayUpTo`.'),
    role: z.enum(decidingRoles).optional(),
    jurisdiction: jurisdiction.optional(),
  })
  .superRefine(({ status, kind, mine, lastDayFrom, lastDayUpTo, withoutLastDay }, { addIssue }) => {
    const wrong = (field: string, message: string) => addIssue({ code: 'custom', path: [field], message });
    const of = { mine, lastDayFrom, lastDayUpTo, withoutLastDay };
    for (const [field, given] of Object.entries(of)) if (given && status !== 'open') wrong(field, 'only-of-open');
    if (mine && kind) wrong('kind', 'other-filter');
    if (withoutLastDay && (lastDayFrom || lastDayUpTo)) wrong('withoutLastDay', 'other-filter');
    if (lastDayFrom && lastDayUpTo && lastDayFrom > lastDayUpTo) wrong('lastDayFrom', 'from-after-to');
  });

export const inboxRoutes = {
  listTasks: defineRead({
    operation: 'list-tasks',
    context,
    path: '/v1/tasks',
    summary: {
      zh: '我的待办事项：未办结的按最后期限排列，无期限的在后；已办结的按时间倒序',
      en: 'Tasks of my role and jurisdiction: open ones by their last day, those without one last; others newest first',
    },
    access: { roles: readers },
    query: taskQuery,
    answer: pageOf(taskAnswer),
  }),
  readTask: defineRead({
    operation: 'read-task',
    context,
    path: '/v1/tasks/{taskId}',
    summary: { zh: '待办事项', en: 'A task' },
    access: { roles: readers },
    params: taskId,
    answer: taskAnswer,
  }),
  readTaskTrail: defineRead({
    operation: 'read-task-trail',
    context,
    path: '/v1/tasks/{taskId}/trail',
    summary: { zh: '待办事项办理记录', en: 'Trail of a task' },
    access: { roles: readers },
    params: taskId,
    query: pageQuery,
    answer: pageOf(trailEntry),
  }),
  decideTask: defineCommand({
    operation: 'decide-task',
    context,
    method: 'POST',
    path: '/v1/tasks/{taskId}/decision',
    summary: { zh: '办理待办事项', en: 'Decide a task' },
    access: { roles: decidingRoles },
    params: taskId,
    body: z.strictObject({
      outcome: z.string().max(40),
      reasonCode: reasonCode.optional(),
      note: note.optional(),
      reasons: z.array(fieldReason.extend({ reasonCode })).max(30).default([]),
      /** Only when an objection is upheld: the amount that is right. */
      corrected: yuan.optional(),
    }),
    answer: taskAnswer,
    ifMatch: true,
  }),
  takeTask: defineCommand({
    operation: 'take-task',
    context,
    method: 'POST',
    path: '/v1/tasks/{taskId}/take',
    summary: { zh: '认领待办事项', en: 'Take a task: nobody else decides it then' },
    access: { roles: decidingRoles },
    params: taskId,
    answer: taskAnswer,
    ifMatch: true,
  }),
  handOverTask: defineCommand({
    operation: 'hand-over-task',
    context,
    method: 'POST',
    path: '/v1/tasks/{taskId}/hand-over',
    summary: { zh: '交接待办事项', en: 'Hand a task back, with a note on where things stand' },
    access: { roles: decidingRoles },
    params: taskId,
    body: z.strictObject({ note }),
    answer: taskAnswer,
    ifMatch: true,
  }),
  takeOverTask: defineCommand({
    operation: 'take-over-task',
    context,
    method: 'POST',
    path: '/v1/tasks/{taskId}/take-over',
    summary: { zh: '接手他人认领的待办事项', en: 'Take a task over from its holder, with a reason' },
    access: { roles: decidingRoles },
    params: taskId,
    body: z.strictObject({ reasonCode: takeOverReason, note: note.optional() }),
    answer: taskAnswer,
    ifMatch: true,
  }),
};
