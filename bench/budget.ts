import { measureIssue } from './issue.ts';
import { printTable, round } from './report.ts';
import { CONDITIONS, simulatePool } from './simulated-pool.ts';

const SHARDS = [1, 8, 64] as const;

/**
 * What the pool's shards cost and bring. On one machine the engine never conflicts and never throttles, so there the
 * shards can only cost: measured through HTTP. What they bring shows on a simulated table with both.
 */
export async function measureBudget(): Promise<void> {
  for (const shards of SHARDS) await measureIssue(2, shards);
  const { clients, writeMs, unitsPerSecond } = CONDITIONS;
  const single = simulatePool(1);
  printTable(
    `Simulated table, ${clients} clients, a transaction holds its items ${writeMs} ms, ${unitsPerSecond} units a second and partition`,
    SHARDS.map((shards) => {
      const { perSecond, p50, p99, conflictsPerIssue, throttlesPerIssue } = simulatePool(shards);
      return {
        measure: `${shards} ${shards === 1 ? 'shard' : 'shards'}`,
        value: `${round(perSecond)}/s, p50 ${round(p50)} ms, p99 ${round(p99)} ms, conflicts ${conflictsPerIssue.toFixed(2)} and throttles ${throttlesPerIssue.toFixed(2)} an issue`,
        floor: `1 shard: ${round(single.perSecond)}/s`,
        ratio: perSecond / single.perSecond,
      };
    }),
  );
}
