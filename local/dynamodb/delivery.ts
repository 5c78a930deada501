import { setTimeout as delay } from 'node:timers/promises';
import { isThrottled } from '../lambda/invocation-error.ts';
import type { StreamMapping } from '../template/model.ts';

/** A record as `GetRecords` gives it. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly dynamodb: { readonly SequenceNumber: string; readonly ApproximateCreationDateTime: number } & Record<
    string,
    unknown
  >;
}

/** Why records were given up. */
export type Condition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** Longest pause between two attempts. */
const LONGEST_PAUSE_MS = 5_000;

/** Hands records over until each was handled or given up. Rejects only when stopped. */
export type Deliver = (records: readonly StreamRecord[]) => Promise<void>;

/**
 * Hands batches to a function as an event source mapping does: retries with a growing pause, halves a failing batch if
 * told to, goes on after the reported item of a partly failed one, gives up after the configured number of retries or
 * when a record has grown too old. A call that was refused for want of concurrency is no attempt.
 */
export function createDelivery(options: {
  mapping: StreamMapping;
  invoke: (records: readonly StreamRecord[]) => Promise<unknown>;
  giveUp: (records: readonly StreamRecord[], attempts: number, condition: Condition) => Promise<void>;
  onFailure: (error: unknown, attempt: number) => void;
  /** Seconds since the epoch, by the clock that stamped the records. */
  now: () => number;
  signal: AbortSignal;
}): Deliver {
  const { mapping, signal } = options;

  /** Records still to be handled after one attempt: none, all, or those from the first failure on. */
  const attempt = async (batch: readonly StreamRecord[], number: number): Promise<readonly StreamRecord[]> => {
    try {
      const answer = await options.invoke(batch);
      return mapping.reportBatchItemFailures ? batch.slice(firstFailure(answer, batch)) : [];
    } catch (error) {
      signal.throwIfAborted();
      if (isThrottled(error)) throw error;
      options.onFailure(error, number);
      return batch;
    }
  };

  const pause = (attempts: number) => delay(Math.min(25 * 2 ** attempts, LONGEST_PAUSE_MS), undefined, { signal });

  /** Gives up the records that are older than the mapping allows; gives the others. */
  const withoutTooOld = async (batch: readonly StreamRecord[], attempts: number) => {
    const { maximumRecordAgeSeconds: most } = mapping;
    if (most < 0) return batch;
    const oldest = options.now() - most;
    const isTooOld = ({ dynamodb }: StreamRecord) => dynamodb.ApproximateCreationDateTime < oldest;
    const old = batch.filter(isTooOld);
    if (old.length > 0) await options.giveUp(old, attempts - 1, 'RecordAgeExceeded');
    return batch.filter((record) => !isTooOld(record));
  };

  const work = async (records: readonly StreamRecord[]): Promise<void> => {
    let batch = records;
    let throttled = 0;
    for (let attempts = 1; ; attempts++) {
      signal.throwIfAborted();
      batch = await withoutTooOld(batch, attempts);
      if (batch.length === 0) return;
      let left: readonly StreamRecord[];
      try {
        left = await attempt(batch, attempts);
      } catch (error) {
        if (!isThrottled(error)) throw error;
        attempts -= 1;
        await pause(throttled++);
        continue;
      }
      if (left.length === 0) return;
      if (mapping.bisectBatchOnFunctionError && left.length > 1) {
        const half = Math.ceil(left.length / 2);
        await work(left.slice(0, half));
        await work(left.slice(half));
        return;
      }
      // The first of them moved on: what is left is tried anew.
      if (left.length < batch.length) attempts = 1;
      batch = left;
      if (mapping.maximumRetryAttempts >= 0 && attempts > mapping.maximumRetryAttempts) {
        await options.giveUp(batch, attempts, 'RetryAttemptsExhausted');
        return;
      }
      await pause(attempts);
    }
  };

  return work;
}

/** Index of the first failed record of a partial answer; past the end when none failed, 0 when the answer is unreadable. */
function firstFailure(answer: unknown, batch: readonly StreamRecord[]): number {
  if (typeof answer !== 'object' || answer === null || !('batchItemFailures' in answer)) return batch.length;
  const failures = answer.batchItemFailures;
  if (!Array.isArray(failures) || failures.length === 0) return batch.length;
  const indexes = failures.map((failure: { itemIdentifier?: unknown } | null) =>
    batch.findIndex((record) => record.dynamodb.SequenceNumber === failure?.itemIdentifier),
  );
  return indexes.includes(-1) ? 0 : Math.min(...indexes);
}
