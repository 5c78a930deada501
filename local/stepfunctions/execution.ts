import type { Timers } from '../clock/clock.ts';
import type { CompiledMachine, CompiledState } from './compiled.ts';
import { asFailure, assertFits, StateFailure, Unwound } from './errors.ts';
import type { Json, JsonObject } from './json.ts';
import { branchScope, Progress, type ScopeProgress, type TaskProgress, type Visit } from './progress.ts';
import type { Answer, EndedRecord, RedrivenRecord, ScopeEvent, ScopeRecord, StartedRecord } from './records.ts';
import type { Rest } from './rest.ts';
import { catcherFor, nextRetry } from './retry-policy.ts';
import type { Stay, Wake } from './stay.ts';
import { performTask, type TaskHost, type TaskServices } from './tasks.ts';

/** What an execution needs from the engine around it. */
export interface ExecutionServices extends TaskServices {
  readonly clock: Timers;
  random(): number;
  readonly rest: Rest;
  append(record: ScopeRecord): void;
  /** Takes what was appended to the disk. */
  sync(): Promise<void>;
  ended(record: EndedRecord): void;
  log(message: string, detail?: object): void;
}

/** Concurrency of a Map that sets none, as in the service. */
const DEFAULT_CONCURRENCY = 40;

/**
 * One running execution: walks through the states of its machine, writing every step to the journal before acting on
 * it. Resuming is the same walk, begun where the journal's fold says it stands.
 */
export class Execution implements TaskHost {
  readonly head: StartedRecord;
  readonly services: ExecutionServices;
  readonly #machine: CompiledMachine;
  readonly #input: Json;
  readonly #progress = new Progress();
  readonly #over = new AbortController();
  readonly #redrives: readonly RedrivenRecord[];

  constructor(
    head: StartedRecord,
    machine: CompiledMachine,
    services: ExecutionServices,
    past: readonly (ScopeRecord | RedrivenRecord)[] = [],
  ) {
    this.head = head;
    this.services = services;
    this.#machine = machine;
    this.#input = JSON.parse(head.input);
    this.#redrives = past.filter((record) => record.type === 'redriven');
    for (const record of past) this.#progress.apply(record);
  }

  /** Tokens that were handed out before and have not come back. */
  openTokens(): Iterable<string> {
    return this.#progress.openTokens();
  }

  /** Begins or goes on; everything it does from here is counted by `rest`. */
  run(): void {
    if (this.#over.signal.aborted) return;
    const { clock, rest } = this.services;
    const { timeoutSeconds } = this.#machine;
    if (timeoutSeconds !== undefined) {
      // The time-out counts anew for an execution that was sent on again.
      const since = this.#redrives.at(-1)?.at ?? this.head.at;
      const cancel = clock.at(since + timeoutSeconds * 1000, () =>
        this.#end({ type: 'ended', at: this.now(), status: 'TIMED_OUT', error: 'States.Timeout' }),
      );
      this.#over.signal.addEventListener('abort', cancel, { once: true });
    }
    void rest.during(
      this.#runScope('', this.#machine, this.#input, undefined, this.#over.signal).then(
        (output) => this.#end({ type: 'ended', at: this.now(), status: 'SUCCEEDED', output: JSON.stringify(output) }),
        (thrown) => {
          if (thrown instanceof Unwound) return;
          const { error, reason } = asFailure(thrown);
          if (!(thrown instanceof StateFailure)) this.services.log('execution failed on an internal error', { thrown });
          this.#end({ type: 'ended', at: this.now(), status: 'FAILED', error, cause: reason });
        },
      ),
    );
  }

  /** Ends it from outside: waits are over, tokens are void. */
  abort(error: string | undefined, cause: string | undefined): void {
    this.#end({
      type: 'ended',
      at: this.now(),
      status: 'ABORTED',
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    });
  }

  /** Leaves it where it stands, to be resumed by another runtime. */
  freeze(): void {
    this.#over.abort();
  }

  #end(record: EndedRecord): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    this.services.ended(record);
  }

  /** The states it is in, outer ones first. */
  standing(): Standing[] {
    return [...this.#progress.visits()].map(({ scope, visit }) => {
      const { state, input, enteredAt, attempt, waitUntil, retryAt, task } = visit;
      const open = task?.token !== undefined && task.answer === undefined && visit.failure === undefined;
      return {
        scope,
        state,
        input,
        enteredAt,
        attempt,
        ...(waitUntil !== undefined && { waitUntil }),
        ...(retryAt !== undefined && { retryAt }),
        ...(open && task?.token !== undefined && { task: { ...task, token: task.token } }),
      };
    });
  }

  now(): number {
    return Math.trunc(this.services.clock.now());
  }

  /** @throws Unwound when the line of states that wants to go on was stopped. */
  record(event: ScopeEvent, signal: AbortSignal): void {
    if (signal.aborted) throw new Unwound();
    const record: ScopeRecord = { ...event, at: this.now() };
    this.services.append(record);
    this.#progress.apply(record);
  }

  /**
   * Waits without counting as work. `subscribe` arranges for the waking and returns what undoes it. A line that is
   * stopped while it is parked never wakes.
   */
  park<T>(signal: AbortSignal, subscribe: (wake: Wake<T>) => () => void): Promise<T> {
    const { rest } = this.services;
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(new Unwound());
        return;
      }
      let over = false;
      let undo: (() => void) | undefined;
      const finish = () => {
        over = true;
        signal.removeEventListener('abort', stop);
        undo?.();
      };
      const stop = () => finish();
      signal.addEventListener('abort', stop);
      const wake: Wake<T> = (outcome) => {
        if (over) return;
        rest.enter();
        finish();
        if ('value' in outcome) resolve(outcome.value);
        else reject(outcome.failure);
      };
      undo = subscribe(wake);
      if (over) undo();
      rest.leave();
    });
  }

  async #until(due: number, signal: AbortSignal): Promise<void> {
    if (due <= this.services.clock.now()) return;
    await this.park<undefined>(signal, (wake) => this.services.clock.at(due, () => wake({ value: undefined })));
  }

  async #runScope(
    scope: string,
    machine: CompiledMachine,
    input: Json,
    mapItem: JsonObject | undefined,
    signal: AbortSignal,
  ): Promise<Json> {
    const progress = this.#progress.scope(scope);
    if (progress.answer) return outputOf(progress.answer);
    for (;;) {
      const visit = progress.visit ?? this.#enter(scope, progress, machine, input, signal);
      const state = stateOf(machine, visit.state);
      const step = await this.#visit({ scope, state, visit, mapItem, signal });
      const { Type: kind } = state.definition;
      const { output, next } = step;
      this.record(
        { type: 'exited', scope, state: state.name, kind, output, ...(next !== undefined && { next }) },
        signal,
      );
      if (next === undefined) return output;
    }
  }

  #enter(scope: string, progress: ScopeProgress, machine: CompiledMachine, input: Json, signal: AbortSignal): Visit {
    const next = progress.next ?? { state: machine.startAt, input };
    const kind = stateOf(machine, next.state).definition.Type;
    this.record({ type: 'entered', scope, state: next.state, kind, input: next.input }, signal);
    if (!progress.visit) throw new Error(`entering ${next.state} left no visit`);
    return progress.visit;
  }

  /** One stay in a state with its retries and its catch. */
  async #visit(stay: Stay): Promise<Step> {
    const { scope, state, visit, signal } = stay;
    const { definition } = state;
    for (;;) {
      if (visit.retryAt !== undefined) await this.#until(visit.retryAt, signal);
      try {
        return await this.#attempt(stay);
      } catch (thrown) {
        if (thrown instanceof Unwound) throw thrown;
        const failure = asFailure(thrown);
        const retry = nextRetry(definition.Retry, visit.retries, failure.error, definition.Type, this.services.random);
        if (retry) {
          const until = this.now() + retry.delayMs;
          this.record({ type: 'retrying', scope, retrier: retry.retrier, until }, signal);
          continue;
        }
        const catcher = catcherFor(definition.Catch, failure.error, definition.Type);
        if (!catcher) throw thrown;
        const place = state.placeError.get(catcher);
        const caught = { Error: failure.error, Cause: failure.reason };
        return { output: place ? await place(visit.input, caught) : caught, next: catcher.Next };
      }
    }
  }

  async #attempt(stay: Stay): Promise<Step> {
    const { scope, state, visit, signal } = stay;
    const { definition, flow } = state;
    const context = this.context(stay);
    const input = visit.input;
    const output = async (result: Json) => {
      const value = await flow.output(input, result, context);
      assertFits(value, `the output of the state ${state.name}`);
      return { output: value, next: definition.Next };
    };
    switch (definition.Type) {
      case 'Pass': {
        const effective = await flow.effective(input, context);
        return output(definition.Result === undefined ? effective : definition.Result);
      }
      case 'Succeed':
        return output(await flow.selected(input, context));
      case 'Choice': {
        const selected = await flow.selected(input, context);
        const next = await state.choose?.(selected, context);
        return { ...(await output(selected)), next };
      }
      case 'Wait': {
        const selected = await flow.selected(input, context);
        if (visit.waitUntil === undefined) {
          this.record({ type: 'waiting', scope, until: await waitUntil(state, selected, context, this.now()) }, signal);
        }
        await this.#until(visit.waitUntil ?? 0, signal);
        return output(selected);
      }
      case 'Fail': {
        const selected = await flow.selected(input, context);
        const error = state.paths.Error ? await state.paths.Error(selected, context) : definition.Error;
        const cause = state.paths.Cause ? await state.paths.Cause(selected, context) : definition.Cause;
        throw new StateFailure(String(error ?? ''), String(cause ?? ''));
      }
      case 'Task':
        return output(await performTask(this, stay));
      case 'Map': {
        const selected = await flow.selected(input, context);
        return output(await this.#map(stay, selected, context));
      }
      case 'Parallel': {
        const effective = await flow.effective(input, context);
        const branches = state.branches.map((machine) => async () => ({ machine, input: effective }));
        return output(await this.#fork(stay, branches, branches.length));
      }
    }
  }

  async #map(stay: Stay, selected: Json, context: JsonObject): Promise<Json> {
    const { state } = stay;
    const { definition, paths } = state;
    const items = paths.Items ? await paths.Items(selected, context) : selected;
    if (!Array.isArray(items)) throw new StateFailure('States.Runtime', `the items of ${state.name} are not an array`);
    const machine = state.branches[0];
    if (!machine) throw new StateFailure('States.Runtime', `${state.name} has no item processor`);
    const concurrency = paths.MaxConcurrency
      ? Number(await paths.MaxConcurrency(selected, context))
      : definition.MaxConcurrency;
    const branches = items.map((item, index) => async () => {
      const mapItem = { Index: index, Value: item };
      const withItem = { ...context, Map: { Item: mapItem } };
      return { machine, mapItem, input: state.itemSelector ? await state.itemSelector(selected, withItem) : item };
    });
    return this.#fork(stay, branches, concurrency || DEFAULT_CONCURRENCY);
  }

  /** Runs branches side by side and joins their outputs in order; the first failure stops the others. */
  async #fork(
    stay: Stay,
    branches: (() => Promise<{ machine: CompiledMachine; input: Json; mapItem?: JsonObject }>)[],
    concurrency: number,
  ): Promise<Json> {
    const { scope, state, visit, signal } = stay;
    const kind = state.definition.Type === 'Map' ? 'Map' : 'Parallel';
    const about = { kind, state: state.name } as const;
    if (!visit.forked) this.record({ type: 'forked', scope, ...about, branches: branches.length }, signal);
    const siblings = new AbortController();
    const either = AbortSignal.any([signal, siblings.signal]);

    const runBranch = async (index: number): Promise<Json> => {
      const inner = branchScope(scope, visit, index);
      const known = this.#progress.scope(inner);
      const branch = { scope: inner, parent: scope, ...about, index };
      if (known.closed && known.answer) return outputOf(known.answer);
      const prepared = await branches[index]?.();
      if (!prepared) throw new Error(`no branch ${index} in ${state.name}`);
      const { machine, input, mapItem = stay.mapItem } = prepared;
      if (!known.begun) this.record({ type: 'branch-started', ...branch }, either);
      const answer = await answerOf(this.#runScope(inner, machine, input, mapItem, either));
      this.record({ type: 'branch-ended', ...branch, answer }, either);
      return outputOf(answer);
    };

    try {
      const outputs = await this.park<Json>(signal, (wake) => {
        const results: Json[] = new Array(branches.length).fill(null);
        let begun = 0;
        let done = 0;
        const beginNext = () => {
          const index = begun++;
          if (index >= branches.length) return;
          void this.services.rest.during(
            runBranch(index).then(
              (output) => {
                results[index] = output;
                done += 1;
                if (done === branches.length) wake({ value: results });
                else beginNext();
              },
              (thrown) => {
                if (thrown instanceof Unwound) return;
                siblings.abort();
                wake({ failure: asFailure(thrown) });
              },
            ),
          );
        };
        if (branches.length === 0) wake({ value: [] });
        for (let i = 0; i < Math.min(concurrency, branches.length); i++) beginNext();
        return () => undefined;
      });
      if (!visit.joined) this.record({ type: 'joined', scope, kind, succeeded: true }, signal);
      return outputs;
    } catch (thrown) {
      if (!(thrown instanceof Unwound) && !visit.joined) {
        this.record({ type: 'joined', scope, kind, succeeded: false }, signal);
      }
      throw thrown;
    }
  }

  /** The context object, `$$`. */
  context({ state, visit, mapItem }: Stay, token?: string): JsonObject {
    const { executionArn, name, stateMachineArn } = this.head;
    const redriven = this.#redrives.at(-1);
    return {
      Execution: {
        Id: executionArn,
        Name: name,
        Input: this.#input,
        StartTime: iso(this.head.at),
        RedriveCount: this.#redrives.length,
        ...(redriven && { RedriveTime: iso(redriven.at) }),
      },
      StateMachine: { Id: stateMachineArn, Name: stateMachineArn.slice(stateMachineArn.lastIndexOf(':') + 1) },
      State: { Name: state.name, EnteredTime: iso(visit.enteredAt), RetryCount: retryCount(visit) },
      ...(mapItem && { Map: { Item: mapItem } }),
      ...(token !== undefined && { Task: { Token: token } }),
    };
  }
}

/** A state that an execution is in. Times are milliseconds of the runtime's clock. */
export interface Standing {
  readonly scope: string;
  readonly state: string;
  readonly input: Json;
  readonly enteredAt: number;
  /** From 0; grows with each retry. */
  readonly attempt: number;
  readonly waitUntil?: number;
  readonly retryAt?: number;
  /** A task whose token has not come back. */
  readonly task?: TaskProgress & { readonly token: string };
}

interface Step {
  readonly output: Json;
  readonly next: string | undefined;
}

const retryCount = ({ retries }: Visit) => Object.values(retries).reduce((total, used) => total + used, 0);

const iso = (time: number) => new Date(time).toISOString();

function stateOf(machine: CompiledMachine, name: string): CompiledState {
  const state = machine.states.get(name);
  if (!state) throw new StateFailure('States.Runtime', `there is no state ${name}`);
  return state;
}

async function answerOf(work: Promise<Json>): Promise<Answer> {
  try {
    return { output: await work };
  } catch (thrown) {
    if (thrown instanceof Unwound) throw thrown;
    const { error, reason } = asFailure(thrown);
    return { error, cause: reason };
  }
}

function outputOf(answer: Answer): Json {
  if ('output' in answer) return answer.output;
  throw new StateFailure(answer.error, answer.cause);
}

async function waitUntil(state: CompiledState, selected: Json, context: JsonObject, now: number): Promise<number> {
  const { definition, paths } = state;
  const timestamp = paths.Timestamp ? await paths.Timestamp(selected, context) : definition.Timestamp;
  if (timestamp !== undefined) {
    const due = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
    if (Number.isNaN(due)) throw new StateFailure('States.Runtime', `${state.name}: ${timestamp} is not a timestamp`);
    return due;
  }
  const seconds = paths.Seconds ? await paths.Seconds(selected, context) : definition.Seconds;
  if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds < 0) {
    throw new StateFailure('States.Runtime', `${state.name}: ${seconds} is not a number of seconds`);
  }
  return now + seconds * 1000;
}
