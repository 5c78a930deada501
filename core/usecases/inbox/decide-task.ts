import type { Actor } from '../../actors/actor.ts';
import { decisionIssues } from '../../inbox/decision-issues.ts';
import { heldByAnother } from '../../inbox/holding.ts';
import { deciderOf, decideTask } from '../../inbox/open-task.ts';
import type { Task, TaskDecision } from '../../inbox/task.ts';
import { seenBy } from '../../lifecycle/version.ts';
import type { CommandUseCase } from '../../ports/context.ts';
import type { Reads } from '../../ports/store.ts';
import { ok, type Result, refuse, refuseAll } from '../../result.ts';

/** Whether an execution still waits; asked before deciding, so that a person never decides into the void. */
export interface Executions {
  isRunning(task: Pick<Task, 'kind' | 'executionName'>): Promise<boolean>;
}

export type DecisionFields = Pick<TaskDecision, 'outcome' | 'reasonCode' | 'note' | 'reasons' | 'corrected'>;

/** Whether a task is in the inbox of this person: role, and jurisdiction for cities. Inspectors see all. */
export function inInboxOf(actor: Actor, task: Task): boolean {
  if (actor.role === 'inspector') return true;
  return actor.role === task.role && (task.jurisdiction === undefined || task.jurisdiction === actor.jurisdiction);
}

/** A task the actor may see; another role's or jurisdiction's does not exist for them. */
export async function visibleTask(reads: Pick<Reads, 'get'>, id: string, actor: Actor): Promise<Result<Task>> {
  const task = await reads.get('task', { id });
  return task && inInboxOf(actor, task) ? ok(task) : refuse('not-found');
}

/**
 * Decides an open task: right role and jurisdiction, not a person who took part before, nor while somebody else has taken
 * it; an outcome its kind allows with the reasons it needs. The waiting execution goes on by the outbox; the step behind it applies the decision.
 */
export const makeDecideTask =
  (ports: {
    reads: Pick<Reads, 'get'>;
    executions: Executions;
  }): CommandUseCase<{ taskId: string; fields: DecisionFields }, Task> =>
  async ({ taskId, fields }, command) => {
    const visible = await visibleTask(ports.reads, taskId, command.actor);
    if (!visible.ok) return visible;
    const task = visible.value;
    if (task.status !== 'open') return refuse('task-closed', { values: { state: task.status } });
    const held = heldByAnother(task, command.actor.sub);
    if (held) return refuse('task-held', held);
    const seen = seenBy(command, task);
    if (!seen.ok) return seen;
    if (task.excluded.includes(command.actor.sub)) return refuse('same-person');
    const complete = refuseAll(decisionIssues(task.kind, fields));
    if (!complete.ok) return complete;
    if (!(await ports.executions.isRunning(task))) return refuse('task-execution-ended');
    const decision: TaskDecision = { ...fields, ...deciderOf(command) };
    const changes = decideTask(task, decision, command);
    return ok({
      result: { ...task, version: task.version + 1, updatedAt: command.at, status: 'decided', decision },
      changes,
    });
  };
