import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Retrier } from '../../local/stepfunctions/definition.ts';
import { matches, nextRetry } from '../../local/stepfunctions/retry-policy.ts';

const retrierOf = (fields: object): Retrier => ({ ErrorEquals: ['States.ALL'], ...fields });

const delays = (retrier: Retrier, random = () => 1) => {
  const found: number[] = [];
  for (let used = 0; ; used++) {
    const next = nextRetry([retrier], { 0: used }, 'Busy', 'Task', random);
    if (!next) return found;
    found.push(next.delayMs);
  }
};

it('a policy without numbers retries three times after 1, 2 and 4 seconds', () => {
  expect(delays(retrierOf({}))).toEqual([1000, 2000, 4000]);
});

it('delays never shrink, never exceed MaxDelaySeconds and end after MaxAttempts', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 0, max: 20 }),
      fc.double({ min: 1, max: 5, noNaN: true }),
      fc.integer({ min: 101, max: 5000 }),
      (IntervalSeconds, MaxAttempts, BackoffRate, MaxDelaySeconds) => {
        const found = delays(retrierOf({ IntervalSeconds, MaxAttempts, BackoffRate, MaxDelaySeconds }));
        expect(found).toHaveLength(MaxAttempts);
        for (const [index, delay] of found.entries()) {
          expect(delay).toBeGreaterThanOrEqual(found[index - 1] ?? IntervalSeconds * 1000);
          expect(delay).toBeLessThanOrEqual(MaxDelaySeconds * 1000);
        }
      },
    ),
  );
});

it('full jitter spreads a delay between nothing and all of it', () => {
  const retrier = retrierOf({ IntervalSeconds: 10, BackoffRate: 1, JitterStrategy: 'FULL' });
  expect(delays(retrier, () => 0)).toEqual([0, 0, 0]);
  expect(delays(retrier, () => 0.5)).toEqual([5000, 5000, 5000]);
});

it('a used-up retrier is not followed by the next one that would apply', () => {
  const retriers = [retrierOf({ ErrorEquals: ['Busy'], MaxAttempts: 1 }), retrierOf({})];
  expect(nextRetry(retriers, { 0: 1 }, 'Busy', 'Task', () => 1)).toBeUndefined();
  expect(nextRetry(retriers, { 0: 1 }, 'Other', 'Task', () => 1)).toEqual({ retrier: 1, delayMs: 1000 });
});

it.each([
  [['States.ALL'], 'States.Runtime', false],
  [['States.Runtime'], 'States.Runtime', false],
  [['States.ALL'], 'States.DataLimitExceeded', false],
  [['States.DataLimitExceeded'], 'States.DataLimitExceeded', true],
  [['States.TaskFailed'], 'Anything', true],
  [['States.TaskFailed'], 'States.Timeout', false],
  [['States.HeartbeatTimeout'], 'States.Timeout', true],
  [['States.ALL'], 'States.Timeout', true],
  [['Other', 'Busy'], 'Busy', true],
  [['Other'], 'Busy', false],
])('a policy for %j and the error %s: %s', (errorEquals, error, expected) => {
  expect(matches(errorEquals, error, 'Task')).toBe(expected);
});

it('States.TaskFailed stands for errors of tasks only', () => {
  expect(matches(['States.TaskFailed'], 'Busy', 'Map')).toBe(false);
});
