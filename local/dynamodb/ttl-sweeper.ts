import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../clock/clock.ts';
import type { TableModel } from '../template/model.ts';
import { type DynamoCall, DynamoError } from './api.ts';

type Key = Record<string, Record<string, string>>;

/**
 * Between two sweeps, on the runtime's clock. The cloud promises expiry within a few days only: whoever needs an item to be
 * gone at its time compares the time himself, here as there.
 */
const SWEEP_EVERY_MS = 24 * 60 * 60 * 1000;

/** A sweep that takes longer (a large table) is left out when the clock passes many days at once. */
const COSTLY_MS = 100;

/** Deletes expired items of tables with a time to live, when started and once a day of the runtime's clock. */
export function startTtlSweeper(options: { tables: readonly TableModel[]; call: DynamoCall; clock: Clock }): {
  stop(): void;
} {
  const { clock } = options;
  let cancel: () => void = () => undefined;
  let tookMs = 0;
  let endedAt = 0;
  const run = async () => {
    const began = performance.now();
    if (tookMs > COSTLY_MS && began - endedAt < 20 * tookMs) return;
    for (const table of options.tables) await sweep(options.call, table, Math.floor(clock.now() / 1000));
    endedAt = performance.now();
    tookMs = endedAt - began;
  };
  const arm = (due: number) => {
    cancel = clock.at(due, () => {
      arm(due + SWEEP_EVERY_MS);
      return run();
    });
  };
  if (options.tables.some((table) => table.ttlAttribute)) arm(clock.now());
  return { stop: () => cancel() };
}

/** How much longer than for a page the sweep of a large table rests after it: the engine does one thing at a time. */
const REST = 4;

/** Deletes what expired before `now` (seconds since the epoch); returns how many items went. */
export async function sweep(call: DynamoCall, table: TableModel, now: number): Promise<number> {
  const { ttlAttribute } = table;
  if (!ttlAttribute) return 0;
  const keyNames = table.keySchema.map(({ AttributeName }) => AttributeName);
  const names = Object.fromEntries(keyNames.map((name, index) => [`#k${index}`, name]));
  const expired = '#ttl < :now AND attribute_type(#ttl, :number)';
  const values = { ':now': { N: String(now) }, ':number': { S: 'N' } };
  let deleted = 0;
  let from: Key | undefined;
  const began = performance.now();
  do {
    const asked = performance.now();
    const page: { Items: Key[]; LastEvaluatedKey?: Key } = await call('DynamoDB_20120810.Scan', {
      TableName: table.name,
      FilterExpression: expired,
      ProjectionExpression: Object.keys(names).join(', '),
      ExpressionAttributeNames: { ...names, '#ttl': ttlAttribute },
      ExpressionAttributeValues: values,
      ...(from && { ExclusiveStartKey: from }),
    });
    for (const key of page.Items) {
      try {
        // Checked again: the item may have been given a longer life since the scan.
        await call('DynamoDB_20120810.DeleteItem', {
          TableName: table.name,
          Key: key,
          ConditionExpression: expired,
          ExpressionAttributeNames: { '#ttl': ttlAttribute },
          ExpressionAttributeValues: values,
        });
        deleted += 1;
      } catch (error) {
        if (!(error instanceof DynamoError && error.name === 'ConditionalCheckFailedException')) throw error;
      }
    }
    from = page.LastEvaluatedKey;
    const ended = performance.now();
    if (from && ended - began > COSTLY_MS) await delay(REST * (ended - asked));
  } while (from);
  return deleted;
}
