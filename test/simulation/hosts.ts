import type { SimulatedClock } from './clock.ts';
import type { Faults } from './faults.ts';
import { chanceOf } from './random.ts';
import type { Trace } from './trace.ts';

/** What a process runs now. */
export interface Invocation {
  readonly id: string;
  /** How often it reached outside so far. */
  calls: number;
  /** Whether it may be killed: what is killed at every attempt is no accident, but a fault that people are called to. */
  readonly mortal: boolean;
  /** Ends it without an answer. */
  readonly kill: () => void;
}

/** A function's process: it serves one invocation after the other, and remembers what it keeps in memory. */
export interface Host<F> {
  /** Undefined between invocations. */
  invocation: Invocation | undefined;
  dead: boolean;
  /** How far its clock is off, in milliseconds. */
  skew: number;
  readonly functions: F;
}

/** Thrown to whoever called a process that was killed: no answer came, and nobody knows how far it got. */
export class Killed extends Error {
  override readonly name = 'Runtime.ExitError';
}

export interface Hosts<F> {
  /** Runs an invocation in a process that is free, or in a new one. */
  run<T>(id: string, work: (host: Host<F>) => Promise<T>): Promise<T>;
}

/** How often one thing is killed, all its attempts together: steps are tried again once more than that. */
const MOST_KILLS = 5;
/** An invocation without the number of its attempt. */
const withoutAttempt = (id: string) => id.replace(/\.\d+$/, '');

/** Longest that a process's clock is off: whoever keeps time for it corrects it in minutes. */
const MOST_SKEW = 90_000;

export function createHosts<F>(make: (host: () => Host<F>) => F, faults: Faults, trace: Trace): Hosts<F> {
  const free: Host<F>[] = [];
  const kills = new Map<string, number>();
  const start = (): Host<F> => {
    const host: Host<F> = { invocation: undefined, dead: false, skew: 0, functions: make(() => host) };
    return host;
  };
  /** One that is free and lives: a call that an answered invocation left behind may have killed it since. */
  const living = (): Host<F> => {
    for (let host = free.pop(); host; host = free.pop()) if (!host.dead) return host;
    return start();
  };
  return {
    async run(id, work) {
      const host = living();
      const jump = faults.at(`${id}/clock`, ['clock-ahead', 'clock-behind']);
      const off = Math.floor(chanceOf(id) * MOST_SKEW);
      host.skew = jump === 'clock-ahead' ? off : jump === 'clock-behind' ? -off : 0;
      const killed = Promise.withResolvers<never>();
      const what = withoutAttempt(id);
      host.invocation = {
        id,
        calls: 0,
        mortal: (kills.get(what) ?? 0) < MOST_KILLS,
        kill() {
          host.dead = true;
          kills.set(what, (kills.get(what) ?? 0) + 1);
          trace.write(id, 'killed');
          killed.reject(new Killed('the process was killed'));
        },
      };
      try {
        return await Promise.race([work(host), killed.promise]);
      } finally {
        if (!host.dead) free.push(host);
      }
    },
  };
}

/** The time as a process sees it. */
export const clockOf =
  <F>(clock: SimulatedClock, host: () => Host<F>) =>
  () =>
    clock.now() + host().skew;
