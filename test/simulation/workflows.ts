import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  type SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { type WorkflowName, workflowNames } from '../../core/ports/events.ts';
import { createEngine, type Engine } from '../../local/stepfunctions/engine.ts';
import { ServiceError } from '../../local/stepfunctions/errors.ts';
import { type Action, createActions } from '../../local/stepfunctions/protocol.ts';
import type { JournalRecord } from '../../local/stepfunctions/records.ts';
import { createRest } from '../../local/stepfunctions/rest.ts';
import { createTokenDesk } from '../../local/stepfunctions/tokens.ts';
import { named, type Tampering } from '../support/faulty-client.ts';
import { ACCOUNT, functionArn, machineArn, REGION } from '../support/step-functions.ts';
import type { SimulatedClock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Host } from './hosts.ts';
import { memoryJournal } from './journal.ts';
import { hash32, type Random } from './random.ts';
import { Gone, type Scheduler } from './scheduler.ts';
import type { Trace } from './trace.ts';

export const workflowArns = Object.fromEntries(workflowNames.map((name) => [name, machineArn(name)])) as Record<
  WorkflowName,
  string
>;
const workflowByArn = new Map(workflowNames.map((name) => [functionArn(name), name]));

/** An execution with the states it was in. */
export interface Walked {
  readonly workflow: string;
  readonly name: string;
  readonly status: string;
  readonly input: string;
  readonly states: readonly string[];
  readonly error: string | undefined;
}

export interface Workflows {
  /** The client of one process: every call waits for its turn. */
  clientOf(host: () => Host<unknown>): SFNClient;
  executions(): Walked[];
}

interface Options extends Tampering {
  readonly clock: SimulatedClock;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly random: Random;
  readonly trace: Trace;
  readonly definitions: Readonly<Record<WorkflowName, unknown>>;
  /** Runs a step in a process of its own. */
  readonly step: (workflow: WorkflowName, id: string, payload: unknown) => Promise<unknown>;
  readonly failed: (error: unknown) => void;
}

const errors = { ExecutionAlreadyExists, ExecutionDoesNotExist, InvalidToken, TaskDoesNotExist, TaskTimedOut };

/**
 * The state machines as they are deployed, in the engine that runs them on one machine, on simulated time. Its process
 * is killed now and then: another goes on from the journal, and whoever was calling gets no answer.
 */
export function createWorkflows(options: Options): Workflows {
  const { clock, scheduler, faults, random, trace, definitions } = options;
  let generation = 0;
  let syncs = 0;
  let calls = 0;
  let tokens = 0;

  const journal = memoryJournal(async ({ machine, execution }) => {
    const mine = generation;
    syncs += 1;
    const who = `workflows/${syncs}`;
    const fault = faults.at(who, ['workflows-killed']);
    await scheduler.turn(
      { who, what: `sync ${machine} ${execution}${fault ? ` !${fault}` : ''}`, alive: () => mine === generation },
      () => {
        if (!fault) return;
        restart();
        throw new Gone(fault);
      },
    );
  });

  const invoke = async (arn: string, payload: unknown): Promise<unknown> => {
    const workflow = workflowByArn.get(arn);
    if (!workflow) throw named('ResourceNotFoundException');
    const { execution, state } = payload as { execution: string; state: string };
    calls += 1;
    const id = `${workflow}.${execution.slice(-8)}.${state}.${calls}`;
    const answer = await options.step(workflow, id, payload);
    if (faults.at(`${id}/answer`, ['step-retried-after-success'])) throw named('Lambda.ServiceException');
    return answer;
  };

  const started = (): { engine: Engine; actions: ReadonlyMap<string, Action>; died: PromiseWithResolvers<never> } => {
    const desk = createTokenDesk();
    const engine = createEngine({
      clock,
      rest: createRest(),
      journal,
      tokens: {
        ...desk,
        issue(executionArn) {
          tokens += 1;
          const secret = Array.from({ length: 6 }, (_, n) => hash32(`${tokens}|${n}`).toString(16).padStart(8, '0'));
          return Buffer.from(`${executionArn}\n${secret.join('')}`).toString('base64url');
        },
      },
      region: REGION,
      accountId: ACCOUNT,
      stateMachines: workflowNames.map((name) => ({ name, arn: machineArn(name), definition: definitions[name] })),
      invoke,
      random: random.next,
      pause: () => scheduler.turn({ who: 'workflows', what: 'pause' }, () => undefined),
      log: (message, detail) => options.failed(new Error(`${message} ${JSON.stringify(detail)}`)),
    });
    const died = Promise.withResolvers<never>();
    died.promise.catch(() => undefined);
    return { engine, actions: createActions({ engine, region: REGION, accountId: ACCOUNT }), died };
  };
  let now = started();

  function restart(): void {
    generation += 1;
    trace.write('workflows', 'killed');
    now.engine.freeze();
    now.died.reject(Object.assign(named('Error'), { code: 'ECONNRESET' }));
    now = started();
    now.engine.resume();
  }

  const act = async (name: string, input: unknown): Promise<unknown> => {
    const { actions, died } = now;
    const action = actions.get(name);
    if (!action) throw new Error(`no operation ${name}`);
    try {
      return await Promise.race([action(input), died.promise]);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (error.name === 'TaskTimedOut') faults.met(isRunning(input) ? 'token-used-twice' : 'token-used-late');
      const Known = errors[error.name as keyof typeof errors];
      throw Known ? new Known({ message: error.message, $metadata: {} }) : named(error.name);
    }
  };
  const isRunning = (input: unknown): boolean => {
    const { taskToken = '' } = input as { taskToken?: string };
    const [arn = ''] = Buffer.from(taskToken, 'base64url').toString().split('\n');
    return now.engine.list().some(({ executionArn, status }) => executionArn === arn && status === 'RUNNING');
  };

  return {
    clientOf(host) {
      const send = async (command: { input: unknown; constructor: { name: string } }): Promise<unknown> => {
        const mine = host();
        const { invocation } = mine;
        if (invocation) invocation.calls += 1;
        const who = `${invocation?.id ?? 'nobody'}/${invocation?.calls ?? 0}`;
        const name = command.constructor.name.replace(/Command$/, '');
        const alive = () => !mine.dead;
        const fault = faults.at(who, ['service-request-lost', 'service-reply-lost', 'function-killed']);
        options.before?.(command);
        await scheduler.turn({ who, what: `${name}${fault ? ` !${fault}` : ''}`, alive }, () => {
          if (fault === 'service-request-lost') throw named('TimeoutError');
          if (fault !== 'function-killed') return;
          invocation?.kill();
          throw new Gone(fault);
        });
        const answer = await act(name, command.input);
        if (fault === 'service-reply-lost') throw named('TimeoutError');
        return answer;
      };
      return { send } as unknown as SFNClient;
    },
    executions: () =>
      now.engine.list().map(({ executionArn, name, status, stateMachineArn }) => {
        const records: readonly JournalRecord[] = now.engine.records(executionArn);
        const states = records.flatMap((record) => (record.type === 'entered' ? [record.state] : []));
        const { input, error } = now.engine.describe(executionArn);
        const workflow = stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1);
        return { workflow, name, status, input, states, error };
      }),
  };
}
