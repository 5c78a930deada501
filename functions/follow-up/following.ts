import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { Given } from './counting.ts';
import { yearsOf } from './serving.ts';

/** What the function does with the table's stream: two duties in one, for a stream has room for two readers, and the relay is one. */
export interface Duties {
  /** Serves the waiting lists of these years; of the present one when there are none. */
  readonly serve: (years: readonly number[], requestId: string) => Promise<unknown>;
  /** Counts what changed. */
  readonly count: (given: Given, requestId: string) => Promise<unknown>;
}

/**
 * Does both, each whatever becomes of the other. One that failed fails the call, which is repeated: neither gives or counts
 * anything twice.
 */
export const createFollowing =
  ({ serve, count }: Duties) =>
  async (event: Given & Partial<DynamoDBStreamEvent>, requestId: string): Promise<void> => {
    const years = yearsOf(event);
    const isCallOfSchedule = !event.Records && !event.recount;
    const outcomes = await Promise.allSettled([
      ...(years.length > 0 || isCallOfSchedule ? [serve(years, requestId)] : []),
      count(event, requestId),
    ]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  };
