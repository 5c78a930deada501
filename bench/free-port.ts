import { createServer } from 'node:net';
import { listenOnLoopback } from '../local/loopback.ts';

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  const url = await listenOnLoopback(probe, 0);
  await new Promise((resolve) => probe.close(resolve));
  return Number(new URL(url).port);
}
