import * as z from 'zod';
import { reviewReasonCodes } from '../core/inbox/reason-codes.ts';
import { taskKindSchema, taskStatuses } from '../core/inbox/task.ts';
import {
  date,
  fieldReason,
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
const deciders = ['city-reviewer', 'regional-officer', 'finance-officer', 'auditor'] as const;
const readers = [...deciders, 'inspector'] as const;
const taskId = z.strictObject({ taskId: idOf('tsk') });
const reasonCode = z.enum(Object.keys(reviewReasonCodes) as (keyof typeof reviewReasonCodes)[]);

const taskAnswer = z.strictObject({
  id: idOf('tsk'),
  version,
  kind: taskKindSchema,
  status: z.enum(taskStatuses),
  role: z.string(),
  jurisdiction: jurisdiction.optional(),
  subject: z.strictObject({ entity: z.string(), id: z.string(), label: z.string() }),
  openedAt: moment,
  dueOn: date.optional(),
  /** Of an open task with a time limit: working days from today to the last one; 0 on it, below 0 after it. */
  workingDaysLeft: z.int().optional(),
  /** Whether the reader may decide it: false for who took part before (two-person rule). */
  mayDecide: z.boolean(),
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

export const inboxRoutes = {
  listTasks: defineRead({
    operation: 'list-tasks',
    context,
    path: '/v1/tasks',
    summary: { zh: '我的待办事项', en: 'Tasks of my role and jurisdiction' },
    access: { roles: readers },
    query: pageQuery.extend({
      status: z.enum(taskStatuses).default('open'),
      kind: taskKindSchema.optional(),
      role: z.enum(deciders).optional(),
      jurisdiction: jurisdiction.optional(),
    }),
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
    access: { roles: deciders },
    params: taskId,
    body: z.strictObject({
      outcome: z.string().max(40),
      reasonCode: reasonCode.optional(),
      note: z.string().trim().min(1).max(1000).regex(plainText).optional(),
      reasons: z.array(fieldReason.extend({ reasonCode })).max(30).default([]),
      /** Only when an objection is upheld: the amount that is right. */
      corrected: yuan.optional(),
    }),
    answer: taskAnswer,
    ifMatch: true,
  }),
};
