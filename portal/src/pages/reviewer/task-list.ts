import { useEffect } from 'react';
import type * as z from 'zod';
import { inboxRoutes } from '../../../../contracts/inbox.ts';
import {
  type Jurisdiction,
  jurisdictions,
  type StaffRole,
  type TaskKind,
  type TaskStatus,
  taskKinds,
  taskStatuses,
} from '../../../../contracts/names.ts';
import { useList } from '../../api/queries.ts';
import { today } from '../../format/format.ts';
import { type PageEntry, pages } from '../../routes.ts';
import { useSession } from '../../session/use-session.ts';

export type Task = z.output<typeof inboxRoutes.readTask.answer>;
/** What is asked of the inbox, as it stands in the address. */
export type Question = Readonly<Record<string, string | undefined>>;

export const limits = ['overdue', 'today', 'soon', 'none'] as const;
export const sorts = ['limit', 'opened', 'newest', 'name'] as const;
/** Roles that decide tasks, of which an inspector reads one at a time. */
export const deciders = ['city-reviewer', 'regional-officer', 'finance-officer', 'auditor'] as const;

const oneOf = <T extends string>(values: readonly T[], text: string | undefined): T | undefined =>
  values.find((value) => value === text);

/** Open tasks that are read before they are sorted: the most urgent is to be first of all, not of a page. */
const MOST_READ = 500;
const PAGE = 100;

/** The inbox of whoever is signed in, as the address asks for it: everything read, the wanted ones in order. */
export function useTasks(question: Question) {
  const session = useSession();
  const person = session.status === 'anonymous' ? undefined : session.person;
  const inspects = person?.roles.includes('inspector') ?? false;
  const status: TaskStatus = oneOf(taskStatuses, question.status) ?? 'open';
  const role: StaffRole | undefined = inspects
    ? (oneOf(deciders, question.role) ?? 'regional-officer')
    : person?.roles.find((one) => (deciders as readonly StaffRole[]).includes(one));
  const place = inspects && role === 'city-reviewer' ? oneOf(places, question.place) : undefined;
  const placeMissing = inspects && role === 'city-reviewer' && !place;
  const list = useList(
    inboxRoutes.listTasks,
    {
      query: {
        status,
        limit: PAGE,
        ...(inspects ? { role: role as (typeof deciders)[number], ...(place ? { jurisdiction: place } : {}) } : {}),
      },
    },
    person !== undefined && !placeMissing,
  );
  const { items, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const readsOn = status === 'open' && hasNextPage && !isFetchingNextPage && items.length < MOST_READ;
  useEffect(() => {
    if (readsOn) fetchNextPage();
  }, [readsOn, fetchNextPage]);
  return { list, status, role, inspects, place, placeMissing, all: items, wanted: arranged(items, question) };
}

const places = Object.keys(jurisdictions) as Jurisdiction[];

/** The tasks that are asked for, in the order that is asked for. */
export function arranged(tasks: readonly Task[], question: Question): Task[] {
  const kind = oneOf(taskKinds, question.kind);
  const limit = oneOf(limits, question.limit);
  const words = question.q?.trim().toLowerCase();
  const wanted = tasks.filter(
    (task) =>
      (!kind || task.kind === kind) &&
      (!limit || limitOf(task) === limit || (limit === 'soon' && limitOf(task) === 'today')) &&
      (!words || task.subject.label.toLowerCase().includes(words)),
  );
  return wanted.sort(orders[sortOf(question)]);
}

/** What is open by its time limit, what is done the newest first, unless something else is asked for. */
export const sortOf = ({ sort, status }: Question): (typeof sorts)[number] =>
  oneOf(sorts, sort) ?? ((oneOf(taskStatuses, status) ?? 'open') === 'open' ? 'limit' : 'newest');

/** How near the time limit of a task is. */
export function limitOf({ status, dueOn, workingDaysLeft }: Task): (typeof limits)[number] | 'later' {
  if (status === 'overdue') return 'overdue';
  if (dueOn === undefined) return 'none';
  if (workingDaysLeft === undefined) return 'later';
  if (dueOn < today()) return 'overdue';
  if (workingDaysLeft === 0) return 'today';
  return workingDaysLeft <= 2 ? 'soon' : 'later';
}

const byOpened = (a: Task, b: Task) => a.openedAt.localeCompare(b.openedAt) || a.id.localeCompare(b.id);
const NEVER = '9999-12-31';
const orders: Readonly<Record<(typeof sorts)[number], (a: Task, b: Task) => number>> = {
  limit: (a, b) => (a.dueOn ?? NEVER).localeCompare(b.dueOn ?? NEVER) || byOpened(a, b),
  opened: byOpened,
  newest: (a, b) => byOpened(b, a),
  name: (a, b) => a.subject.label.localeCompare(b.subject.label, 'zh') || byOpened(a, b),
};

interface Place {
  readonly to: string;
  readonly params: Readonly<Record<string, string>>;
  readonly search?: Readonly<Record<string, string>>;
}

/** Where a task is worked on: audits, payment orders and year-ends have benches of their own. */
export function placeOf({ kind, id, subject }: Pick<Task, 'kind' | 'id' | 'subject'>): Place {
  if (kind === 'claim-audit') return { to: '/audits/$claimId', params: { claimId: subject.id } };
  return benchOf(subject) ?? { to: '/inbox/$taskId', params: { taskId: id } };
}

/** The page of the table that shows a payment order or a year-end with its control totals. */
export function benchOf({ entity, id }: Task['subject']): Place | undefined {
  const named = pages.find(({ name }) => name === benches[entity]);
  if (!named) return undefined;
  const parameter = named.path.match(/\$(\w+)/)?.[1];
  return parameter
    ? { to: named.path, params: { [parameter]: id } }
    : { to: named.path, params: {}, search: { year: id } };
}
const benches: Readonly<Record<string, PageEntry['name']>> = { payout: 'payout', yearEnd: 'yearEnd' };

/** What of the address goes along from case to case. */
export const carried = (question: Question): Record<string, string> =>
  Object.fromEntries(
    Object.entries(question).flatMap(([name, value]): [string, string][] =>
      value && CARRIED.includes(name) ? [[name, value]] : [],
    ),
  );
const CARRIED = ['status', 'kind', 'limit', 'place', 'role', 'q', 'sort'];

/** The kinds that somebody of a role ever meets. */
export const kindsOf: Readonly<Partial<Record<StaffRole, readonly TaskKind[]>>> = {
  'city-reviewer': ['enterprise-certification', 'provider-recommendation'],
  'regional-officer': [
    'enterprise-certification',
    'provider-selection',
    'offering-review',
    'objection',
    'payout-industry',
    'year-end-industry',
  ],
  'finance-officer': ['payout-finance', 'bank-answer', 'payout-correction', 'year-end-finance'],
  auditor: ['claim-audit'],
};
