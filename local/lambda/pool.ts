import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { FunctionModel } from '../template/model.ts';
import { InvocationError } from './invocation-error.ts';
import type { WorkerData, WorkerMessage } from './protocol.ts';

/** The most a synchronous invocation may answer: 6 MB, as in the cloud. */
const LARGEST_RESULT = 6 * 1024 * 1024;

/** Time a worker has to load its handler before its first invocation. */
const INIT_TIMEOUT_MS = 10_000;

/** Instances of one function: one invocation at a time each, warm ones first, at most `limit` of them. */
export interface FunctionPool {
  /** Runs the function on a JSON payload and gives its JSON result; rejects with an `InvocationError`. */
  invoke(payload: string): Promise<string>;
  stop(): Promise<void>;
}

interface Call {
  readonly requestId: string;
  readonly payload: string;
  readonly resolve: (result: string) => void;
  readonly reject: (error: InvocationError) => void;
}

interface Instance {
  readonly worker: Worker;
  ready: boolean;
  call: Call | undefined;
  timer: NodeJS.Timeout | undefined;
}

export function createPool(options: {
  model: FunctionModel;
  limit: number;
  environment: Readonly<Record<string, string>>;
  clockOffset: SharedArrayBuffer;
  logFile: string;
  onLog: ((line: string) => void) | undefined;
}): FunctionPool {
  const { model } = options;
  const timeoutMs = model.timeoutSeconds * 1000;
  const instances = new Set<Instance>();
  const idle: Instance[] = [];
  const waiting: Call[] = [];
  const { reservedConcurrency = Number.POSITIVE_INFINITY } = model;
  let underWay = 0;
  let starting = 0;
  let stopped = false;

  const workerData: WorkerData = {
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

  const take = (instance: Instance, call: Call) => {
    instance.call = call;
    instance.timer = setTimeout(() => {
      end(
        instance,
        new InvocationError(
          'Sandbox.Timedout',
          `RequestId: ${call.requestId} Error: Task timed out after ${model.timeoutSeconds.toFixed(2)} seconds`,
        ),
      );
    }, timeoutMs);
    instance.worker.postMessage(call.requestId + call.payload);
  };

  const next = (instance: Instance) => {
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

  /** The instance is gone, and its invocation, if any, failed with `error`. */
  const end = (instance: Instance, error: InvocationError) => {
    if (!instances.delete(instance)) return;
    const call = finish(instance);
    if (instance.ready) {
      const at = idle.indexOf(instance);
      if (at >= 0) idle.splice(at, 1);
      call?.reject(error);
    } else {
      // Nothing else could serve the calls that waited for it.
      starting -= 1;
      waiting.shift()?.reject(error);
    }
    void instance.worker.terminate();
    grow();
  };

  const receive = (instance: Instance, message: WorkerMessage) => {
    if (typeof message === 'string') {
      const call = finish(instance);
      next(instance);
      if (message.length > LARGEST_RESULT) {
        call?.reject(new InvocationError('Function.ResponseSizeTooLarge', 'Response payload size exceeded 6 MB.'));
      } else call?.resolve(message);
      return;
    }
    switch (message.kind) {
      case 'error': {
        const call = finish(instance);
        next(instance);
        call?.reject(InvocationError.from(message.error));
        return;
      }
      case 'ready':
        instance.ready = true;
        starting -= 1;
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

  const start = () => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData,
      env: { ...options.environment },
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: Math.max(64, model.memoryMb) },
    });
    const instance: Instance = { worker, ready: false, call: undefined, timer: undefined };
    instances.add(instance);
    starting += 1;
    instance.timer = setTimeout(
      () => end(instance, new InvocationError('Sandbox.Timedout', 'the function did not load in time')),
      INIT_TIMEOUT_MS,
    );
    worker.on('message', (message: WorkerMessage) => receive(instance, message));
    worker.on('error', (error) => end(instance, InvocationError.crashed(error)));
    worker.on('exit', (code) =>
      end(instance, new InvocationError('Runtime.ExitError', `the function's instance exited with code ${code}`)),
    );
  };

  const grow = () => {
    while (!stopped && waiting.length > starting && instances.size < options.limit) start();
  };

  return {
    invoke(payload) {
      if (stopped) return Promise.reject(new InvocationError('Runtime.Stopped', 'the runtime is stopping'));
      // Calls queue for this machine's instances, but not beyond what the template reserves: those are refused.
      if (underWay >= reservedConcurrency) return Promise.reject(InvocationError.throttled());
      underWay += 1;
      return new Promise<string>((resolve, reject) => {
        const call: Call = { requestId: randomUUID(), payload, resolve, reject };
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
    async stop() {
      stopped = true;
      const error = new InvocationError('Runtime.Stopped', 'the runtime is stopping');
      for (const call of waiting.splice(0)) call.reject(error);
      const workers = [...instances].map(({ worker }) => worker);
      for (const instance of [...instances]) end(instance, error);
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
