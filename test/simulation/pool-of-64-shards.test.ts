import { afterAll, beforeAll, test } from 'vitest';
import { type Engine, startEngine } from '../support/engine.ts';
import { holdsForEverySeed, poolRuns } from '../support/pool-seeds.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

test('a pool of 64 shards spends no fen too much, loses none, refuses nobody wrongly, and issues once per key', async () => {
  await holdsForEverySeed(
    poolRuns(() => engine, 10_000),
    64,
  );
}, 600_000);
