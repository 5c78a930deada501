import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DurableEngine, startDurableEngine } from '../support/engine.ts';
import { coverable } from './coverage.ts';
import { faultKinds } from './faults.ts';
import { runSeed } from './run.ts';
import { report, runSeeds } from './seeds.ts';

/** On demand more: `SIMULATED_SEEDS=1000 npx vitest run test/simulation/simulation.test.ts`. */
const SEEDS = Number(process.env.SIMULATED_SEEDS ?? 100);

test(
  'a year of the scheme under every fault that may be keeps its promises, whatever the order of events',
  async () => {
    const seeds = Array.from({ length: SEEDS }, (_, n) => n + 1);
    const totals = await runSeeds(startDurableEngine, seeds);
    console.info(report(totals, await coverable()));
    expect([...totals.broken]).toEqual([]);
    const unmet = faultKinds.filter((kind) => totals.faults[kind] === 0);
    expect(unmet).toEqual([]);
  },
  600_000 + SEEDS * 5_000,
);

describe('the same seed', () => {
  let engine: DurableEngine;
  beforeAll(async () => {
    engine = await startDurableEngine();
  });
  afterAll(() => engine.stop());

  test('tells the same story, byte for byte, in this process and in others', async () => {
    const seed = 7;
    const first = await runSeed(engine, { seed });
    const second = await runSeed(engine, { seed });
    expect(second.trace).toEqual(first.trace);
    const main = new URL('main.ts', import.meta.url).pathname;
    const { stdout } = await promisify(execFile)(process.execPath, [main, '--seed', String(seed)]);
    expect(stdout).toContain(`trace ${first.hash}`);
  }, 120_000);

  test('tells another story than its neighbour', async () => {
    const [one, other] = [await runSeed(engine, { seed: 8 }), await runSeed(engine, { seed: 9 })];
    expect(one.hash).not.toBe(other.hash);
  }, 120_000);
});
