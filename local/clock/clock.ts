/** Time, and what happens at a moment of it: all that an execution needs of a clock. */
export type Timers = Pick<Clock, 'now' | 'at'>;

/**
 * The one clock of the runtime. It runs at the speed of the real one and can be moved forward:
 * everything that waits (state machine waits, schedules) is a timer of this clock, and the function
 * workers read its offset from shared memory, so that their `Date` follows it.
 */
export interface Clock {
  /** Milliseconds since the epoch as the runtime sees it. */
  now(): number;
  /** Offset to the real clock in milliseconds; a Float64 in shared memory, read by workers. */
  readonly offset: SharedArrayBuffer;
  /** Calls `fire` once when the clock reaches `due` (at once if it has passed). Returns its cancellation. */
  at(due: number, fire: () => void | Promise<void>): () => void;
  /**
   * Moves forward to `target`, firing every timer on the way at its own time and letting the work it caused
   * come to rest before going on. Moving back is refused with a RangeError.
   */
  advanceTo(target: number): Promise<void>;
  /**
   * Moves forward by this many milliseconds from the moment at which the work under way has come to rest: what it
   * waits for is counted from there, not from when somebody asked.
   */
  advanceBy(milliseconds: number): Promise<void>;
  /**
   * Registers something that can say when it has come to rest (stream pollers, invocations). `activity` counts what it
   * has done so far: as long as that grows, rest in one place may have woken another, and everybody is asked again.
   */
  settleWith(rest: () => Promise<void>, activity?: () => number): void;
  /** Resolves when everything registered by `settleWith` is at rest. */
  settled(): Promise<void>;
  stop(): void;
}

interface Timer {
  readonly due: number;
  readonly order: number;
  readonly fire: () => void | Promise<void>;
}

/** The longest delay that `setTimeout` takes. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

export function createClock(options: {
  initialOffset?: number;
  onOffset?: (offset: number) => void;
  onError: (error: unknown) => void;
}): Clock {
  const offset = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const cell = new Float64Array(offset);
  cell[0] = options.initialOffset ?? 0;
  const timers = new Set<Timer>();
  const rests: (() => Promise<void>)[] = [];
  const activities: (() => number)[] = [];
  let order = 0;
  let alarm: NodeJS.Timeout | undefined;
  let stopped = false;
  let moving: Promise<void> = Promise.resolve();

  const now = () => Date.now() + (cell[0] ?? 0);

  const next = () => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (!first || timer.due < first.due || (timer.due === first.due && timer.order < first.order)) first = timer;
    }
    return first;
  };

  const run = async (timer: Timer) => {
    timers.delete(timer);
    try {
      await timer.fire();
    } catch (error) {
      options.onError(error);
    }
  };

  const arm = () => {
    clearTimeout(alarm);
    const first = next();
    if (!first || stopped) return;
    alarm = setTimeout(
      () => {
        for (const timer of [...timers].filter((t) => t.due <= now())) void run(timer);
        arm();
      },
      Math.min(Math.max(0, first.due - now()), LONGEST_TIMEOUT),
    );
  };

  const setNow = (time: number) => {
    const wanted = time - Date.now();
    if (wanted <= (cell[0] ?? 0)) return;
    // Kept before anybody can see it: after a crash in between, the clock would otherwise go back.
    options.onOffset?.(wanted);
    cell[0] = wanted;
  };

  const settled = async () => {
    const activity = () => activities.reduce((total, count) => total + count(), 0);
    // Work at rest in one place may have woken another: go round until a whole round was calm.
    for (let round = 0, before = Number.NaN; round < 2 || activity() !== before; round++) {
      before = activity();
      for (const rest of rests) await rest();
    }
  };

  const advance = async (to: () => number) => {
    if (to() < now()) throw new RangeError(`the clock does not go back: it is ${new Date(now()).toISOString()}`);
    clearTimeout(alarm);
    await settled();
    const target = to();
    for (let timer = next(); timer && timer.due <= target; timer = next()) {
      setNow(timer.due);
      await run(timer);
      await settled();
    }
    setNow(target);
    arm();
  };

  const move = (to: () => number) => {
    const moved = moving.then(() => advance(to));
    moving = moved.catch(() => undefined);
    return moved;
  };

  return {
    now,
    offset,
    at(due, fire) {
      const timer = { due, order: order++, fire };
      timers.add(timer);
      arm();
      return () => {
        timers.delete(timer);
        arm();
      };
    },
    advanceTo: (target) => move(() => target),
    advanceBy: (milliseconds) => move(() => now() + milliseconds),
    settleWith(rest, activity) {
      rests.push(rest);
      if (activity) activities.push(activity);
    },
    settled,
    stop() {
      stopped = true;
      clearTimeout(alarm);
      timers.clear();
    },
  };
}
