import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Entities, EntityId, EntityName } from '../core/entities.ts';
import { accounts, type Balances, emptyBalances } from '../core/ledger/accounts.ts';
import { postingSchema } from '../core/ledger/posting.ts';
import type { Change, Page, Reads, SpecBalance } from '../core/ports/store.ts';
import type { AuditEntry, Due, QueryArguments, QueryName, QueryResult } from '../core/queries.ts';
import type { Failure } from '../core/result.ts';
import { createBatchedReads } from './batched-reads.ts';
import { entityDefinitions } from './entities/index.ts';
import { capKey, fundKey, idempotencyKey, specKey, uniqueKey } from './keys.ts';
import { type Access, queryDefinitions } from './queries.ts';
import { indexes, tableKeys } from './table.ts';
import { answerWrite, NOBODY, type Origin, type StoredAnswer, type Write, writesOf } from './transaction.ts';
import { isTransient } from './transient.ts';

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
}

type Item = Record<string, unknown>;

const DEFAULT_LIMIT = 20;

export function createStore(client: DynamoDBDocumentClient, table: string): Store {
  const { one: read, many } = createBatchedReads(client, table);

  const answered = async (hash: string) => (await read(idempotencyKey(hash)))?.answer as StoredAnswer | undefined;

  return {
    answered,

    async get(entity, id) {
      const item = await read(entityDefinitions[entity].key(id));
      return item && parseEntity(entity, item);
    },

    async getMany(entity, ids) {
      const found = await many(ids.map((id) => entityDefinitions[entity].key(id)));
      return found.map((item) => parseEntity(entity, item));
    },

    list: (query, args, page = {}) => list(client, table, query, args, page),

    async fund(year) {
      const item = await read(fundKey(year));
      return Object.fromEntries(
        accounts.map((account) => [account, Number(item?.[account] ?? emptyBalances[account])]),
      ) as unknown as Balances;
    },

    async spec(year, specId) {
      const item = await read(specKey(year, specId));
      return (
        item &&
        ({
          specId,
          leftAmount: Number(item.leftAmount),
          leftCount: Number(item.leftCount),
          usedAmount: Number(item.usedAmount),
          usedCount: Number(item.usedCount),
        } satisfies SpecBalance)
      );
    },

    async capUsed(year, uscc) {
      return Number((await read(capKey(year, uscc)))?.used ?? 0);
    },

    async uniqueOwner(kind, key) {
      const owner = (await read(uniqueKey(kind, key)))?.owner as string | undefined;
      return owner === NOBODY ? undefined : owner;
    },

    async commit(changes, origin, answer) {
      const writes = [...writesOf(table, changes, origin), ...(answer ? [answerWrite(table, answer, origin.at)] : [])];
      if (writes.length === 0) return { ok: true };
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
        const refused = reasons.findIndex((reason) => reason.Code === 'ConditionalCheckFailed');
        const write = writes[refused];
        if (write) return { ok: false, reason: 'condition', failure: failureOf(write, reasons[refused]) };
        if (
          reasons.some(
            (reason) =>
              reason.Code === 'TransactionConflict' ||
              reason.Code === 'ThrottlingError' ||
              reason.Code === 'ProvisionedThroughputExceeded',
          )
        ) {
          return { ok: false, reason: 'conflict' };
        }
        throw error;
      }
    },
  };
}

/** What a failed condition means, given the item that was there instead. */
function failureOf(write: Write, reason: CancellationReason | undefined): Failure {
  const found = reason?.Item && unmarshall(reason.Item);
  return (found && write.explain?.(found)) ?? write.refusal;
}

function parseEntity<E extends EntityName>(entity: E, item: Item): Entities[E] {
  return entityDefinitions[entity].schema.parse(item.data);
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
  const condition =
    access.sk === undefined ? '' : 'beginsWith' in access.sk ? ' AND begins_with(#sk, :sk)' : ' AND #sk <= :sk';
  const start = page.cursor === undefined ? undefined : fromCursor(page.cursor, access);
  const command = new QueryCommand({
    TableName: table,
    ...(access.index ? { IndexName: access.index } : { ConsistentRead: true }),
    KeyConditionExpression: `#pk = :pk${condition}`,
    ExpressionAttributeNames: { '#pk': keys.partition, ...(access.sk ? { '#sk': keys.sort } : {}) },
    ExpressionAttributeValues: {
      ':pk': access.pk,
      ...(access.sk ? { ':sk': 'beginsWith' in access.sk ? access.sk.beginsWith : lastOf(access.sk.upTo) } : {}),
    },
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

function parseListed(kind: EntityName | 'audit' | 'posting' | 'due', item: Item): unknown {
  switch (kind) {
    case 'audit': {
      const { pk: _pk, sk: _sk, type: _type, ...entry } = item;
      return entry as unknown as AuditEntry;
    }
    case 'posting':
      return postingSchema.parse(item.posting);
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
  sk === undefined || ('beginsWith' in sk ? sort.startsWith(sk.beginsWith) : sort <= lastOf(sk.upTo));

/** A date is the first part of a due key: the separator's successor includes every id of that date. */
const lastOf = (date: string): string => `${date}$`;

export type { EntityId };
