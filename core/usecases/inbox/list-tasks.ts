import type { Actor, StaffRole } from '../../actors/actor.ts';
import type { Entities } from '../../entities.ts';
import type { TaskKind, TaskStatus } from '../../inbox/task.ts';
import type { Page, Reads } from '../../ports/store.ts';
import type { LastDays } from '../../queries.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** Which tasks of an inbox are asked for. */
export interface TasksAsked {
  readonly status: TaskStatus;
  readonly kind?: TaskKind | undefined;
  /** Open ones that the reader has in hand. */
  readonly mine?: boolean | undefined;
  /** Of open ones. */
  readonly lastDays?: LastDays | undefined;
  /** Inspectors choose; others name nothing but their own. */
  readonly role?: StaffRole | undefined;
  readonly jurisdiction?: string | undefined;
}

interface PageAsked {
  readonly limit: number;
  readonly cursor?: string;
}

/** The inbox of a role: cities by their jurisdiction; inspectors choose role and jurisdiction. */
export const makeListTasks =
  ({ reads }: { readonly reads: Pick<Reads, 'list'> }) =>
  async (asked: TasksAsked, actor: Actor, page: PageAsked): Promise<Result<Page<Entities['task']>>> => {
    const inspects = actor.role === 'inspector';
    if (!inspects && asked.role && asked.role !== actor.role) return refuse('role-forbidden');
    if (!inspects && asked.jurisdiction && asked.jurisdiction !== actor.jurisdiction)
      return refuse('jurisdiction-forbidden');
    const role = (inspects ? (asked.role ?? 'regional-officer') : actor.role) as StaffRole;
    const jurisdiction = inspects ? asked.jurisdiction : actor.jurisdiction;
    const { status, kind, mine, lastDays } = asked;
    const of = { role, jurisdiction, lastDays };
    if (mine) return ok(await reads.list('tasksInHands', { ...of, sub: actor.sub }, page));
    return ok(
      kind
        ? await reads.list('tasksOfKind', { ...of, status, kind }, page)
        : await reads.list('tasks', { ...of, status }, page),
    );
  };
