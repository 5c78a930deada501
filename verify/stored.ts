import type { Entities, EntityId, EntityName } from '../core/entities.ts';
import { type Posting, postingSchema } from '../core/ledger/posting.ts';
import type { DomainEvent } from '../core/ports/events.ts';
import { type Book, booksOfNoYear, type Counted, type Tally } from '../core/progress/tally.ts';
import { type LocalPosting, localPostingSchema } from '../core/topups/local-ledger.ts';
import { entityDefinitions } from '../storage/entities/index.ts';
import { type Key, keyParts } from '../storage/keys.ts';
import { unpack } from '../storage/packed.ts';
import { cellOf, countedItemOf } from '../storage/progress.ts';
import { indexes, prefixes } from '../storage/table.ts';

type Item = Readonly<Record<string, unknown>>;

type StoredEntity = {
  [E in EntityName]: {
    readonly kind: 'entity';
    readonly entity: E;
    readonly value: Entities[E];
    readonly key: Key;
    /** It stands where its definition puts it: key and places in the indexes. */
    readonly inPlace: boolean;
  };
}[EntityName];

/** An item of the table, read for what it is. */
export type Stored =
  | StoredEntity
  | { readonly kind: 'audit'; readonly key: Key; readonly entity: string; readonly version: number }
  | { readonly kind: 'posting'; readonly posting: Posting }
  | { readonly kind: 'local-posting'; readonly posting: LocalPosting }
  | { readonly kind: 'shard'; readonly year: number; readonly shard: number; readonly item: Item }
  | { readonly kind: 'pool'; readonly year: number; readonly shards: number }
  | { readonly kind: 'cap' | 'provider-quota'; readonly year: number; readonly owner: string; readonly used: number }
  | { readonly kind: 'local-fund'; readonly policyId: string; readonly item: Item }
  | { readonly kind: 'local-used'; readonly policyId: string; readonly owner: string; readonly used: number }
  | { readonly kind: 'progress'; readonly book: Book; readonly cell: Counted }
  /** `name`: which thing, as `order/ord_…`. */
  | { readonly kind: 'counted'; readonly name: string; readonly figures: readonly Tally[] }
  | { readonly kind: 'unique'; readonly unique: string; readonly name: string; readonly owner: string }
  | { readonly kind: 'outbox'; readonly event: DomainEvent }
  | { readonly kind: 'answer' }
  /** It is none of ours, or not what it says it is. */
  | { readonly kind: 'unreadable'; readonly key: Key; readonly type: string };

/** Reads an item. Never throws: what can't be read is told. */
export function readItem(item: Item): Stored {
  const key = { pk: String(item.pk), sk: String(item.sk) };
  const type = String(item.type);
  try {
    return isEntityName(type) ? readEntity(type, item, key) : (readOther(type, item, key) ?? unreadable(key, type));
  } catch {
    return unreadable(key, type);
  }
}

const unreadable = (key: Key, type: string): Stored => ({ kind: 'unreadable', key, type });

const isEntityName = (type: string): type is EntityName => Object.hasOwn(entityDefinitions, type);

function readEntity<E extends EntityName>(entity: E, item: Item, key: Key): Stored {
  const definition = entityDefinitions[entity];
  const value = definition.schema.parse(unpack(item));
  const proper = definition.key(value as unknown as EntityId<E>);
  const places = definition.indexes(value);
  const inPlace =
    proper.pk === key.pk &&
    proper.sk === key.sk &&
    Object.entries(indexes).every(
      ([name, { partition, sort }]) =>
        item[partition] === places[name as keyof typeof places]?.pk &&
        item[sort] === places[name as keyof typeof places]?.sk,
    );
  return { kind: 'entity', entity, value, key, inPlace } as unknown as StoredEntity;
}

function readOther(type: string, item: Item, key: Key): Stored | undefined {
  const [prefix, first = '', second = ''] = keyParts(key.pk);
  const used = Number(item.used ?? 0);
  switch (type) {
    case 'audit':
      return { kind: 'audit', key, entity: String(item.entity), version: Number(item.version) };
    case 'posting':
      return { kind: 'posting', posting: postingSchema.parse(item.posting) };
    case 'local-posting':
      return { kind: 'local-posting', posting: localPostingSchema.parse(item.posting) };
    case 'pool':
      return { kind: 'pool', year: Number(first), shards: Number(item.shards) };
    case 'fund':
      return { kind: 'shard', year: Number(first), shard: Number(second), item };
    case 'cap':
    case 'provider-quota':
      return { kind: type, year: Number(first), owner: second, used };
    case 'local-fund':
      return { kind: 'local-fund', policyId: first, item };
    case 'local-used':
      return { kind: 'local-used', policyId: first, owner: second, used };
    case 'progress':
      return {
        kind: 'progress',
        book: booksOfNoYear.find((book) => book === first) ?? Number(first),
        cell: cellOf(item),
      };
    case 'counted':
      return { kind: 'counted', name: keyParts(key.pk).slice(2).join('/'), figures: countedItemOf(item).figures };
    case 'unique':
      if (prefix !== prefixes.unique) return undefined;
      return { kind: 'unique', unique: first, name: key.pk, owner: String(item.owner) };
    case 'outbox':
      return { kind: 'outbox', event: item.event as DomainEvent };
    case 'answer':
      return { kind: 'answer' };
    default:
      return undefined;
  }
}
