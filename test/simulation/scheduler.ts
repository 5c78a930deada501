import { setImmediate } from 'node:timers/promises';
import type { SimulatedClock } from './clock.ts';
import type { Random } from './random.ts';
import type { Trace } from './trace.ts';

/** Somebody who wants to reach beyond its own memory, and for what. */
export interface Turn {
  readonly who: string;
  readonly what: string;
  /** Absent: always. One who is gone by the time its turn has come does nothing, and is never answered. */
  readonly alive?: () => boolean;
}

/** Thrown inside a turn: whoever asked is gone, and nobody hears what came of it. */
export class Gone extends Error {}

export interface Scheduler {
  /** Does this when its turn has come, and nothing else meanwhile. */
  turn<T>(turn: Turn, run: () => Promise<T> | T): Promise<T>;
  /** Lets one after the other have its turn, in an order of the seed's, until nobody wants one and no time is left. */
  run(last: number): Promise<'rest' | 'too-long' | 'stopped'>;
  /** Ends the run after the turn that is under way. */
  stop(): void;
  readonly turns: number;
}

interface Waiting extends Turn {
  readonly run: () => Promise<string>;
}

const describe = (error: unknown): string => (error instanceof Error ? error.name : String(error));

/**
 * The one place where anything waits for the world outside. While one call is under way nobody else runs, so that every
 * order of calls is one that was chosen: the same seed meets the same one again.
 */
export function createScheduler(
  clock: SimulatedClock,
  random: Random,
  trace: Trace,
  { mostTurns }: { readonly mostTurns: number },
): Scheduler {
  const waiting: Waiting[] = [];
  let turns = 0;
  let stopped = false;

  return {
    get turns() {
      return turns;
    },
    stop() {
      stopped = true;
    },
    turn: (turn, run) =>
      new Promise((resolve, reject) => {
        waiting.push({
          ...turn,
          run: async () => {
            try {
              resolve(await run());
              return '';
            } catch (error) {
              if (!(error instanceof Gone)) reject(error);
              return ` → ${error instanceof Gone ? error.message : describe(error)}`;
            }
          },
        });
      }),
    async run(last) {
      for (;;) {
        // Whoever was answered goes on to what it wants next; then the seed says whose turn it is.
        await setImmediate();
        if (stopped) return 'stopped';
        if (waiting.length === 0) {
          if (!clock.skip(last)) return 'rest';
          continue;
        }
        const [next] = waiting.splice(random.int(0, waiting.length - 1), 1);
        if (!next || next.alive?.() === false) continue;
        if (turns >= mostTurns) return 'too-long';
        turns += 1;
        clock.pass(random.int(1, 40));
        const came = await next.run();
        trace.write(next.who, `${next.what}${came}`);
      }
    },
  };
}
