import { businessDateOf } from '../../calendar/business-date.ts';
import { lapseTask } from '../../inbox/open-task.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok } from '../../result.ts';
import type { Swept } from './lapse-reservation.ts';

/** Ends a task whose review time is over; its execution goes on as the workflow says for `overdue`. */
export const makeLapseOverdueTask =
  ({ reads }: Pick<Ports, 'reads'>): CommandUseCase<{ id: string }, Swept> =>
  async ({ id }, command) => {
    const task = await reads.get('task', { id });
    const due = task?.dueOn !== undefined && task.dueOn < businessDateOf(command.at);
    if (!task || !due || task.status !== 'open') return ok({ result: false, changes: [] });
    return ok({ result: true, changes: lapseTask(task, command) });
  };
