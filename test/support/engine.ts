import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createStore, type Store } from '../../storage/store.ts';
import { indexes, tableKeys } from '../../storage/table.ts';
import { type Interceptor, interceptable } from './interception.ts';
import { plainClient } from './plain-client.ts';

/** A real DynamoDB engine with the single table, for tests. */
export interface Engine {
  readonly store: Store;
  /** Speaks to the table without the layers of the SDK, at a third of the work. */
  readonly client: DynamoDBDocumentClient;
  /** The client of the functions, for tests of what the SDK itself does. */
  readonly sdk: DynamoDBDocumentClient;
  /** Stands between `client` and the table until what is given back is called. */
  intercept(interceptor: Interceptor): () => void;
  readonly table: string;
  readonly endpoint: string;
  /** An empty table of this name, beside the engine's own. */
  createTable(name: string): Promise<void>;
  dropTable(name: string): Promise<void>;
  stop(): Promise<void>;
}

const TABLE = 'dengyun-test';

/** An engine on a file, whose process can be killed. */
export interface DurableEngine extends Engine {
  /**
   * Kills the process with SIGKILL and starts another on its file and its port; resolves when that serves. Several may use
   * the engine: what the others have asked for is answered before, and what they ask meanwhile after it.
   */
  kill(): Promise<void>;
}

/** Starts the embedded engine in memory on a free port and creates the table with the keys that the infrastructure gives it. */
export const startEngine = (): Promise<Engine> => start();

/** The same on a file, which outlives its process. */
export async function startDurableEngine(): Promise<DurableEngine> {
  const folder = mkdtempSync(join(quickFolder(), 'dengyun-engine-'));
  const engine = await start(join(folder, 'engine.db'));
  const { call, alone } = patience();
  engine.intercept((_, proceed) => call(proceed));
  return {
    ...engine,
    createTable: (name) => call(() => engine.createTable(name)),
    dropTable: (name) => call(() => engine.dropTable(name)),
    kill: () => alone(engine.kill),
    async stop() {
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What some dozen seeds leave in a file, three times. */
const ROOM = 48 * 1024 * 1024;

/**
 * Where files are in memory, if there is such a place with room: they outlive a process there as well, and a write doesn't wait
 * for a disk, which would save them from a power cut.
 */
function quickFolder(): string {
  const inMemory = '/dev/shm';
  if (!existsSync(inMemory)) return tmpdir();
  const { bavail, bsize } = statfsSync(inMemory);
  return bavail * bsize >= ROOM ? inMemory : tmpdir();
}

/** Lets calls run as they come; one that must be alone waits until they are answered, and new ones wait for it. */
function patience() {
  const underWay = new Set<Promise<unknown>>();
  let busy: Promise<unknown> | undefined;
  return {
    async call<T>(make: () => Promise<T>): Promise<T> {
      while (busy) await busy;
      const answer = make();
      underWay.add(answer);
      try {
        return await answer;
      } finally {
        underWay.delete(answer);
      }
    },
    async alone(make: () => Promise<void>): Promise<void> {
      while (busy) await busy;
      const done = Promise.allSettled(underWay)
        .then(make)
        .finally(() => {
          busy = undefined;
        });
      busy = done.catch(() => undefined);
      await done;
    },
  };
}

async function start(file?: string): Promise<DurableEngine> {
  const port = await freePort();
  const binary = join(dirname(createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json')), 'dynoxide');
  const where = ['--host', '127.0.0.1', '--port', String(port), ...(file === undefined ? [] : ['--db-path', file])];
  const launch = (): ChildProcess => spawn(binary, where, { stdio: 'ignore' });
  let child = launch();
  const end = async (signal: NodeJS.Signals) => {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  const endpoint = `http://127.0.0.1:${port}`;
  const raw = new DynamoDBClient({
    endpoint,
    region: 'cn-north-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  await untilAnswering(raw);
  const keys = [tableKeys, ...Object.values(indexes)].flatMap(({ partition, sort }) => [partition, sort]);
  const schema = ({ partition, sort }: { partition: string; sort: string }) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
  const createTable = async (name: string) => {
    await raw.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
        KeySchema: schema(tableKeys),
        GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, index]) => ({
          IndexName,
          KeySchema: schema(index),
          Projection: { ProjectionType: 'ALL' as const },
        })),
      }),
    );
  };
  await createTable(TABLE);
  const sdk = DynamoDBDocumentClient.from(raw, { marshallOptions: { removeUndefinedValues: true } });
  const { client, intercept } = interceptable(plainClient(endpoint));
  return {
    store: createStore(client, TABLE),
    client,
    sdk,
    intercept,
    table: TABLE,
    endpoint,
    createTable,
    dropTable: async (name) => void (await raw.send(new DeleteTableCommand({ TableName: name }))),
    async kill() {
      await end('SIGKILL');
      // Its connections are gone with it.
      client.destroy();
      child = launch();
      await untilAnswering(raw);
    },
    async stop() {
      client.destroy();
      sdk.destroy();
      await end('SIGTERM');
    },
  };
}

async function untilAnswering(client: DynamoDBClient): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch (error) {
      if (attempt > 1_000) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
