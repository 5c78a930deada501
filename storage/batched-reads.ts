import { BatchGetCommand, type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Key } from './keys.ts';
import { fullJitter } from './transient.ts';

type Item = Record<string, unknown>;
/** What is stored: its key, and whatever else. */
type StoredItem = Item & Key;

/** Reads single items, each as it stands when it is asked for: strongly consistent. */
export interface BatchedReads {
  /** Items that are asked for in the same turn of the event loop travel together. */
  one(key: Key): Promise<Item | undefined>;
  /** Those of the keys that exist, each once, in no order. */
  many(keys: readonly Key[]): Promise<StoredItem[]>;
}

const MOST_PER_BATCH = 100;

interface Wanted {
  readonly key: Key;
  readonly found: Promise<Item | undefined>;
  readonly resolve: (item: Item | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A command reads a dozen items that don't depend on each other. They are collected until the running code has nothing
 * left to do but wait, and fetched in one request: a read costs the storage little and its journey much.
 */
export function createBatchedReads(
  client: DynamoDBDocumentClient,
  table: string,
  /** Keys come back unprocessed when the table is busy. */
  pause: (attempt: number) => Promise<void> = fullJitter,
): BatchedReads {
  let wanted = new Map<string, Wanted>();

  const fetchOne = async (key: Key) =>
    (await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }))).Item;

  const fetchBatch = async (keys: readonly Key[]): Promise<StoredItem[]> => {
    const items: StoredItem[] = [];
    let left: readonly Key[] = keys;
    for (let attempt = 0; left.length > 0; attempt++) {
      if (attempt > 0) await pause(attempt);
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: [...left], ConsistentRead: true } } }),
      );
      items.push(...((Responses?.[table] ?? []) as StoredItem[]));
      left = (UnprocessedKeys?.[table]?.Keys ?? []) as Key[];
    }
    return items;
  };

  const many = async (keys: readonly Key[]): Promise<StoredItem[]> => {
    const distinct = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
    const batches: Promise<StoredItem[]>[] = [];
    for (let from = 0; from < distinct.length; from += MOST_PER_BATCH) {
      batches.push(fetchBatch(distinct.slice(from, from + MOST_PER_BATCH)));
    }
    return (await Promise.all(batches)).flat();
  };

  const flush = async () => {
    const all = [...wanted.values()];
    wanted = new Map();
    try {
      const [first] = all;
      // One item by itself costs the least.
      if (first && all.length === 1) return first.resolve(await fetchOne(first.key));
      const items = new Map((await many(all.map(({ key }) => key))).map((item) => [nameOf(item), item]));
      for (const { key, resolve } of all) resolve(items.get(nameOf(key)));
    } catch (error) {
      for (const { reject } of all) reject(error);
    }
  };

  return {
    many,
    one(key) {
      const name = nameOf(key);
      const asked = wanted.get(name);
      if (asked) return asked.found;
      // After the promises that are settled already: what their continuations ask for belongs to the same read.
      if (wanted.size === 0) process.nextTick(() => void flush());
      const { promise: found, resolve, reject } = Promise.withResolvers<Item | undefined>();
      wanted.set(name, { key, found, resolve, reject });
      return found;
    },
  };
}

const nameOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);
