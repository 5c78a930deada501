import { expect } from 'vitest';
import type { Engine } from './engine.ts';
import { type PoolOutcome, type PoolRun, runPool } from './pool-simulation.ts';

/** On demand more: `POOL_SEEDS=5000 npx vitest run test/simulation`. */
const SEEDS = Number(process.env.POOL_SEEDS ?? 500);

export type RunPool = (seed: number, more?: Partial<PoolRun>) => Promise<PoolOutcome>;

/** Runs of seeds on an engine, each with a year of its own; seeds differ in how short money is and how much goes wrong. */
export function poolRuns(engine: () => Engine, firstYear: number): RunPool {
  let year = firstYear;
  return (seed, more = {}) => {
    year += 1;
    return runPool(engine(), {
      seed,
      year,
      shards: 8,
      clients: 3,
      wants: 1 + (seed % 2),
      plenty: 0.3 + (seed % 7) / 10,
      faultRate: (seed % 6) / 10,
      // Every other year only takes; in the rest vouchers come back and the appropriation is cut and raised.
      returns: seed % 2 === 0 ? 0.4 : 0,
      turns: seed % 2 === 0 ? 1 + (seed % 3) : 0,
      ...more,
    });
  };
}

/** Every promise of the pool under every seed, and every kind of fault, of answer and of path really met. */
export async function holdsForEverySeed(run: RunPool, shards: number): Promise<void> {
  const totals: Record<string, number> = {};
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { broken, faults, ...counts } = await run(seed, { shards });
    expect(broken, `seed ${seed}, ${shards} shards`).toEqual([]);
    for (const [kind, count] of Object.entries({ ...faults, ...counts })) {
      totals[kind] = (totals[kind] ?? 0) + count;
    }
  }
  console.info(`pool, ${shards} shards, seeds 1 to ${SEEDS}: ${JSON.stringify(totals)}`);
  for (const [kind, count] of Object.entries(totals)) {
    if (shards > 1 || kind !== 'spreads') expect(count, kind).toBeGreaterThan(0);
  }
}
