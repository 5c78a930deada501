import type { BatchGetCommandInput, QueryCommandInput, TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { type IndexName, indexes, tableKeys } from '../../storage/table.ts';

export type Item = Readonly<Record<string, unknown>>;

/** An item that was written, with what stood there before. */
export interface Written {
  readonly item: Item;
  readonly before: Item | undefined;
}

/**
 * Every image that items of the table had, by the transactions that wrote them. It knows what a lagging index would answer;
 * and it knows what stands in the table now wherever items are only ever put as a whole, which spares most readings their
 * journey to the engine. A part of them make it nevertheless, and the whole table is compared at the end.
 */
export interface History {
  /** Takes in a transaction that was written. Gives the items it put there. */
  add(input: TransactWriteCommandInput): readonly Written[];
  remove(key: Item): void;
  /** What a reading answers; undefined where only the engine knows (counters, pages of long lists). */
  get(key: Item): { readonly Item?: Item } | undefined;
  batchGet(input: BatchGetCommandInput): { readonly Responses: Readonly<Record<string, readonly Item[]>> } | undefined;
  query(input: QueryCommandInput): { readonly Items: readonly Item[] } | undefined;
  /** What an index that is so many transactions behind answers; undefined where that cannot be told. */
  lagging(input: QueryCommandInput, behind: number): { readonly Items: readonly Item[] } | undefined;
  /** How the whole table differs from what is known of it, by key. */
  differences(table: readonly Item[]): readonly string[];
}

interface Image {
  /** The transaction that put it there. */
  readonly at: number;
  /** Undefined: it was taken away. */
  readonly item: Item | undefined;
}

const nameOf = ({ pk, sk }: Item) => `${pk}|${sk}`;

export function createHistory(): History {
  const images = new Map<string, Image[]>();
  /** Items of which more than whole puts is written: what they hold only the engine knows. */
  const counted = new Set<string>();
  const countedPartitions = new Set<unknown>();
  /** Names of items that are or were in a partition of the table or of an index. */
  const partitions = new Map<string, Set<string>>();
  let transactions = 0;

  const note = (name: string, item: Item | undefined): Item | undefined => {
    const earlier = images.get(name);
    const before = earlier?.at(-1)?.item;
    if (earlier) earlier.push({ at: transactions, item });
    else images.set(name, [{ at: transactions, item }]);
    if (!item) return before;
    for (const { partition } of [tableKeys, ...Object.values(indexes)]) {
      if (item[partition] === undefined) continue;
      const list = `${partition} ${item[partition]}`;
      const names = partitions.get(list) ?? new Set();
      partitions.set(list, names.add(name));
    }
    return before;
  };
  const asOf = (name: string, at: number): Item | undefined =>
    images.get(name)?.findLast((image) => image.at <= at)?.item;
  const now = (name: string): Item | undefined => images.get(name)?.at(-1)?.item;

  const listed = (input: QueryCommandInput, at: number): { readonly Items: readonly Item[] } | undefined => {
    const keys = input.IndexName ? indexes[input.IndexName as IndexName] : tableKeys;
    const { ':pk': pk, ':sk': sk } = input.ExpressionAttributeValues ?? {};
    if (input.ExclusiveStartKey || (!input.IndexName && countedPartitions.has(pk))) return undefined;
    const sortOf = (item: Item) => String(item[keys.sort]);
    const prefix = input.KeyConditionExpression?.includes('begins_with') ?? false;
    const fits = (item: Item) => sk === undefined || (prefix ? sortOf(item).startsWith(sk) : sortOf(item) <= sk);
    const items: Item[] = [...(partitions.get(`${keys.partition} ${pk}`) ?? [])].flatMap((name) => {
      const item = asOf(name, at);
      return item && item[keys.partition] === pk && fits(item) ? [item] : [];
    });
    if (items.length >= (input.Limit ?? Number.POSITIVE_INFINITY)) return undefined;
    items.sort((a, b) => (sortOf(a) < sortOf(b) ? -1 : sortOf(a) > sortOf(b) ? 1 : 0));
    return { Items: input.ScanIndexForward === false ? items.reverse() : items };
  };

  return {
    add(input) {
      transactions += 1;
      return (input.TransactItems ?? []).flatMap(({ Put, Update }) => {
        if (Update?.Key) {
          counted.add(nameOf(Update.Key));
          countedPartitions.add(Update.Key.pk);
        }
        if (!Put?.Item) return [];
        const item = stored(Put.Item) as Item;
        return [{ item, before: note(nameOf(item), item) }];
      });
    },
    remove(key) {
      transactions += 1;
      note(nameOf(key), undefined);
    },
    get(key) {
      if (counted.has(nameOf(key))) return undefined;
      const item = now(nameOf(key));
      return item ? { Item: item } : {};
    },
    batchGet(input) {
      const Responses: Record<string, Item[]> = {};
      for (const [table, { Keys = [] }] of Object.entries(input.RequestItems ?? {})) {
        if (Keys.some((key) => counted.has(nameOf(key)))) return undefined;
        Responses[table] = Keys.flatMap((key): Item[] => {
          const item = now(nameOf(key));
          return item ? [item] : [];
        });
      }
      return { Responses };
    },
    query: (input) => listed(input, transactions),
    lagging: (input, behind) => listed(input, transactions - behind),
    differences(table) {
      const stands = new Map(table.map((item) => [nameOf(item), item]));
      return [...new Set([...stands.keys(), ...images.keys()])].filter(
        (name) => !counted.has(name) && !isSame(stands.get(name), now(name)),
      );
    },
  };
}

/** A value as the table keeps it: nothing undefined, and nobody changes it any more. */
function stored(value: unknown): unknown {
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.filter((one) => one !== undefined).map(stored));
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.freeze(Object.fromEntries(fields.map(([name, field]) => [name, stored(field)])));
}

/** Whether two answers hold the same, whatever the order of the fields. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (one instanceof Uint8Array || other instanceof Uint8Array || Array.isArray(one) || Array.isArray(other)) {
    return (
      isList(one) && isList(other) && one.length === other.length && one.every((value, at) => isSame(value, other[at]))
    );
  }
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isSame(one[name as never], other[name as never]))
  );
}

const isList = (value: object): value is readonly unknown[] => Array.isArray(value) || value instanceof Uint8Array;
