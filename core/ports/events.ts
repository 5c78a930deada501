/**
 * Domain events, written to the outbox in the transaction of their cause. The relay starts workflows, answers task
 * tokens and stops executions by them; everything it does is idempotent by `id`.
 */
export type DomainEvent =
  | (EventBase & {
      readonly type: 'workflow-requested';
      readonly workflow: WorkflowName;
      readonly input: WorkflowInput;
    })
  | (EventBase & {
      readonly type: 'task-answered';
      readonly token: string;
      readonly output: Readonly<Record<string, unknown>>;
    })
  | (EventBase & {
      readonly type: 'workflow-cancelled';
      readonly workflow: WorkflowName;
      readonly executionName: string;
      readonly cause: string;
    });

interface EventBase {
  /** Derived from its cause; an execution started by it carries it as its name. */
  readonly id: string;
  readonly at: number;
}

export const workflowNames = [
  'certification-review',
  'offering-review',
  'claim-audit',
  'publicity-window',
  'objection-handling',
  'payout',
  'year-end',
] as const;
export type WorkflowName = (typeof workflowNames)[number];

/** Only ids travel through a workflow; everything else is read from the table by the step that needs it. */
export type WorkflowInput = Readonly<Record<string, string | number>>;
