import {
  canBeTaken,
  type Held,
  handOverTask,
  heldByAnother,
  holderOf,
  takeOverTask,
  takeTask,
} from '../../inbox/holding.ts';
import { type TakeOverReason, takeOverIssues } from '../../inbox/take-over-reasons.ts';
import type { Task } from '../../inbox/task.ts';
import { seenBy } from '../../lifecycle/version.ts';
import type { Command, CommandUseCase } from '../../ports/context.ts';
import type { Reads } from '../../ports/store.ts';
import { ok, type Result, refuse, refuseAll } from '../../result.ts';
import { visibleTask } from './decide-task.ts';

interface Ports {
  readonly reads: Pick<Reads, 'get'>;
}
interface OfTask {
  readonly taskId: string;
}

/** Takes a task that nobody has (认领): from then on nobody else decides it. Only somebody who may decide it. */
export const makeTakeTask =
  ({ reads }: Ports): CommandUseCase<OfTask, Task> =>
  async ({ taskId }, command) => {
    const open = await openTaskOf(reads, taskId, command);
    if (!open.ok) return open;
    const held = heldByAnother(open.value, command.actor.sub);
    if (held) return refuse('task-held', held);
    if (holderOf(open.value)) return refuse('task-in-your-hands');
    const may = mayDecide(open.value, command);
    return may.ok ? done(takeTask(open.value, who(command))) : may;
  };

/** Gives a task back to those who may decide it (交接), with a note for whoever takes it up. */
export const makeHandOverTask =
  ({ reads }: Ports): CommandUseCase<OfTask & { readonly note: string }, Task> =>
  async ({ taskId, note }, command) => {
    const open = await openTaskOf(reads, taskId, command);
    if (!open.ok) return open;
    if (!holderOf(open.value)) return refuse('task-in-no-hands');
    const held = heldByAnother(open.value, command.actor.sub);
    if (held) return refuse('task-held', held);
    const seen = seenBy(command, open.value);
    return seen.ok ? done(handOverTask(open.value, { ...who(command), note })) : seen;
  };

export interface TakingOver extends OfTask, TakeOverReason {}

/** Takes a task out of a colleague's hands (接手), who is away or cannot decide it in time; the reason is on record. */
export const makeTakeOverTask =
  ({ reads }: Ports): CommandUseCase<TakingOver, Task> =>
  async ({ taskId, reasonCode, note }, command) => {
    const open = await openTaskOf(reads, taskId, command);
    if (!open.ok) return open;
    const holder = holderOf(open.value);
    if (!holder) return refuse('task-in-no-hands');
    if (holder.sub === command.actor.sub) return refuse('task-in-your-hands');
    const may = mayDecide(open.value, command);
    if (!may.ok) return may;
    const complete = refuseAll(takeOverIssues({ reasonCode, note }));
    if (!complete.ok) return complete;
    return done(takeOverTask(open.value, { ...who(command), reasonCode, note }));
  };

/** The task, while it waits for one person's decision. */
async function openTaskOf(reads: Pick<Reads, 'get'>, taskId: string, { actor }: Command): Promise<Result<Task>> {
  const visible = await visibleTask(reads, taskId, actor);
  if (!visible.ok) return visible;
  const task = visible.value;
  if (!canBeTaken(task)) return refuse('task-shared');
  return task.status === 'open' ? ok(task) : refuse('task-closed', { values: { state: task.status } });
}

/** Whoever the two-person rule keeps from deciding a task doesn't have it in hand either. */
function mayDecide(task: Task, command: Command): Result<void> {
  const seen = seenBy(command, task);
  if (!seen.ok) return seen;
  return task.excluded.includes(command.actor.sub) ? refuse('same-person') : ok(undefined);
}

const who = ({ actor, at }: Command) => ({ sub: actor.sub, name: actor.name ?? actor.sub, at });
const done = ({ task, changes }: Held) => ok({ result: task, changes });
