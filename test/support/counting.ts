import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { countedEntities } from '../../core/progress/figures.ts';
import { createProgressCounting, type Reference } from '../../functions/progress/counting.ts';
import { createCounting } from '../../storage/progress.ts';
import { createStore } from '../../storage/store.ts';
import type { Engine } from './engine.ts';

/** The counting function on a client of its own, which may have faults. */
export function countingOn(table: string, client: DynamoDBDocumentClient) {
  const store = createStore(client, table);
  const pause = async () => undefined;
  return createProgressCounting(store, createCounting(client, table, pause), pause);
}

/** Names of everything in a table that is counted. */
export async function countables({ client, table }: Pick<Engine, 'client' | 'table'>): Promise<Reference[]> {
  const found: Reference[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ...(from ? { ExclusiveStartKey: from } : {}) }),
    );
    for (const { type, data } of page.Items ?? []) {
      if (!countedEntities.some((entity) => entity === type)) continue;
      found.push(type === 'claimItem' ? `${type}/${data.claimId}/${data.id}` : `${type}/${data.id}`);
    }
    from = page.LastEvaluatedKey;
  } while (from);
  return found;
}

/** What the stream makes of a table in the end: everything is counted. */
export async function countEverything(engine: Pick<Engine, 'client' | 'table'>): Promise<void> {
  await countingOn(engine.table, engine.client)({ recount: await countables(engine) }, 'everything');
}
