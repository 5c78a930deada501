import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PlanParameters } from '../../core/policy/plan.ts';
import type { Organisation } from '../../core/registry/organisation.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import type { Answered } from '../support/http-event.ts';
import { moneyFindings } from '../support/money-findings.ts';
import { accepted, noon, type Offer, type OrdersWorld, ordersWorld } from '../support/orders-world.ts';

let engine: Engine;
let year = 2025;
let world: OrdersWorld;
let enterprise: Organisation;
let provider: Organisation;
let crm: Offer;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

async function setUp(parameters: Partial<PlanParameters> = {}) {
  year += 1;
  world = await ordersWorld(engine, year, { parameters });
  enterprise = await world.organisation('enterprise');
  provider = await world.organisation('provider');
  crm = await world.offer(provider, 'business-management', 4_000_000);
}
beforeEach(() => setUp());

const holds = async () => {
  expect(await moneyFindings(engine, year)).toEqual([]);
};
const period = (from: string, to: string) => ({ startsOn: `${year}-${from}`, endsOn: `${year}-${to}` });
/** An answered order: only the signature is missing. */
const answered = async (fee: string, contract: object = {}, from: Offer = crm) =>
  accepted(await world.answer(accepted(await world.place(enterprise, from)), from, fee, contract));
const preview = (order: Answered['body']) =>
  world.send('previewSigning', world.memberOf(enterprise), { params: { orderId: order.id } });
const voucherDays = async () => (await world.store.get('serviceHistory', { enterpriseUscc: enterprise.uscc }))?.periods;

describe('the same kind of service in an overlapping period', () => {
  test('is subsidised for the days that nobody had, with a finding and a step of the receipt (五-(三))', async () => {
    const first = await world.signedOrder(enterprise, crm, '10000', undefined, period('04-01', '06-30'));
    // 1 June to 31 August: 92 days, 30 of them in June.
    const order = await answered('9200', period('06-01', '08-31'));
    expect((await preview(order)).body).toMatchObject({
      entitlement: { amount: '1240.00', limitedBy: 'overlapping-days' },
      funding: { ownShare: '7960.00' },
    });
    const signed = accepted(await world.sign(enterprise, order));
    expect(signed).toMatchObject({
      voucher: { face: '1240.00', parts: [{ fee: '6200.00', amount: '1240.00' }] },
      findings: [
        {
          rule: 'overlapping-service',
          clause: '五-(三)',
          zh: expect.stringContaining(`与云服务券 ${first.voucher.number} `),
          en: expect.stringContaining(`for 30 of these days (${year}-06-01 to ${year}-06-30)`),
        },
      ],
    });
    expect(signed.voucher.receipt[0]).toMatchObject({ rule: 'overlapping-days', clause: '五-(三)' });
    expect(signed.voucher.receipt[0].zh).toContain('9200.00 元 × 62 ÷ 92 = 6200.00 元');
    await holds();
  });

  test('counts several earlier periods once, and gives back the money that was held for the rest', async () => {
    await world.signedOrder(enterprise, crm, '100', undefined, period('04-01', '04-20'));
    await world.signedOrder(enterprise, crm, '100', undefined, period('04-11', '04-30'));
    const third = await world.signedOrder(enterprise, crm, '3100', undefined, period('04-01', '05-01'));
    expect(third.voucher.face).toBe('20.00');
    expect(await world.store.fund(year)).toMatchObject({ reserved: 0, active: 2000 + 1000 + 2000 });
    expect((await voucherDays())?.map(({ from, to }) => [from, to])).toEqual([
      [`${year}-04-01`, `${year}-04-20`],
      [`${year}-04-21`, `${year}-04-30`],
      [`${year}-05-01`, `${year}-05-01`],
    ]);
    await holds();
  });

  test('is refused when no day is left, with what to do; another kind of the contract is subsidised all the same', async () => {
    await world.signedOrder(enterprise, crm, '100');
    const order = await answered('100');
    expect(await world.sign(enterprise, order)).toMatchObject({
      status: 422,
      body: { code: 'service-days-subsidised', clause: '五-(三)' },
    });
    const lines = [
      { kind: 'business-management', description: 'ERP', listPrice: '100', discount: '0' },
      { kind: 'database', description: 'DB', listPrice: '100', discount: '0' },
    ];
    const mixed = await world.signedOrder(enterprise, crm, '', undefined, { lines });
    expect(mixed.voucher).toMatchObject({ face: '25.00', parts: [{ specId: 'plt' }] });
    await holds();
  });

  test('in another period is a renewal: in full and without a finding', async () => {
    await world.signedOrder(enterprise, crm, '100');
    const next = { startsOn: `${year + 1}-01-01`, endsOn: `${year + 1}-12-31` };
    expect(await world.signedOrder(enterprise, crm, '100', undefined, next)).toMatchObject({
      voucher: { face: '20.00' },
      findings: [],
    });
  });

  test('is free again when the earlier contract was not performed', async () => {
    const first = await world.signedOrder(enterprise, crm, '100');
    accepted(await world.deliver(enterprise, first, { outcome: 'not-performed', reason: '未履行' }));
    expect(await world.signedOrder(enterprise, crm, '100')).toMatchObject({ voucher: { face: '20.00' }, findings: [] });
    expect(await voucherDays()).toHaveLength(1);
    await holds();
  });

  test('partly delivered keeps the delivered part of the days that counted', async () => {
    await world.signedOrder(enterprise, crm, '10000', undefined, period('04-01', '06-30'));
    const order = await world.signedOrder(enterprise, crm, '9200', undefined, period('06-01', '08-31'));
    world.clock.at = noon(`${year}-09-01`);
    const part = { outcome: 'part', deliveredFees: ['4600'], reason: '部分交付' };
    // 4,600 × 62 ÷ 92 = 3,100, of which 20 %.
    expect(accepted(await world.deliver(enterprise, order, part)).voucher.face).toBe('620.00');
    await holds();
  });

  test('is known of a voucher that is older than the record of services', async () => {
    const { id, voucher } = await world.signedOrder(enterprise, crm, '10000', undefined, period('04-01', '06-30'));
    const [order, issued] = [await world.store.get('order', { id }), await world.store.get('voucher', voucher)];
    if (!order || !issued) throw new Error('signed order');
    enterprise = await world.organisation('enterprise');
    const of = { version: 1, enterpriseId: enterprise.id, enterpriseUscc: enterprise.uscc };
    const [orderId, voucherId] = [order.id, issued.id].map((old) => `${old.slice(0, -4)}9999`);
    await world.seed(
      { do: 'create', entity: 'order', value: { ...order, ...of, id: `${orderId}`, voucherId: `${voucherId}` } },
      { do: 'create', entity: 'voucher', value: { ...issued, ...of, id: `${voucherId}`, orderId: `${orderId}` } },
    );
    const signed = await world.signedOrder(enterprise, crm, '9200', undefined, period('06-01', '08-31'));
    expect(signed.voucher.face).toBe('1240.00');
    expect((await voucherDays())?.map(({ from }) => from)).toEqual([`${year}-04-01`, `${year}-07-01`]);
  });
});

describe('two signatures of one enterprise at the same moment', () => {
  const both = async (contracts: readonly [object, object]) => {
    const orders = [await answered('9200', contracts[0]), await answered('9200', contracts[1])];
    return Promise.all(orders.map((order) => world.sign(enterprise, order)));
  };

  test('for the same days: one is subsidised', async () => {
    const answers = await both([{}, {}]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect(answers.flatMap(({ body }) => body.code ?? [])).toEqual(['service-days-subsidised']);
    expect(await world.store.fund(year)).toMatchObject({ active: 184_000 });
    await holds();
  });

  test('for some of the same days: the second is subsidised for the others only', async () => {
    const signed = (await both([period('06-01', '08-31'), period('08-01', '10-31')])).map(accepted);
    const faces = signed.map(({ voucher }) => voucher.face).sort();
    expect(faces).toEqual(['1220.00', '1840.00']);
    await holds();
  });

  test('where the plan subsidises a kind once: one is issued, whatever the periods', async () => {
    await setUp({ renewalOfSameService: 'never' });
    const answers = await both([period('04-01', '06-30'), period('07-01', '09-30')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect(answers.flatMap(({ body }) => body.code ?? [])).toEqual(['same-service-again']);
    await holds();
  });

  test('of ten for the same days one is subsidised, and the others are told why or to try again', async () => {
    const orders: Answered['body'][] = [];
    for (let n = 0; n < 10; n += 1) {
      const placed = accepted(await world.place(enterprise, crm, { use: 'amount', amount: '1' }));
      orders.push(accepted(await world.answer(placed, crm, '100')));
    }
    const answers = await Promise.all(orders.map((order) => world.sign(enterprise, order)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of answers.filter(({ status }) => status !== 200)) {
      expect([422, 503]).toContain(status);
      expect(['service-days-subsidised', 'try-again']).toContain(body.code);
    }
    await holds();
  });
});

describe('a plan that subsidises a kind of service once', () => {
  test('refuses the kind again when it is ordered; none or another kind may be', async () => {
    await setUp({ renewalOfSameService: 'never' });
    await world.signedOrder(enterprise, crm, '100');
    expect(await world.place(enterprise, crm)).toMatchObject({ status: 422, body: { code: 'same-service-again' } });
    expect((await world.place(enterprise, crm, { use: 'none' })).status).toBe(201);
    expect((await world.place(enterprise, await world.offer(provider, 'ai', 100))).status).toBe(201);
  });
});
