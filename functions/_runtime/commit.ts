import * as z from 'zod';
import type { Decision } from '../../core/ports/store.ts';
import { type Failure, ok, type Result, refuse } from '../../core/result.ts';
import type { Store } from '../../storage/store.ts';
import type { Origin, StoredAnswer } from '../../storage/transaction.ts';

/** How often a command decides again when others wrote at the same time. */
const MOST_ATTEMPTS = 6;

export type Committed<T> = { readonly result: T } | { readonly answered: StoredAnswer };

/** What is thrown where something impossible would be stored: an amount below nothing, a record against its schema. */
const isImpossible = (error: unknown): boolean => error instanceof z.ZodError || error instanceof RangeError;

/**
 * Decides and commits in one transaction. When a condition fails, the decision is made again on what is stored then:
 * either it now refuses with the true reason, or it fits. Ids stay the same over all attempts. Facts are read one after
 * the other, so that somebody may write between them: what is decided on such facts may be impossible, and is decided
 * again as well. What is impossible every time is a fault of ours.
 */
export async function decideAndCommit<T>(
  store: Store,
  origin: Origin,
  decide: () => Promise<Result<Decision<T>>>,
  answerOf?: (result: T) => StoredAnswer,
  pause = store.pause,
): Promise<Result<Committed<T>>> {
  const attempt = async (): Promise<Result<Committed<T>> | { readonly again: Failure | undefined }> => {
    const decided = await decide();
    if (!decided.ok) return decided;
    const { result, changes } = decided.value;
    const committed = await store.commit(changes, origin, answerOf?.(result));
    if (committed.ok) return ok({ result });
    if (committed.reason === 'answered') return ok({ answered: committed.answer });
    return { again: committed.reason === 'condition' ? committed.failure : undefined };
  };
  let refused: Failure | undefined;
  for (let tries = 0; tries < MOST_ATTEMPTS; tries++) {
    const last = tries === MOST_ATTEMPTS - 1;
    const came = await attempt().catch((error: unknown) => {
      if (last || !isImpossible(error)) throw error;
      return { again: undefined };
    });
    if ('ok' in came) return came;
    refused = came.again;
    await pause(tries);
  }
  // Every attempt decided on fresh facts and still came too late: it is the crowd that refuses, not the version.
  return refused && refused.rule !== 'stale-version' ? { ok: false, failure: refused } : refuse('try-again');
}
