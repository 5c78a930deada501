import type * as z from 'zod';
import type { inboxRoutes } from '../../../../contracts/inbox.ts';
import { lastDayOfTask, taskKinds, taskStatuses } from '../../../../contracts/names.ts';
import { limitOf, limits } from '../../components/time-limit.ts';
import { daysLater } from '../../format/days.ts';

export type Task = z.output<typeof inboxRoutes.readTask.answer>;
/** What is asked of the inbox, as it stands in the address. */
export type Question = Readonly<Record<string, string | undefined>>;

/** In whose hands a task is. */
export const hands = ['mine', 'free', 'others'] as const;
export const handsOf = ({ holder }: Pick<Task, 'holder'>): (typeof hands)[number] =>
  holder ? (holder.isMe ? 'mine' : 'others') : 'free';
export const sorts = ['limit', 'opened', 'newest', 'name'] as const;
/** A text of the address, if it is one of these. */
export const oneOf = <T extends string>(values: readonly T[], text: string | undefined): T | undefined =>
  values.find((value) => value === text);

/** Nobody has so many days off in a row that two working days are further away than this. */
const MOST_DAYS_TO_SOON = 31;

/**
 * What of a question the API answers by itself, so that the most urgent are the most urgent of all. The rest, a text and
 * tasks that are free or in other hands, is looked for in what was read; so is all of this, to the day.
 */
export function filtersOf(question: Question, now: string) {
  const kind = oneOf(taskKinds, question.kind);
  if ((oneOf(taskStatuses, question.status) ?? 'open') !== 'open') return kind ? { kind } : {};
  const held = oneOf(hands, question.held);
  return {
    // Of what somebody has in hand there is one list, of all kinds.
    ...(held === 'mine' ? ({ mine: 'true' } as const) : kind ? { kind } : {}),
    ...daysOf(oneOf(limits, question.limit), now),
  };
}

/** The last days that a limit means, or more. */
function daysOf(limit: (typeof limits)[number] | undefined, now: string) {
  switch (limit) {
    case undefined:
      return {};
    case 'overdue':
      return { lastDayUpTo: daysLater(now, -1) };
    case 'none':
      return { withoutLastDay: 'true' } as const;
    default:
      return { lastDayFrom: now, lastDayUpTo: daysLater(now, MOST_DAYS_TO_SOON) };
  }
}

/** The tasks that are asked for, in the order that is asked for, on a day. */
export function arranged(tasks: readonly Task[], question: Question, now: string): Task[] {
  const kind = oneOf(taskKinds, question.kind);
  const limit = oneOf(limits, question.limit);
  const held = oneOf(hands, question.held);
  const words = question.q?.trim().toLowerCase();
  const wanted = tasks.filter(
    (task) =>
      (!kind || task.kind === kind) &&
      (!limit || limitOf(task, now) === limit || (limit === 'soon' && limitOf(task, now) === 'today')) &&
      (!held || handsOf(task) === held) &&
      (!words || task.subject.label.toLowerCase().includes(words)),
  );
  return wanted.sort(orders[sortOf(question)]);
}

/** What is open by its time limit, what is done the newest first, unless something else is asked for. */
export const sortOf = ({ sort, status }: Question): (typeof sorts)[number] =>
  oneOf(sorts, sort) ?? ((oneOf(taskStatuses, status) ?? 'open') === 'open' ? 'limit' : 'newest');

const byOpened = (a: Task, b: Task) => a.openedAt.localeCompare(b.openedAt) || a.id.localeCompare(b.id);
const NEVER = '9999-12-31';
const orders: Readonly<Record<(typeof sorts)[number], (a: Task, b: Task) => number>> = {
  limit: (a, b) => (lastDayOfTask(a) ?? NEVER).localeCompare(lastDayOfTask(b) ?? NEVER) || byOpened(a, b),
  opened: byOpened,
  newest: (a, b) => byOpened(b, a),
  name: (a, b) => a.subject.label.localeCompare(b.subject.label, 'zh') || byOpened(a, b),
};
