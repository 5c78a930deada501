import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Timers } from '../clock/clock.ts';
import { type CompiledMachine, compile } from './compiled.ts';
import { parseDefinition, trustDefinition } from './definition.ts';
import { ServiceError } from './errors.ts';
import { Execution, type ExecutionServices, type Standing } from './execution.ts';
import { headOf } from './history.ts';
import { type Journal, type Place, redrivesOf } from './journal.ts';
import { fits, type Json, type JsonObject } from './json.ts';
import type { EndedRecord, JournalRecord, ScopeRecord, StartedRecord } from './records.ts';
import type { Rest } from './rest.ts';
import type { ExecutionSummary } from './summary.ts';
import type { EndedExecution } from './tasks.ts';
import { executionOfToken, type OpenTask, type TokenDesk } from './tokens.ts';

export interface Machine {
  readonly name: string;
  readonly arn: string;
  readonly definition: string;
  /** Milliseconds of the runtime's clock. */
  readonly createdAt: number;
}

/** An execution with all that its journal says of it. */
export interface Description extends ExecutionSummary {
  readonly input: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly redrivenAt?: number;
  /** Why it cannot be redriven; absent: it can be. */
  readonly notRedrivable?: string;
}

/** State machines, their executions and the answers to the service's questions, without the wire. */
export interface Engine {
  readonly machines: readonly Machine[];
  /** @throws ServiceError StateMachineDoesNotExist, InvalidName, InvalidExecutionInput, ExecutionAlreadyExists */
  start(
    stateMachineArn: string,
    name: string | undefined,
    input: string,
  ): Promise<{ executionArn: string; startedAt: number }>;
  /** @throws ServiceError ExecutionDoesNotExist */
  describe(executionArn: string): Description;
  records(executionArn: string): JournalRecord[];
  /** The machine as it was when the execution started. */
  machineOf(executionArn: string): Machine;
  /** The states a running execution is in; none when it has ended. */
  standing(executionArn: string): Standing[];
  /** Ends a running execution; gives the time at which it ended. */
  abort(executionArn: string, error?: string, cause?: string): { stoppedAt: number };
  /**
   * Lets an execution that failed, was stopped or ran out of time go on from there; gives the time at which it did.
   *
   * @throws ServiceError ExecutionDoesNotExist, ExecutionNotRedrivable
   */
  redrive(executionArn: string): Promise<{ redrivenAt: number }>;
  list(): ExecutionSummary[];
  /** @throws ServiceError StateMachineDoesNotExist */
  machine(arn: string): Machine;
  /** The task that waits for this token. @throws ServiceError InvalidToken, TaskDoesNotExist, TaskTimedOut */
  taskOf(token: string): Promise<OpenTask>;
  /** Goes on with every execution that was running when the journal was written. */
  resume(): void;
  /** Knows of them without going on: for whoever only looks at what a runtime left. */
  remember(): void;
  freeze(): void;
}

export interface EngineOptions {
  clock: Timers;
  rest: Rest;
  journal: Journal;
  tokens: TokenDesk;
  region: string;
  accountId: string;
  stateMachines: readonly { name: string; arn: string; definition: unknown }[];
  invoke(functionArn: string, payload: Json): Promise<unknown>;
  /** From 0 up to 1: the jitter of retries. */
  random?: () => number;
  /** What is waited before looking again whether an execution that goes on has come to its token. */
  pause?: () => Promise<void>;
  log(message: string, detail?: object): void;
}

/** For how long after its end an execution can be redriven, as in the service: 14 days. */
const REDRIVABLE_MS = 14 * 24 * 60 * 60 * 1000;

/** How often, 5 ms apart, an answer looks again for an execution that goes on again after a restart: some ten seconds. */
const REOPENING_TRIES = 2_000;

/** Names as the service takes them; none of them can leave its folder when it becomes part of a path. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is forbidden
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/u;

export function createEngine(options: EngineOptions): Engine {
  const { clock, journal, rest, tokens, region, accountId, random = Math.random, log } = options;
  const { pause = () => delay(5) } = options;
  const partition = region.startsWith('cn-') ? 'aws-cn' : 'aws';
  const compiled = new Map<string, CompiledMachine>();
  const machines = new Map<string, Machine & { hash: string }>();
  const summaries = new Map<string, ExecutionSummary>();
  const running = new Map<string, { execution: Execution; durable: Promise<void> }>();
  const watchers = new Map<string, Set<(ended: EndedExecution) => void>>();
  const { running: unfinished, finished } = journal.load();
  for (const summary of finished) summaries.set(summary.executionArn, summary);

  for (const { name, arn, definition } of options.stateMachines) {
    const text = JSON.stringify(definition);
    // What is kept was valid when it was kept.
    const parse = journal.knowsDefinition(text) ? trustDefinition : parseDefinition;
    const ready = compile(parse(name, definition));
    const hash = journal.saveDefinition(text);
    compiled.set(hash, ready);
    machines.set(arn, { name, arn, definition: text, hash, createdAt: Math.trunc(clock.now()) });
  }

  const compiledBy = (hash: string, name: string) => {
    const known = compiled.get(hash);
    if (known) return known;
    const made = compile(trustDefinition(name, JSON.parse(journal.readDefinition(hash))));
    compiled.set(hash, made);
    return made;
  };

  const placeOf = (executionArn: string): Place => {
    const [machine = '', execution = ''] = executionArn.split(':').slice(-2);
    return { machine, execution };
  };

  const known = (executionArn: string) => {
    const summary = summaries.get(executionArn);
    if (summary) return summary;
    throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
  };

  const machine = (arn: string) => {
    const found = machines.get(arn);
    if (found) return found;
    throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  };

  const ended = (executionArn: string, record: EndedRecord) => {
    const place = placeOf(executionArn);
    const summary: ExecutionSummary = { ...known(executionArn), status: record.status, stoppedAt: record.at };
    journal.append(place, record);
    journal.finish(place, summary);
    summaries.set(executionArn, summary);
    running.delete(executionArn);
    const told = watchers.get(executionArn);
    watchers.delete(executionArn);
    if (told) for (const tell of told) tell(endedExecution(executionArn));
  };

  const services = (executionArn: string): ExecutionServices => {
    const place = placeOf(executionArn);
    return {
      clock,
      random,
      rest,
      region,
      tokens,
      log: (message, detail) => log(message, { executionArn, ...detail }),
      append: (record: ScopeRecord) => journal.append(place, record),
      sync: () => journal.sync(place),
      ended: (record) => ended(executionArn, record),
      invoke: options.invoke,
      functionArn: (nameOrArn) =>
        nameOrArn.startsWith('arn:')
          ? nameOrArn
          : `arn:${partition}:lambda:${region}:${accountId}:function:${nameOrArn}`,
      startExecution: start,
      whenEnded,
    };
  };

  const whenEnded = (executionArn: string, then: (ended: EndedExecution) => void) => {
    if (known(executionArn).status !== 'RUNNING') {
      then(endedExecution(executionArn));
      return () => undefined;
    }
    const told = watchers.get(executionArn) ?? new Set();
    watchers.set(executionArn, told.add(then));
    return () => void told.delete(then);
  };

  const describe = (executionArn: string): Description => {
    const summary = known(executionArn);
    const records = journal.read(placeOf(executionArn));
    const last = records.findLast(({ type }) => type === 'ended' || type === 'redriven');
    const end = last?.type === 'ended' ? last : undefined;
    const redriven = records.findLast((record) => record.type === 'redriven');
    const notRedrivable = whyNotRedrivable(summary);
    return {
      ...summary,
      input: headOf(records).input,
      ...(redriven && { redrivenAt: redriven.at }),
      ...(notRedrivable !== undefined && { notRedrivable }),
      ...(end?.output !== undefined && { output: end.output }),
      ...(end?.error !== undefined && { error: end.error }),
      ...(end?.cause !== undefined && { cause: end.cause }),
    };
  };

  /** What a parent that waits for this execution gets: the description in AWS's own field names. */
  const endedExecution = (executionArn: string): EndedExecution => {
    const { name, stateMachineArn, startedAt, stoppedAt, status, input, output, error, cause } = describe(executionArn);
    const fields: JsonObject = {
      ExecutionArn: executionArn,
      Input: input,
      Name: name,
      StartDate: startedAt,
      StateMachineArn: stateMachineArn,
      Status: status,
      ...(stoppedAt !== undefined && { StopDate: stoppedAt }),
      ...(output !== undefined && { Output: output }),
      ...(error !== undefined && { Error: error }),
      ...(cause !== undefined && { Cause: cause }),
    };
    return { status, fields, output };
  };

  const whyNotRedrivable = ({ status, stoppedAt = 0 }: ExecutionSummary): string | undefined => {
    if (status === 'RUNNING' || status === 'SUCCEEDED') return `Execution is ${status} and cannot be redriven`;
    if (clock.now() - stoppedAt > REDRIVABLE_MS) return 'Execution has exceeded its redrivable period';
    return undefined;
  };

  /** An execution as its journal has it, ready to go on. */
  const revive = (records: readonly JournalRecord[]) => {
    const head = headOf(records);
    const { executionArn, stateMachineArn, name } = head;
    const past = records.filter((record) => record.type !== 'started' && record.type !== 'ended');
    const machineName = stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1);
    const execution = new Execution(head, compiledBy(head.definition, machineName), services(executionArn), past);
    const redriveCount = redrivesOf(records);
    summaries.set(executionArn, {
      executionArn,
      stateMachineArn,
      name,
      status: 'RUNNING',
      startedAt: head.at,
      ...(redriveCount > 0 && { redriveCount }),
    });
    return execution;
  };

  const isRunning = (executionArn = '') => summaries.get(executionArn)?.status === 'RUNNING';

  const alreadyExists = (executionArn: string) =>
    new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);

  async function start(stateMachineArn: string, name: string | undefined, input: string) {
    const { hash, name: machineName } = machine(stateMachineArn);
    const chosen = name ?? randomUUID();
    if (!NAME.test(chosen)) throw new ServiceError('InvalidName', `Invalid Name: '${chosen}'`);
    checkJson(input);
    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${chosen}`;
    const existing = summaries.get(executionArn);
    if (existing) {
      const twin = running.get(executionArn);
      if (twin?.execution.head.input !== input) throw alreadyExists(executionArn);
      await twin.durable;
      return { executionArn, startedAt: existing.startedAt };
    }
    const head: StartedRecord = {
      type: 'started',
      at: Math.trunc(clock.now()),
      executionArn,
      stateMachineArn,
      name: chosen,
      input,
      definition: hash,
    };
    const place = placeOf(executionArn);
    const execution = new Execution(head, compiledBy(hash, machineName), services(executionArn));
    journal.begin(place, head);
    summaries.set(executionArn, {
      executionArn,
      stateMachineArn,
      name: chosen,
      status: 'RUNNING',
      startedAt: head.at,
    });
    const durable = rest.during(
      journal.sync(place, { created: true }).then(() => {
        execution.run();
      }),
    );
    running.set(executionArn, { execution, durable });
    await durable;
    return { executionArn, startedAt: head.at };
  }

  const taskOf = async (token: string) => {
    const executionArn = executionOfToken(token);
    // Whoever answers while executions are just going on again must not hear that nobody waits: the answer would be lost.
    for (let tries = 0; tries < REOPENING_TRIES && tokens.isExpected(token) && isRunning(executionArn); tries++) {
      await pause();
    }
    const task = tokens.find(token);
    if (task) return task;
    if (executionArn === undefined) throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
    if (!summaries.has(executionArn)) {
      throw new ServiceError('TaskDoesNotExist', 'Task Does Not Exist: the execution of this token does not exist');
    }
    const issued = journal
      .read(placeOf(executionArn))
      .some((record) => record.type === 'scheduled' && record.token === token);
    if (!issued) throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
    throw new ServiceError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  };

  return {
    machines: [...machines.values()],
    start,
    describe,
    records(executionArn) {
      known(executionArn);
      return journal.read(placeOf(executionArn));
    },
    machineOf(executionArn) {
      const { stateMachineArn } = known(executionArn);
      const { definition, at } = headOf(journal.read(placeOf(executionArn)));
      const name = stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1);
      return { name, arn: stateMachineArn, definition: journal.readDefinition(definition), createdAt: at };
    },
    standing: (executionArn) => running.get(executionArn)?.execution.standing() ?? [],
    abort(executionArn, error, cause) {
      const { stoppedAt } = known(executionArn);
      // Stopping what has ended changes nothing and is no error, as in the service.
      if (stoppedAt !== undefined) return { stoppedAt };
      running.get(executionArn)?.execution.abort(error, cause);
      return { stoppedAt: known(executionArn).stoppedAt ?? Math.trunc(clock.now()) };
    },
    async redrive(executionArn) {
      const refusal = whyNotRedrivable(known(executionArn));
      if (refusal !== undefined) throw new ServiceError('ExecutionNotRedrivable', refusal);
      const place = placeOf(executionArn);
      const redrivenAt = Math.trunc(clock.now());
      journal.reopen(place, { type: 'redriven', at: redrivenAt });
      const execution = revive(journal.read(place));
      const durable = rest.during(journal.sync(place, { created: true }).then(() => execution.run()));
      running.set(executionArn, { execution, durable });
      await durable;
      return { redrivenAt };
    },
    list: () => [...summaries.values()],
    machine,
    taskOf,
    remember() {
      for (const { records } of unfinished) {
        const { executionArn, stateMachineArn, name, at } = headOf(records);
        summaries.set(executionArn, { executionArn, stateMachineArn, name, status: 'RUNNING', startedAt: at });
      }
    },
    resume() {
      for (const { records } of unfinished) {
        const execution = revive(records);
        running.set(execution.head.executionArn, { execution, durable: Promise.resolve() });
        tokens.expect(execution.openTokens());
      }
      for (const { execution } of [...running.values()]) execution.run();
    },
    freeze() {
      for (const { execution } of running.values()) execution.freeze();
    },
  };
}

/** @throws ServiceError InvalidExecutionInput */
function checkJson(input: string): void {
  if (!fits(input)) {
    throw new ServiceError('InvalidExecutionInput', "Invalid State Machine Execution Input: 'larger than 256 KiB'");
  }
  try {
    JSON.parse(input);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ServiceError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`);
  }
}
