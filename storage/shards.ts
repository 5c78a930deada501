import { createHash } from 'node:crypto';

/** Shards of a year's pool unless the deployment says otherwise (quality: the budget pool). */
export const DEFAULT_SHARDS = 8;
/** One snapshot and one opening must fit a transaction of 100 items. */
export const MOST_SHARDS = 64;

/** The shard of an order's money: a function of its id, so that what a shard gave comes back to it. */
export const homeShard = (orderId: string | undefined, shards: number): number =>
  orderId === undefined || shards === 1 ? 0 : createHash('sha256').update(orderId).digest().readUInt32BE(0) % shards;

/** Splits a whole number over n shards as evenly as can be; the parts add up to it. */
export function share(amount: number, shards: number): number[] {
  const least = Math.floor(amount / shards);
  const more = amount - least * shards;
  return Array.from({ length: shards }, (_, shard) => least + (shard < more ? 1 : 0));
}
