import type { inboxRoutes } from '../../../contracts/inbox.ts';
import type { Answer } from '../api/client.ts';

/** What has a time limit. */
export type Limited = Pick<Answer<typeof inboxRoutes.readTask>, 'status' | 'dueOn' | 'expectedBy' | 'workingDaysLeft'>;

export const limits = ['overdue', 'today', 'soon', 'none'] as const;

/** The last day of a task: its due date, or the day by which the last level is expected to decide it. */
export const lastDayOf = ({ dueOn, expectedBy }: Pick<Limited, 'dueOn' | 'expectedBy'>): string | undefined =>
  dueOn ?? expectedBy;

/** How near the time limit of a task is on a day. */
export function limitOf(task: Limited, now: string): (typeof limits)[number] | 'later' {
  const { status, workingDaysLeft } = task;
  const lastDay = lastDayOf(task);
  if (status === 'overdue') return 'overdue';
  if (lastDay === undefined) return 'none';
  if (workingDaysLeft === undefined) return 'later';
  if (lastDay < now || workingDaysLeft < 0) return 'overdue';
  if (workingDaysLeft === 0) return 'today';
  return workingDaysLeft <= 2 ? 'soon' : 'later';
}
