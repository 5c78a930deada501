import { afterAll, beforeAll, expect, test } from 'vitest';
import { ordersRoutes } from '../../contracts/orders.ts';
import type { Organisation } from '../../core/registry/organisation.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { ordersApi } from '../../functions/orders-api/routes/index.ts';
import { createStore } from '../../storage/store.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { faultKinds, faultyClient } from '../support/faulty-client.ts';
import { type Answered, call } from '../support/http-event.ts';
import { checkLocalFund, localPolicies } from '../support/local-policies.ts';
import { moneyFindings } from '../support/money-findings.ts';
import { accepted, ordersWorld } from '../support/orders-world.ts';
import { seeded } from '../support/seeded.ts';

/** On demand more: `LOCAL_SEEDS=200 npx vitest run test/integration/local-top-ups-faults.test.ts`. */
const SEEDS = Number(process.env.LOCAL_SEEDS ?? 12);
const CLIENTS = 6;
/** 1,000 yuan of top-up each: not enough for all, and the last is filled to the last fen. */
const FUND = '3500.03';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

test('whatever is lost, repeated, refused or reordered, a local fund gives out what it has, once, and no fen more', async () => {
  const met = new Set<string>();
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const world = await ordersWorld(engine, 2025 + seed);
    const local = localPolicies(world);
    const policy = await local.inForce({ fund: FUND });
    const offer = await world.offer(await world.organisation('provider'), 'business-management', 1_000_000);
    const orders: { buyer: Organisation; order: Answered['body'] }[] = [];
    for (let index = 0; index < CLIENTS; index += 1) {
      const buyer = await world.organisation('enterprise');
      const placed = accepted(await world.place(buyer, offer));
      orders.push({ buyer, order: accepted(await world.answer(placed, offer, '10000')) });
    }

    const faulty = faultyClient(engine.client, seeded(seed), { rate: 0.4 });
    const store = createStore(faulty.client, engine.table, { pause: async () => undefined });
    const now = () => world.clock.at;
    const api = createApi({
      store,
      now,
      routes: ordersApi({ reads: store, calendar: () => storedCalendar(store, now()) }),
    });
    /** A client that asks again under the same key until it has an answer. */
    const sign = async ({ buyer, order }: (typeof orders)[number]): Promise<Answered> => {
      for (let attempt = 0; attempt < 60; attempt += 1) {
        const answered = await call(api, ordersRoutes.signOrder, world.memberOf(buyer), {
          params: { orderId: order.id },
          version: order.version,
          body: {},
          key: `sign-${order.id}`,
        });
        const again = answered.status >= 500 || answered.body.code === 'local-fund-short';
        if (!again) return answered;
      }
      throw new Error(`seed ${seed}: no answer`);
    };
    const signed = await faulty.drive(Promise.all(orders.map(sign)));
    for (const [kind, count] of Object.entries(faulty.faults)) if (count > 0) met.add(kind);

    const seen = signed.map((answer) => accepted(answer).voucher.localTopUps[0].amount as string);
    expect(seen.sort().reverse(), `seed ${seed}`).toEqual(
      ['500.03', '1000.00', '1000.00', '1000.00', '0.00', '0.00'].sort().reverse(),
    );
    expect(await world.store.localFund(policy.id), `seed ${seed}`).toMatchObject({ available: 0, granted: 350_003 });
    expect(await moneyFindings(engine), `seed ${seed}`).toEqual([]);
    const checks = await checkLocalFund(world.store, policy.id);
    expect(
      Object.entries(checks).filter(([, holding]) => !holding),
      `seed ${seed}`,
    ).toEqual([]);
  }
  expect([...met].sort()).toEqual([...faultKinds].sort());
}, 120_000);
