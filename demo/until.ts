import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until there is an answer, as a client does that waits for a workflow. Fails after a minute. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const started = performance.now();
  for (let delay = 15; ; delay = Math.min(delay * 1.5, 250)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() - started > 60_000) throw new Error(`waited in vain for ${what}`);
    await pause(delay);
  }
}
