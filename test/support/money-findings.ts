import { QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { JOURNAL_PARTITIONS } from '../../core/queries.ts';
import { createBatchedReads } from '../../storage/batched-reads.ts';
import {
  capKey,
  journalPartition,
  type Key,
  partition,
  poolKey,
  providerQuotaKey,
  shardKey,
} from '../../storage/keys.ts';
import { lists } from '../../storage/lists.ts';
import { MOST_SHARDS } from '../../storage/shards.ts';
import { type IndexName, indexes, tableKeys } from '../../storage/table.ts';
import type { CheckName } from '../../verify/checks/index.ts';
import type { Finding } from '../../verify/finding.ts';
import { readItem } from '../../verify/stored.ts';
import type { VerifiedSystem } from '../../verify/system.ts';
import { look } from '../../verify/verify.ts';
import type { Engine } from './engine.ts';

type Table = Pick<Engine, 'client' | 'table'>;
type RawItem = Record<string, unknown>;

const byYear: readonly CheckName[] = ['ledger', 'vouchers', 'waiting-list'];

/**
 * Where the invariants of money (mission, invariants 1 to 4) do not hold, over everything in the table; or in one year,
 * where worlds share a table, or a test looks after every step.
 */
export const moneyFindings = (engine: Table, year?: number): Promise<readonly Finding[]> =>
  year === undefined
    ? findingsIn(everything(engine), [...byYear, 'local-funds'])
    : findingsIn(ofYear(engine, year), byYear);

/** What some checks, of the table alone, find among its items. */
export async function findingsIn(
  items: AsyncIterable<RawItem> | readonly RawItem[],
  only: readonly CheckName[],
): Promise<readonly Finding[]> {
  const system: VerifiedSystem = {
    async *items() {
      yield* items;
    },
    async *executions() {},
    inputOf: async () => ({}),
    async *objects() {},
    deadLetters: async () => undefined,
    now: async () => Date.now(),
  };
  // One look: whatever a test does has come to rest.
  const { findings } = await look(system, { only }, 1);
  return findings;
}

/** Everything in a table. */
export async function* everything({ client, table }: Table): AsyncIterable<RawItem> {
  let from: RawItem | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: from }),
    );
    yield* page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from);
}

/** What says something about the money of a year that no other year has touched. */
async function* ofYear({ client, table }: Table, year: number): AsyncIterable<RawItem> {
  const query = async (pk: string, index?: IndexName): Promise<RawItem[]> => {
    const found: RawItem[] = [];
    let from: RawItem | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: table,
          ...(index ? { IndexName: index } : { ConsistentRead: true }),
          KeyConditionExpression: '#pk = :pk',
          ExpressionAttributeNames: { '#pk': (index ? indexes[index] : tableKeys).partition },
          ExpressionAttributeValues: { ':pk': pk },
          ExclusiveStartKey: from,
        }),
      );
      found.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from);
    return found;
  };
  const listed = await Promise.all([
    query(partition('plan', year)),
    query(partition('waitingList', year)),
    ...Array.from({ length: JOURNAL_PARTITIONS }, (_, n) => query(journalPartition(year, n))),
    query(lists.vouchersOfYear(year), 'gsi3'),
    query(lists.due('reservation'), 'due'),
    query(lists.waitingOrders(year), 'gsi3'),
  ]);
  const owners: Key[] = [];
  for (const item of new Map(listed.flat().map((raw) => [`${raw.pk} ${raw.sk}`, raw])).values()) {
    const stored = readItem(item);
    if (stored.kind === 'entity' && (stored.entity === 'order' || stored.entity === 'voucher')) {
      if (stored.entity === 'order' && stored.value.planYear !== year) continue;
      const { enterpriseUscc, providerId } = stored.value;
      owners.push(capKey(year, enterpriseUscc), providerQuotaKey(year, providerId));
    }
    // The caps of orders that have ended are in the journal alone.
    if (stored.kind === 'posting') {
      const { cap, provider } = stored.posting;
      if (cap) owners.push(capKey(year, cap.uscc));
      if (provider) owners.push(providerQuotaKey(year, provider.id));
    }
    yield item;
  }
  const shards = Array.from({ length: MOST_SHARDS }, (_, shard) => shardKey(year, shard));
  yield* await createBatchedReads(client, table).many([poolKey(year), ...shards, ...owners]);
}
