import type { Decision } from '../../core/ports/store.ts';
import { type Failure, ok, type Result, refuse } from '../../core/result.ts';
import type { Store } from '../../storage/store.ts';
import type { Origin, StoredAnswer } from '../../storage/transaction.ts';
import { fullJitter } from '../../storage/transient.ts';

/** How often a command decides again when others wrote at the same time. */
const MOST_ATTEMPTS = 6;

export type Committed<T> = { readonly result: T } | { readonly answered: StoredAnswer };

/**
 * Decides and commits in one transaction. When a condition fails, the decision is made again on what is stored then:
 * either it now refuses with the true reason, or it fits. Ids stay the same over all attempts.
 */
export async function decideAndCommit<T>(
  store: Store,
  origin: Origin,
  decide: () => Promise<Result<Decision<T>>>,
  answerOf?: (result: T) => StoredAnswer,
  pause = fullJitter,
): Promise<Result<Committed<T>>> {
  let refused: Failure | undefined;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const decided = await decide();
    if (!decided.ok) return decided;
    const { result, changes } = decided.value;
    const committed = await store.commit(changes, origin, answerOf?.(result));
    if (committed.ok) return ok({ result });
    if (committed.reason === 'answered') return ok({ answered: committed.answer });
    refused = committed.reason === 'condition' ? committed.failure : undefined;
    await pause(attempt);
  }
  // Every attempt decided on fresh facts and still came too late: it is the crowd that refuses, not the version.
  return refused && refused.rule !== 'stale-version' ? { ok: false, failure: refused } : refuse('try-again');
}
