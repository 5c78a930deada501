import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { CUT } from '../core/ledger/posting.ts';
import type { Change } from '../core/ports/store.ts';
import type { Failure } from '../core/result.ts';
import { poolKey, shardKey } from './keys.ts';
import {
  effectOf,
  heldAccountShort,
  type PoolEffect,
  type PoolRules,
  type Shard,
  shardOf,
  shardUpdate,
  spread,
} from './pool.ts';
import type { Write } from './transaction.ts';

/** What a transaction does to the pool of one year. */
export interface PoolChange {
  readonly year: number;
  readonly shards: number;
  readonly effect: PoolEffect;
  /** The pool gets its number of shards with this transaction. */
  readonly opens: boolean;
  readonly rules: PoolRules;
}

/** A write to a shard, with what it takes and the change it belongs to. */
export interface PoolWrite extends Write {
  readonly pool: PoolChange;
  readonly shard: number;
}

/**
 * What changes do to pools, by year. `inForce` tells how many shards a pool has; one that has none yet gets `wanted`
 * with the first money or spec that comes into it, so that an order's shard never changes.
 */
export async function poolChangesOf(
  changes: readonly Change[],
  inForce: (year: number) => Promise<number | undefined>,
  wanted: number,
): Promise<PoolChange[]> {
  const postings = changes.flatMap((change) => (change.do === 'post' ? [change.posting] : []));
  const openings = changes.filter((change) => change.do === 'open-spec');
  const marks = changes.filter((change) => change.do === 'mark-waiting');
  const takers = changes.flatMap((change) => (change.do === 'post' && takes(change) ? [change.posting] : []));
  const resizings = changes.filter((change) => change.do === 'resize-spec');
  const years = [...new Set([...postings, ...openings, ...marks, ...resizings].map(({ year }) => year))];
  return Promise.all(
    years.map(async (year) => {
      const of = <T extends { readonly year: number }>(all: readonly T[]) => all.filter((one) => one.year === year);
      const stored = await inForce(year);
      const opens = stored === undefined;
      const shards = stored ?? wanted;
      const rules: PoolRules = {
        mayFallShort: of(postings).some(({ reason }) => reason === CUT),
        respectsWaiting: of(takers).length > 0,
      };
      const effect = effectOf(
        { postings: of(postings), openings: of(openings), marks: of(marks), resizings: of(resizings) },
        shards,
      );
      return { year, shards, opens, rules, effect };
    }),
  );
}

/** Whether a change takes free money for an order that has not looked at the waiting list. */
const takes = ({ posting, pastWaitingList }: Extract<Change, { do: 'post' }>): boolean =>
  posting.orderId !== undefined && (posting.entries.available ?? 0) < 0 && !pastWaitingList;

/** The updates of the shards that a change touches, each under its condition, and the number of shards of a new pool. */
export function poolWrites(table: string, pool: PoolChange): Write[] {
  const { year, shards, effect, opens } = pool;
  const header: Write[] = opens
    ? [
        {
          item: {
            Put: {
              TableName: table,
              Item: { ...poolKey(year), type: 'pool', shards },
              ConditionExpression: 'attribute_not_exists(pk) OR shards = :shards',
              ExpressionAttributeValues: { ':shards': shards },
            },
          },
          refusal: { rule: 'try-again' },
        },
      ]
    : [];
  return [
    ...header,
    ...[...effect].flatMap(([shard, ofShard]): PoolWrite[] => {
      const update = shardUpdate(ofShard, pool.rules);
      if (!update) return [];
      return [
        {
          pool,
          shard,
          item: {
            Update: {
              TableName: table,
              Key: shardKey(year, shard),
              ...update,
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          },
          refusal: { rule: 'try-again' },
        },
      ];
    }),
  ];
}

export const isPoolWrite = (write: Write): write is PoolWrite => 'pool' in write;

/** What a failed shard was found to be. */
export const foundShard = (reason: CancellationReason | undefined): Shard =>
  shardOf(reason?.Item && unmarshall(reason.Item));

/**
 * What to do about a shard that was short for a change as it was first placed: refuse, for a fault or because the whole
 * pool has too little, or try again with what others have. `found` is that shard, `snapshot` all of them at one moment.
 */
export function aroundShortage(
  pool: PoolChange,
  shard: number,
  found: Shard,
  snapshot: readonly Shard[],
): { readonly refused: Failure } | { readonly pool: PoolChange } {
  const effect = pool.effect.get(shard);
  const fault = effect && heldAccountShort(effect, found);
  if (fault) return { refused: fault };
  if (effect && Object.keys(effect.openings).some((specId) => specId in found.specs)) {
    return { refused: { rule: 'try-again' } };
  }
  const around = spread(pool.year, pool.effect, snapshot, pool.rules);
  return 'refused' in around ? around : { pool: { ...pool, effect: around.effect } };
}
