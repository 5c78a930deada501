import { fork } from 'node:child_process';
import { join } from 'node:path';
import { quantile } from './report.ts';
import type { WireRequest } from './sockets.ts';

export interface LoadJob {
  readonly url: string;
  readonly requests: readonly WireRequest[];
  readonly clients: number;
  /** Sends the requests round and round for that long; left out: each once. */
  readonly seconds?: number;
  readonly keepBodies?: boolean;
}

export interface LoadOutcome {
  readonly seconds: number;
  readonly latencies: readonly number[];
  /** How many answers had each status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** In the order of the requests, when asked for. */
  readonly bodies: readonly string[];
}

/** Sends requests from a second process, each client on its own kept-alive connection. */
export function load(job: LoadJob): Promise<LoadOutcome> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'load-process.ts'), { serialization: 'advanced' });
    child.once('message', (outcome: LoadOutcome) => resolve(outcome));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the clients ended (${code})`)));
    child.send(job);
  });
}

export interface Pace {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
}

export function paceOf({ seconds, latencies, statuses }: Omit<LoadOutcome, 'bodies'>): Pace {
  const refused = Object.entries(statuses).filter(([status]) => Number(status) >= 300);
  return {
    perSecond: latencies.length / seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    errors: refused.reduce((total, [, count]) => total + count, 0),
  };
}

/** The fastest of several runs: what a machine shared with others could do when it was left alone. */
export const fastest = (paces: readonly Pace[]): Pace =>
  paces.reduce((best, pace) => (pace.perSecond > best.perSecond ? pace : best));
