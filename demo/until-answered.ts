import { setTimeout as pause } from 'node:timers/promises';

/** For how long nobody may answer before a client gives up. */
const PATIENCE_MS = 60_000;

/** Answers of what stands before the system while the system itself is away: nothing was decided. */
const AWAY: readonly number[] = [502, 503, 504];

/**
 * Sends a request until it is answered: again when the connection is refused or lost, or when the system is away.
 * The request has to be one that may arrive twice (a read, or a command under its idempotency key).
 */
export async function untilAnswered<T extends { readonly status: number }>(send: () => Promise<T>): Promise<T> {
  const started = performance.now();
  for (let delay = 20; ; delay = Math.min(delay * 2, 500)) {
    const outcome = await send().catch((error: unknown) => (isLostConnection(error) ? error : Promise.reject(error)));
    const lost = outcome instanceof Error;
    if (!lost && !AWAY.includes(outcome.status)) return outcome;
    if (performance.now() - started > PATIENCE_MS) {
      if (lost) throw outcome;
      return outcome;
    }
    await pause(delay);
  }
}

/** `fetch` reports every failure of the connection, also in the middle of an answer, as a TypeError with a cause. */
const isLostConnection = (error: unknown): error is TypeError =>
  error instanceof TypeError && error.cause !== undefined;
