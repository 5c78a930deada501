import { join, resolve } from 'node:path';
import { claimDataFolder } from './data-folder.ts';
import { startEngine } from './dynamodb/engine.ts';
import { CREDENTIALS, type KnownAddresses, namesOf, openClock } from './main.ts';
import { startObjectStore } from './objects/object-store.ts';
import { openQueueStore } from './queues/queue-store.ts';
import { startStepFunctions } from './stepfunctions/service.ts';
import { readModel } from './template/read.ts';

/** What a runtime left behind, to be looked at: its services answer, and nothing in it goes on. */
export interface DataAtRest {
  readonly endpoints: { readonly dynamodb: string; readonly stepFunctions: string; readonly s3: string };
  /** The names of resources, as functions find them in their environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly region: string;
  /** The runtime's time when it stopped went on with the machine's: epoch ms. */
  now(): number;
  /** Messages by dead-letter queue. */
  deadLetters(): ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

/**
 * Opens a data folder without running anything: no function, no schedule, no execution. Throws when a runtime that is
 * alive holds the folder.
 */
export async function openAtRest(options: {
  readonly assembly: string;
  readonly dataDir: string;
  readonly parameters: (addresses: KnownAddresses) => Record<string, string>;
}): Promise<DataAtRest> {
  const dataDir = resolve(options.dataDir);
  const stops: (() => unknown)[] = [claimDataFolder(dataDir)];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const nobody = 'http://127.0.0.1:9';
    const model = readModel({
      assembly: options.assembly,
      endpoints: { api: nobody, queues: nobody },
      parameters: options.parameters({ api: nobody, issuer: nobody }),
    });
    const log = () => undefined;
    const clock = openClock(dataDir, log);
    stops.push(() => clock.stop());
    const engine = await startEngine({ dataDir, port: 0, log, onExit: log });
    stops.push(() => engine.stop());
    const stepFunctions = await startStepFunctions({
      clock,
      dataDir: join(dataDir, 'stepfunctions'),
      port: 0,
      region: model.region,
      accountId: model.accountId,
      stateMachines: [...model.stateMachines],
      invoke: () => Promise.reject(new Error('nothing runs here')),
      log,
      atRest: true,
    });
    stops.push(() => stepFunctions.stop());
    const objects = await startObjectStore({
      dataDir: join(dataDir, 'objects'),
      port: 0,
      buckets: [...model.buckets],
      credentials: CREDENTIALS,
      region: model.region,
      clock,
    });
    stops.push(() => objects.stop());
    const queues = openQueueStore({ queues: model.queues, dataDir, clock });
    return {
      endpoints: { dynamodb: engine.endpoint, stepFunctions: stepFunctions.endpoint, s3: objects.endpoint },
      environment: namesOf(model),
      region: model.region,
      now: () => clock.now(),
      deadLetters: () => new Map(queues.queues.map((queue) => [queue.name, queues.list(queue).length])),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
