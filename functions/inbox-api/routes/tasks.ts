import { inboxRoutes } from '../../../contracts/inbox.ts';
import type { QueryOf } from '../../../contracts/route.ts';
import type { Actor } from '../../../core/actors/actor.ts';
import { type BusinessDate, businessDate, toShanghaiIso } from '../../../core/calendar/business-date.ts';
import { canBeTaken, holderOf } from '../../../core/inbox/holding.ts';
import { outcomesOf } from '../../../core/inbox/outcomes.ts';
import { lastDayOfTask, type Task } from '../../../core/inbox/task.ts';
import type { Command, Ports } from '../../../core/ports/context.ts';
import type { Decision } from '../../../core/ports/store.ts';
import type { LastDays } from '../../../core/queries.ts';
import { ok, type Result } from '../../../core/result.ts';
import { type Executions, makeDecideTask, visibleTask } from '../../../core/usecases/inbox/decide-task.ts';
import { makeHandOverTask, makeTakeOverTask, makeTakeTask } from '../../../core/usecases/inbox/hold-task.ts';
import { makeListTasks } from '../../../core/usecases/inbox/list-tasks.ts';
import { type DaysLeft, daysLeftUntil } from '../../_runtime/days-left.ts';
import { pageArguments } from '../../_runtime/page.ts';
import { readTrail } from '../../_runtime/read-trail.ts';
import { commandRoute, type Route, readRoute } from '../../_runtime/route.ts';

type Reader = Pick<Actor, 'sub' | 'role'>;

const toTaskAnswer = (task: Task, actor: Reader, daysLeft: DaysLeft = () => undefined) => ({
  id: task.id,
  version: task.version,
  kind: task.kind,
  status: task.status,
  role: task.role,
  ...(task.jurisdiction ? { jurisdiction: task.jurisdiction as never } : {}),
  subject: task.subject,
  openedAt: toShanghaiIso(task.createdAt),
  ...(task.dueOn ? { dueOn: task.dueOn } : {}),
  workingDaysLeft: daysLeft(limitOf(task)),
  ...(task.expectedBy ? { expectedBy: task.expectedBy } : {}),
  ...handsOf(task, actor),
  outcomes: Object.entries(outcomesOf[task.kind]).map(
    ([outcome, { zh, en, reasonRequired, fieldReasonsRequired }]) => ({
      outcome,
      zh,
      en,
      reasonRequired: reasonRequired ?? false,
      fieldReasonsRequired: fieldReasonsRequired ?? false,
    }),
  ),
  ...(task.decision
    ? {
        decision: {
          outcome: task.decision.outcome,
          ...(task.decision.reasonCode ? { reasonCode: task.decision.reasonCode } : {}),
          ...(task.decision.note ? { note: task.decision.note } : {}),
          reasons: task.decision.reasons,
          decidedAt: toShanghaiIso(task.decision.decidedAt),
          byMe: task.decision.decidedBy === actor.sub,
        },
      }
    : {}),
});

/** Who has it in hand, and what the reader may do about that. */
function handsOf(task: Task, { sub, role }: Reader) {
  const holder = holderOf(task);
  const isMe = holder?.sub === sub;
  const entitled = task.status === 'open' && role === task.role && !task.excluded.includes(sub);
  return {
    mayDecide: entitled && (!holder || isMe),
    mayTake: entitled && !isMe && canBeTaken(task),
    ...(holder ? { holder: { name: holder.name, since: toShanghaiIso(holder.since), isMe } } : {}),
    ...(task.handOver
      ? { handOver: { name: task.handOver.byName, at: toShanghaiIso(task.handOver.at), note: task.handOver.note } }
      : {}),
  };
}

/** The last day of a task that is open. */
const limitOf = (task: Task): BusinessDate | undefined => {
  const day = task.status === 'open' ? lastDayOfTask(task) : undefined;
  return day === undefined ? undefined : businessDate(day);
};

const daysLeftOf = (tasks: readonly Task[], ports: Ports, at: number): Promise<DaysLeft> =>
  daysLeftUntil(tasks.map(limitOf), ports, at);

type TaskQuery = QueryOf<typeof inboxRoutes.listTasks>;

/** Every date there is lies before this one. */
const LAST_DATE = '9999-12-31';

/** The last days that a query asks for. */
const lastDaysOf = ({ lastDayFrom, lastDayUpTo, withoutLastDay }: TaskQuery): LastDays | undefined =>
  withoutLastDay
    ? 'none'
    : lastDayFrom || lastDayUpTo
      ? { from: lastDayFrom, upTo: lastDayUpTo ?? LAST_DATE }
      : undefined;

const listTasks = (ports: Ports) => {
  const list = makeListTasks(ports);
  return readRoute(
    inboxRoutes.listTasks,
    async ({ query, actor, at }) => {
      const page = await list({ ...query, lastDays: lastDaysOf(query) }, actor, pageArguments(query));
      return page.ok ? ok({ ...page.value, actor, daysLeft: await daysLeftOf(page.value.items, ports, at) }) : page;
    },
    ({ items, next, actor, daysLeft }) => ({
      items: items.map((task) => toTaskAnswer(task, actor, daysLeft)),
      ...(next ? { next } : {}),
    }),
  );
};

const readTask = (ports: Ports) =>
  readRoute(
    inboxRoutes.readTask,
    async ({ params, actor, at }) => {
      const task = await visibleTask(ports.reads, params.taskId, actor);
      return task.ok ? ok({ task: task.value, actor, daysLeft: await daysLeftOf([task.value], ports, at) }) : task;
    },
    ({ task, actor, daysLeft }) => toTaskAnswer(task, actor, daysLeft),
  );

const readTaskTrail = ({ reads }: Ports) =>
  readRoute(
    inboxRoutes.readTaskTrail,
    async ({ params, query, actor }) => {
      const task = await visibleTask(reads, params.taskId, actor);
      return task.ok ? readTrail(reads, 'task', { id: params.taskId }, query, actor) : task;
    },
    (page) => page,
  );

const decideTask = ({ reads }: Ports, executions: Executions) => {
  const decide = makeDecideTask({ reads, executions });
  return commandRoute(
    inboxRoutes.decideTask,
    ({ params, body: { reasonCode, note, corrected, reasons, outcome }, command }) =>
      decide(
        {
          taskId: params.taskId,
          fields: {
            outcome,
            reasons: reasons.map(({ note: why, ...reason }) => ({ ...reason, ...(why ? { note: why } : {}) })),
            ...(reasonCode ? { reasonCode } : {}),
            ...(note ? { note } : {}),
            ...(corrected === undefined ? {} : { corrected }),
          },
        },
        command,
      ),
    (task) => toTaskAnswer(task, { sub: task.decision?.decidedBy ?? '', role: task.role }),
  );
};

/** What a command made of a task, for whoever gave it. */
const after = async (
  decided: Promise<Result<Decision<Task>>>,
  { actor, at }: Command,
  ports: Ports,
): Promise<Result<Decision<Told>>> => {
  const found = await decided;
  if (!found.ok) return found;
  const { result: task, changes } = found.value;
  return ok({ result: { task, actor, daysLeft: await daysLeftOf([task], ports, at) }, changes });
};
interface Told {
  readonly task: Task;
  readonly actor: Reader;
  readonly daysLeft: DaysLeft;
}
const told = ({ task, actor, daysLeft }: Told) => toTaskAnswer(task, actor, daysLeft);

const takeTask = (ports: Ports) => {
  const take = makeTakeTask(ports);
  return commandRoute(
    inboxRoutes.takeTask,
    ({ params, command }) => after(take(params, command), command, ports),
    told,
  );
};

const handOverTask = (ports: Ports) => {
  const handOver = makeHandOverTask(ports);
  return commandRoute(
    inboxRoutes.handOverTask,
    ({ params, body, command }) => after(handOver({ ...params, ...body }, command), command, ports),
    told,
  );
};

const takeOverTask = (ports: Ports) => {
  const takeOver = makeTakeOverTask(ports);
  return commandRoute(
    inboxRoutes.takeOverTask,
    ({ params, body, command }) => after(takeOver({ ...params, ...body }, command), command, ports),
    told,
  );
};

/** The routes of the approval inbox. */
export const inboxApi = (ports: Ports, executions: Executions): readonly Route[] => [
  listTasks(ports),
  readTask(ports),
  readTaskTrail(ports),
  decideTask(ports, executions),
  takeTask(ports),
  handOverTask(ports),
  takeOverTask(ports),
];
