import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fen } from '../../core/money/money.ts';
import { makeSimulatePolicy } from '../../core/usecases/plan/simulate-policy.ts';
import { permissions } from '../../lib/permissions.ts';
import { officer } from '../support/catalogue-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { dump } from '../support/registry-world.ts';
import { type Deed, simulationWorld } from '../support/simulation-world.ts';

let engine: Engine;
let year = 2020;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const which = fc.nat({ max: 20 });
const fee = fc.nat({ max: 30_000 });
const one = <D extends Deed['do']>(...names: D[]) => fc.record({ do: fc.constantFrom(...names), which, fee });
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('place' as const), who: which, which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('place' as const),
      who: which,
      which,
      asked: fc.integer({ min: 1, max: 500_000 }),
    }),
  },
  { weight: 6, arbitrary: one('answer') },
  { weight: 7, arbitrary: one('sign') },
  { weight: 3, arbitrary: one('part') },
  { weight: 4, arbitrary: one('cancel', 'full', 'fail', 'expire', 'accrue') },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('fund' as const, 'version' as const), fee }) },
);

/** A year whose fund, specs, counts and caps are all short. */
const scarce = {
  fund: 1_500_000,
  specAmount: 700_000,
  specCount: 4,
  parameters: { yearlyCap: 600_000 as never, ownShareFloor: 100_000 as never },
};

/** Four orders that are signed, of which the first is delivered in part. */
const partly: Deed[] = [
  ...[0, 1, 2, 3].flatMap((n): Deed[] => [
    { do: 'place', who: n, which: n, asked: 50_000 },
    { do: 'answer', which: n, fee: 9_000 },
    { do: 'sign', which: n, fee: 0 },
  ]),
  { do: 'part', which: 0, fee: 4_000 },
];

describe('the simulator', () => {
  test('with the policy as it was, gives what was issued to the fen, whatever happened in the year', async () => {
    let signed = 0;
    let part = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 15, maxLength: 45 }), fc.boolean(), async (deeds, withQuotas) => {
        year += 1;
        const quotas = { jurisdictionQuotas: { '150100': fen(500_000) }, providerQuota: fen(1_100_000) };
        const world = await simulationWorld(engine, year, {
          ...scarce,
          parameters: { ...scarce.parameters, ...(withQuotas ? quotas : {}) },
        });
        for (const next of deeds) await world.perform(next);
        const report = await world.simulated();
        expect(report.orders).toBe(world.orders.length);
        expect(report.differing).toBe(0);
        expect(report.total).toMatchObject({
          difference: '0.00',
          gaining: { count: 0 },
          losing: { count: 0 },
          after: report.total.before,
        });
        expect(report.fund.after).toEqual(report.fund.before);
        // What the replay has left is what the pool has.
        const pool = await world.store.pool(year);
        expect(Math.round(Number(report.fund.after.left) * 100)).toBe(pool.balances.available);
        const left = report.specs.map(
          (spec: { amount: { after: { left: string } }; count: { after: { left: number } } }) => [
            Math.round(Number(spec.amount.after.left) * 100),
            spec.count.after.left,
          ],
        );
        expect(left).toEqual(
          ['inf', 'app', 'plt'].map((id) => [pool.specs[id]?.leftAmount, pool.specs[id]?.leftCount]),
        );
        signed += world.orders.filter(({ order }) => order.voucher).length;
        part += world.orders.filter(({ order }) => order.status === 'partly-performed').length;
      }),
      // Whatever else comes up: these are signed, and one is delivered in part.
      { numRuns: 12, endOnFailure: true, examples: [false, true].map((withQuotas) => [partly, withQuotas]) },
    );
    expect(signed).toBeGreaterThan(5);
    expect(part).toBeGreaterThan(0);
  }, 180_000);

  /** Two enterprises in two cities, one voucher each: 3,000.00 for computing, 4,000.00 for business management. */
  async function twoVouchers(options = {}) {
    year += 1;
    const world = await simulationWorld(engine, year, { fund: 1_000_000, ...options });
    for (const n of [0, 1]) {
      await world.perform({ do: 'place', who: n, which: n });
      await world.perform({ do: 'answer', which: n, fee: 19_999 });
      await world.perform({ do: 'sign', which: n, fee: 0 });
    }
    return world;
  }

  test('says who gains and who loses under other ratios, by jurisdiction and by category', async () => {
    const { simulated } = await twoVouchers();
    const report = await simulated({ infrastructureRatio: '0.3', businessApplicationRatio: '0.1' });
    expect(report).toMatchObject({
      orders: 2,
      differing: 0,
      issued: { before: '7000.00', after: '8000.00', difference: '1000.00' },
      total: {
        before: { count: 2, amount: '7000.00' },
        after: { count: 2, amount: '8000.00' },
        gaining: { count: 1, amount: '3000.00' },
        losing: { count: 1, amount: '2000.00' },
      },
    });
    expect(report.byJurisdiction).toMatchObject([
      { jurisdiction: '150100', difference: '3000.00', gaining: { count: 1 }, losing: { count: 0 } },
      { jurisdiction: '150200', difference: '-2000.00', gaining: { count: 0 }, losing: { count: 1 } },
    ]);
    expect(report.byCategory).toMatchObject([
      { category: 'infrastructure', before: { amount: '3000.00' }, after: { amount: '6000.00' } },
      { category: 'business-application', before: { amount: '4000.00' }, after: { amount: '2000.00' } },
      { category: 'platform-system', before: { count: 0 }, after: { count: 0 } },
    ]);
  });

  test('says when the money runs out: of the fund, and of each spec', async () => {
    const { simulated } = await twoVouchers();
    const untouched = await simulated();
    expect(untouched.fund.before).toEqual({ left: '3000.00' });
    const small = await simulated({ fund: '5000.00', infrastructureCount: '1' });
    expect(small.fund.after).toEqual({
      left: '0.00',
      exhaustedAt: expect.stringMatching(/-04-02T12:00:00.004\+08:00$/),
    });
    expect(small.total.after).toEqual({ count: 2, amount: '5000.00' });
    expect(small.specs[0].count.after).toMatchObject({ left: 0, exhaustedAt: expect.any(String) });
    expect(small.specs[0].count.before).toEqual({ left: 99 });
    const none = await simulated({ fund: '3000.00' });
    expect(none.total).toMatchObject({
      after: { count: 1, amount: '3000.00' },
      losing: { count: 1, amount: '4000.00' },
    });
    const amounts = await simulated({ businessApplicationAmount: '1000.00' });
    expect(amounts.specs[1].amount.after).toEqual({ left: '0.00', exhaustedAt: expect.any(String) });
    expect(amounts.byCategory[1].after.amount).toBe('1000.00');
  });

  test('plays other caps and floors, and a cap that frees money for those behind', async () => {
    const { simulated } = await twoVouchers({ fund: 500_000 });
    expect((await simulated()).total.before).toEqual({ count: 2, amount: '5000.00' });
    const capped = await simulated({ yearlyCap: '2500.00' });
    expect(capped.total).toMatchObject({
      after: { count: 2, amount: '5000.00' },
      gaining: { count: 1, amount: '500.00' },
      losing: { count: 1, amount: '500.00' },
    });
    expect((await simulated({ ownShareFloor: '19000.00' })).total.after.amount).toBe('2000.00');
  });

  test('what a part performance left nothing of keeps something where the floor was lower', async () => {
    const world = await twoVouchers({ parameters: { ownShareFloor: 100_000 } });
    await world.perform({ do: 'part', which: 0, fee: 799 });
    expect(world.orders[0]?.order).toMatchObject({ status: 'partly-performed', voucher: { status: 'void' } });
    expect(await world.simulated()).toMatchObject({ differing: 0, total: { before: { count: 1, amount: '4000.00' } } });
    const lower = await world.simulated({ ownShareFloor: '0.01' });
    // 15 % of the 800.00 that were delivered.
    expect(lower.byCategory[0]).toMatchObject({ before: { count: 0 }, after: { count: 1, amount: '120.00' } });
  });

  test('is for both departments and inspectors, and for a published plan', async () => {
    const { simulate } = await twoVouchers();
    expect((await simulate({}, officer)).status).toBe(200);
    expect((await simulate({}, { sub: 'finance-1', roles: ['finance-officer'] })).status).toBe(200);
    for (const role of ['auditor', 'operator', 'city-reviewer'])
      expect((await simulate({}, { sub: 'somebody', roles: [role], jurisdiction: '150100' })).status).toBe(403);
    expect((await simulate({ infrastructureRatio: '1.5' })).status).toBe(422);
    expect((await simulate({ taxBasis: 'excluded' })).status).toBe(422);
  });

  test('replays a year whole or not at all, and says how much it read', async () => {
    const { simulated, store } = await twoVouchers();
    const { read, most } = (await simulated()).postings;
    expect([read, most]).toEqual([5, 60_000]);
    const few = makeSimulatePolicy({ reads: store }, 4);
    const refused = await few({ year, scenario: { ratios: {}, specs: {} } }, { sub: 'i', role: 'inspector' });
    expect(refused).toMatchObject({ ok: false, failure: { rule: 'simulation-too-large', values: { most: 4 } } });
    const enough = makeSimulatePolicy({ reads: store }, 5);
    const given = await enough({ year, scenario: { ratios: {}, specs: {} } }, { sub: 'i', role: 'inspector' });
    expect(given.ok).toBe(true);
  });

  test('writes nothing: the table is the same afterwards, and its function may not', async () => {
    const { simulated } = await twoVouchers();
    const before = await dump(engine);
    await simulated({ infrastructureRatio: '0.3', fund: '1.00', yearlyCap: '1.00' });
    expect(await dump(engine)).toEqual(before);
    const { writes, ...others } = permissions['simulations-api'];
    expect(writes).toEqual([]);
    expect(others).not.toHaveProperty('counts');
    expect(others).not.toHaveProperty('deletes');
  });
});
