import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetExecutionHistoryCommand, SFNClient } from '@aws-sdk/client-sfn';
import { ScanCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { inboxRoutes } from '../../contracts/inbox.ts';
import { addDays, businessDate, businessDateOf, startOfDay } from '../../core/calendar/business-date.ts';
import type { Task } from '../../core/inbox/task.ts';
import type { Posting } from '../../core/ledger/posting.ts';
import type { Ports } from '../../core/ports/context.ts';
import { type DomainEvent, type WorkflowName, workflowNames } from '../../core/ports/events.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { createSteps, type Step, StepFailed } from '../../functions/_runtime/steps.ts';
import { certificationSteps } from '../../functions/certification-steps/steps.ts';
import { claimAuditSteps } from '../../functions/claim-steps/steps.ts';
import { createSweep } from '../../functions/deadlines/sweep.ts';
import { executionsOf } from '../../functions/inbox-api/executions.ts';
import { inboxApi } from '../../functions/inbox-api/routes/tasks.ts';
import { objectionHandlingSteps } from '../../functions/objection-steps/steps.ts';
import { offeringSteps } from '../../functions/offering-steps/steps.ts';
import { outboxOf, workflowsOf } from '../../functions/outbox-relay/effects.ts';
import { relay } from '../../functions/outbox-relay/relay.ts';
import { payoutSteps } from '../../functions/payout-steps/steps.ts';
import { publicityWindowSteps } from '../../functions/publicity-steps/steps.ts';
import { yearEndSteps } from '../../functions/year-end-steps/steps.ts';
import { createClock } from '../../local/clock/clock.ts';
import { startStepFunctions } from '../../local/stepfunctions/service.ts';
import { unpack } from '../../storage/packed.ts';
import type { Engine } from './engine.ts';
import { removeFolder } from './folders.ts';
import { type Caller, call } from './http-event.ts';
import { ACCOUNT, functionArn, machineArn, REGION } from './step-functions.ts';

/** The steps of each workflow, as its function serves them. */
export const stepsOf: Record<WorkflowName, (ports: Ports) => Readonly<Record<string, Step>>> = {
  'certification-review': certificationSteps,
  'offering-review': offeringSteps,
  'claim-audit': claimAuditSteps,
  'publicity-window': publicityWindowSteps,
  'objection-handling': objectionHandlingSteps,
  payout: payoutSteps,
  // Small pages, so that a few vouchers show every loop.
  'year-end': (ports) => yearEndSteps(ports, { vouchersPerPage: 2, pagesPerExecution: 5 }),
};

const MINUTE = 60_000;
/** The schedule of the deadlines, after midnight in Shanghai. */
const SWEEP_AFTER_MIDNIGHT = 5 * MINUTE;

/** The text of a state machine as it is deployed, with its substitutions filled in. */
export async function deployedDefinition(workflow: WorkflowName): Promise<unknown> {
  const text = await readFile(new URL(`../../statemachines/${workflow}.asl.json`, import.meta.url), 'utf8');
  const substitutions: Record<string, string> = { Partition: 'aws-cn', StepsFunctionArn: functionArn(workflow) };
  return JSON.parse(text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => substitutions[name] ?? ''));
}

const knownDefinitions = new Map<string, string>();

/** Gives a new engine the definitions that an earlier one found valid: validating them is most of its start. */
async function rememberDefinitions(dataDir: string): Promise<void> {
  const folder = join(dataDir, 'definitions');
  await mkdir(folder, { recursive: true });
  for (const [file, text] of knownDefinitions) await writeFile(join(folder, file), text);
}

async function keepDefinitions(dataDir: string): Promise<void> {
  const folder = join(dataDir, 'definitions');
  for (const file of await readdir(folder)) knownDefinitions.set(file, await readFile(join(folder, file), 'utf8'));
}

/** An execution, how it ended, and the state it ended in. */
export interface Ended {
  readonly workflow: WorkflowName;
  readonly status: string;
  /** The last state entered. */
  readonly exit: string | undefined;
  readonly states: readonly string[];
}

type Decision = {
  readonly outcome: string;
  readonly reasonCode?: string;
  readonly note?: string;
  readonly corrected?: string;
  readonly reasons?: readonly object[];
};

/**
 * Every state machine on the embedded engine, with the real steps on a real table; the outbox is carried by the real
 * relay, people decide in the real inbox, and each midnight that passes is followed by the real sweep. Time is the
 * bench's own and only moves when it is told to.
 */
export async function openWorkflowBench(
  engine: Engine,
  options: {
    /** When the bench begins, epoch ms. */
    readonly at: number;
    /** The clock of a world, which is the bench's clock from now on. */
    readonly world?: { at: number };
    /** Whether the reply of the first call of each visit is lost after its effect is stored. */
    readonly loseReplies?: boolean;
  },
) {
  const { store, client, table } = engine;
  const dataDir = await mkdtemp(join(tmpdir(), 'dengyun-workflows-'));
  const failures: unknown[] = [];
  const clock = createClock({
    initialOffset: options.at - Date.now(),
    onError: (error) => failures.push(error),
  });
  const now = () => Math.trunc(clock.now());
  const ports: Ports = { reads: store, calendar: () => storedCalendar(store, now()) };
  if (options.world) Object.defineProperty(options.world, 'at', { get: now, configurable: true, enumerable: true });

  const handlers = new Map(
    workflowNames.map((name) => [functionArn(name), createSteps(name, { store, now, steps: stepsOf[name](ports) })]),
  );
  const visits = new Set<string>();
  let lost = 0;
  let invocations = 0;
  const invoke = async (arn: string, payload: unknown): Promise<unknown> => {
    const handler = handlers.get(arn);
    if (!handler) throw new Error(`no function ${arn}`);
    invocations += 1;
    const answer = await handler(payload, { awsRequestId: `bench-${invocations}` });
    const { execution, state, entered } = payload as Record<string, string>;
    const visit = `${execution} ${state} ${entered}`;
    if (options.loseReplies && !visits.has(visit)) {
      visits.add(visit);
      lost += 1;
      throw new StepFailed('RetryUnlimited', 'the reply was lost');
    }
    return answer;
  };

  await rememberDefinitions(dataDir);
  const service = await startStepFunctions({
    clock,
    dataDir,
    port: 0,
    region: REGION,
    accountId: ACCOUNT,
    stateMachines: await Promise.all(
      workflowNames.map(async (name) => ({
        name,
        arn: machineArn(name),
        definition: await deployedDefinition(name),
      })),
    ),
    invoke,
    log: (message, detail) => failures.push([message, detail]),
  });
  await keepDefinitions(dataDir);
  const sfn = new SFNClient({
    endpoint: service.endpoint,
    region: REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  const arns = Object.fromEntries(workflowNames.map((name) => [name, machineArn(name)])) as Record<
    WorkflowName,
    string
  >;

  const workflows = workflowsOf(sfn, arns);
  const outbox = outboxOf(client, table);

  const scan = async (...types: string[]) => {
    const items: Record<string, unknown>[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new ScanCommand({
          TableName: table,
          ConsistentRead: true,
          FilterExpression: `#type IN (${types.map((_, n) => `:type${n}`).join(', ')})`,
          ExpressionAttributeNames: { '#type': 'type' },
          ExpressionAttributeValues: Object.fromEntries(types.map((type, n) => [`:type${n}`, type])),
          ...(from ? { ExclusiveStartKey: from } : {}),
        }),
      );
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from);
    return items;
  };

  // Only a transaction leaves events behind, and each is seen here: the whole table is looked through once.
  const waiting: DomainEvent[] = [];
  const stopLooking = engine.intercept(async (command, proceed) => {
    const answer = await proceed();
    if (command instanceof TransactWriteCommand) {
      for (const { Put } of command.input.TransactItems ?? []) {
        if (Put?.Item?.type === 'outbox') waiting.push(Put.Item.event);
      }
    }
    return answer;
  });
  waiting.push(...(await scan('outbox')).map(({ event }) => event as DomainEvent));
  let carried = 0;
  const carry = async ({ newestFirst = false } = {}): Promise<void> => {
    const order = newestFirst ? -1 : 1;
    for (const event of waiting.splice(0).sort((a, b) => order * (a.at - b.at))) {
      carried += 1;
      await relay(event, workflows, outbox);
    }
  };
  clock.settleWith(carry, () => carried);

  const sweep = createSweep({ store, ports, now });
  const sweepAtNextMidnight = () => {
    const due = startOfDay(addDays(businessDateOf(now()), 1)) + SWEEP_AFTER_MIDNIGHT;
    clock.at(due, async () => {
      sweepAtNextMidnight();
      await sweep({}, { awsRequestId: `sweep-${due}` });
    });
  };
  sweepAtNextMidnight();

  const footprint = ({ pk, sk }: Record<string, unknown>) => `${pk} ${sk}`;
  const effectTypes = ['audit', 'posting', 'unique'];
  const before = new Set((await scan(...effectTypes)).map(footprint));

  const inbox = createApi({ store, now, routes: inboxApi(ports, executionsOf(sfn, arns)) });
  const names = () => new Set(service.list().map(({ name }) => name));

  /** Open tasks of the bench's executions. */
  const openTasks = async (): Promise<Task[]> => {
    const own = names();
    return (await scan('task'))
      .map((item) => unpack(item) as Task)
      .filter(({ status, executionName }) => status === 'open' && own.has(executionName));
  };

  const onlyTask = async (): Promise<Task> => {
    const [task, ...others] = await openTasks();
    if (!task || others.length > 0) throw new Error(`${others.length + (task ? 1 : 0)} tasks are open, not one`);
    return task;
  };

  /** Lets a minute pass: whatever can happen without people and deadlines happens, retries included. */
  const rest = () => clock.advanceBy(MINUTE);
  /** Lets time pass up to a moment; to rest when it has passed already. */
  const until = async (moment: number) => {
    if (moment > now()) await clock.advanceTo(moment);
    await rest();
  };

  const exitOf = async (arn: string, workflow: WorkflowName, status: string): Promise<Ended> => {
    const { events = [] } = await sfn.send(
      new GetExecutionHistoryCommand({ executionArn: arn, maxResults: 1000, includeExecutionData: false }),
    );
    const states = events.flatMap(({ stateEnteredEventDetails: entered }) => entered?.name ?? []);
    return { workflow, status, exit: states.at(-1), states };
  };

  return {
    sfn,
    now,
    rest,
    until,
    carry,
    openTasks,
    onlyTask,
    /** Somebody decides the one open task in the inbox, and the workflow goes on. */
    async decide(caller: Caller, decision: Decision): Promise<Task> {
      const task = await onlyTask();
      const { status, body } = await call(inbox, inboxRoutes.decideTask, caller, {
        params: { taskId: task.id },
        version: task.version,
        body: decision,
      });
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      await rest();
      return task;
    },
    /** The time limit of the one open task passes, and the morning after it the sweep has been. */
    async letLapse(): Promise<Task> {
      const task = await onlyTask();
      if (!task.dueOn) throw new Error(`task ${task.id} has no time limit`);
      const morningAfter = startOfDay(addDays(businessDate(task.dueOn), 1));
      await until(morningAfter - MINUTE);
      if ((await store.get('task', { id: task.id }))?.status !== 'open') throw new Error('it lapsed before its time');
      await until(morningAfter + 2 * SWEEP_AFTER_MIDNIGHT);
      return task;
    },
    /** The bench's executions of a workflow, oldest first. */
    executions: (workflow: WorkflowName): Promise<Ended[]> =>
      Promise.all(
        service
          .list()
          .filter(({ stateMachineArn }) => stateMachineArn === arns[workflow])
          .sort((a, b) => a.startedAt - b.startedAt)
          .map(({ executionArn: arn, status }) => exitOf(arn, workflow, status)),
      ),
    /**
     * Everything done since the bench was opened, without ids: each change of an entity by its trail, each posting by
     * what it moved. Renewed tokens are the one thing that a repetition may leave behind.
     */
    async effects(): Promise<string[]> {
      const done = (await scan(...effectTypes)).filter((item) => !before.has(footprint(item)));
      return done
        .map(({ type, entity, action, toStatus, posting, pk }) => {
          if (type === 'audit') return `${entity} ${action} ${toStatus ?? ''}`;
          if (type === 'unique') return `unique ${String(pk).split('#')[1]}`;
          const { reason, entries, specs } = posting as Posting;
          const moved = Object.entries(entries).map(([account, amount]) => `${account} ${amount}`);
          const taken = specs.map(({ specId, amount, count }) => `${specId} ${amount} ${count}`);
          return [reason, ...moved.sort(), ...taken.sort()].join(', ');
        })
        .filter((effect) => !effect.includes(' renew-token '))
        .sort();
    },
    /** How many replies were lost so far. */
    lostReplies: () => lost,
    /** What went wrong outside the executions; empty when all is well. */
    failures: () => failures,
    async close() {
      stopLooking();
      sfn.destroy();
      await service.stop();
      clock.stop();
      if (options.world) {
        Object.defineProperty(options.world, 'at', { value: options.at, writable: true, configurable: true });
      }
      await removeFolder(dataDir);
    },
  };
}
export type WorkflowBench = Awaited<ReturnType<typeof openWorkflowBench>>;
