import { describe, expect, it } from 'vitest';
import type { Clock } from '../../local/clock/clock.ts';
import { createDelivery, type StreamRecord } from '../../local/dynamodb/delivery.ts';
import { matchesPattern } from '../../local/dynamodb/filter.ts';
import { startStreamPoller } from '../../local/dynamodb/stream-poller.ts';
import { InvocationError } from '../../local/lambda/invocation-error.ts';
import type { StreamMapping } from '../../local/template/model.ts';
import { temporaryFolder } from '../support/local-runtime.ts';

describe('event patterns', () => {
  const record = {
    eventName: 'INSERT',
    dynamodb: { Keys: { pk: { S: 'OUT#1' } }, NewImage: { n: { N: '5' }, kind: { S: 'Order' }, size: 7 } },
  };
  it.each([
    [{ eventName: ['INSERT', 'MODIFY'] }, true],
    [{ eventName: ['REMOVE'] }, false],
    [{ eventName: ['INSERT'], dynamodb: { Keys: { pk: { S: [{ prefix: 'OUT#' }] } } } }, true],
    [{ dynamodb: { Keys: { pk: { S: [{ prefix: 'IN#' }] } } } }, false],
    [{ dynamodb: { NewImage: { kind: { S: [{ 'anything-but': ['Order'] }] } } } }, false],
    [{ dynamodb: { NewImage: { kind: { S: [{ 'equals-ignore-case': 'ORDER' }] } } } }, true],
    [{ dynamodb: { NewImage: { other: [{ exists: false }] } } }, true],
    [{ dynamodb: { NewImage: { other: { S: ['x'] } } } }, false],
    [{ dynamodb: { NewImage: { size: [{ numeric: ['>', 5, '<=', 7] }] } } }, true],
    [{ $or: [{ eventName: ['REMOVE'] }, { dynamodb: { NewImage: { kind: { S: [{ suffix: 'er' }] } } } }] }, true],
  ])('%j → %s', (pattern, expected) => {
    expect(matchesPattern(pattern, record)).toBe(expected);
  });

  it('refuse a rule they do not know', () => {
    expect(() => matchesPattern({ eventName: [{ wildcard: '*' }] }, record)).toThrow('wildcard');
  });
});

describe('reading a stream', () => {
  it('waits for the batching window, whoever wakes it, but not when somebody waits for rest', async () => {
    const folder = await temporaryFolder();
    const looks: string[] = [];
    const poller = startStreamPoller({
      mapping: {
        id: 'm',
        functionName: 'f',
        tableName: 't',
        batchSize: 10,
        batchingWindowSeconds: 3600,
        startingPosition: 'TRIM_HORIZON',
        filters: [],
        maximumRetryAttempts: 1,
        maximumRecordAgeSeconds: -1,
        bisectBatchOnFunctionError: false,
        reportBatchItemFailures: false,
        onFailureArn: undefined,
      },
      streamArn: 'stream',
      functionArn: 'f',
      region: 'r',
      call: async <T>(target: string) => {
        looks.push(target.split('.')[1] ?? '');
        const answers: Readonly<Record<string, unknown>> = {
          DescribeStream: { StreamDescription: { Shards: [{ ShardId: 's' }] } },
          GetShardIterator: { ShardIterator: 'i' },
          GetRecords: { Records: [], NextShardIterator: 'i' },
        };
        return answers[looks.at(-1) ?? ''] as T;
      },
      invoke: async () => undefined,
      giveUp: async () => undefined,
      clock: { now: () => 0 } as Clock,
      dataDir: folder.path,
      log: () => undefined,
    });
    const reads = () => looks.filter((look) => look === 'GetRecords').length;
    await poller.drained();
    const before = reads();
    for (let n = 0; n < 5; n++) {
      poller.wake();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(reads()).toBe(before);
    await poller.drained();
    expect(reads()).toBe(before + 1);
    await poller.stop();
    await folder.remove();
  });
});

describe('delivery of a batch', () => {
  const records = Array.from(
    { length: 8 },
    (_, i): StreamRecord => ({
      eventID: String(i),
      eventName: 'INSERT',
      dynamodb: { SequenceNumber: String(i), ApproximateCreationDateTime: 0 },
    }),
  );
  const mapping: StreamMapping = {
    id: 'm',
    functionName: 'f',
    tableName: 't',
    batchSize: 10,
    batchingWindowSeconds: 0,
    startingPosition: 'TRIM_HORIZON',
    filters: [],
    maximumRetryAttempts: 1,
    maximumRecordAgeSeconds: -1,
    bisectBatchOnFunctionError: true,
    reportBatchItemFailures: true,
    onFailureArn: undefined,
  };
  const ids = (batch: readonly StreamRecord[]) => batch.map(({ eventID }) => eventID).join('');

  const deliver = async (more: Partial<StreamMapping>, invoke: (batch: string) => unknown) => {
    const batches: string[] = [];
    const givenUp: string[] = [];
    const conditions = new Set<string>();
    let now = 0;
    await createDelivery({
      mapping: { ...mapping, ...more },
      signal: new AbortController().signal,
      invoke: async (batch) => {
        batches.push(ids(batch));
        return invoke(ids(batch));
      },
      giveUp: async (batch, _, condition) => {
        givenUp.push(ids(batch));
        conditions.add(condition);
      },
      onFailure: () => undefined,
      now: () => now++,
    })(records);
    return { batches, givenUp, conditions: [...conditions] };
  };

  it('is done when the function answers', async () => {
    expect(await deliver({}, () => undefined)).toMatchObject({ batches: ['01234567'], givenUp: [] });
  });

  it('gives up the poisoned record alone when batches are halved', async () => {
    const { givenUp, batches } = await deliver({}, (batch) => {
      if (batch.includes('5')) throw new Error('poison');
    });
    expect(givenUp).toEqual(['5']);
    for (const id of '0123467') expect(batches.some((batch) => batch.includes(id) && !batch.includes('5'))).toBe(true);
  });

  it('goes on after what a partial answer reports as handled', async () => {
    let failed = false;
    const { givenUp, batches } = await deliver({ bisectBatchOnFunctionError: false }, () => {
      if (failed) return { batchItemFailures: [] };
      failed = true;
      return { batchItemFailures: [{ itemIdentifier: '6' }, { itemIdentifier: '3' }] };
    });
    expect(batches).toEqual(['01234567', '34567']);
    expect(givenUp).toEqual([]);
  });

  it('takes a partial answer that names an unknown record for a failure of all', async () => {
    const { givenUp } = await deliver({ bisectBatchOnFunctionError: false }, () => ({
      batchItemFailures: [{ itemIdentifier: 'nobody' }],
    }));
    expect(givenUp).toEqual(['01234567']);
  });

  it('tries the configured number of times', async () => {
    const { batches } = await deliver({ bisectBatchOnFunctionError: false, maximumRetryAttempts: 2 }, () => {
      throw new Error('no');
    });
    expect(batches).toHaveLength(3);
  });

  it('gives up records that have grown too old, however many attempts are left', async () => {
    // The clock of these tests goes on by a second with every look at it; the records are of second 0.
    const more = { bisectBatchOnFunctionError: false, maximumRetryAttempts: -1, maximumRecordAgeSeconds: 3 };
    const { givenUp, conditions, batches } = await deliver(more, () => {
      throw new Error('no');
    });
    expect(givenUp.join('')).toBe('01234567');
    expect(conditions).toEqual(['RecordAgeExceeded']);
    expect(batches.length).toBeGreaterThan(1);
  });

  it('takes a call refused for want of concurrency for no attempt: nothing is halved, nothing given up', async () => {
    let refused = 0;
    const { batches, givenUp } = await deliver({ maximumRetryAttempts: 0 }, () => {
      if (refused++ < 4) throw InvocationError.throttled();
    });
    expect(batches).toEqual(Array.from({ length: 5 }, () => '01234567'));
    expect(givenUp).toEqual([]);
  });
});
