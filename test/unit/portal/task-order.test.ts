import { describe, expect, test } from 'vitest';
import { inboxRoutes } from '../../../contracts/inbox.ts';
import { businessDate } from '../../../core/calendar/business-date.ts';
import { limitOf } from '../../../portal/src/components/time-limit.ts';
import { arranged, filtersOf, type Question, type Task } from '../../../portal/src/pages/reviewer/task-order.ts';

const NOW = '2026-11-26';
const task = (id: string, fields: Partial<Task> = {}): Task => ({
  id,
  version: 1,
  kind: 'enterprise-certification',
  status: 'open',
  role: 'city-reviewer',
  subject: { entity: 'certification', id: `of ${id}`, label: id },
  openedAt: '2026-11-20T09:00:00.000+08:00',
  mayDecide: true,
  mayTake: true,
  outcomes: [],
  ...fields,
});
const due = (on: string, workingDaysLeft: number) => ({ dueOn: businessDate(on), workingDaysLeft });
const ids = (tasks: readonly Task[]) => tasks.map(({ id }) => id).join(' ');

describe('how near a time limit is', () => {
  test.each<[Partial<Task>, string]>([
    [due('2026-11-25', -1), 'overdue'],
    [due('2026-11-26', 0), 'today'],
    [due('2026-11-30', 2), 'soon'],
    [due('2026-12-01', 3), 'later'],
    [{ expectedBy: businessDate('2026-11-25'), workingDaysLeft: -1 }, 'overdue'],
    [{ expectedBy: businessDate('2026-11-30'), workingDaysLeft: 2 }, 'soon'],
    [{}, 'none'],
    [{ status: 'overdue', dueOn: businessDate('2026-11-20') }, 'overdue'],
    [{ status: 'decided', dueOn: businessDate('2026-11-20') }, 'later'],
  ])('%j is %s', (fields, limit) => {
    expect(limitOf(task('a', fields), NOW)).toBe(limit);
  });

  test('a Friday that has passed is overdue on Saturday, although no working day has passed since', () => {
    expect(limitOf(task('a', due('2026-11-27', 0)), '2026-11-28')).toBe('overdue');
  });
});

describe('in whose hands a task is', () => {
  const holder = (isMe: boolean) => ({ holder: { name: '乌兰', since: '2026-11-26T09:00:00.000+08:00', isMe } });
  const tasks = [task('free'), task('my own', holder(true)), task('of a colleague', holder(false))];

  test.each<[Question, string]>([
    [{}, 'free my own of a colleague'],
    [{ held: 'mine' }, 'my own'],
    [{ held: 'free' }, 'free'],
    [{ held: 'others' }, 'of a colleague'],
    [{ held: 'nonsense' }, 'free my own of a colleague'],
  ])('asked for %j it is: %s', (question, expected) => {
    expect(ids(arranged(tasks, question, NOW))).toBe(expected);
  });
});

describe('the order of an inbox', () => {
  const tasks = [
    task('unlimited'),
    task('later', { ...due('2026-12-01', 3), openedAt: '2026-11-19T09:00:00.000+08:00' }),
    task('overdue', { ...due('2026-11-25', -1), kind: 'provider-recommendation' }),
    task('today', due('2026-11-26', 0)),
    task('expected', { expectedBy: businessDate('2026-11-30'), workingDaysLeft: 2 }),
  ];

  test('the most urgent come first, what has no limit last', () => {
    expect(ids(arranged(tasks, {}, NOW))).toBe('overdue today expected later unlimited');
    expect(ids(arranged(tasks, { sort: 'nonsense' }, NOW))).toBe('overdue today expected later unlimited');
  });

  test.each<[Question, string]>([
    [{ sort: 'opened' }, 'later expected overdue today unlimited'],
    [{ sort: 'newest' }, 'unlimited today overdue expected later'],
    [{ sort: 'name' }, 'expected later overdue today unlimited'],
    [{ status: 'decided' }, 'unlimited today overdue expected later'],
    [{ limit: 'overdue' }, 'overdue'],
    [{ limit: 'soon' }, 'today expected'],
    [{ limit: 'none' }, 'unlimited'],
    [{ kind: 'provider-recommendation' }, 'overdue'],
    [{ q: ' TODAY ' }, 'today'],
    [{ q: 'nobody' }, ''],
  ])('asked for %j it is: %s', (question, order) => {
    expect(ids(arranged(tasks, question, NOW))).toBe(order);
  });
});

describe('what the API is asked for', () => {
  test.each<[Question, object]>([
    [{}, {}],
    [{ kind: 'objection' }, { kind: 'objection' }],
    [
      { held: 'mine', limit: 'overdue' },
      { mine: 'true', lastDayUpTo: '2026-11-25' },
    ],
    [{ limit: 'today' }, { lastDayFrom: '2026-11-26', lastDayUpTo: '2026-12-27' }],
    [
      { limit: 'soon', kind: 'objection' },
      { kind: 'objection', lastDayFrom: '2026-11-26', lastDayUpTo: '2026-12-27' },
    ],
    [{ limit: 'none' }, { withoutLastDay: 'true' }],
    // Of what is in hand there is one list, of all kinds; the kinds are told apart in what was read.
    [{ held: 'mine', kind: 'objection' }, { mine: 'true' }],
    // Nothing of this is asked of what has ended.
    [{ status: 'decided', kind: 'objection', held: 'mine', limit: 'overdue' }, { kind: 'objection' }],
    [{ held: 'free', q: '乳业', sort: 'name', limit: 'nonsense', kind: 'nonsense' }, {}],
  ])('of %j is %j, and no part of it is lost', (question, filters) => {
    expect(filtersOf(question, NOW)).toEqual(filters);
    expect(inboxRoutes.listTasks.query.safeParse({ ...filters, status: question.status }).success).toBe(true);
  });
});
