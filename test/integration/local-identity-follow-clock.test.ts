import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';

const DAY = 24 * 3600 * 1000;

/** Evaluates expressions one after the other in a worker that follows the offset. */
const evaluate = async (offset: SharedArrayBuffer, expressions: string[]): Promise<unknown[]> => {
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
     import(workerData.follow).then(({ followClock }) => {
       followClock(workerData.offset);
       const set = (value) => { new Float64Array(workerData.offset)[0] = value; };
       const again = () => followClock(workerData.offset);
       parentPort.postMessage(workerData.expressions.map((text) => eval(text)));
     });`,
    {
      eval: true,
      execArgv: [],
      workerData: { follow: new URL('../../local/clock/follow.ts', import.meta.url).href, offset, expressions },
    },
  );
  const [results] = (await once(worker, 'message')) as [unknown[]];
  await worker.terminate();
  return results;
};

it('a thread that follows the clock sees its present, and only its present, moved', async () => {
  const offset = new SharedArrayBuffer(8);
  new Float64Array(offset)[0] = 30 * DAY;
  const before = Date.now() + 30 * DAY;
  const [now, made, called, subclass, given, utc, kinds, moved, twice] = await evaluate(offset, [
    'Date.now()',
    'new Date().getTime()',
    'Date.parse(Date())',
    'new (class Later extends Date {})().getTime()',
    'new Date(0).toISOString()',
    'Date.UTC(2026, 0, 1)',
    '[new Date() instanceof Date, new Date().constructor === Date, typeof Date(), Date.name]',
    `set(60 * ${DAY}), Date.now()`,
    'again(), again(), Date.now()',
  ]);
  for (const time of [now, made, subclass]) expect(time).toBeGreaterThanOrEqual(before);
  expect(called).toBeGreaterThanOrEqual(before - 1000);
  expect([given, utc]).toEqual(['1970-01-01T00:00:00.000Z', Date.UTC(2026, 0, 1)]);
  expect(kinds).toEqual([true, true, 'string', 'Date']);
  for (const time of [moved, twice]) {
    expect(time).toBeGreaterThanOrEqual(before + 30 * DAY);
    expect(time).toBeLessThan(before + 31 * DAY);
  }
});
