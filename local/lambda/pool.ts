import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { FunctionModel } from '../template/model.ts';
import { beginning } from './compiled.ts';
import { InvocationError } from './invocation-error.ts';
import type { WorkerData, WorkerMessage } from './protocol.ts';

/** The most a synchronous invocation may answer: 6 MB, as in the cloud. */
const LARGEST_RESULT = 6 * 1024 * 1024;

/**
 * Time a worker has to load its handler by itself. What takes longer begins again in the cloud, as a part of the first
 * invocation and with the function's own time-out; here it goes on, and has as long. A machine that is too busy to load a
 * function in ten seconds would fail a call that the cloud serves.
 */
const INIT_MS = 10_000;

/** Instances of one function: one invocation at a time each, warm ones first, at most `limit` of them. */
export interface FunctionPool {
  /** Runs the function on a JSON payload and gives its JSON result; rejects with an `InvocationError`. */
  invoke(payload: string): Promise<string>;
  /**
   * Goes on with other code. Resolves when an instance of it is ready: only then the old ones go, each after the invocation
   * it is at. When the code does not load it rejects, and the old one goes on serving. Without any instance it is taken as it is.
   */
  replace(assetDirectory: string): Promise<void>;
  /** What it has done since the start. */
  stats(): PoolStats;
  stop(): Promise<void>;
}

export interface PoolStats {
  readonly instances: number;
  readonly busy: number;
  /** Calls that wait for an instance. */
  readonly waiting: number;
  readonly invocations: number;
  /** Failed invocations, those that took too long included. */
  readonly errors: number;
  readonly timeouts: number;
  /** Milliseconds of all ended invocations together. */
  readonly totalMs: number;
  readonly last?: { readonly requestId: string; readonly at: number; readonly ms: number; readonly error?: string };
}

interface Call {
  readonly requestId: string;
  readonly payload: string;
  readonly begun: number;
  readonly resolve: (result: string) => void;
  readonly reject: (error: InvocationError) => void;
}

interface Instance {
  readonly worker: Worker;
  ready: boolean;
  call: Call | undefined;
  timer: NodeJS.Timeout | undefined;
  /** What it was started with; when that is no longer the pool's, its code was replaced and what it is at is its last. */
  readonly data: WorkerData;
  /** Who waits to hear whether it loads; its failure is no failure of a call. */
  readonly trial: { loaded(): void; failed(error: InvocationError): void } | undefined;
}

export function createPool(options: {
  model: FunctionModel;
  limit: number;
  environment: Readonly<Record<string, string>>;
  clockOffset: SharedArrayBuffer;
  logFile: string;
  onLog: ((line: string) => void) | undefined;
  /** Time to load, before that of the first invocation is used. */
  initMs?: number;
}): FunctionPool {
  const { model, initMs = INIT_MS } = options;
  const timeoutMs = model.timeoutSeconds * 1000;
  const instances = new Set<Instance>();
  const idle: Instance[] = [];
  const waiting: Call[] = [];
  const { reservedConcurrency = Number.POSITIVE_INFINITY } = model;
  let underWay = 0;
  let starting = 0;
  let stopped = false;
  let replacing: Promise<unknown> = Promise.resolve();
  let invocations = 0;
  let errors = 0;
  let timeouts = 0;
  let totalMs = 0;
  let last: { call: Call; ended: number; error: string | undefined } | undefined;

  /** The one place in which an invocation ends. */
  const settle = (call: Call | undefined, outcome: string | InvocationError) => {
    if (!call) return;
    const ended = performance.now();
    totalMs += ended - call.begun;
    if (typeof outcome === 'string') {
      last = { call, ended, error: undefined };
      call.resolve(outcome);
      return;
    }
    errors += 1;
    if (outcome.name === 'Sandbox.Timedout') timeouts += 1;
    last = { call, ended, error: outcome.name };
    call.reject(outcome);
  };

  let workerData: WorkerData = {
    functionName: model.name,
    functionArn: model.arn,
    memoryMb: model.memoryMb,
    timeoutMs,
    assetDirectory: model.assetDirectory,
    handler: model.handler,
    logFile: options.logFile,
    forwardLog: options.onLog !== undefined,
    clockOffset: options.clockOffset,
  };

  const timedOut = (requestId = randomUUID() as string) =>
    new InvocationError(
      'Sandbox.Timedout',
      `RequestId: ${requestId} Error: Task timed out after ${model.timeoutSeconds.toFixed(2)} seconds`,
    );

  const take = (instance: Instance, call: Call) => {
    instance.call = call;
    instance.timer = setTimeout(() => end(instance, timedOut(call.requestId)), timeoutMs);
    instance.worker.postMessage(call.requestId + call.payload);
  };

  const next = (instance: Instance) => {
    if (instance.data !== workerData) {
      retire(instance);
      return;
    }
    const call = waiting.shift();
    if (call) take(instance, call);
    else idle.push(instance);
  };

  const finish = (instance: Instance) => {
    clearTimeout(instance.timer);
    const { call } = instance;
    instance.call = undefined;
    return call;
  };

  /** Takes an instance that is at nothing out of service. */
  const retire = (instance: Instance) => {
    if (!instances.delete(instance)) return;
    const at = idle.indexOf(instance);
    if (at >= 0) idle.splice(at, 1);
    void instance.worker.terminate();
    grow();
  };

  /** The instance is gone, and its invocation, if any, failed with `error`. */
  const end = (instance: Instance, error: InvocationError) => {
    if (!instances.delete(instance)) return;
    const call = finish(instance);
    if (instance.ready) {
      const at = idle.indexOf(instance);
      if (at >= 0) idle.splice(at, 1);
      settle(call, error);
    } else if (instance.trial) {
      clearTimeout(instance.timer);
      instance.trial.failed(error);
    } else {
      // Nothing else could serve the calls that waited for it.
      starting -= 1;
      settle(waiting.shift(), error);
    }
    void instance.worker.terminate();
    grow();
  };

  const receive = (instance: Instance, message: WorkerMessage) => {
    if (typeof message === 'string') {
      const call = finish(instance);
      next(instance);
      if (message.length > LARGEST_RESULT) {
        settle(call, new InvocationError('Function.ResponseSizeTooLarge', 'Response payload size exceeded 6 MB.'));
      } else settle(call, message);
      return;
    }
    switch (message.kind) {
      case 'error': {
        const call = finish(instance);
        next(instance);
        settle(call, InvocationError.from(message.error));
        return;
      }
      case 'ready':
        instance.ready = true;
        if (instance.trial) instance.trial.loaded();
        else starting -= 1;
        clearTimeout(instance.timer);
        next(instance);
        return;
      case 'init-failed':
        end(instance, InvocationError.from(message.error));
        return;
      case 'log':
        options.onLog?.(message.line);
    }
  };

  const start = (data: WorkerData, trial?: Instance['trial']) => {
    const worker = new Worker(beginning(import.meta.resolve('./worker.ts')), {
      eval: true,
      workerData: data,
      env: { ...options.environment, LAMBDA_TASK_ROOT: data.assetDirectory },
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: Math.max(64, model.memoryMb) },
    });
    const instance: Instance = { worker, ready: false, call: undefined, timer: undefined, data, trial };
    instances.add(instance);
    if (!trial) starting += 1;
    instance.timer = setTimeout(() => end(instance, timedOut(waiting[0]?.requestId)), initMs + timeoutMs);
    worker.on('message', (message: WorkerMessage) => receive(instance, message));
    worker.on('error', (error) => end(instance, InvocationError.crashed(error)));
    worker.on('exit', (code) =>
      end(instance, new InvocationError('Runtime.ExitError', `the function's instance exited with code ${code}`)),
    );
  };

  const grow = () => {
    while (!stopped && waiting.length > starting && instances.size < options.limit) start(workerData);
  };

  return {
    invoke(payload) {
      if (stopped) return Promise.reject(new InvocationError('Runtime.Stopped', 'the runtime is stopping'));
      // Calls queue for this machine's instances, but not beyond what the template reserves: those are refused.
      if (underWay >= reservedConcurrency) return Promise.reject(InvocationError.throttled());
      underWay += 1;
      return new Promise<string>((resolve, reject) => {
        invocations += 1;
        const call: Call = { requestId: randomUUID(), payload, begun: performance.now(), resolve, reject };
        const instance = idle.pop();
        if (instance) {
          take(instance, call);
          return;
        }
        waiting.push(call);
        grow();
      }).finally(() => {
        underWay -= 1;
      });
    },
    replace(assetDirectory) {
      const replaced = replacing.then(async () => {
        const data = { ...workerData, assetDirectory };
        // Nobody is served by it yet: whoever calls it first loads it.
        if (instances.size === 0) {
          workerData = data;
          return;
        }
        await new Promise<void>((loaded, failed) => {
          start(data, {
            loaded() {
              workerData = data;
              for (const instance of idle.filter((one) => one.data !== data)) retire(instance);
              loaded();
            },
            failed,
          });
        });
      });
      // One after the other, so that the latest code is what stays.
      replacing = replaced.catch(() => undefined);
      return replaced;
    },
    stats: () => ({
      instances: instances.size,
      busy: [...instances].filter(({ call }) => call).length,
      waiting: waiting.length,
      invocations,
      errors,
      timeouts,
      totalMs,
      ...(last && {
        last: {
          requestId: last.call.requestId,
          at: performance.timeOrigin + last.ended,
          ms: last.ended - last.call.begun,
          ...(last.error !== undefined && { error: last.error }),
        },
      }),
    }),
    async stop() {
      stopped = true;
      const error = new InvocationError('Runtime.Stopped', 'the runtime is stopping');
      for (const call of waiting.splice(0)) settle(call, error);
      const workers = [...instances].map(({ worker }) => worker);
      for (const instance of [...instances]) end(instance, error);
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
