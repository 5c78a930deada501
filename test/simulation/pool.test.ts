import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, startEngine } from '../support/engine.ts';
import type { Tampering } from '../support/faulty-client.ts';
import { holdsForEverySeed, poolRuns } from '../support/pool-seeds.ts';
import type { PoolRun } from '../support/pool-simulation.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const run = poolRuns(() => engine, 10_000);

describe('the pool with many at once and everything going wrong', () => {
  test.each([1, 8])(
    'with %i shards spends no fen too much, loses none, refuses nobody wrongly, and issues once per key',
    (shards) => holdsForEverySeed(run, shards),
    600_000,
  );

  test('against an almost empty pool 32 clients leave less than the smallest amount that was refused', async () => {
    for (const shards of [1, 8, 64]) {
      const { broken, refused, issued } = await run(shards, {
        shards,
        clients: 32,
        wants: 3,
        plenty: 0.1,
        faultRate: 0.3,
      });
      expect(broken).toEqual([]);
      expect(refused).toBeGreaterThan(issued);
    }
  });

  test('cuts of the appropriation come through while 32 clients take and give back, and nobody passes them', async () => {
    for (const shards of [1, 8, 64]) {
      const { broken, turns } = await run(shards, {
        shards,
        clients: 32,
        wants: 3,
        plenty: 0.7,
        faultRate: 0.2,
        returns: 0.3,
        turns: 6,
      });
      expect(broken).toEqual([]);
      expect(turns).toBe(6);
    }
  });
});

/** Runs until a seed shows the bug; gives what it broke. */
async function caught(more: Partial<PoolRun>): Promise<readonly string[]> {
  for (let seed = 1; seed <= 60; seed++) {
    const { broken } = await run(seed, { plenty: 0.4, faultRate: 0.4, ...more });
    if (broken.length > 0) return broken;
  }
  return [];
}

interface Update {
  ConditionExpression?: string;
  ExpressionAttributeValues: Record<string, unknown>;
}
type Sent = { input?: { TransactItems?: { Update?: Update }[] } };
type Item = Record<string, unknown>;
type Got = { Responses?: { Item?: Item }[] | Record<string, Item[]> };

describe('a deliberate bug is caught', () => {
  test('a pool whose writes have no condition', async () => {
    const before: Tampering['before'] = (command) => {
      // Every shard is said to need less than nothing.
      for (const { Update } of (command as Sent).input?.TransactItems ?? []) {
        for (const name of Object.keys(Update?.ExpressionAttributeValues ?? {})) {
          if (Update && name.startsWith(':needed')) Update.ExpressionAttributeValues[name] = -1e12;
        }
      }
    };
    expect((await caught({ tampering: { before } })).join()).toMatch(/overspent/);
  });

  test('a taker who passes a cut below what is committed', async () => {
    const before: Tampering['before'] = (command) => {
      for (const { Update } of (command as Sent).input?.TransactItems ?? []) {
        if (!Update?.ConditionExpression) continue;
        Update.ConditionExpression = Update.ConditionExpression.replace(
          'attribute_not_exists(#short)',
          '(attribute_not_exists(#short) OR attribute_exists(#short))',
        );
      }
    };
    const broken = await caught({ tampering: { before }, plenty: 0.8, returns: 0.5, turns: 3 });
    expect(broken.join()).toMatch(/overspent the fund/);
  });

  test('a refusal on one shard instead of all', async () => {
    // Whoever looks at the pool sees its first shard only: naive sharding.
    const after: Tampering['after'] = (_, answer) => {
      const { Responses } = (answer ?? {}) as Got;
      if (Array.isArray(Responses)) for (const response of Responses.slice(1)) delete response.Item;
      else for (const items of Object.values(Responses ?? {})) items.splice(1);
    };
    expect((await caught({ tampering: { after } })).join()).toMatch(/was refused \d+ fen while/);
  });

  test('a new id on retry', async () => {
    expect((await caught({ newIdOnRetry: true })).join()).toMatch(/has 2 vouchers|held for nobody/);
  });
});
