import * as z from 'zod';
import { roleSchema } from '../actors/actor.ts';
import { recordFields } from '../lifecycle/record.ts';
import { defineTransitions } from '../lifecycle/transition.ts';
import { departments } from '../policy/plan.ts';
import { fieldReasonSchema } from '../registry/certification.ts';

export const taskKinds = [
  'enterprise-certification',
  'provider-recommendation',
  'provider-selection',
  'offering-review',
  'claim-audit',
  'objection',
  'payout-industry',
  'payout-finance',
  'bank-answer',
  'payout-correction',
  'year-end-industry',
  'year-end-finance',
] as const;
export const taskKindSchema = z.enum(taskKinds);
export type TaskKind = z.infer<typeof taskKindSchema>;

export const taskStatuses = ['open', 'decided', 'overdue', 'cancelled'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** Roles whose tasks there are. */
export const decidingRoles = ['city-reviewer', 'regional-officer', 'finance-officer', 'auditor'] as const;
export type DecidingRole = (typeof decidingRoles)[number];

export const taskTransitions = defineTransitions<TaskStatus>()({
  decide: { from: ['open'], to: 'decided', by: decidingRoles },
  lapse: { from: ['open'], to: 'overdue', by: ['system'] },
  cancel: { from: ['open'], to: 'cancelled', by: ['system'] },
});

/** What a person decided on a task. What each kind of task allows is in the inbox's table. */
export const taskDecisionSchema = z.strictObject({
  outcome: z.string(),
  reasonCode: z.string().optional(),
  note: z.string().optional(),
  reasons: z.array(fieldReasonSchema).default([]),
  /** Only for objections: the corrected amount in fen. */
  corrected: z.int().nonnegative().optional(),
  decidedBy: z.string(),
  decidedByName: z.string().optional(),
  decidedAt: z.int(),
});
export type TaskDecision = z.infer<typeof taskDecisionSchema>;

/** A department's no to something of money, as what it was about keeps it. */
export const refusalSchema = taskDecisionSchema
  .pick({ reasonCode: true, note: true })
  .extend({ department: z.enum(departments), sub: z.string(), at: z.int() });
export type Refusal = z.infer<typeof refusalSchema>;

/** The refusal that a department's decision is. */
export const refusalOf = (
  department: Refusal['department'],
  { decidedBy, decidedAt, reasonCode, note }: TaskDecision,
): Refusal => ({
  department,
  sub: decidedBy,
  at: decidedAt,
  ...(reasonCode ? { reasonCode } : {}),
  ...(note ? { note } : {}),
});

/**
 * Something staff must decide; a workflow waits for it with a task token. The decision resumes the execution through
 * the outbox, and the step behind it applies what was decided.
 */
export const taskSchema = z.strictObject({
  id: z.string(),
  ...recordFields,
  kind: taskKindSchema,
  status: z.enum(taskStatuses),
  role: roleSchema,
  /** Only tasks of city reviewers have one. */
  jurisdiction: z.string().optional(),
  subject: z.strictObject({ entity: z.string(), id: z.string(), label: z.string() }),
  /** Last business date, inclusive, Asia/Shanghai; then it is overdue. Absent: it waits as long as it takes. */
  dueOn: z.string().optional(),
  /**
   * Last business date by which it is expected to be decided, where there is no next level: the last one of a review, and
   * approvals of money. It is watched and shown; past it nothing is decided by a machine. A task has this or a due date.
   */
  expectedBy: z.string().optional(),
  /** People who took part before and may not decide this one (two-person rule). */
  excluded: z.array(z.string()),
  /** Who has taken it (认领): nobody else may decide it then. No object, because conditions of the storage ask for it. */
  heldBy: z.string().optional(),
  heldByName: z.string().optional(),
  heldSince: z.int().optional(),
  /** The last hand-over (交接): who gave it back, and where things stand. */
  handOver: z.strictObject({ by: z.string(), byName: z.string(), at: z.int(), note: z.string() }).optional(),
  token: z.string(),
  executionName: z.string(),
  decision: taskDecisionSchema.optional(),
});
export type Task = z.infer<typeof taskSchema>;

/** The last day of a task, whether it is due then or expected to be decided by then; none while nobody set one. */
export const lastDayOfTask = ({ dueOn, expectedBy }: Pick<Task, 'dueOn' | 'expectedBy'>): string | undefined =>
  dueOn ?? expectedBy;
