import type { inboxRoutes } from '../../../contracts/inbox.ts';
import { lastDayOfTask } from '../../../contracts/names.ts';
import type { Answer } from '../api/client.ts';

/** What has a time limit. */
export type Limited = Pick<Answer<typeof inboxRoutes.readTask>, 'status' | 'dueOn' | 'expectedBy' | 'workingDaysLeft'>;

export const limits = ['overdue', 'today', 'soon', 'none'] as const;

/** How near the time limit of a task is on a day. */
export function limitOf(task: Limited, now: string): (typeof limits)[number] | 'later' {
  const { status, workingDaysLeft } = task;
  const lastDay = lastDayOfTask(task);
  if (status === 'overdue') return 'overdue';
  if (lastDay === undefined) return 'none';
  if (workingDaysLeft === undefined) return 'later';
  if (lastDay < now || workingDaysLeft < 0) return 'overdue';
  if (workingDaysLeft === 0) return 'today';
  return workingDaysLeft <= 2 ? 'soon' : 'later';
}
