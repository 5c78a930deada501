import type { Timers } from '../../local/clock/clock.ts';

/** Time that passes only when it is told to. */
export interface SimulatedClock extends Timers {
  /** Lets some milliseconds pass; what became due fires, in its order. */
  pass(milliseconds: number): void;
  /** Goes to the next moment at which something is due, and fires it; false when there is none up to `last`. */
  skip(last: number): boolean;
  /** Resolves when so much time has passed. */
  sleep(milliseconds: number): Promise<void>;
}

interface Timer {
  readonly due: number;
  readonly order: number;
  readonly fire: () => void | Promise<void>;
}

/** A clock that stands at `start`, epoch ms. `failed` is told what a timer threw. */
export function simulatedClock(start: number, failed: (error: unknown) => void): SimulatedClock {
  let now = start;
  let order = 0;
  const timers = new Set<Timer>();

  const next = (): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (!first || timer.due < first.due || (timer.due === first.due && timer.order < first.order)) first = timer;
    }
    return first;
  };
  const fire = (timer: Timer) => {
    timers.delete(timer);
    now = Math.max(now, timer.due);
    try {
      void Promise.resolve(timer.fire()).catch(failed);
    } catch (error) {
      failed(error);
    }
  };
  const at: Timers['at'] = (due, run) => {
    // Moments are whole milliseconds, as everywhere.
    const timer = { due: Math.ceil(due), order: order++, fire: run };
    timers.add(timer);
    return () => void timers.delete(timer);
  };

  return {
    now: () => now,
    at,
    pass(milliseconds) {
      const until = now + milliseconds;
      for (let timer = next(); timer && timer.due <= until; timer = next()) fire(timer);
      now = until;
    },
    skip(last) {
      const timer = next();
      if (!timer || timer.due > last) return false;
      fire(timer);
      return true;
    },
    sleep: (milliseconds) => new Promise((resolve) => void at(now + milliseconds, resolve)),
  };
}
