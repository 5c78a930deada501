import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createStore, type Store } from '../../storage/store.ts';
import { indexes, tableKeys } from '../../storage/table.ts';
import { type Interceptor, interceptable } from './interception.ts';
import { plainClient } from './plain-client.ts';

/** A real DynamoDB engine in memory with the single table, for tests. */
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

/** Starts the embedded engine on a free port and creates the table with the keys that the infrastructure gives it. */
export async function startEngine(): Promise<Engine> {
  const port = await freePort();
  const binary = join(dirname(createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json')), 'dynoxide');
  const child = spawn(binary, ['--host', '127.0.0.1', '--port', String(port)], { stdio: 'ignore' });
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
    async stop() {
      client.destroy();
      sdk.destroy();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
    },
  };
}

async function untilAnswering(client: DynamoDBClient): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch (error) {
      if (attempt > 200) throw error;
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
