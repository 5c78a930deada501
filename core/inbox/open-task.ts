import { born, revise } from '../lifecycle/record.ts';
import type { Command, StepCommand } from '../ports/context.ts';
import type { Change, Decision, Reads } from '../ports/store.ts';
import { inNobodyElsesHands } from './holding.ts';
import type { Task, TaskDecision } from './task.ts';

/** What a step asks of staff. */
export type TaskRequest = Pick<
  Task,
  'kind' | 'role' | 'jurisdiction' | 'subject' | 'dueOn' | 'expectedBy' | 'excluded'
>;

/**
 * Opens an approval task for a step that waits with a task token. The task's id belongs to the visit of the state: a
 * retried step finds its task again and only renews the token, or answers it at once when the person was faster.
 * Further changes of the step go into the same transaction, the first time only.
 */
export async function openTask(
  reads: Pick<Reads, 'get'>,
  command: StepCommand,
  request: TaskRequest,
  alongside: readonly Change[] = [],
): Promise<Decision<{ taskId: string }>> {
  const id = command.newId('tsk');
  const token = command.token ?? '';
  const existing = await reads.get('task', { id });
  if (!existing) {
    const task: Task = { id, ...born(command.at), status: 'open', ...request, token, executionName: command.execution };
    return { result: { taskId: id }, changes: [...alongside, { do: 'create', entity: 'task', value: task }] };
  }
  if (existing.status === 'open' && existing.token === token) return { result: { taskId: id }, changes: [] };
  const renewed = revise(existing, command.at, { token });
  const changes: Change[] = [{ do: 'update', entity: 'task', value: renewed, audit: { action: 'renew-token' } }];
  if (existing.status !== 'open') changes.push(answerEvent(renewed, command));
  return { result: { taskId: id }, changes };
}

/** What a waiting execution is told: the outcome, and which task to read for the rest. */
const answerEvent = (task: Task, command: Pick<StepCommand, 'at' | 'newId'>): Change => ({
  do: 'event',
  event: {
    // A renewed token is answered by an event of its own.
    id: `${command.newId('evt')}-${task.version}`,
    at: command.at,
    type: 'task-answered',
    token: task.token,
    output: { taskId: task.id, outcome: task.decision?.outcome ?? task.status },
  },
});

/** Who decides, by the name they have now, and when. */
export const deciderOf = ({ actor: { sub, name }, at }: Pick<Command, 'actor' | 'at'>) =>
  ({ decidedBy: sub, ...(name ? { decidedByName: name } : {}), decidedAt: at }) satisfies Partial<TaskDecision>;

/**
 * The changes that decide an open task and resume its execution. The two-person rule is in the storage condition: none
 * of the people excluded may be the one who decides; nor may anybody else while somebody has taken the task.
 */
export function decideTask(task: Task, decision: TaskDecision, command: Pick<StepCommand, 'at' | 'newId'>): Change[] {
  const decided = revise(task, command.at, { status: 'decided', decision });
  return [
    {
      do: 'update',
      entity: 'task',
      value: decided,
      from: ['open'],
      unlessSubject: { sub: decision.decidedBy, attributes: ['excluded'] },
      unlessHeld: inNobodyElsesHands(decision.decidedBy),
      audit: { action: 'decide', ...(decision.reasonCode ? { reasonCode: decision.reasonCode } : {}) },
    },
    answerEvent(decided, command),
  ];
}

/** The changes that end an open task by its deadline; the execution goes on with outcome `overdue`. */
export function lapseTask(task: Task, command: Pick<StepCommand, 'at' | 'newId'>): Change[] {
  const lapsed = revise(task, command.at, { status: 'overdue' });
  return [
    { do: 'update', entity: 'task', value: lapsed, from: ['open'], audit: { action: 'lapse' } },
    answerEvent(lapsed, command),
  ];
}
