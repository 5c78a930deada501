import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { type BackupSummary, createBackups, STAGING } from './backup/take.ts';
import { type Clock, createClock } from './clock/clock.ts';
import { keepOffset, readOffset } from './clock/kept-offset.ts';
import { startControl } from './control.ts';
import { announceControl, claimDataFolder } from './data-folder.ts';
import { ENDPOINT_VARIABLE, startEngine } from './dynamodb/engine.ts';
import { databaseFile } from './dynamodb/snapshot.ts';
import { type GivenUp, startStreamPoller } from './dynamodb/stream-poller.ts';
import { ensureTables } from './dynamodb/tables.ts';
import { startTtlSweeper } from './dynamodb/ttl-sweeper.ts';
import { openGateway } from './gateway/gateway.ts';
import type { Site } from './gateway/static-files.ts';
import { type Account, startIssuer } from './identity/issuer.ts';
import { createFunctions, type Functions } from './lambda/functions.ts';
import { listenOnLoopback } from './loopback.ts';
import { startObjectStore } from './objects/object-store.ts';
import { handleQueueRequest } from './queues/queue-api.ts';
import { openQueueStore, type QueueStore } from './queues/queue-store.ts';
import { startSchedules } from './schedules/schedules.ts';
import { type ExecutionSummary, startStepFunctions } from './stepfunctions/service.ts';
import type { Model, ScheduleModel } from './template/model.ts';
import { functionNamed, readModel } from './template/read.ts';

export type { Site } from './gateway/static-files.ts';
export type { Account } from './identity/issuer.ts';

export type Log = (message: string, detail?: object) => void;

/** Addresses that are known before the template is read, for parameters that have to name them. */
export interface KnownAddresses {
  readonly api: string;
  readonly issuer: string;
}

export interface RuntimeOptions {
  /** Folder of a synthesized cloud assembly. */
  readonly assembly: string;
  /** Everything the runtime keeps; a restart on the same folder goes on where it stood. One runtime at a time. */
  readonly dataDir: string;
  readonly accounts: Account[];
  readonly audience: string;
  readonly clientId: string;
  /** 0 or left out: any free port. */
  readonly ports?: Partial<Record<'api' | 'issuer' | 'control' | 'dynamodb' | 'stepFunctions' | 's3' | 'sqs', number>>;
  /** CloudFormation parameters by name or by `<stack>.<name>`, when they depend on addresses as a function of them. */
  readonly parameters?: Readonly<Record<string, string>> | ((addresses: KnownAddresses) => Record<string, string>);
  /** Folders served by the gateway, by path prefix. */
  readonly static?: Readonly<Record<string, string>>;
  /** A site of static pages, served by the gateway where no route answers. */
  readonly site?: (addresses: KnownAddresses & { readonly objects: string }) => Site;
  /** Instances of one function at most (4). */
  readonly functionConcurrency?: number;
  readonly log?: Log;
  /** Every line that a function prints; it is in `dataDir/logs/<function>.log` anyway. */
  readonly onFunctionLog?: (functionName: string, line: string) => void;
  /** Called when a part ended that the rest cannot do without. */
  readonly onFatal?: (reason: string) => void;
}

export interface DeadLetter {
  readonly queue: string;
  readonly messageId: string;
  readonly sentAt: string;
  readonly body: unknown;
}

/** The running system. */
export interface Runtime {
  readonly apiUrl: string;
  readonly issuerUrl: string;
  readonly controlUrl: string;
  readonly endpoints: {
    readonly dynamodb: string;
    readonly stepFunctions: string;
    readonly s3: string;
    readonly sqs: string;
  };
  readonly model: Model;
  readonly clock: Clock;
  /** Resolves when streams are drained, no invocation is under way and every execution waits for time or an answer. */
  settled(): Promise<void>;
  /** Runs a function by name or ARN. */
  invoke(functionName: string, payload: unknown): Promise<unknown>;
  /** Goes on with other code of a function, without losing an invocation; rejects when it does not load. */
  replaceFunction(functionName: string, assetDirectory: string): Promise<void>;
  executions(): readonly ExecutionSummary[];
  deadLetters(): readonly DeadLetter[];
  /** Copies all that is kept, as it is at one instant, into a new or empty folder. @throws BackupError */
  backup(folder: string): Promise<BackupSummary>;
  /** Ends everything that was started, children included. What is stored stays. */
  stop(): Promise<void>;
}

export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Nothing listens there: clients of services that the runtime does not have fail at once, and on this machine. */
const NOWHERE = 'http://127.0.0.1:9';

/**
 * Runs a synthesized cloud assembly on this machine. Resolves when the API answers. Only loopback addresses are opened,
 * and functions reach nothing else. The process runs in UTC from then on, as functions do in the cloud.
 */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  process.env.TZ = 'UTC';
  const dataDir = resolve(options.dataDir);
  const ports = options.ports ?? {};
  const stops: (() => unknown)[] = [];
  /** Remembers how to end a part as soon as it runs, also when another one fails to start. */
  const started = async <T extends { stop(): unknown }>(starting: Promise<T> | T): Promise<T> => {
    const part = await starting;
    stops.push(() => part.stop());
    return part;
  };
  const stopAll = async () => {
    // Last started, first ended: nothing is taken away from what still uses it.
    for (const stop of stops.splice(0).reverse()) await stop();
  };

  const release = claimDataFolder(dataDir);
  stops.push(release);
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  // A backup that was killed leaves names of objects that may have been deleted since.
  rmSync(join(dataDir, STAGING), { recursive: true, force: true });
  const log = createLog(dataDir, options.log);
  const clock = openClock(dataDir, log);
  stops.push(() => clock.stop());

  try {
    const queueServer = createServer((request, response) => {
      if (queues) handleQueueRequest(queues, request, response);
      else response.writeHead(503).end();
    });
    let queues: QueueStore | undefined;

    const [gateway, engine, issuer, sqs] = await settle([
      started(openGateway(ports.api ?? 0)),
      started(
        startEngine({
          dataDir,
          port: ports.dynamodb ?? 0,
          log,
          onExit(reason) {
            log(reason);
            options.onFatal?.(reason);
          },
        }),
      ),
      started(
        startIssuer({
          port: ports.issuer ?? 0,
          accounts: options.accounts,
          audience: options.audience,
          clientId: options.clientId,
          dataDir: join(dataDir, 'identity'),
          clock,
        }),
      ),
      listenOnLoopback(queueServer, ports.sqs ?? 0),
    ]);
    stops.push(() => {
      queueServer.close();
      queueServer.closeAllConnections();
    });

    const addresses: KnownAddresses = { api: gateway.url, issuer: issuer.issuer };
    const { parameters = {} } = options;
    const model = readModel({
      assembly: options.assembly,
      endpoints: { api: gateway.url, queues: sqs },
      parameters: typeof parameters === 'function' ? parameters(addresses) : parameters,
    });
    for (const ignored of model.ignored) log(`not run: ${ignored.logicalId} (${ignored.type}): ${ignored.reason}`);
    const store = openQueueStore({ queues: model.queues, dataDir, clock });
    queues = store;

    // Executions go on as soon as their engine starts, but the functions they call need to know the engine's address.
    let functionsReady: (functions: Functions) => void = () => undefined;
    const functionsPromise = new Promise<Functions>((done) => {
      functionsReady = done;
    });

    const [streams, stepFunctions, s3] = await settle([
      ensureTables(engine.call, model.tables),
      started(
        startStepFunctions({
          clock,
          dataDir: join(dataDir, 'stepfunctions'),
          port: ports.stepFunctions ?? 0,
          region: model.region,
          accountId: model.accountId,
          stateMachines: [...model.stateMachines],
          invoke: async (functionArn, payload) => (await functionsPromise).invoke(functionArn, payload),
          log,
        }),
      ),
      started(
        startObjectStore({
          dataDir: join(dataDir, 'objects'),
          port: ports.s3 ?? 0,
          buckets: [...model.buckets],
          credentials: CREDENTIALS,
          region: model.region,
          clock,
        }),
      ),
    ]);

    const functions = await started(
      createFunctions({
        functions: model.functions,
        environment: functionEnvironment({
          DYNAMODB: engine.endpoint,
          SFN: stepFunctions.endpoint,
          S3: s3.endpoint,
          SQS: sqs,
        }),
        region: model.region,
        clock,
        dataDir,
        ...(options.functionConcurrency && { concurrency: options.functionConcurrency }),
        ...(options.onFunctionLog && { onLog: options.onFunctionLog }),
      }),
    );
    functionsReady(functions);

    const deadLetter = async (queueArn: string | undefined, body: object) => {
      const queue = queueArn === undefined ? undefined : store.find(queueArn);
      if (queue) store.send(queue, JSON.stringify(body));
      else log('given up, and no queue to keep it', body);
    };
    const pollers = await Promise.all(
      model.streams.map((mapping) => {
        const streamArn = streams.get(mapping.tableName);
        if (!streamArn) throw new Error(`the table ${mapping.tableName} has no stream`);
        const { arn } = functionNamed(model.functions, mapping.functionName);
        return started(
          startStreamPoller({
            mapping,
            streamArn,
            functionArn: arn,
            region: model.region,
            call: engine.call,
            invoke: (event) => functions.invoke(mapping.functionName, event),
            giveUp: (batch) => deadLetter(mapping.onFailureArn, givenUpRecord(batch, clock.now())),
            clock,
            dataDir,
            log,
          }),
        );
      }),
    );
    functions.onEnd(() => {
      for (const poller of pollers) poller.wake();
    });
    clock.settleWith(
      () => functions.idle(),
      () => functions.begun,
    );
    clock.settleWith(
      async () => void (await Promise.all(pollers.map((poller) => poller.drained()))),
      () => pollers.reduce((total, poller) => total + poller.read, 0),
    );
    await started(startTtlSweeper({ tables: model.tables, call: engine.call, clock }));

    const schedules = await started(
      startSchedules({
        schedules: model.schedules,
        clock,
        dataDir,
        log,
        start: (targetArn, input) => startTarget(targetArn, input),
        giveUp: (schedule, input, error) => deadLetter(schedule.deadLetterArn, scheduleLetter(schedule, input, error)),
      }),
    );
    const startTarget = async (targetArn: string, input: unknown): Promise<unknown> => {
      if (targetArn.includes(':states:')) return stepFunctions.start(targetArn, undefined, input);
      const queue = store.find(targetArn);
      if (queue) return store.send(queue, JSON.stringify(input));
      return functions.invoke(targetArn, input);
    };

    gateway.serve({
      api: model.api,
      accountId: model.accountId,
      clock,
      invoke: (functionName, event) => functions.invokeJson(functionName, event),
      ...(options.static && { static: options.static }),
      ...(options.site && { site: options.site({ ...addresses, objects: s3.endpoint }) }),
      log,
    });

    const deadLetters = () =>
      store.queues.flatMap((queue) =>
        store.list(queue).map(({ messageId, sentAt, body }) => ({
          queue: queue.name,
          messageId,
          sentAt: new Date(sentAt).toISOString(),
          body: parseBody(body),
        })),
      );
    const backup = createBackups({
      dataDir,
      database: process.env[ENDPOINT_VARIABLE] ? undefined : databaseFile(dataDir),
      journals: () => stepFunctions.frozenFiles(),
      whileObjectsRest: (work) => s3.whileAtRest(work),
      now: () => clock.now(),
    });
    const endpoints = { dynamodb: engine.endpoint, stepFunctions: stepFunctions.endpoint, s3: s3.endpoint, sqs };
    const control = await started(
      startControl(ports.control ?? 0, {
        clock,
        executions: () => stepFunctions.list(),
        deadLetters,
        addresses: () => ({ ...addresses, endpoints, environment: namesOf(model), region: model.region }),
        operations: {
          stepFunctions: stepFunctions.inspect,
          functions: model.functions,
          functionStats: () => functions.stats(),
          queues: store,
          streams: () => Promise.all(pollers.map((poller) => poller.status())),
          schedules: () => schedules.status(),
          logs: join(dataDir, 'logs'),
        },
        backup,
      }),
    );
    announceControl(dataDir, control.url);

    return {
      apiUrl: gateway.url,
      issuerUrl: issuer.issuer,
      controlUrl: control.url,
      endpoints,
      model,
      clock,
      settled: () => clock.settled(),
      invoke: (functionName, payload) => functions.invoke(functionName, payload),
      replaceFunction: (functionName, assetDirectory) => functions.replace(functionName, assetDirectory),
      executions: () => stepFunctions.list(),
      deadLetters,
      backup,
      stop: stopAll,
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** The names of resources, as functions find them in their environment. */
export const namesOf = ({ functions }: Model): Record<string, string> =>
  Object.assign({}, ...functions.map(({ environment }) => environment));

/** Waits for all, so that whatever did start can be ended, and then fails if one failed. */
async function settle<T extends readonly Promise<unknown>[] | []>(
  promises: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** What every function finds in its environment beside its own variables. */
function functionEnvironment(endpoints: Record<'DYNAMODB' | 'SFN' | 'S3' | 'SQS', string>): Record<string, string> {
  const environment: Record<string, string> = {
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    // Neither the machine's own profiles nor an address in the network may be found instead.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: NOWHERE,
  };
  for (const [service, endpoint] of Object.entries(endpoints)) environment[`AWS_ENDPOINT_URL_${service}`] = endpoint;
  return environment;
}

export function openClock(dataDir: string, log: Log): Clock {
  return createClock({
    initialOffset: readOffset(dataDir),
    onOffset: (offset) => keepOffset(dataDir, offset),
    onError: (error) => log('a timer failed', { error: String(error) }),
  });
}

function createLog(dataDir: string, sink: Log | undefined): Log {
  const file = join(dataDir, 'logs', 'runtime.log');
  return (message, detail) => {
    appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), message, ...detail })}\n`);
    sink?.(message, detail);
  };
}

/** The message that Lambda leaves about stream records it gave up: where they are, not what they hold. */
function givenUpRecord(
  { functionArn, attempts, condition, shardId, streamArn, records }: GivenUp,
  now: number,
): object {
  return {
    requestContext: { functionArn, condition, approximateInvokeCount: attempts },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
      endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
      batchSize: records.length,
      streamArn,
    },
  };
}

function scheduleLetter(schedule: ScheduleModel, input: string, error: unknown): object {
  return { scheduleArn: schedule.arn, targetArn: schedule.targetArn, input, error: String(error) };
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
