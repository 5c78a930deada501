import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../clock/clock.ts';
import { isThrottled } from '../lambda/invocation-error.ts';
import type { ScheduleModel } from '../template/model.ts';
import { type NextFiring, parseSchedule } from './expression.ts';
import { openFirings } from './firings.ts';

/** An asynchronous invocation is tried again that often, as in the cloud, whatever the schedule's own policy allows. */
const MOST_RETRIES = 2;

/** A schedule, when it fired last since the start and when it will. Times are the runtime's. */
export interface ScheduleStatus extends ScheduleModel {
  readonly next?: number;
  readonly last?: {
    readonly due: number;
    readonly outcome: 'under-way' | 'done' | 'given-up';
    readonly error?: string;
  };
}

export interface Schedules {
  status(): ScheduleStatus[];
  stop(): void;
}
/** How often a firing waits for concurrency, a second at the longest each time. */
const MOST_THROTTLES = 30;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Fires the template's schedules on the runtime's clock. When the clock is moved, every firing on the way happens at its
 * own time and in order. `start` hands the input to the target; a target that keeps failing ends in `giveUp`. Of the
 * firings that fell due while the runtime was down, or were under way when it was killed, the last one is made up for,
 * unless it is older than the schedule's own policy allows.
 */
export function startSchedules(options: {
  schedules: readonly ScheduleModel[];
  clock: Clock;
  dataDir: string;
  start: (targetArn: string, input: unknown) => Promise<unknown>;
  giveUp: (schedule: ScheduleModel, input: string, error: unknown) => Promise<void>;
  log: (message: string, detail?: object) => void;
}): Schedules {
  const cancellations = new Map<string, () => void>();
  let stopped = false;
  const { clock, log } = options;
  const firings = openFirings(options.dataDir, clock.now());
  const nextOf = new Map<string, number>();
  const lastOf = new Map<string, NonNullable<ScheduleStatus['last']>>();

  const arm = (schedule: ScheduleModel, next: NextFiring, from: number) => {
    const due = next(Math.max(from, (schedule.startAt ?? 0) - 1));
    nextOf.delete(schedule.arn);
    if (due === undefined || due > (schedule.endAt ?? Number.POSITIVE_INFINITY)) return;
    nextOf.set(schedule.arn, due);
    cancellations.set(
      schedule.arn,
      clock.at(due, () => {
        arm(schedule, next, due);
        return hand(schedule, due);
      }),
    );
  };

  const hand = async (schedule: ScheduleModel, due: number) => {
    await fire(schedule, due);
    // A firing that the end of the runtime cut off is made up for by the next.
    if (stopped) return;
    firings.handled(schedule, due);
  };

  /** The last firing that nobody has handled and that may still be handed over. */
  const missed = (schedule: ScheduleModel, next: NextFiring, last: number): number | undefined => {
    const now = clock.now();
    const oldest = now - schedule.maximumEventAgeSeconds * 1000;
    const [from, to] = [schedule.startAt ?? 0, Math.min(now, schedule.endAt ?? now)];
    let found: number | undefined;
    for (let due = next(Math.max(last, oldest, from - 1)); due !== undefined && due <= to; due = next(due)) found = due;
    return found;
  };

  const fire = async (schedule: ScheduleModel, due: number) => {
    const executionId = randomUUID();
    lastOf.set(schedule.arn, { due, outcome: 'under-way' });
    let throttled = 0;
    for (let attempt = 1; ; attempt++) {
      const input = inputOf(schedule, due, executionId, attempt);
      try {
        await options.start(schedule.targetArn, JSON.parse(input));
        lastOf.set(schedule.arn, { due, outcome: 'done' });
        return;
      } catch (error) {
        if (stopped) return;
        // Refused for want of concurrency, which is no attempt; whoever moves the clock is not held up for hours.
        if (isThrottled(error) && throttled < MOST_THROTTLES) {
          attempt -= 1;
          await delay(Math.min(25 * 2 ** throttled++, LONGEST_PAUSE_MS));
          continue;
        }
        log(`schedule ${schedule.name} failed`, { attempt, error: String(error) });
        if (attempt > Math.min(schedule.maximumRetryAttempts, MOST_RETRIES)) {
          lastOf.set(schedule.arn, { due, outcome: 'given-up', error: String(error) });
          await options.giveUp(schedule, input, error);
          return;
        }
      }
    }
  };

  for (const schedule of options.schedules) {
    const { since, last } = firings.of(schedule);
    const next = parseSchedule(schedule.expression, schedule.timeZone, since);
    const late = missed(schedule, next, last);
    if (late !== undefined) {
      log(`schedule ${schedule.name} fires late`, { due: new Date(late).toISOString() });
      // A timer like the others, so that whoever waits for rest after moving the clock has it behind him.
      cancellations.set(
        `${schedule.arn} late`,
        clock.at(late, () => hand(schedule, late)),
      );
    }
    arm(schedule, next, clock.now());
  }
  return {
    status: () =>
      options.schedules.map((schedule) => {
        const next = nextOf.get(schedule.arn);
        const last = lastOf.get(schedule.arn);
        return { ...schedule, ...(next !== undefined && { next }), ...(last && { last }) };
      }),
    stop() {
      stopped = true;
      for (const cancel of cancellations.values()) cancel();
      cancellations.clear();
    },
  };
}

/** The target's input, with the context attributes of the scheduler filled in. */
function inputOf(schedule: ScheduleModel, due: number, executionId: string, attempt: number): string {
  const time = new Date(due).toISOString().replace(/\.\d+Z$/, 'Z');
  const template = schedule.input ?? JSON.stringify(defaultInput(schedule, time, executionId));
  return template
    .replaceAll('<aws.scheduler.schedule-arn>', schedule.arn)
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', executionId)
    .replaceAll('<aws.scheduler.attempt-number>', String(attempt));
}

/** What a target without an input of its own is handed. */
function defaultInput(schedule: ScheduleModel, time: string, id: string): object {
  const [, , , region, account] = schedule.arn.split(':');
  return {
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account,
    time,
    region,
    resources: [schedule.arn],
    detail: '{}',
  };
}
