import { useEffect } from 'react';
import { inboxRoutes } from '../../../../contracts/inbox.ts';
import {
  decidingRoles,
  type Jurisdiction,
  jurisdictions,
  type StaffRole,
  type TaskKind,
  type TaskStatus,
  taskStatuses,
} from '../../../../contracts/names.ts';
import { useList } from '../../api/queries.ts';
import { today } from '../../format/format.ts';
import { useSession } from '../../session/use-session.ts';
import { arranged, filtersOf, oneOf, type Question, type Task } from './task-order.ts';

/** Open tasks that are read by themselves, the most urgent of all first; texts are looked for among these. */
const MOST_READ = 500;
const PAGE = 100;

/** The inbox of whoever is signed in, as the address asks for it: everything read, the wanted ones in order. */
export function useTasks(question: Question) {
  const session = useSession();
  const person = session.status === 'anonymous' ? undefined : session.person;
  const inspects = person?.roles.includes('inspector') ?? false;
  const status: TaskStatus = oneOf(taskStatuses, question.status) ?? 'open';
  const role: StaffRole | undefined = inspects
    ? (oneOf(decidingRoles, question.role) ?? 'regional-officer')
    : person?.roles.find((one) => (decidingRoles as readonly StaffRole[]).includes(one));
  const place = inspects && role === 'city-reviewer' ? oneOf(places, question.place) : undefined;
  const placeMissing = inspects && role === 'city-reviewer' && !place;
  const list = useList(
    inboxRoutes.listTasks,
    {
      query: {
        status,
        limit: PAGE,
        ...filtersOf(question, today()),
        ...(inspects
          ? { role: role as (typeof decidingRoles)[number], ...(place ? { jurisdiction: place } : {}) }
          : {}),
      },
    },
    person !== undefined && !placeMissing,
  );
  const { items, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const readsOn = status === 'open' && hasNextPage && !isFetchingNextPage && items.length < MOST_READ;
  useEffect(() => {
    if (readsOn) fetchNextPage();
  }, [readsOn, fetchNextPage]);
  return { list, status, role, inspects, place, placeMissing, all: items, wanted: arranged(items, question, today()) };
}

const places = Object.keys(jurisdictions) as Jurisdiction[];

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

/** The page that shows a payment order or a year-end with its control totals. */
export const benchOf = ({ entity, id }: Task['subject']): Place | undefined => benches[entity]?.(id);
const benches: Readonly<Record<string, (id: string) => Place>> = {
  payout: (payoutId) => ({ to: '/payouts/$payoutId', params: { payoutId } }),
  yearEnd: (year) => ({ to: '/year-end', params: {}, search: { year } }),
};

/** What of the address goes along from case to case. */
export const carried = (question: Question): Record<string, string> =>
  Object.fromEntries(
    Object.entries(question).flatMap(([name, value]): [string, string][] =>
      value && CARRIED.includes(name) ? [[name, value]] : [],
    ),
  );
const CARRIED = ['status', 'kind', 'limit', 'held', 'place', 'role', 'q', 'sort'];

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
