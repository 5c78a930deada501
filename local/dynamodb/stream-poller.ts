import type { Clock } from '../clock/clock.ts';
import type { StreamMapping } from '../template/model.ts';
import { type DynamoCall, DynamoError } from './api.ts';
import { type Condition, createDelivery, type StreamRecord } from './delivery.ts';
import { matchesPattern } from './filter.ts';
import { openPositions } from './positions.ts';

/** Reads one table's stream for one function. */
export interface StreamPoller {
  /** Something may have been written: look soon. */
  wake(): void;
  /** Resolves when a look that began after this call found nothing left (or the mapping is stuck on a failing record). */
  drained(): Promise<void>;
  /** Records read so far. */
  readonly read: number;
  /** How far it is behind the stream: looks at what is left and takes nothing. */
  status(): Promise<StreamStatus>;
  stop(): Promise<void>;
}

/** Where a function stands in a stream. */
export interface StreamStatus {
  readonly mapping: StreamMapping;
  readonly shards: readonly {
    readonly id: string;
    /** Sequence number up to which everything was handled. */
    readonly position?: string;
    /** Records that lie behind it, counted up to the limit of one read. */
    readonly behind: number;
    /** When the first of them was written, by the machine's clock. */
    readonly oldest?: number;
  }[];
  readonly read: number;
  /** It keeps failing on the same records. */
  readonly stuck: boolean;
}

/**
 * Pause before a look: short when records begin to come, longer the longer they come without a break (what comes under
 * load is then read together, not one by one), and growing while nothing does.
 */
const SHORTEST_PAUSE_MS = 5;
const AWAKE_PAUSE_MS = 40;
const LONGEST_PAUSE_MS = 250;

/** After that many failed attempts in a row nobody who waits for rest waits for this mapping any longer. */
const STUCK_AFTER = 8;

const READ_LIMIT = 1000;
const STREAMS = 'DynamoDBStreams_20120810';

/** How a batch that was given up is described to its destination (the form that Lambda sends). */
export interface GivenUp {
  readonly functionArn: string;
  readonly attempts: number;
  readonly condition: Condition;
  readonly shardId: string;
  readonly streamArn: string;
  readonly records: readonly StreamRecord[];
}

export function startStreamPoller(options: {
  mapping: StreamMapping;
  streamArn: string;
  functionArn: string;
  region: string;
  call: DynamoCall;
  invoke: (event: { Records: unknown[] }) => Promise<unknown>;
  giveUp: (batch: GivenUp) => Promise<void>;
  clock: Clock;
  dataDir: string;
  log: (message: string, detail?: object) => void;
}): StreamPoller {
  const { mapping, streamArn, call } = options;
  const positions = openPositions(options.dataDir, mapping.id, streamArn);
  const abort = new AbortController();
  /** Records are gathered for as long as this; only who waits for rest doesn't wait for it. */
  const windowMs = mapping.batchingWindowSeconds * 1000;
  const iterators = new Map<string, string>();
  let read = 0;
  let stuck = false;
  let wanted = false;
  let wakeUp: (() => void) | undefined;
  /** Who waits for a look that has not begun, and who for the one under way. */
  let waiting: (() => void)[] = [];
  let served: (() => void)[] = [];
  const release = () => {
    for (const done of [...served.splice(0), ...waiting.splice(0)]) done();
  };
  let shardId = '';

  const deliver = createDelivery({
    mapping,
    signal: abort.signal,
    invoke: (records) => options.invoke({ Records: records.map((record) => eventRecord(record)) }),
    giveUp: (records, attempts, condition) =>
      options.giveUp({ functionArn: options.functionArn, attempts, condition, shardId, streamArn, records }),
    // The engine stamps records with the time of the machine, which moving the runtime's clock does not change.
    now: () => Date.now() / 1000,
    onFailure: (error, attempt) => {
      options.log(`${mapping.functionName} failed on stream records`, { attempt, error: String(error) });
      stuck = attempt >= STUCK_AFTER;
      if (stuck) release();
    },
  });

  const eventRecord = (record: StreamRecord) => ({
    ...record,
    awsRegion: options.region,
    eventSourceARN: streamArn,
    dynamodb: {
      ...record.dynamodb,
      // The engine stamps records with the time of the machine; functions live in that of the runtime.
      ApproximateCreationDateTime: Math.floor(options.clock.now() / 1000),
    },
  });

  const matches = (record: StreamRecord) =>
    mapping.filters.length === 0 || mapping.filters.some((pattern) => matchesPattern(pattern, record));

  /** Batches of matching records, each with the sequence number up to which nothing is left once it was handled. */
  const batches = (records: readonly StreamRecord[]) => {
    const result: { records: StreamRecord[]; upTo: string }[] = [];
    for (const record of records) {
      const upTo = record.dynamodb.SequenceNumber;
      const last = result.at(-1);
      if (!matches(record)) {
        if (last) last.upTo = upTo;
        else result.push({ records: [], upTo });
      } else if (last && last.records.length < mapping.batchSize) {
        last.records.push(record);
        last.upTo = upTo;
      } else result.push({ records: [record], upTo });
    }
    return result;
  };

  const iterator = async (shard: string): Promise<string> => iterators.get(shard) ?? iteratorAt(shard);

  /** Behind the last record that was handled. */
  const iteratorAt = async (shard: string): Promise<string> => {
    const after = positions.get(shard);
    const { ShardIterator } = await call<{ ShardIterator: string }>(`${STREAMS}.GetShardIterator`, {
      StreamArn: streamArn,
      ShardId: shard,
      ...(after
        ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }
        : { ShardIteratorType: mapping.startingPosition }),
    });
    return ShardIterator;
  };

  /** Reads on in a shard; gives the number of records, and whether the shard has ended. */
  const readShard = async (shard: string) => {
    const answer = await call<{ Records: StreamRecord[]; NextShardIterator?: string }>(`${STREAMS}.GetRecords`, {
      ShardIterator: await iterator(shard),
      Limit: READ_LIMIT,
    });
    shardId = shard;
    read += answer.Records.length;
    for (const batch of batches(answer.Records)) {
      if (batch.records.length > 0) await deliver(batch.records);
      stuck = false;
      positions.set(shard, batch.upTo);
    }
    if (answer.NextShardIterator) iterators.set(shard, answer.NextShardIterator);
    return { count: answer.Records.length, ended: !answer.NextShardIterator };
  };

  let shards: string[] = [];
  const listShards = async () => {
    const { StreamDescription } = await call<{ StreamDescription: { Shards: { ShardId: string }[] } }>(
      `${STREAMS}.DescribeStream`,
      { StreamArn: streamArn },
    );
    // Oldest first, as streams list them: a parent's records come before its children's.
    shards = StreamDescription.Shards.map(({ ShardId }) => ShardId).filter((id) => !finished.has(id));
  };
  const finished = new Set<string>();

  /** Reads everything there is; tells whether there was anything. */
  const look = async (): Promise<boolean> => {
    let found = false;
    if (shards.length === 0) await listShards();
    for (const shard of [...shards]) {
      for (;;) {
        abort.signal.throwIfAborted();
        const { count, ended } = await readShard(shard);
        found ||= count > 0;
        if (ended) {
          finished.add(shard);
          iterators.delete(shard);
          await listShards();
        }
        if (ended || count === 0) break;
      }
    }
    return found;
  };

  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async () => {
    let shortest = SHORTEST_PAUSE_MS;
    let foundBefore = false;
    let longest = AWAKE_PAUSE_MS;
    while (!abort.signal.aborted) {
      served = waiting;
      waiting = [];
      const woken = wanted;
      wanted = false;
      try {
        const found = await look();
        for (const done of served.splice(0)) done();
        // Wake-ups that find nothing (a busy read-only route, say) make the poller slower to react to the next.
        if (found && !foundBefore) shortest = SHORTEST_PAUSE_MS;
        else if (found || woken) shortest = Math.min(shortest * 2, AWAKE_PAUSE_MS);
        foundBefore = found;
        longest = found || woken ? AWAKE_PAUSE_MS : Math.min(longest * 2, LONGEST_PAUSE_MS);
      } catch (error) {
        if (abort.signal.aborted) break;
        waiting.push(...served.splice(0));
        iterators.clear();
        if (!(error instanceof DynamoError && error.name === 'ExpiredIteratorException')) {
          options.log(`reading the stream for ${mapping.functionName} failed`, { error: String(error) });
        }
        longest = LONGEST_PAUSE_MS;
        await pause(LONGEST_PAUSE_MS);
      }
      if (waiting.length > 0 || abort.signal.aborted) continue;
      await pause(Math.max(windowMs, wanted ? shortest : longest));
    }
    release();
  };
  const running = run();

  const status = async (): Promise<StreamStatus> => ({
    mapping,
    shards: await Promise.all(
      shards.map(async (id) => {
        const position = positions.get(id);
        const { Records } = await call<{ Records: StreamRecord[] }>(`${STREAMS}.GetRecords`, {
          ShardIterator: await iteratorAt(id),
          Limit: READ_LIMIT,
        });
        const oldest = Records[0]?.dynamodb.ApproximateCreationDateTime;
        return {
          id,
          behind: Records.length,
          ...(position !== undefined && { position }),
          ...(oldest !== undefined && { oldest: oldest * 1000 }),
        };
      }),
    ),
    read,
    stuck,
  });

  return {
    status,
    wake() {
      if (wanted) return;
      wanted = true;
      if (windowMs === 0) wakeUp?.();
    },
    drained() {
      if (abort.signal.aborted || stuck) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.push(resolve);
        wakeUp?.();
      });
    },
    get read() {
      return read;
    },
    async stop() {
      abort.abort();
      wakeUp?.();
      await running;
    },
  };
}
