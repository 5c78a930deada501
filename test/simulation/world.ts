import { ScanCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { AnyRouteContract } from '../../contracts/route.ts';
import { businessDate, startOfDay, toShanghaiIso } from '../../core/calendar/business-date.ts';
import type { DomainEvent } from '../../core/ports/events.ts';
import type { Change } from '../../core/ports/store.ts';
import { createStore } from '../../storage/store.ts';
import type { DurableEngine } from '../support/engine.ts';
import type { Tampering } from '../support/faulty-client.ts';
import { type Answered, type Call, type Caller, call } from '../support/http-event.ts';
import { paramNames } from '../support/whole-api.ts';
import { simulatedClock } from './clock.ts';
import { definitions } from './definitions.ts';
import { createEngineProcess } from './engine-process.ts';
import { createFaults, type FaultRates } from './faults.ts';
import { faultyTable } from './faulty-table.ts';
import { type Functions, functionsOf } from './functions.ts';
import { createHistory, type Item, type Written } from './history.ts';
import { clockOf, createHosts } from './hosts.ts';
import { createClientLog } from './log.ts';
import { objectsInMemory } from './objects.ts';
import type { Surroundings } from './person.ts';
import { prepare } from './prepared.ts';
import { randomOf } from './random.ts';
import { createScheduler } from './scheduler.ts';
import { createSchedules } from './schedules.ts';
import { createStreams } from './streams.ts';
import { createTrace } from './trace.ts';
import { createWatch } from './watch.ts';
import { createWorkflows } from './workflows.ts';

/** Before the claim window, with time for orders: 16 September 2019, 9 o'clock. */
export const BEGINNING = startOfDay(businessDate('2019-09-16')) + 9 * 3_600_000;

/** How a deliberate bug is applied. */
export interface WorldTampering extends Tampering {
  /** Changes a request on its way to the function. */
  readonly request?: (call: Call) => Call;
}

export interface WorldOptions {
  readonly seed: number;
  readonly table: string;
  readonly rates: FaultRates;
  /** Deeds and faults that are left out. */
  readonly without?: ReadonlySet<string>;
  /** Deliberate bugs. */
  readonly tampering?: WorldTampering;
  readonly mostTurns: number;
  /** What the functions logged as errors of a request. */
  readonly errorsOf: (requestId: string) => readonly string[];
}

/**
 * The whole system with nobody in it yet: the functions in processes that may die, the real engine behind a network that may
 * fail, state machines, stream and schedules, on time that only passes when it is told to.
 */
export async function openWorld(engine: DurableEngine, options: WorldOptions) {
  const { seed, table, rates, without = new Set(), tampering = {} } = options;
  await engine.createTable(table);
  const broken: string[] = [];
  const clock = simulatedClock(BEGINNING, (error) => broken.push(`a timer failed: ${error}`));
  const trace = createTrace(clock.now);
  const scheduler = createScheduler(clock, randomOf(seed, 'order'), trace, options);
  const faults = createFaults(seed, rates, without);
  const history = createHistory();
  const watch = createWatch();
  const log = createClientLog();
  const random = randomOf(seed, 'world');
  const shards = random.pick([1, 2, 4, 8]);

  const breaks = (sentences: readonly string[]) => {
    if (sentences.length === 0) return;
    for (const sentence of sentences) trace.write('BROKEN', sentence);
    broken.push(...sentences);
    scheduler.stop();
  };

  const listeners: ((written: Written) => void)[] = [];
  const events = new Set<string>();
  const note = ({ type, id }: DomainEvent) => type === 'workflow-requested' && events.add(id);
  const committed = (written: readonly Written[]) => {
    breaks(watch.see(written, clock.now()));
    for (const { item } of written) if (item.type === 'outbox') note(item.event as DomainEvent);
    streams.take(written);
    schedules.take(written);
    for (const one of written) for (const tell of listeners) tell(one);
  };

  const differs = (what: string) => breaks([`the table is not what is known of it: ${what}`]);

  const process = createEngineProcess(engine.kill, clock, trace);
  const objects = objectsInMemory(scheduler);
  const hosts = createHosts<Functions>(
    (host) => {
      const who = () => `${host().invocation?.id ?? 'nobody'}`;
      return functionsOf({
        table,
        client: faultyTable(
          { ...tampering, real: engine.client, process, scheduler, clock, faults, history, committed, differs },
          host,
        ),
        sfn: workflows.clientOf(host),
        objects: objects.of(who),
        now: clockOf(clock, host),
        shards,
        pause: () => {
          const mine = host();
          return scheduler.turn({ who: who(), what: 'pause', alive: () => !mine.dead }, () => undefined);
        },
      });
    },
    faults,
    trace,
  );
  const context = (id: string) => ({ awsRequestId: id });

  const workflows = createWorkflows({
    ...tampering,
    clock,
    scheduler,
    faults,
    trace,
    random: randomOf(seed, 'jitter'),
    definitions: await definitions(),
    step: (workflow, id, payload) => hosts.run(id, ({ functions }) => functions.steps(workflow)(payload, context(id))),
    failed: (error) => broken.push(`the workflow service reports ${error}`),
  });

  const setAside = new Set<string>();
  const streams = createStreams({
    clock,
    scheduler,
    faults,
    trace,
    deliver: (consumer, id, records) =>
      hosts.run(id, async ({ functions }) => {
        const event = { Records: [...records] };
        if (consumer === 'follow-up') return functions.follow(event, id);
        const { batchItemFailures } = await functions.carry(event);
        if (batchItemFailures.length > 0) throw new Error('the record failed');
      }),
    setAside(id, poisoned) {
      if (poisoned) setAside.add(id);
      else breaks([`record ${id} was set aside`]);
    },
  });

  const schedules = createSchedules({
    clock,
    faults,
    sweep: (id) => hosts.run(id, ({ functions }) => functions.sweep({}, context(id))),
    serve: (id) => hosts.run(id, ({ functions }) => functions.follow({}, id)),
    survey: (id, scheduledFor) =>
      hosts.run(id, ({ functions }) =>
        functions.steps('year-end')(
          {
            step: 'survey-last-year',
            execution: 'schedule',
            state: 'Schedule',
            entered: toShanghaiIso(scheduledFor),
            input: {},
          },
          context(id),
        ),
      ),
    gaveUp: (id) => breaks([`the schedule ${id} gave up`]),
  });

  const calm = createStore(observed(), table, { shards });
  /** A client without faults whose writes are seen like all others. */
  function observed() {
    const send = async (command: { input: TransactWriteCommandInput }) => {
      const answer = await (engine.client.send as unknown as (sent: unknown) => Promise<unknown>)(command);
      if (command.input.TransactItems && !command.input.TransactItems.some((item) => 'Get' in item)) {
        committed(history.add(command.input));
      }
      return answer;
    };
    return { send } as unknown as DurableEngine['client'];
  }
  const prepared = await prepare(calm, seed, random, clock.now());

  const routes = new Map<string, number>();
  const request = (contract: AnyRouteContract, caller: Caller | undefined, sent: Call): Promise<Answered> => {
    const what = tampering.request?.(sent) ?? sent;
    const id = what.requestId ?? '';
    return hosts.run(id, async ({ functions }) => {
      const answered = await call(functions.api(contract.context), contract, caller, {
        ...what,
        params: Object.fromEntries(paramNames(contract).map((name) => [name, what.params?.[name] ?? ''])),
      });
      if (answered.status === 500)
        breaks([`${contract.operation} failed by a fault of its own: ${options.errorsOf(id)}`]);
      routes.set(contract.operation, (routes.get(contract.operation) ?? 0) + 1);
      return answered;
    });
  };

  const surroundings: Surroundings = {
    seed,
    clock,
    scheduler,
    faults,
    trace,
    log,
    request,
    without,
    people: [],
    deeds: [],
    onWritten: (tell) => void listeners.push(tell),
  };
  return {
    ...surroundings,
    surroundings,
    objects,
    prepared,
    workflows,
    /** Workflows that were asked for, by the id of the event. */
    events,
    /** Puts on record what others have brought about, past every fault. */
    deposit: (changes: readonly Change[]) =>
      scheduler.turn({ who: 'world', what: 'deposits' }, async () => {
        const origin = { actor: { sub: 'before', role: 'system' as const }, at: clock.now(), requestId: 'deposit' };
        const { ok } = await calm.commit(changes, origin);
        if (!ok) throw new Error('what was deposited is there already');
      }),
    /** How often each route was answered. */
    routes,
    /** What was broken, in words. */
    broken,
    breaks,
    /** Everything in the table, past every fault and turn. */
    async everything(): Promise<readonly Item[]> {
      const items: Item[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const page = await engine.client.send(
          new ScanCommand({ TableName: table, ConsistentRead: true, ...(from ? { ExclusiveStartKey: from } : {}) }),
        );
        items.push(...(page.Items ?? []));
        from = page.LastEvaluatedKey;
      } while (from);
      return items;
    },
    mostTaken: watch.mostTaken,
    /** What became of the stream: records that are still on their way, and such that nobody could read. */
    stream: () => ({ underWay: streams.underWay, poisoned: streams.poisoned, setAside: setAside.size }),
    /** Keys at which the table is not what the transactions that were seen make of it. */
    differences: history.differences,
    close: () => engine.dropTable(table),
  };
}
export type World = Awaited<ReturnType<typeof openWorld>>;
