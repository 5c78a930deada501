import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock/clock.ts';
import type { FunctionModel } from '../template/model.ts';
import { functionNamed } from '../template/read.ts';
import { forgetOldCode } from './compiled.ts';
import { createPool, type FunctionPool, type PoolStats } from './pool.ts';

/** All functions of the assembly, ready to be invoked; instances start with the first invocation. */
export interface Functions {
  /** Runs a function (by name or ARN, qualifier allowed). Rejects with an `InvocationError`, its `name` the error type. */
  invoke(function_: string, payload: unknown): Promise<unknown>;
  /** The same on JSON text, for callers that have it. */
  invokeJson(functionName: string, payload: string): Promise<string>;
  /** Invocations begun so far. */
  readonly begun: number;
  /** Resolves when no invocation is under way. */
  idle(): Promise<void>;
  /** Calls `listener` whenever an invocation ended, however it did. */
  onEnd(listener: () => void): void;
  /** Runs this function with the code in another folder from now on; rejects when it does not load (see `FunctionPool`). */
  replace(functionName: string, assetDirectory: string): Promise<void>;
  /** What each function has done since the start, by name. */
  stats(): ReadonlyMap<string, PoolStats>;
  stop(): Promise<void>;
}

/** Instances of one function at most, unless configured or reserved otherwise. */
const DEFAULT_CONCURRENCY = 4;

export function createFunctions(options: {
  functions: readonly FunctionModel[];
  /** Added to each function's own environment. */
  environment: Readonly<Record<string, string>>;
  region: string;
  clock: Clock;
  dataDir: string;
  /** Instances of one function at most. */
  concurrency?: number;
  /** Time that a function has to load before that of its first invocation is used; as in the cloud unless given. */
  initMs?: number;
  onLog?: (functionName: string, line: string) => void;
}): Functions {
  void forgetOldCode();
  const logs = join(options.dataDir, 'logs');
  mkdirSync(logs, { recursive: true });
  const pools = new Map<string, FunctionPool>();
  for (const model of options.functions) {
    // Reserved concurrency of zero is the cloud's way to switch a function off.
    const limit = Math.min(
      model.reservedConcurrency ?? Number.POSITIVE_INFINITY,
      options.concurrency ?? DEFAULT_CONCURRENCY,
    );
    const { onLog } = options;
    pools.set(
      model.name,
      createPool({
        model,
        limit,
        environment: { ...model.environment, ...options.environment, ...identity(model, options.region) },
        clockOffset: options.clock.offset,
        logFile: join(logs, `${model.name}.log`),
        onLog: onLog && ((line) => onLog(model.name, line)),
        ...(options.initMs === undefined ? {} : { initMs: options.initMs }),
      }),
    );
  }

  let begun = 0;
  let underWay = 0;
  let rests: (() => void)[] = [];
  const listeners: (() => void)[] = [];

  const ended = () => {
    underWay -= 1;
    for (const listener of listeners) listener();
    if (underWay > 0) return;
    for (const rest of rests) rest();
    rests = [];
  };

  const invokeJson = (functionName: string, payload: string): Promise<string> => {
    const pool = pools.get(functionName);
    if (!pool) return Promise.reject(new Error(`no function ${functionName} in the assembly`));
    begun += 1;
    underWay += 1;
    const outcome = pool.invoke(payload);
    outcome.then(ended, ended);
    return outcome;
  };

  return {
    async invoke(reference, payload) {
      const { name } = functionNamed(options.functions, reference);
      return JSON.parse(await invokeJson(name, JSON.stringify(payload) ?? 'null'));
    },
    invokeJson,
    get begun() {
      return begun;
    },
    idle: () => (underWay === 0 ? Promise.resolve() : new Promise((resolve) => rests.push(resolve))),
    onEnd: (listener) => void listeners.push(listener),
    async replace(functionName, assetDirectory) {
      const pool = pools.get(functionName);
      if (!pool) throw new Error(`no function ${functionName} in the assembly`);
      await pool.replace(assetDirectory);
    },
    stats: () => new Map([...pools].map(([name, pool]) => [name, pool.stats()])),
    async stop() {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
}

/** What Lambda itself puts into the environment of a function. */
function identity(model: FunctionModel, region: string): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: model.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(model.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${model.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LAMBDA_TASK_ROOT: model.assetDirectory,
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
  };
}
