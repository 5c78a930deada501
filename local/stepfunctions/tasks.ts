import { createHash } from 'node:crypto';
import type { Timers } from '../clock/clock.ts';
import type { TaskKind } from './compiled.ts';
import { assertFits, lambdaFailure, StateFailure, Unwound } from './errors.ts';
import { detached, isObject, type Json, type JsonObject } from './json.ts';
import type { Answer, ScopeEvent, StartedRecord } from './records.ts';
import type { Rest } from './rest.ts';
import type { Stay, Wake } from './stay.ts';
import type { TokenDesk } from './tokens.ts';

/** What tasks call. */
export interface TaskServices {
  readonly region: string;
  readonly tokens: TokenDesk;
  /** Runs a function by its ARN. @throws Error whose name is the Lambda error type. */
  invoke(functionArn: string, payload: Json): Promise<unknown>;
  /** The ARN of a function given by its name. */
  functionArn(nameOrArn: string): string;
  /** @throws ServiceError */
  startExecution(
    stateMachineArn: string,
    name: string,
    input: string,
  ): Promise<{ executionArn: string; startedAt: number }>;
  /** Calls back with the description of an execution once it has ended; returns what undoes that. */
  whenEnded(executionArn: string, then: (description: EndedExecution) => void): () => void;
}

/** The execution that a task is a part of. */
export interface TaskHost {
  readonly head: StartedRecord;
  readonly services: TaskServices & { readonly clock: Timers; readonly rest: Rest; sync(): Promise<void> };
  record(event: ScopeEvent, signal: AbortSignal): void;
  park<T>(signal: AbortSignal, subscribe: (wake: Wake<T>) => () => void): Promise<T>;
  context(stay: Stay, token?: string): JsonObject;
}

export interface EndedExecution {
  readonly status: string;
  readonly fields: JsonObject;
  readonly output: string | undefined;
}

/**
 * One attempt of a task: its result before ResultSelector. Goes on where the journal left it: a completed task is not
 * run again, a token that waits goes on waiting, anything else under way at a crash is done once more.
 */
export async function performTask(execution: TaskHost, stay: Stay): Promise<Json> {
  const { scope, state, visit, signal } = stay;
  const { task: kind } = state;
  if (!kind) throw new StateFailure('States.Runtime', `${state.name} is not a task`);
  if (visit.result) return visit.result.value;
  if (visit.failure) throw new StateFailure(visit.failure.error, visit.failure.cause);

  const { services } = execution;
  const waitsForToken = kind.service === 'lambda' && kind.pattern === 'token';
  const token = waitsForToken ? (visit.task?.token ?? services.tokens.issue(execution.head.executionArn)) : undefined;
  const context = execution.context(stay, token);
  const parameters = await state.flow.effective(visit.input, context);
  assertFits(parameters, `the input of the task ${state.name}`);

  const resource = state.definition.Resource ?? '';
  if (!visit.task?.token) {
    execution.record(
      {
        type: 'scheduled',
        scope,
        resource,
        region: services.region,
        parameters,
        ...(token !== undefined && { token }),
        ...(await limitsOf(stay, context)),
      },
      signal,
    );
    // A token must be known for ever before anyone else can know it.
    if (token !== undefined) await services.sync();
  }

  try {
    const result =
      token === undefined
        ? await call(execution, stay, kind, parameters)
        : await callAndAwaitToken(execution, stay, token, parameters);
    assertFits(result, `the result of the task ${state.name}`);
    execution.record({ type: 'completed', scope, resource, result }, signal);
    return result;
  } catch (thrown) {
    if (!(thrown instanceof StateFailure)) throw thrown;
    const { error, reason } = thrown;
    const timedOut = thrown instanceof TimedOut;
    execution.record({ type: 'failed', scope, resource, error, cause: reason, timedOut }, signal);
    throw thrown;
  }
}

class TimedOut extends StateFailure {
  constructor(reason: string) {
    super('States.Timeout', reason);
  }
}

async function limitsOf(stay: Stay, context: JsonObject) {
  const { state, visit } = stay;
  const { definition, paths, flow } = state;
  const selected = await flow.selected(visit.input, context);
  const timeout = paths.TimeoutSeconds ? await paths.TimeoutSeconds(selected, context) : definition.TimeoutSeconds;
  const heartbeat = paths.HeartbeatSeconds
    ? await paths.HeartbeatSeconds(selected, context)
    : definition.HeartbeatSeconds;
  return {
    ...(timeout !== undefined && { timeoutSeconds: seconds(timeout, state.name) }),
    ...(heartbeat !== undefined && { heartbeatSeconds: seconds(heartbeat, state.name) }),
  };
}

function seconds(value: Json, state: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw new StateFailure('States.Runtime', `${state}: ${value} is not a number of seconds greater than 0`);
}

/** A call whose answer is the result. Functions count as work until they answer; a child execution counts for itself. */
async function call(execution: TaskHost, stay: Stay, kind: TaskKind, parameters: Json): Promise<Json> {
  const { services } = execution;
  const { signal, visit } = stay;
  const task = visit.task;
  const due = task?.timeoutSeconds === undefined ? undefined : task.scheduledAt + task.timeoutSeconds * 1000;
  const child = kind.service === 'states' ? await startChild(execution, stay, parameters) : undefined;
  if (child && kind.service === 'states' && kind.pattern === 'request') {
    return { ExecutionArn: child.executionArn, StartDate: child.startedAt / 1000 };
  }
  return execution.park<Json>(signal, (wake) => {
    const cancel =
      due === undefined
        ? undefined
        : services.clock.at(due, () => wake({ failure: new TimedOut('the task ran into its TimeoutSeconds') }));
    if (child) {
      const json = kind.service === 'states' && kind.pattern === 'sync-json';
      const forget = services.whenEnded(child.executionArn, (ended) => {
        const fields = { ...ended.fields, ...(json && ended.output && { Output: JSON.parse(ended.output) as Json }) };
        if (ended.status === 'SUCCEEDED') wake({ value: fields });
        else wake({ failure: new StateFailure('States.TaskFailed', JSON.stringify(ended.fields)) });
      });
      return () => {
        cancel?.();
        forget();
      };
    }
    const invocation =
      kind.service === 'function' ? invokeDirectly(services, kind, parameters) : invoke(services, parameters);
    void services.rest.during(
      invocation.then(
        (value) => wake({ value }),
        (failure) => wake({ failure }),
      ),
    );
    return () => cancel?.();
  });
}

async function startChild(execution: TaskHost, stay: Stay, parameters: Json) {
  const { StateMachineArn, Name, Input } = isObject(parameters) ? parameters : {};
  // A name made of the place in the parent: doing it again after a crash finds the child instead of making another.
  const { scope, visit } = stay;
  const name =
    typeof Name === 'string'
      ? Name
      : stableId(`${execution.head.executionArn}${scope}/${visit.number}.${visit.attempt}`);
  try {
    return await execution.services.startExecution(
      String(StateMachineArn ?? ''),
      name,
      typeof Input === 'string' ? Input : JSON.stringify(Input ?? {}),
    );
  } catch (thrown) {
    if (thrown instanceof Unwound || !(thrown instanceof Error)) throw thrown;
    throw new StateFailure(`StepFunctions.${thrown.name}Exception`, thrown.message);
  }
}

/** The shape of the service's own names for executions: that of a UUID. */
function stableId(seed: string): string {
  const hash = createHash('sha256').update(seed).digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-');
}

async function callFunction(services: TaskServices, functionArn: string, payload: Json): Promise<Json> {
  try {
    return detached(await services.invoke(functionArn, payload)).value;
  } catch (thrown) {
    throw lambdaFailure(thrown);
  }
}

const invokeDirectly = (services: TaskServices, kind: { functionArn: string }, payload: Json) =>
  callFunction(services, kind.functionArn, payload);

/** `lambda:invoke`: the answer of the function stands in an envelope. */
async function invoke(services: TaskServices, parameters: Json): Promise<Json> {
  const { FunctionName, Payload } = isObject(parameters) ? parameters : {};
  if (typeof FunctionName !== 'string') throw new StateFailure('States.Runtime', 'lambda:invoke has no FunctionName');
  const payload = await callFunction(services, services.functionArn(FunctionName), Payload ?? {});
  return { ExecutedVersion: '$LATEST', Payload: payload, StatusCode: 200 };
}

/** The function is given the token; the result is what comes back with it, whatever the function answers. */
async function callAndAwaitToken(execution: TaskHost, stay: Stay, token: string, parameters: Json): Promise<Json> {
  const { services } = execution;
  const { clock, tokens } = services;
  const { scope, visit, state, signal } = stay;
  const { task } = visit;
  if (!task) throw new Error(`${state.name} waits for a token that was never recorded`);
  const answer =
    task.answer ??
    (await execution.park<Answer>(signal, (wake) => {
      const fail = (failure: StateFailure) => {
        if (tokens.close(token)) wake({ failure });
      };
      const cancelTimeout =
        task.timeoutSeconds === undefined
          ? undefined
          : clock.at(task.scheduledAt + task.timeoutSeconds * 1000, () =>
              fail(new TimedOut('the token did not come back within TimeoutSeconds')),
            );
      let cancelHeartbeat: (() => void) | undefined;
      const awaitHeartbeat = () => {
        cancelHeartbeat?.();
        if (task.heartbeatSeconds === undefined) return;
        cancelHeartbeat = clock.at(task.beatAt + task.heartbeatSeconds * 1000, () =>
          fail(new TimedOut('no heartbeat came within HeartbeatSeconds')),
        );
      };
      awaitHeartbeat();
      tokens.open(token, {
        async answer(given) {
          // Up to here nothing else can have run: whoever comes next finds the token closed.
          execution.record({ type: 'answered', scope, token, answer: given }, signal);
          tokens.close(token);
          await services.sync();
          wake({ value: given });
        },
        heartbeat() {
          execution.record({ type: 'heartbeat', scope, token }, signal);
          awaitHeartbeat();
        },
      });
      if (!task.submitted) {
        const submitted = (result: Json) => {
          const resource = state.definition.Resource ?? '';
          // The answer may have come first; then the execution has gone on already.
          if (tokens.find(token)) execution.record({ type: 'submitted', scope, resource, result }, signal);
        };
        void services.rest.during(invoke(services, parameters).then(submitted).catch(fail));
      }
      return () => {
        cancelTimeout?.();
        cancelHeartbeat?.();
        tokens.close(token);
      };
    }));
  if ('output' in answer) return answer.output;
  throw new StateFailure(answer.error, answer.cause);
}
