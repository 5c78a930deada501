import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Entities, EntityId, EntityName } from '../core/entities.ts';
import { postingSchema } from '../core/ledger/posting.ts';
import type { Change, Page, Pool, Reads } from '../core/ports/store.ts';
import type { AuditEntry, Due, QueryArguments, QueryName, QueryResult } from '../core/queries.ts';
import type { Failure } from '../core/result.ts';
import { localPostingSchema } from '../core/topups/local-ledger.ts';
import { createBatchedReads } from './batched-reads.ts';
import { capWrites } from './counters.ts';
import { entityDefinitions } from './entities/index.ts';
import {
  capKey,
  idempotencyKey,
  journalKey,
  type Key,
  localFundKey,
  localUsedKey,
  poolKey,
  providerQuotaKey,
  shardKey,
  uniqueKey,
} from './keys.ts';
import { localBalancesOf, localWrites } from './local-funds.ts';
import { lengthen, unpack } from './packed.ts';
import { type Shard, shardOf, sumOf } from './pool.ts';
import { aroundShortage, foundShard, isPoolWrite, type PoolWrite, poolChangesOf, poolWrites } from './pool-writes.ts';
import { readProgress } from './progress.ts';
import { type Access, queryDefinitions } from './queries.ts';
import { DEFAULT_SHARDS } from './shards.ts';
import { indexes, tableKeys } from './table.ts';
import { answerWrite, NOBODY, type Origin, type StoredAnswer, type Write, writesOf } from './transaction.ts';
import { fullJitter, isTransient } from './transient.ts';

/** How a commit ended. `conflict`: somebody else wrote at the same time, trying again is right. */
export type CommitResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'condition'; readonly failure: Failure }
  | { readonly ok: false; readonly reason: 'conflict' }
  /** The same request has been committed before: its answer stands. */
  | { readonly ok: false; readonly reason: 'answered'; readonly answer: StoredAnswer };

export interface Store extends Reads {
  /** Writes all changes, their trail and the answer of the request in one transaction. */
  commit(changes: readonly Change[], origin: Origin, answer?: StoredAnswer): Promise<CommitResult>;
  /** The answer given to a request before, by the hash of its principal and idempotency key. */
  answered(hash: string): Promise<StoredAnswer | undefined>;
  /** What is waited before trying again, by the number of tries so far. */
  readonly pause: (attempt: number) => Promise<void>;
}

type Item = Record<string, unknown>;

const DEFAULT_LIMIT = 20;

/**
 * What happened to a pool beside the fast path: counted by whoever wants to know how full and how busy it is.
 * `conflict`: a write was turned away by others; `snapshot-again`: a view of one moment was; `spread`: a shard alone was
 * short; `refused`: all together were.
 */
export interface PoolEvent {
  readonly kind: 'conflict' | 'snapshot-again' | 'spread' | 'refused';
  readonly year: number;
}

export interface StoreOptions {
  /** Shards that a pool gets with what first comes into it. */
  readonly shards?: number;
  readonly observe?: (event: PoolEvent) => void;
  /** What is waited before anything is tried again, by the number of tries so far. */
  readonly pause?: (attempt: number) => Promise<void>;
}

export function createStore(
  client: DynamoDBDocumentClient,
  table: string,
  { shards = DEFAULT_SHARDS, observe = () => undefined, pause = fullJitter }: StoreOptions = {},
): Store {
  const { one: read, many: readMany } = createBatchedReads(client, table, pause);

  const answered = async (hash: string): Promise<StoredAnswer | undefined> => {
    const answer = (await read(idempotencyKey(hash)))?.answer as StoredAnswer | undefined;
    return answer && { ...answer, body: lengthen(answer.body) };
  };

  // A pool gets its number of shards once, so what was read stays true.
  const known = new Map<number, number>();
  const shardsInForce = async (year: number): Promise<number | undefined> => {
    const remembered = known.get(year);
    if (remembered !== undefined) return remembered;
    const stored = (await read(poolKey(year)))?.shards as number | undefined;
    if (stored !== undefined) known.set(year, stored);
    return stored;
  };

  const shardKeysOf = async (year: number): Promise<Key[]> =>
    Array.from({ length: (await shardsInForce(year)) ?? 1 }, (_, shard) => shardKey(year, shard));

  /** All shards of a pool at one moment. A writer under way makes that impossible for as long as it takes. */
  const snapshotOf = async (year: number): Promise<Shard[]> => {
    const keys = await shardKeysOf(year);
    const gets = keys.map((key) => ({ Get: { TableName: table, Key: key } }));
    for (let attempt = 0; ; attempt++) {
      try {
        const { Responses = [] } = await client.send(new TransactGetCommand({ TransactItems: gets }));
        return Responses.map(({ Item }) => shardOf(Item));
      } catch (error) {
        if (attempt >= MOST_SNAPSHOTS || !isTransient(error)) throw error;
        observe({ kind: 'snapshot-again', year });
        await pause(attempt);
      }
    }
  };

  const pool = async (year: number): Promise<Pool> => sumOf(await snapshotOf(year));

  const write = async (writes: readonly Write[], answer: StoredAnswer | undefined): Promise<Written> => {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: writes.map(({ item }) => item) }));
      return { ok: true };
    } catch (error) {
      // Every write has a condition under which it happens once, so what may have happened may be tried again.
      if (isTransient(error)) return { ok: false, reason: 'conflict' };
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      const earlier = answer && (await answered(answer.hash));
      if (earlier) return { ok: false, reason: 'answered', answer: earlier };
      const at = reasons.findIndex(({ Code }) => Code === 'ConditionalCheckFailed');
      const refused = writes[at];
      if (!refused) throw error;
      return isPoolWrite(refused)
        ? { ok: false, reason: 'short', short: refused, found: foundShard(reasons[at]) }
        : { ok: false, reason: 'condition', failure: failureOf(refused, reasons[at]) };
    }
  };

  return {
    answered,
    pause,

    async get(entity, id) {
      const item = await read(entityDefinitions[entity].key(id));
      return item && parseEntity(entity, item);
    },

    async getMany(entity, ids) {
      const items = await readMany(ids.map((id) => entityDefinitions[entity].key(id)));
      return items.map((item) => parseEntity(entity, item));
    },

    list: (query, args, page = {}) => list(client, table, query, args, page),

    pool,
    poolEstimate: async (year) => sumOf((await Promise.all((await shardKeysOf(year)).map(read))).map(shardOf)),
    fund: async (year) => (await pool(year)).balances,
    spec: async (year, specId) => (await pool(year)).specs[specId],

    async capUsed(year, uscc) {
      return Number((await read(capKey(year, uscc)))?.used ?? 0);
    },

    async providerUsed(year, providerId) {
      return Number((await read(providerQuotaKey(year, providerId)))?.used ?? 0);
    },

    localFund: async (policyId) => localBalancesOf(await read(localFundKey(policyId))),

    async localUsed(policyId, uscc) {
      return Number((await read(localUsedKey(policyId, uscc)))?.used ?? 0);
    },

    progress: (book) => readProgress(client, table, book),

    async posting(year, id) {
      const item = await read(journalKey(year, id));
      return item && postingSchema.parse(item.posting);
    },

    async uniqueOwner(kind, key) {
      const owner = (await read(uniqueKey(kind, key)))?.owner as string | undefined;
      return owner === NOBODY ? undefined : owner;
    },

    async commit(changes, origin, answer) {
      const first = writesOf(table, changes, origin);
      const last = [
        ...capWrites(table, changes),
        ...localWrites(table, changes, origin),
        ...(answer ? [answerWrite(table, answer, origin.at)] : []),
      ];
      const placed = await poolChangesOf(changes, shardsInForce, shards);
      let pools = placed;
      for (let attempt = 0; attempt < MOST_SPREADS; attempt++) {
        const writes = [...first, ...pools.flatMap((pool) => poolWrites(table, pool)), ...last];
        if (writes.length === 0) return { ok: true };
        const written = await write(writes, answer);
        if (!written.ok && written.reason === 'conflict') {
          for (const { year } of pools) observe({ kind: 'conflict', year });
        }
        if (written.ok || written.reason !== 'short') return written;
        // The shard alone is short: what all of them hold, at one moment, decides.
        const { short, found } = written;
        const { year } = short.pool;
        const snapshot = short.pool.shards === 1 ? [found] : await snapshotOf(year);
        const around = aroundShortage(
          placed.find((pool) => pool.year === year) ?? short.pool,
          short.shard,
          found,
          snapshot,
        );
        if ('refused' in around) {
          observe({ kind: 'refused', year });
          return { ok: false, reason: 'condition', failure: around.refused };
        }
        observe({ kind: 'spread', year });
        pools = pools.map((pool) => (pool.year === year ? around.pool : pool));
      }
      return { ok: false, reason: 'conflict' };
    },
  };
}

/** A spread starts from the effect it was computed for; how often others may be faster before the command decides anew. */
const MOST_SPREADS = 4;
/** Writers hold a shard for milliseconds; whoever was turned away as often as this is told to come back. */
const MOST_SNAPSHOTS = 9;

type Written =
  | Exclude<CommitResult, { reason: 'conflict' }>
  | { readonly ok: false; readonly reason: 'conflict' }
  | { readonly ok: false; readonly reason: 'short'; readonly short: PoolWrite; readonly found: Shard };

/** What a failed condition means, given the item that was there instead. */
function failureOf(write: Write, reason: CancellationReason | undefined): Failure {
  const found = reason?.Item && unmarshall(reason.Item);
  return (found && write.explain?.(found)) ?? write.refusal;
}

function parseEntity<E extends EntityName>(entity: E, item: Item): Entities[E] {
  return entityDefinitions[entity].schema.parse(unpack(item));
}

async function list<Q extends QueryName>(
  client: DynamoDBDocumentClient,
  table: string,
  query: Q,
  args: QueryArguments<Q>,
  page: { limit?: number; cursor?: string },
): Promise<Page<QueryResult<Q>>> {
  const definition = queryDefinitions[query];
  const access = definition.access(args);
  const keys = access.index ? indexes[access.index] : tableKeys;
  const range = rangeOf(access);
  const start = page.cursor === undefined ? undefined : fromCursor(page.cursor, access);
  const command = new QueryCommand({
    TableName: table,
    ...(access.index ? { IndexName: access.index } : { ConsistentRead: true }),
    KeyConditionExpression: range ? `#pk = :pk AND ${range.condition}` : '#pk = :pk',
    ExpressionAttributeNames: { '#pk': keys.partition, ...(range ? { '#sk': keys.sort } : {}) },
    ExpressionAttributeValues: { ':pk': access.pk, ...range?.values },
    ScanIndexForward: !access.descending,
    Limit: page.limit ?? DEFAULT_LIMIT,
    ...(start ? { ExclusiveStartKey: start } : {}),
  });
  const answer = await client.send(command).catch((error: unknown) => {
    // The engine knows better than we do what a starting key must be.
    throw start && error instanceof Error && error.name === 'ValidationException' ? new RangeError('cursor') : error;
  });
  const items = (answer.Items ?? []).map((item) => parseListed(definition.items, item) as QueryResult<Q>);
  return { items, ...(answer.LastEvaluatedKey ? { next: toCursor(answer.LastEvaluatedKey) } : {}) };
}

function parseListed(kind: EntityName | 'audit' | 'posting' | 'local-posting' | 'due', item: Item): unknown {
  switch (kind) {
    case 'audit': {
      const { pk: _pk, sk: _sk, type: _type, ...entry } = item;
      return entry as unknown as AuditEntry;
    }
    case 'posting':
      return postingSchema.parse(item.posting);
    case 'local-posting':
      return localPostingSchema.parse(item.posting);
    case 'due': {
      const [dueOn = '', id = ''] = String(item[indexes.due.sort]).split('#');
      return { kind: String(item[indexes.due.partition]).split('#')[1], id, dueOn } as Due;
    }
    default:
      return parseEntity(kind, item);
  }
}

const toCursor = (key: Item): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * The key a cursor stands for. One that was not made by us, or for another list, names nothing: RangeError, which the
 * gateway answers as a bad query.
 */
function fromCursor(cursor: string, access: Access): Item {
  const keys = access.index ? [tableKeys, indexes[access.index]] : [tableKeys];
  const names = keys.flatMap(({ partition, sort }) => [partition, sort]);
  const { partition, sort } = access.index ? indexes[access.index] : tableKeys;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      isTextRecord(key) &&
      Object.keys(key).length === names.length &&
      names.every((name) => Object.hasOwn(key, name)) &&
      key[partition] === access.pk &&
      isWithin(access, key[sort] ?? '')
    ) {
      return key;
    }
  } catch {
    // falls through
  }
  throw new RangeError('cursor');
}

const isTextRecord = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && Object.values(value).every((part) => typeof part === 'string');

const isWithin = ({ sk }: Access, sort: string): boolean =>
  sk === undefined ||
  ('beginsWith' in sk ? sort.startsWith(sk.beginsWith) : sort >= (sk.from ?? '') && sort <= lastOf(sk.upTo));

/** The part of a list that is asked for, as its key condition says it. */
function rangeOf({ sk }: Access): { condition: string; values: Record<string, string> } | undefined {
  if (sk === undefined) return undefined;
  if ('beginsWith' in sk) return { condition: 'begins_with(#sk, :sk)', values: { ':sk': sk.beginsWith } };
  const values = { ':sk': lastOf(sk.upTo) };
  return sk.from === undefined
    ? { condition: '#sk <= :sk', values }
    : { condition: '#sk BETWEEN :from AND :sk', values: { ...values, ':from': sk.from } };
}

/** A date is the first part of such a key: the separator's successor includes every id of that date. */
const lastOf = (date: string): string => `${date}$`;

export type { EntityId };
