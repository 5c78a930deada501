import type { Catcher, Retrier, StateType } from './definition.ts';

const DEFAULT_INTERVAL_SECONDS = 1;
const DEFAULT_BACKOFF_RATE = 2;
const DEFAULT_MAX_ATTEMPTS = 3;

/**
 * Whether a retrier or catcher with these names applies to an error, by the service's rules: `States.Runtime` is
 * beyond every policy, `States.DataLimitExceeded` only answers to its own name, and `States.TaskFailed` stands for
 * every error of a task except its time-out.
 */
export function matches(errorEquals: readonly string[], error: string, type: StateType): boolean {
  if (error === 'States.Runtime') return false;
  if (errorEquals.includes(error)) return true;
  if (error === 'States.DataLimitExceeded') return false;
  // A missed heartbeat is reported as States.Timeout and can be told apart by its own name only in a policy.
  if (error === 'States.Timeout' && errorEquals.includes('States.HeartbeatTimeout')) return true;
  if (errorEquals.includes('States.ALL')) return true;
  return type === 'Task' && error !== 'States.Timeout' && errorEquals.includes('States.TaskFailed');
}

/**
 * The first retrier that applies and its delay in milliseconds; undefined when none applies or the one that does is
 * used up. `used[i]` says how often retrier i was used in this visit of the state; `random` is in [0, 1).
 */
export function nextRetry(
  retriers: readonly Retrier[] | undefined,
  used: Readonly<Record<number, number>>,
  error: string,
  type: StateType,
  random: () => number,
): { retrier: number; delayMs: number } | undefined {
  const index = retriers?.findIndex((retrier) => matches(retrier.ErrorEquals, error, type)) ?? -1;
  const retrier = retriers?.[index];
  if (!retrier) return undefined;
  const attempts = used[index] ?? 0;
  if (attempts >= (retrier.MaxAttempts ?? DEFAULT_MAX_ATTEMPTS)) return undefined;
  const backoff = (retrier.BackoffRate ?? DEFAULT_BACKOFF_RATE) ** attempts;
  const seconds = Math.min(
    (retrier.IntervalSeconds ?? DEFAULT_INTERVAL_SECONDS) * backoff,
    retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY,
  );
  const spread = retrier.JitterStrategy === 'FULL' ? random() : 1;
  return { retrier: index, delayMs: Math.round(seconds * 1000 * spread) };
}

/** The first catcher that applies to the error. */
export function catcherFor(
  catchers: readonly Catcher[] | undefined,
  error: string,
  type: StateType,
): Catcher | undefined {
  return catchers?.find((catcher) => matches(catcher.ErrorEquals, error, type));
}
