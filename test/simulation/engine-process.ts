import { named } from '../support/faulty-client.ts';
import type { SimulatedClock } from './clock.ts';
import { chanceOf } from './random.ts';
import type { Trace } from './trace.ts';

/** A call that was sent to the engine and whose turn has not come. */
export interface InFlight {
  readonly place: string;
  /** Whether its sender still lives. */
  readonly alive: () => boolean;
  /** Does what it asks for; absent for readings. */
  readonly write?: () => Promise<unknown>;
}

/** The engine's process as its callers meet it: it may be killed, and is away for a while. */
export interface EngineProcess {
  /** A call was sent. */
  sent(call: InFlight): void;
  /** Its turn has come. @throws when the process was killed meanwhile, or is away. */
  arrived(call: InFlight): void;
  /** Whether others wait for it: a kill is met where it does most harm. */
  isBusy(): boolean;
  /** Kills it. Whatever is in flight is lost, some of it after it was done. */
  kill(place: string): Promise<void>;
}

/** Longest that it is away, milliseconds: whoever supervises it starts it again at once. */
const LONGEST_AWAY = 5_000;

/** Lost connections, as the SDK names them, and refused ones. */
export const connectionLost = (): Error => Object.assign(named('TimeoutError'), { code: 'ECONNRESET' });
const connectionRefused = (): Error => Object.assign(named('Error'), { code: 'ECONNREFUSED' });

/** `restart` ends the real process without warning, and starts another on what it has written. */
export function createEngineProcess(restart: () => Promise<void>, clock: SimulatedClock, trace: Trace): EngineProcess {
  const inFlight = new Set<InFlight>();
  const lost = new Set<InFlight>();
  let awayUntil = 0;
  return {
    isBusy: () => [...inFlight].some(({ alive, write }) => write && alive()),
    sent: (call) => void inFlight.add(call),
    arrived(call) {
      inFlight.delete(call);
      if (lost.delete(call)) throw connectionLost();
      if (clock.now() < awayUntil) throw connectionRefused();
    },
    async kill(place) {
      const calls = [...inFlight].filter(({ alive }) => alive());
      inFlight.clear();
      let done = 0;
      for (const call of calls) {
        lost.add(call);
        if (!call.write || chanceOf(`${place}|${call.place}`) < 0.5) continue;
        done += 1;
        await call.write().catch(() => undefined);
      }
      await restart();
      awayUntil = clock.now() + Math.ceil(chanceOf(`${place}|away`) * LONGEST_AWAY);
      trace.write('engine', `killed with ${calls.length} calls in flight, of which ${done} had been done`);
    },
  };
}
