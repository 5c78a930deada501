import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { countedEntities } from '../../core/progress/figures.ts';
import { createProgressCounting, type Reference } from '../../functions/waiting-list/counting.ts';
import { createCounting } from '../../storage/progress.ts';
import { createStore } from '../../storage/store.ts';
import type { Engine } from './engine.ts';

type Table = Pick<Engine, 'client' | 'table'>;

/** The counting function on a client of its own, which may have faults. */
export function countingOn(table: string, client: DynamoDBDocumentClient) {
  const store = createStore(client, table);
  const pause = async () => undefined;
  return createProgressCounting(store, createCounting(client, table, pause), pause);
}

/** Everything in a table. */
export async function* everyItem({ client, table }: Table): AsyncIterable<Record<string, unknown>> {
  let from: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ...(from ? { ExclusiveStartKey: from } : {}) }),
    );
    yield* page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from);
}

/** Names of everything in a table that is counted. */
export async function countables(engine: Table): Promise<Reference[]> {
  const found: Reference[] = [];
  for await (const { type, data } of everyItem(engine)) {
    if (!countedEntities.some((entity) => entity === type)) continue;
    const { claimId, id } = data as { claimId?: string; id: string };
    found.push(type === 'claimItem' ? `${type}/${claimId}/${id}` : `${type}/${id}`);
  }
  return found;
}

/** What the stream makes of a table in the end: everything is counted. */
export async function countEverything(engine: Table): Promise<void> {
  await countingOn(engine.table, engine.client)({ recount: await countables(engine) }, 'everything');
}
