import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isCounted, type Reference, referenceOf } from '../../core/progress/figures.ts';
import { createProgressCounting } from '../../functions/follow-up/counting.ts';
import { createCounting } from '../../storage/progress.ts';
import { createStore } from '../../storage/store.ts';
import type { Engine } from './engine.ts';
import { everything } from './money-findings.ts';

type Table = Pick<Engine, 'client' | 'table'>;

/** The counting function on a client of its own, which may have faults. */
export function countingOn(table: string, client: DynamoDBDocumentClient) {
  const store = createStore(client, table);
  const pause = async () => undefined;
  return createProgressCounting(store, createCounting(client, table, pause), pause);
}

/** Names of everything in a table that is counted. */
export async function countables(engine: Table): Promise<Reference[]> {
  const found: Reference[] = [];
  for await (const { type, data } of everything(engine)) {
    if (isCounted(type)) found.push(referenceOf(type, data as { id: string; claimId?: string }));
  }
  return found;
}

/** What the stream makes of a table in the end: everything is counted. */
export async function countEverything(engine: Table): Promise<void> {
  await countingOn(engine.table, engine.client)({ recount: await countables(engine) }, 'everything');
}
