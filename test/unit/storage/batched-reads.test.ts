import { BatchGetCommand, type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createBatchedReads } from '../../../storage/batched-reads.ts';
import type { Key } from '../../../storage/keys.ts';

const TABLE = 'table';
const key = (n: number): Key => ({ pk: `ORDER#${n}`, sk: 'ORDER' });

/** A table in which the items with even numbers exist, and which can do at most `most` items of a batch. */
function tableOf(most = 100) {
  const requests: { kind: 'get' | 'batch'; keys: Key[]; consistent: boolean | undefined }[] = [];
  const itemOf = (asked: Key) => {
    const n = Number(asked.pk.split('#')[1]);
    return n % 2 === 0 ? { ...asked, n } : undefined;
  };
  let failure: Error | undefined;
  const send = async (command: unknown) => {
    if (failure) throw failure;
    if (command instanceof GetCommand) {
      const asked = command.input.Key as Key;
      requests.push({ kind: 'get', keys: [asked], consistent: command.input.ConsistentRead });
      return { Item: itemOf(asked) };
    }
    if (!(command instanceof BatchGetCommand)) throw new Error('another command');
    const { Keys, ConsistentRead } = command.input.RequestItems?.[TABLE] ?? {};
    const asked = Keys as Key[];
    requests.push({ kind: 'batch', keys: asked, consistent: ConsistentRead });
    const left = asked.slice(most);
    return {
      // In no order of ours.
      Responses: {
        [TABLE]: asked
          .slice(0, most)
          .reverse()
          .flatMap((each) => itemOf(each) ?? []),
      },
      ...(left.length > 0 ? { UnprocessedKeys: { [TABLE]: { Keys: left } } } : {}),
    };
  };
  return {
    reads: createBatchedReads({ send } as unknown as DynamoDBDocumentClient, TABLE),
    requests,
    fail: (error: Error | undefined) => {
      failure = error;
    },
  };
}

describe('reads by key', () => {
  it('travel together when asked for at once, each consistent, each answered with its own item', async () => {
    const { reads, requests } = tableOf();
    const found = await Promise.all([1, 2, 3, 4].map((n) => reads.one(key(n))));
    expect(found.map((item) => item?.n)).toEqual([undefined, 2, undefined, 4]);
    expect(requests).toEqual([{ kind: 'batch', keys: [1, 2, 3, 4].map(key), consistent: true }]);
  });

  it('also when code gets to them only after what is settled already', async () => {
    const { reads, requests } = tableOf();
    const later = async (n: number) => {
      await undefined;
      await Promise.resolve();
      return reads.one(key(n));
    };
    await Promise.all([reads.one(key(0)), later(2), later(4)]);
    expect(requests.map(({ keys }) => keys.length)).toEqual([3]);
  });

  it('travel alone, consistent, when nothing else is asked for', async () => {
    const { reads, requests } = tableOf();
    expect(await reads.one(key(2))).toMatchObject({ n: 2 });
    expect(requests).toEqual([{ kind: 'get', keys: [key(2)], consistent: true }]);
  });

  it('name an item once: a batch with the same key twice is refused by the storage', async () => {
    const { reads, requests } = tableOf();
    const found = await Promise.all([
      reads.one(key(2)),
      reads.one(key(4)),
      reads.one(key(2)),
      reads.many([key(4), key(4)]),
    ]);
    expect(found).toMatchObject([{ n: 2 }, { n: 4 }, { n: 2 }, [{ n: 4 }]]);
    for (const { keys } of requests) expect(new Set(keys.map(({ pk }) => pk)).size).toBe(keys.length);
  });

  it('are never answered from an earlier read', async () => {
    const { reads, requests } = tableOf();
    await reads.one(key(2));
    await reads.one(key(2));
    expect(requests).toHaveLength(2);
  });

  it('ask again for what a batch left over, until everything is there', async () => {
    const { reads, requests } = tableOf(3);
    const numbers = Array.from({ length: 10 }, (_, i) => i * 2);
    const found = await Promise.all(numbers.map((n) => reads.one(key(n))));
    expect(found.map((item) => item?.n)).toEqual(numbers);
    expect(requests.map(({ keys }) => keys.length)).toEqual([10, 7, 4, 1]);
  });

  it('are at most a hundred in a batch', async () => {
    const { reads, requests } = tableOf();
    const numbers = Array.from({ length: 250 }, (_, i) => i);
    const found = await Promise.all(numbers.map((n) => reads.one(key(n))));
    expect(found.map((item) => item?.n)).toEqual(numbers.map((n) => (n % 2 === 0 ? n : undefined)));
    expect(requests.map(({ keys }) => keys.length)).toEqual([100, 100, 50]);
    expect(await reads.many([])).toEqual([]);
  });

  it('fail together when their request fails, and the next one is a new one', async () => {
    const { reads, fail } = tableOf();
    fail(new Error('away'));
    const failed = await Promise.allSettled([reads.one(key(2)), reads.one(key(4))]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fail(undefined);
    expect(await reads.one(key(2))).toMatchObject({ n: 2 });
  });
});
