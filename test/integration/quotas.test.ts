import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fen } from '../../core/money/money.ts';
import type { PlanParameters } from '../../core/policy/plan.ts';
import { quotaLine } from '../../core/policy/quotas.ts';
import type { Jurisdiction } from '../../core/registry/jurisdictions.ts';
import { makeTrialBalance } from '../../core/usecases/plan/trial-balance.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { moneyFindings } from '../support/money-findings.ts';
import { accepted, noon, ordersWorld } from '../support/orders-world.ts';

let engine: Engine;
let year = 2030;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const HOHHOT = '150100' satisfies Jurisdiction;
const BAOTOU = '150200' satisfies Jurisdiction;

/** A year with quotas. Orders are entitled to 8,000.00 yuan each. */
async function setUp(parameters: Partial<PlanParameters>) {
  year += 1;
  const world = await ordersWorld(engine, year, { parameters });
  const { store } = world;
  const provider = await world.organisation('provider');
  const offer = await world.offer(provider, 'business-management', 4_000_000);
  const buyer = (jurisdiction: Jurisdiction = HOHHOT) => world.organisation('enterprise', { jurisdiction });
  const order = async (jurisdiction: Jurisdiction = HOHHOT, from = offer, more: object = {}) => {
    const enterprise = await buyer(jurisdiction);
    return { enterprise, answer: await world.place(enterprise, from, { use: 'maximum' }, {}, more) };
  };
  const left = async (jurisdiction: Jurisdiction = HOHHOT) =>
    (await store.pool(world.year)).specs[quotaLine(jurisdiction)]?.leftAmount;
  const holds = async () => {
    expect(await moneyFindings(engine, world.year)).toEqual([]);
    const ports = { reads: store, calendar: () => storedCalendar(store, world.clock.at) };
    const trial = await makeTrialBalance(ports)({ year: world.year }, { sub: 'a', role: 'auditor' });
    expect(trial).toMatchObject({ ok: true, value: { balanced: true, specs: [], providers: [], caps: [] } });
  };
  return { ...world, provider, seller: provider, offerOf: offer, buyer, order, left, holds };
}
type Answer = { answer: { body: { reservation?: { amount: string }; code?: string } } };
const amountOf = ({ answer }: Answer) => answer.body.reservation?.amount ?? answer.body.code;

describe('the quota of a jurisdiction (五-(一))', () => {
  const quotas = { jurisdictionQuotas: { [HOHHOT]: fen(1_000_000) } };

  test('gives the last of it and then refuses; another jurisdiction is not touched', async () => {
    const { order, left, holds } = await setUp(quotas);
    expect(amountOf(await order())).toBe('8000.00');
    expect(amountOf(await order())).toBe('2000.00');
    const { answer } = await order();
    expect(answer.body).toMatchObject({ code: 'jurisdiction-quota-exhausted', clause: '五-(一)' });
    expect(amountOf(await order(BAOTOU))).toBe('8000.00');
    expect(await left()).toBe(0);
    await holds();
  });

  test('has its step in the derivation of every order that counts against it', async () => {
    const { order } = await setUp(quotas);
    const { answer } = await order();
    expect(answer.body.reservation.derivation).toContainEqual(
      expect.objectContaining({ rule: 'jurisdiction-quota-limit', clause: '五-(一)' }),
    );
    const elsewhere = await order(BAOTOU);
    expect(JSON.stringify(elsewhere.answer.body)).not.toContain('jurisdiction-quota');
  });

  test('is strict, however many come at once, and leaves nothing of it', async () => {
    const { order, left, holds } = await setUp({ jurisdictionQuotas: { [HOHHOT]: fen(5_000_000) } });
    const answers = await Promise.all(Array.from({ length: 16 }, () => order()));
    const total = answers.reduce((sum, { answer }) => sum + Number(answer.body.reservation?.amount ?? 0), 0);
    expect(total).toBe(50_000);
    const refused = answers.filter(({ answer }) => answer.status >= 300).map(({ answer }) => answer.body.code);
    expect(new Set(refused)).toEqual(new Set(['jurisdiction-quota-exhausted']));
    expect(await left()).toBe(0);
    await holds();
  });

  test('gets back what ends or shrinks: cancelled, part performed, not performed', async () => {
    const { order, left, send, memberOf, answer, sign, deliver, offerOf, clock, holds } = await setUp(quotas);
    const cancelled = await order();
    const placed = accepted(cancelled.answer);
    const params = { orderId: placed.id };
    const body = { reason: '不再需要' };
    accepted(await send('cancelOrder', memberOf(cancelled.enterprise), { params, version: placed.version, body }));
    expect(await left()).toBe(1_000_000);

    const kept = await order();
    const signed = accepted(
      await sign(kept.enterprise, accepted(await answer(accepted(kept.answer), offerOf, '40000'))),
    );
    expect(signed.voucher.face).toBe('8000.00');
    expect(await left()).toBe(200_000);
    clock.at = noon(`${year}-06-01`);
    accepted(
      await deliver(kept.enterprise, signed, { outcome: 'part', deliveredFees: ['10000'], reason: '仅部分交付' }),
    );
    expect(await left()).toBe(800_000);
    await holds();

    const failed = await order();
    const other = accepted(
      await sign(failed.enterprise, accepted(await answer(accepted(failed.answer), offerOf, '40000'))),
    );
    accepted(await deliver(failed.enterprise, other, { outcome: 'not-performed', reason: '未开通' }));
    expect(await left()).toBe(800_000);
    await holds();
  });

  test('is nothing to wait for: who is limited by it takes no place', async () => {
    const { order, holds } = await setUp(quotas);
    await order();
    const short = await order(HOHHOT, undefined, { whenShort: 'wait' });
    expect(short.answer.body.waiting).toBeUndefined();
    expect(amountOf(short)).toBe('2000.00');
    await holds();
  });
});

describe('the quota of a provider (五-(一))', () => {
  test('limits what its customers have, wherever they are; another provider is not touched', async () => {
    const {
      order,
      organisation,
      offer,
      store,
      provider,
      holds,
      year: of,
    } = await setUp({ providerQuota: fen(1_000_000) });
    expect(amountOf(await order())).toBe('8000.00');
    expect(amountOf(await order(BAOTOU))).toBe('2000.00');
    const { answer } = await order();
    expect(answer.body).toMatchObject({ code: 'provider-quota-exhausted', clause: '五-(一)' });
    const other = await offer(await organisation('provider'), 'business-management', 4_000_000);
    expect(amountOf(await order(HOHHOT, other))).toBe('8000.00');
    expect(await store.providerUsed(of, provider.id)).toBe(1_000_000);
    await holds();
  });

  test('is strict, however many come at once', async () => {
    const { order, store, provider, holds, year: of } = await setUp({ providerQuota: fen(3_000_000) });
    const answers = await Promise.all(Array.from({ length: 12 }, () => order()));
    const total = answers.reduce((sum, { answer }) => sum + Number(answer.body.reservation?.amount ?? 0), 0);
    expect(total).toBeLessThanOrEqual(30_000);
    expect(await store.providerUsed(of, provider.id)).toBe(total * 100);
    await holds();
  });
});

test('a plan without quotas counts nothing and costs nothing', async () => {
  const { order, store, provider, holds, year: of } = await setUp({});
  await order();
  expect(await store.providerUsed(of, provider.id)).toBe(0);
  expect(Object.keys((await store.pool(of)).specs).sort()).toEqual(['app', 'inf', 'plt']);
  await holds();
});
