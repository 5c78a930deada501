import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { countedKey, progressKey } from '../../storage/keys.ts';

/** What a story leaves behind, counted: the same for every run of it, killed or not. */
export interface Traces {
  /** Items of the table by their type. */
  readonly items: Readonly<Record<string, number>>;
  /** Records of the journals by state machine and kind of record. */
  readonly steps: Readonly<Record<string, number>>;
}

/** Records that a completed step leaves once, however often the system was killed on the way. */
const ONCE: readonly string[] = ['started', 'entered', 'answered', 'completed', 'exited', 'ended'];

export async function tracesOf(endpoint: string, table: string, dataDir: string): Promise<Traces> {
  return { items: await countItems(endpoint, table), steps: countSteps(join(dataDir, 'stepfunctions')) };
}

/**
 * Whether the counting met a task while it was open is a matter of moments; what has ended counts for nothing either way, which
 * `verify` sees to.
 */
const isCountOfTasks = (pk: string): boolean =>
  pk === progressKey('tasks', 'tasks', []).pk || pk.startsWith(countedKey('task', '').pk);

async function countItems(endpoint: string, table: string): Promise<Record<string, number>> {
  const client = new DynamoDBClient({
    endpoint,
    region: 'cn-north-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const counts: Record<string, number> = {};
  const documents = DynamoDBDocumentClient.from(client);
  for await (const { Items = [] } of paginateScan({ client: documents }, { TableName: table })) {
    for (const { pk, type } of Items) {
      if (!isCountOfTasks(String(pk))) counts[String(type)] = (counts[String(type)] ?? 0) + 1;
    }
  }
  client.destroy();
  return counts;
}

function countSteps(folder: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const machine of readdirSync(join(folder, 'finished'))) {
    for (const file of readdirSync(join(folder, 'finished', machine))) {
      const lines = readFileSync(join(folder, 'finished', machine, file), 'utf8')
        .trimEnd()
        .split('\n');
      for (const line of lines) {
        const { type }: { type: string } = JSON.parse(line);
        if (ONCE.includes(type)) counts[`${machine} ${type}`] = (counts[`${machine} ${type}`] ?? 0) + 1;
      }
    }
  }
  return counts;
}
