import { join } from 'node:path';
import type { Clock } from '../clock/clock.ts';
import type { StreamStatus } from '../dynamodb/stream-poller.ts';
import type { PoolStats } from '../lambda/pool.ts';
import type { QueueStore } from '../queues/queue-store.ts';
import type { ScheduleStatus } from '../schedules/schedules.ts';
import { parseStored } from '../stepfunctions/definition.ts';
import { historyOf } from '../stepfunctions/history.ts';
import { pageOf } from '../stepfunctions/paging.ts';
import type { Inspection } from '../stepfunctions/service.ts';
import type { ExecutionStatus } from '../stepfunctions/summary.ts';
import type { FunctionModel } from '../template/model.ts';
import { type Graph, layOut } from './graph.ts';
import { readLog } from './logs.ts';
import { marksOf } from './marks.ts';

/** The parts of a runtime that its operations page looks into. */
export interface Sources {
  readonly clock: Clock;
  readonly stepFunctions: Inspection;
  readonly functions: readonly FunctionModel[];
  functionStats(): ReadonlyMap<string, PoolStats>;
  readonly queues: QueueStore;
  streams(): Promise<StreamStatus[]>;
  schedules(): ScheduleStatus[];
  /** Folder of the logs. */
  readonly logs: string;
  addresses(): object;
}

export type Views = ReturnType<typeof createViews>;

const PAGE = 50;
const MESSAGES = 100;

/** What the page shows, as JSON. Times are milliseconds of the runtime's clock unless said otherwise. */
export function createViews({ stepFunctions, ...sources }: Sources) {
  /** A log for every function, and the runtime's own. */
  const logNames = [...sources.functions.map(({ name }) => name).sort(), 'runtime'];
  /** Drawings by definition: executions of one machine share theirs. */
  const graphs = new Map<string, Graph>();
  const graphOf = (name: string, definition: string): Graph => {
    const graph = graphs.get(definition) ?? layOut(parseStored(name, definition));
    graphs.set(definition, graph);
    return graph;
  };

  const openTasks = () =>
    stepFunctions
      .list()
      .filter(({ status }) => status === 'RUNNING')
      .flatMap(({ executionArn, stateMachineArn, name }) =>
        stepFunctions.standing(executionArn).flatMap(({ task, state, input }) => {
          if (!task) return [];
          const { scheduledAt, beatAt, timeoutSeconds, heartbeatSeconds, submitted, token } = task;
          const due = [
            ...(timeoutSeconds === undefined ? [] : [scheduledAt + timeoutSeconds * 1000]),
            ...(heartbeatSeconds === undefined ? [] : [beatAt + heartbeatSeconds * 1000]),
          ];
          return [
            {
              executionArn,
              machine: nameOf(stateMachineArn),
              execution: name,
              state,
              input,
              since: scheduledAt,
              submitted,
              token,
              ...(due.length > 0 && { due: Math.min(...due) }),
            },
          ];
        }),
      )
      .sort((a, b) => a.since - b.since);

  return {
    overview() {
      const executions: Partial<Record<ExecutionStatus, number>> = {};
      for (const { status } of stepFunctions.list()) executions[status] = (executions[status] ?? 0) + 1;
      const stats = [...sources.functionStats().values()];
      return {
        /** Milliseconds by which the clock was moved. */
        ahead: Math.round(sources.clock.now() - Date.now()),
        executions,
        tasks: openTasks().length,
        messages: sources.queues.queues.reduce((sum, queue) => sum + sources.queues.list(queue).length, 0),
        invocations: stats.reduce((sum, { invocations }) => sum + invocations, 0),
        errors: stats.reduce((sum, { errors }) => sum + errors, 0),
        addresses: sources.addresses(),
      };
    },

    /** The latest first, a page at a time. @throws ServiceError InvalidToken */
    executions(filter: { machine?: string; status?: string; page?: string }) {
      const all = stepFunctions
        .list()
        .filter(({ stateMachineArn }) => !filter.machine || nameOf(stateMachineArn) === filter.machine)
        .filter(({ status }) => !filter.status || status === filter.status);
      const { items, next } = pageOf(
        all,
        ({ startedAt, executionArn }) => [-startedAt, executionArn],
        PAGE,
        filter.page,
      );
      return {
        machines: stepFunctions.machines.map(({ name }) => name).sort(),
        total: all.length,
        items: items.map((summary) => ({
          ...summary,
          machine: nameOf(summary.stateMachineArn),
          states: stepFunctions.standing(summary.executionArn).map(({ state }) => state),
        })),
        ...next,
      };
    },

    /** @throws ServiceError ExecutionDoesNotExist */
    execution(executionArn: string) {
      const described = stepFunctions.describe(executionArn);
      const records = stepFunctions.records(executionArn);
      const machine = stepFunctions.machineOf(executionArn);
      return {
        ...described,
        machine: machine.name,
        graph: graphOf(machine.name, machine.definition),
        marks: marksOf(records, described.status),
        standing: stepFunctions.standing(executionArn),
        history: historyOf(records, { roleArn: '', includeData: true }),
      };
    },

    /** @throws ServiceError ExecutionDoesNotExist */
    stop: (executionArn: string) => stepFunctions.abort(executionArn, 'Operations.Stopped', 'stopped by hand'),

    tasks: () => ({ items: openTasks() }),

    queues: () => ({
      items: sources.queues.queues.map((queue) => {
        const messages = sources.queues.list(queue);
        return { name: queue.name, depth: messages.length, messages: messages.slice(-MESSAGES).reverse() };
      }),
    }),

    streams: async () => ({
      items: (await sources.streams()).map(({ mapping, ...status }) => ({
        ...status,
        id: mapping.id,
        table: mapping.tableName,
        function: mapping.functionName,
        batchSize: mapping.batchSize,
      })),
    }),

    schedules: () => ({
      items: sources.schedules().map(({ arn, name, expression, timeZone, targetArn, next, last }) => ({
        arn,
        name,
        expression,
        timeZone,
        target: nameOf(targetArn),
        ...(next !== undefined && { next }),
        ...(last && { last }),
      })),
    }),

    functions() {
      const stats = sources.functionStats();
      return {
        items: sources.functions
          .map(({ name, timeoutSeconds, memoryMb }) => ({ name, timeoutSeconds, memoryMb, ...stats.get(name) }))
          .sort((a, b) => a.name.localeCompare(b.name)),
      };
    },

    /** The end of a log: only names that there are become a path. Undefined for any other. */
    async log(name: string, filter?: string) {
      return logNames.includes(name) ? { items: await readLog(join(sources.logs, `${name}.log`), filter) } : undefined;
    },

    logs: () => ({ items: logNames }),
  };
}

const nameOf = (arn: string) => arn.slice(arn.lastIndexOf(':') + 1);
