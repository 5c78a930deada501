import { afterEach, describe, expect, it } from 'vitest';
import { createClock } from '../../local/clock/clock.ts';
import { InvocationError } from '../../local/lambda/invocation-error.ts';
import { parseSchedule } from '../../local/schedules/expression.ts';
import { startSchedules } from '../../local/schedules/schedules.ts';
import type { ScheduleModel } from '../../local/template/model.ts';
import { temporaryFolder, testClock } from '../support/local-runtime.ts';

const start = Date.parse('2026-01-01T00:00:00Z');
const firings = (expression: string, timeZone: string, count: number) => {
  const next = parseSchedule(expression, timeZone, start);
  const times: string[] = [];
  for (let at = next(start); at !== undefined && times.length < count; at = next(at)) {
    times.push(new Date(at).toISOString());
  }
  return times;
};

describe('schedule expressions', () => {
  it.each([
    ['cron(0 1 * * ? *)', 'Asia/Shanghai', ['2026-01-01T17:00:00.000Z', '2026-01-02T17:00:00.000Z']],
    ['cron(0/30 9 ? * MON-FRI *)', 'UTC', ['2026-01-01T09:00:00.000Z', '2026-01-01T09:30:00.000Z']],
    ['cron(0 0 ? * 2 *)', 'UTC', ['2026-01-05T00:00:00.000Z', '2026-01-12T00:00:00.000Z']],
    ['cron(0 0 ? * 1,7 *)', 'UTC', ['2026-01-03T00:00:00.000Z', '2026-01-04T00:00:00.000Z']],
    ['cron(0 0 L * ? *)', 'UTC', ['2026-01-31T00:00:00.000Z', '2026-02-28T00:00:00.000Z']],
    ['cron(0 0 ? * 2#1 *)', 'UTC', ['2026-01-05T00:00:00.000Z', '2026-02-02T00:00:00.000Z']],
    ['cron(0 0 1 1 ? 2027)', 'Asia/Shanghai', ['2026-12-31T16:00:00.000Z']],
    ['rate(2 hours)', 'UTC', ['2026-01-01T02:00:00.000Z', '2026-01-01T04:00:00.000Z']],
    ['at(2026-11-20T13:00:00)', 'Asia/Shanghai', ['2026-11-20T05:00:00.000Z']],
  ])('%s in %s', (expression, timeZone, expected) => {
    expect(firings(expression, timeZone, 2)).toEqual(expected);
  });

  it.each([
    'cron(* * * * * *)',
    'cron(0 1 * * ?)',
    'rate(0 minutes)',
    'rate(5 fortnights)',
    'every day',
    'cron(61 1 * * ? *)',
  ])('refuses %s', (expression) => {
    expect(() => parseSchedule(expression, 'UTC', start)).toThrow();
  });
});

describe('schedules on the clock', () => {
  const clocks: ReturnType<typeof testClock>[] = [];
  const folders: Awaited<ReturnType<typeof temporaryFolder>>[] = [];
  afterEach(async () => {
    for (const clock of clocks.splice(0)) clock.stop();
    for (const folder of folders.splice(0)) await folder.remove();
  });
  const newFolder = async () => {
    const folder = await temporaryFolder();
    folders.push(folder);
    return folder.path;
  };

  const schedule = (name: string, expression: string, more: Partial<ScheduleModel> = {}): ScheduleModel => ({
    name,
    arn: `arn:aws:scheduler:us-east-1:000000000000:schedule/default/${name}`,
    expression,
    timeZone: 'UTC',
    startAt: undefined,
    endAt: undefined,
    targetArn: 'target',
    input: JSON.stringify({ name, at: '<aws.scheduler.scheduled-time>' }),
    maximumRetryAttempts: 185,
    maximumEventAgeSeconds: 86_400,
    deadLetterArn: undefined,
    ...more,
  });

  const run = async (schedules: ScheduleModel[], days: number, target: (input: unknown, now: number) => void) => {
    const clock = testClock();
    clocks.push(clock);
    const givenUp: string[] = [];
    const running = startSchedules({
      schedules,
      clock,
      dataDir: await newFolder(),
      start: async (_, input) => target(input, clock.now()),
      giveUp: async ({ name }, input) => void givenUp.push(`${name} ${input}`),
      log: () => undefined,
    });
    await clock.advanceBy(days * 86_400_000);
    running.stop();
    return { givenUp, clock };
  };

  it('fire at their own time and in order when the clock jumps', async () => {
    const seen: { name: string; at: string; now: number }[] = [];
    await run([schedule('hourly', 'rate(1 hour)'), schedule('daily', 'cron(30 3 * * ? *)')], 3, (input, now) => {
      seen.push({ ...(input as { name: string; at: string }), now });
    });
    expect(seen.filter(({ name }) => name === 'hourly')).toHaveLength(72);
    expect(seen.filter(({ name }) => name === 'daily')).toHaveLength(3);
    expect(seen.map(({ now }) => now)).toEqual(seen.map(({ now }) => now).toSorted((a, b) => a - b));
    for (const { at, now } of seen) expect(Math.abs(Date.parse(at) - now)).toBeLessThan(60_000);
  });

  it('try a failing target three times and then give it up', async () => {
    let attempts = 0;
    const { givenUp } = await run([schedule('once', 'rate(1 day)')], 1.5, () => {
      attempts += 1;
      throw new Error('no');
    });
    expect(attempts).toBe(3);
    expect(givenUp).toHaveLength(1);
  });

  it('keep to their start and end', async () => {
    const now = Date.now();
    let fired = 0;
    await run(
      [schedule('window', 'rate(1 day)', { startAt: now + 2.5 * 86_400_000, endAt: now + 5.5 * 86_400_000 })],
      10,
      () => {
        fired += 1;
      },
    );
    expect(fired).toBe(3);
  });

  describe('after a time in which the runtime was down', () => {
    const HOUR = 3_600_000;
    const daily = schedule('daily', 'cron(0 3 * * ? *)');
    const hourly = schedule('hourly', 'rate(1 hour)');

    /** Runs the schedules from a time on; gives what was fired, and stops as a kill would. */
    const live = async (
      dataDir: string,
      from: number,
      hours: number,
      schedules: ScheduleModel[],
      target: (input: { name: string; at: string }) => unknown = () => undefined,
    ) => {
      const clock = createClock({
        initialOffset: from - Date.now(),
        onError(error) {
          throw error;
        },
      });
      clocks.push(clock);
      const fired: string[] = [];
      const running = startSchedules({
        schedules,
        clock,
        dataDir,
        start: async (_, input) => {
          const { name, at } = input as { name: string; at: string };
          fired.push(`${name} ${at}`);
          return target({ name, at });
        },
        giveUp: async ({ name }) => void fired.push(`${name} given up`),
        log: () => undefined,
      });
      await clock.advanceBy(hours * HOUR);
      running.stop();
      return fired;
    };
    const midnight = Date.parse('2030-01-01T00:00:00Z');

    it('the last missed firing is made up for once, and the rate keeps its phase', async () => {
      const dataDir = await newFolder();
      await live(dataDir, midnight, 1.5, [daily, hourly]);
      const again = await live(dataDir, midnight + 5.25 * HOUR, 1, [daily, hourly]);
      expect(again).toEqual([
        'daily 2030-01-01T03:00:00Z',
        'hourly 2030-01-01T05:00:00Z',
        'hourly 2030-01-01T06:00:00Z',
      ]);
      expect(await live(dataDir, midnight + 6.5 * HOUR, 0.1, [daily, hourly])).toEqual([]);
    });

    it('nothing is made up for that is older than the schedule allows, nor when the schedule is new', async () => {
      const dataDir = await newFolder();
      const short = { ...daily, maximumEventAgeSeconds: 3600 };
      expect(await live(dataDir, midnight + 5 * HOUR, 0.1, [short])).toEqual([]);
      expect(await live(dataDir, midnight + 29 * HOUR, 0.1, [short])).toEqual([]);
      expect(await live(dataDir, midnight + 51.5 * HOUR, 0.1, [short])).toEqual(['daily 2030-01-03T03:00:00Z']);
      const other = { ...short, expression: 'cron(0 2 * * ? *)' };
      expect(await live(dataDir, midnight + 51.8 * HOUR, 0.1, [other])).toEqual([]);
    });

    it('a firing that was under way at the kill is done again, and is not given up by the stop', async () => {
      const dataDir = await newFolder();
      const clock = createClock({ initialOffset: midnight - Date.now(), onError: () => undefined });
      clocks.push(clock);
      const begun = Promise.withResolvers<void>();
      const cut = Promise.withResolvers<void>();
      const givenUp: string[] = [];
      const running = startSchedules({
        schedules: [daily],
        clock,
        dataDir,
        async start() {
          begun.resolve();
          await cut.promise;
        },
        giveUp: async ({ name }) => void givenUp.push(name),
        log: () => undefined,
      });
      void clock.advanceBy(4 * HOUR);
      await begun.promise;
      running.stop();
      cut.reject(new Error('the runtime is stopping'));
      expect(await live(dataDir, midnight + 4 * HOUR, 0.1, [daily])).toEqual(['daily 2030-01-01T03:00:00Z']);
      expect(givenUp).toEqual([]);
    });
  });

  it('wait for concurrency without using up their attempts', async () => {
    let refused = 0;
    const { givenUp } = await run([schedule('once', 'rate(1 day)')], 1.5, () => {
      if (refused++ < 4) throw InvocationError.throttled();
    });
    expect(refused).toBe(5);
    expect(givenUp).toEqual([]);
  });
});
