import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { type Book, type Counted, difference, gathered, type Table, type Tally } from '../core/progress/tally.ts';
import { createBatchedReads } from './batched-reads.ts';
import { countedKey, type Key, keyParts, progressKey, progressPartition } from './keys.ts';
import { fullJitter, isTransient } from './transient.ts';

/** A thing that is counted, as it stands now: which, in which version, and what it counts for. */
export interface Standing {
  readonly entity: string;
  readonly id: readonly string[];
  readonly version: number;
  readonly figures: readonly Tally[];
}

/** What a thing was counted for, as it is stored beside the cells. */
export interface CountedItem {
  readonly version: number;
  /** Grows with each counting: nobody counts over what another has counted meanwhile. */
  readonly revision: number;
  readonly figures: readonly Tally[];
}

export const countedItemOf = (item: Readonly<Record<string, unknown>>): CountedItem => ({
  version: Number(item.version),
  revision: Number(item.revision),
  figures: JSON.parse(String(item.figures)),
});

const NO_MEASURES = new Set(['pk', 'sk', 'type']);

/** A cell of the tables, from its item. */
export function cellOf(item: Readonly<Record<string, unknown>>): Counted {
  const [table = '', ...cell] = keyParts(String(item.sk));
  const measures = Object.entries(item).flatMap(([name, value]): [string, number][] =>
    NO_MEASURES.has(name) ? [] : [[name, Number(value)]],
  );
  return { table: table as Table, cell, measures: Object.fromEntries(measures) };
}

/** Every cell of a book: one partition, which a year of all months, jurisdictions and categories fills with some hundred items. */
export async function readProgress(client: DynamoDBDocumentClient, table: string, book: Book): Promise<Counted[]> {
  const cells: Counted[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': progressPartition(book) },
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    );
    cells.push(...(page.Items ?? []).map(cellOf));
    from = page.LastEvaluatedKey;
  } while (from);
  return cells;
}

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** A transaction takes 100 items. */
const MOST_ITEMS = 100;

export interface Counting {
  /**
   * Counts things as they stand. What was counted of each before is in the same transaction as the cells, so a thing
   * that is given again, late, or twice at once counts once. `again`: somebody else counted the same meanwhile, and what
   * stands now is to be read anew.
   */
  count(standing: readonly Standing[]): Promise<'counted' | 'again'>;
}

export function createCounting(
  client: DynamoDBDocumentClient,
  table: string,
  pause: (attempt: number) => Promise<void> = fullJitter,
): Counting {
  const reads = createBatchedReads(client, table, pause);

  const write = async (items: readonly TransactItem[]): Promise<'counted' | 'again'> => {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: [...items] }));
      return 'counted';
    } catch (error) {
      // Lost, late or crowded out: whether it happened is seen by reading again.
      if (isTransient(error) || error instanceof TransactionCanceledException) return 'again';
      throw error;
    }
  };

  return {
    async count(standing) {
      const moved = await Promise.all(
        standing.map(async (one) => {
          const key = countedKey(one.entity, ...one.id);
          const item = await reads.one(key);
          const before = item && countedItemOf(item);
          // Somebody has counted it as it stood later.
          if (before && before.version > one.version) return undefined;
          const change = difference(before?.figures ?? [], one.figures);
          return change.length === 0 ? undefined : { key, one, before, change };
        }),
      );
      let outcome: 'counted' | 'again' = 'counted';
      for (const group of grouped(moved.filter((one) => one !== undefined))) {
        const written = await write([
          ...group.map(({ key, one, before }) => counted(table, key, one, before)),
          ...adding(
            table,
            group.flatMap(({ change }) => change),
          ),
        ]);
        if (written === 'again') outcome = 'again';
      }
      return outcome;
    },
  };
}

interface Moved {
  readonly key: Key;
  readonly one: Standing;
  readonly before: CountedItem | undefined;
  readonly change: readonly Tally[];
}

/** As many at once as a transaction takes with all their cells. */
function grouped(moved: readonly Moved[]): Moved[][] {
  const groups: Moved[][] = [];
  let items = MOST_ITEMS;
  for (const one of moved) {
    // At most: cells that two have in common are written once.
    const needs = 1 + one.change.length;
    if (items + needs > MOST_ITEMS) {
      groups.push([]);
      items = 0;
    }
    groups.at(-1)?.push(one);
    items += needs;
  }
  return groups;
}

const counted = (
  table: string,
  key: Key,
  { version, figures }: Standing,
  before: CountedItem | undefined,
): TransactItem => ({
  Put: {
    TableName: table,
    Item: {
      ...key,
      type: 'counted',
      version,
      revision: (before?.revision ?? 0) + 1,
      figures: JSON.stringify(figures),
    },
    ...(before
      ? {
          ConditionExpression: '#revision = :revision',
          ExpressionAttributeNames: { '#revision': 'revision' },
          ExpressionAttributeValues: { ':revision': before.revision },
        }
      : { ConditionExpression: 'attribute_not_exists(pk)' }),
  },
});

/** The cells, each once with everything that is added to it. */
const adding = (table: string, tallies: readonly Tally[]): TransactItem[] =>
  [...Map.groupBy(gathered(tallies), ({ book, table: of, cell }) => JSON.stringify(progressKey(book, of, cell)))].map(
    ([key, ofCell]) => ({
      Update: {
        TableName: table,
        Key: JSON.parse(key) as Key,
        UpdateExpression: `ADD ${ofCell.map((_, i) => `#m${i} :a${i}`).join(', ')} SET #type = :type`,
        ExpressionAttributeNames: {
          '#type': 'type',
          ...Object.fromEntries(ofCell.map(({ measure }, i) => [`#m${i}`, measure])),
        },
        ExpressionAttributeValues: {
          ':type': 'progress',
          ...Object.fromEntries(ofCell.map(({ amount }, i) => [`:a${i}`, amount])),
        },
      },
    }),
  );
