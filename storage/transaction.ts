import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { ActedAs, Actor } from '../core/actors/actor.ts';
import type { Entities, EntityId, EntityName } from '../core/entities.ts';
import { imbalance, type Posting, postingSchema } from '../core/ledger/posting.ts';
import type { AuditNote, Change } from '../core/ports/store.ts';
import type { Failure } from '../core/result.ts';
import { entityDefinitions } from './entities/index.ts';
import { auditSortKey, idempotencyKey, journalKey, type Key, outboxKey, sortKey, uniqueKey } from './keys.ts';
import { lists } from './lists.ts';
import { isAttribute, pack, shorten } from './packed.ts';
import { type IndexName, indexes, tableKeys } from './table.ts';

/** Owner of something unique that was given back. */
export const NOBODY = 'nobody';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** A write and what it means when its condition fails. */
export interface Write {
  readonly item: TransactItem;
  readonly refusal: Failure;
  /** The true reason, from the item that was there when the condition failed. */
  readonly explain?: (found: Readonly<Record<string, unknown>>) => Failure | undefined;
}

/** Whose transaction it is: goes into the trail. */
export interface Origin {
  readonly actor: Actor;
  readonly at: number;
  readonly requestId: string;
}

/** The stored answer of a command: the same key and body get it again (quality: HTTP conventions). */
export interface StoredAnswer {
  readonly hash: string;
  readonly requestHash: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The item of an entity: its fields, its key, its index places, its type. */
export function entityItem<E extends EntityName>(entity: E, value: Entities[E]): Record<string, unknown> {
  const definition = entityDefinitions[entity];
  const places: Record<string, string> = {};
  for (const [name, entry] of Object.entries(definition.indexes(value))) {
    const index = indexes[name as IndexName];
    places[index.partition] = entry.pk;
    places[index.sort] = entry.sk;
  }
  return {
    ...definition.key(value as unknown as EntityId<E>),
    ...places,
    type: entity,
    ...pack(definition.schema.parse(value)),
  };
}

/**
 * Translates a decision's changes into the writes of one transaction, but for the balances and limits that postings move:
 * those are in `counters.ts`, `local-funds.ts` and `pool-writes.ts`.
 */
export const writesOf = (table: string, changes: readonly Change[], origin: Origin): Write[] =>
  changes.flatMap((change) => writesOfChange(table, change, origin));

function writesOfChange(table: string, change: Change, origin: Origin): Write[] {
  switch (change.do) {
    case 'create':
      return [
        put(table, entityItem(change.entity, change.value), { rule: change.rule ?? 'try-again' }),
        audit(table, change.entity, change.value, { action: 'create' }, origin),
      ];
    case 'update':
      return [
        update(table, change),
        audit(
          table,
          change.entity,
          change.value,
          { ...change.audit, ...(change.from ? { from: change.from } : {}) },
          origin,
        ),
      ];
    case 'check':
      return [
        {
          item: {
            ConditionCheck: {
              TableName: table,
              Key: entityDefinitions[change.entity].key(change.id as EntityId<EntityName> & never),
              ConditionExpression: '#data.#version = :version',
              ExpressionAttributeNames: { '#data': 'data', '#version': 'version' },
              ExpressionAttributeValues: { ':version': change.version },
            },
          },
          refusal: { rule: 'try-again' },
        },
      ];
    case 'claim-unique':
      return [
        ownerWrite(table, change, change.owner, origin, 'attribute_not_exists(pk) OR #owner IN (:owner, :nobody)'),
      ];
    case 'release-unique':
      return [ownerWrite(table, { ...change, rule: 'try-again' }, NOBODY, origin, '#owner = :owner')];
    case 'post':
      return [journalWrite(table, change.posting, origin)];
    case 'open-spec':
    case 'mark-waiting':
    case 'resize-spec':
      // Part of the pool.
      return [];
    case 'post-local':
      // Balances and movements together: `localWrites`.
      return [];
    case 'event':
      return [
        put(table, { ...outboxKey(change.event.id), type: 'outbox', event: change.event }, { rule: 'try-again' }),
      ];
  }
}

/** The write that makes `newOwner` the owner of something unique. It is never deleted: what it was is on record. */
const ownerWrite = (
  table: string,
  { kind, key, owner, rule }: Pick<Extract<Change, { do: 'claim-unique' }>, 'kind' | 'key' | 'owner' | 'rule'>,
  newOwner: string,
  origin: Origin,
  condition: string,
): Write => ({
  item: {
    Put: {
      TableName: table,
      Item: { ...uniqueKey(kind, key), type: 'unique', owner: newOwner, at: origin.at },
      ConditionExpression: condition,
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: {
        ':owner': owner,
        ...(condition.includes(':nobody') ? { ':nobody': NOBODY } : {}),
      },
    },
  },
  refusal: { rule, values: { key } },
});

const put = (table: string, item: Record<string, unknown>, refusal: Failure): Write => ({
  item: { Put: { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } },
  refusal,
});

function update(table: string, change: Extract<Change, { do: 'update' }>): Write {
  const names: Record<string, string> = { '#data': 'data', '#version': 'version' };
  const values: Record<string, unknown> = { ':seen': change.value.version - 1 };
  const conditions = ['#data.#version = :seen'];
  if (change.from) {
    names['#status'] = 'status';
    const states = change.from.map((state, i) => {
      values[`:from${i}`] = state;
      return `:from${i}`;
    });
    conditions.push(`#data.#status IN (${states.join(', ')})`);
  }
  if (change.unlessSubject) {
    values[':subject'] = change.unlessSubject.sub;
    const value: Readonly<Record<string, unknown>> = { ...change.value };
    change.unlessSubject.attributes.forEach((attribute, i) => {
      // Asked of something packed, the condition would hold always.
      if (!isAttribute(value[attribute])) throw new RangeError(`${attribute} has parts and cannot be a condition`);
      names[`#unless${i}`] = attribute;
      conditions.push(`NOT contains(#data.#unless${i}, :subject)`);
    });
  }
  if (change.unlessHeld) {
    names['#held'] = change.unlessHeld.by;
    values[':holder'] = change.unlessHeld.exceptBy;
    conditions.push('(attribute_not_exists(#data.#held) OR #data.#held = :holder)');
  }
  return {
    item: {
      Put: {
        TableName: table,
        Item: entityItem(change.entity, change.value as Entities[EntityName]),
        ConditionExpression: conditions.join(' AND '),
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refusal: { rule: 'try-again' },
    explain: ({ data }) => whyNotUpdated(change, data as Stored),
  };
}

type Stored = { readonly version: number; readonly status?: string } & Readonly<Record<string, unknown>>;

/** Which part of an update's condition the stored entity did not meet. */
function whyNotUpdated(
  { value, from, unlessSubject, unlessHeld }: Extract<Change, { do: 'update' }>,
  stored: Stored,
): Failure {
  if (from && !from.includes(stored.status ?? '')) {
    return { rule: 'wrong-state', values: { state: stored.status ?? '', allowed: from.join('、') } };
  }
  if (stored.version !== value.version - 1) {
    return { rule: 'stale-version', values: { current: stored.version }, currentVersion: stored.version };
  }
  const holder = unlessHeld && stored[unlessHeld.by];
  if (unlessHeld && holder !== undefined && holder !== unlessHeld.exceptBy) {
    return { rule: 'task-held', values: { holder: String(stored[unlessHeld.name] ?? holder) } };
  }
  return { rule: unlessSubject ? 'same-person' : 'try-again' };
}

function audit<E extends EntityName>(
  table: string,
  entity: E,
  value: Entities[E],
  note: AuditNote & { from?: readonly string[] },
  origin: Origin,
): Write {
  const place = entityDefinitions[entity].key(value as unknown as EntityId<E>);
  // The entity's own sort key is part of it: one transaction may change several entities of a partition.
  const key: Key = { pk: place.pk, sk: auditSortKey(origin.at, origin.requestId, place.sk, value.version) };
  const status = 'status' in value ? value.status : undefined;
  return put(
    table,
    {
      ...key,
      type: 'audit',
      entity,
      at: origin.at,
      action: note.action,
      actor: recordedActor(origin.actor),
      version: value.version,
      // Where a change starts from one state only, that is the state it was in.
      fromStatus: note.from?.length === 1 ? note.from[0] : undefined,
      toStatus: status,
      reasonCode: note.reasonCode,
      note: note.note,
      requestId: origin.requestId,
    },
    { rule: 'try-again' },
  );
}

const recordedActor = (actor: Actor) => ({ sub: actor.sub, ...actedAs(actor) });

/** What is recorded of whoever acts, beside the subject: in trails and journals the same. */
export const actedAs = ({ name, role, organisationId }: Actor): ActedAs => ({
  role,
  ...(name === undefined ? {} : { name }),
  ...(organisationId === undefined ? {} : { organisationId }),
});

/** The journal entry of a posting: immutable, once per id. */
function journalWrite(table: string, posting: Posting, { actor }: Pick<Origin, 'actor'>): Write {
  if (imbalance(posting.entries) !== 0) throw new RangeError(`posting ${posting.id} does not sum to zero`);
  // Parsed, so that nothing but whole fen is ever written.
  const entry = {
    ...journalKey(posting.year, posting.id),
    type: 'posting',
    posting: postingSchema.parse({ ...posting, by: actedAs(actor) }),
    ...(posting.orderId === undefined
      ? {}
      : {
          [indexes.gsi1.partition]: lists.postingsOfOrder(posting.orderId),
          [indexes.gsi1.sort]: sortKey(posting.at, posting.id),
        }),
    // Whoever serves the waiting list is told of it by the stream.
    ...((posting.entries.available ?? 0) > 0 ? { frees: true } : {}),
  };
  return put(table, entry, { rule: 'try-again' });
}

/** The idempotency record of a request: in the same transaction, so that answer and effect exist together. */
export const answerWrite = (table: string, answer: StoredAnswer, at: number): Write =>
  put(
    table,
    { ...idempotencyKey(answer.hash), type: 'answer', answer: { ...answer, body: shorten(answer.body) }, at },
    { rule: 'try-again' },
  );

export { tableKeys };
