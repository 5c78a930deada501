import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemActor } from '../../core/actors/actor.ts';
import { fen } from '../../core/money/money.ts';
import type { Organisation } from '../../core/registry/organisation.ts';
import { localWrites } from '../../storage/local-funds.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import type { Answered } from '../support/http-event.ts';
import { checkLocalFund, cityReviewer, localPolicies } from '../support/local-policies.ts';
import { moneyFindings } from '../support/money-findings.ts';
import { accepted, inspector, noon, type Offer, type OrdersWorld, ordersWorld } from '../support/orders-world.ts';
import { dump } from '../support/registry-world.ts';

let engine: Engine;
let year = 2025;
let world: OrdersWorld;
let local: ReturnType<typeof localPolicies>;
let enterprise: Organisation;
let crm: Offer;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  year += 1;
  world = await ordersWorld(engine, year);
  local = localPolicies(world);
  enterprise = await world.organisation('enterprise');
  crm = await world.offer(await world.organisation('provider'), 'business-management', 1_000_000);
});

const holds = async (...policies: readonly { id: string }[]) => {
  expect(await moneyFindings(engine, year)).toEqual([]);
  const checked: Record<string, boolean>[] = [];
  for (const { id } of policies) checked.push(await checkLocalFund(world.store, id));
  expect(checked.flatMap((each) => Object.entries(each)).filter(([, holding]) => !holding)).toEqual([]);
};
const fundOf = ({ id }: { id: string }) => world.store.localFund(id);
/** An answered order of 10,000 yuan: 2,000 of voucher. */
const answered = async (buyer = enterprise, fee = '10000') =>
  accepted(await world.answer(accepted(await world.place(buyer, crm)), crm, fee));
const started = () => {
  world.clock.at = noon(`${year}-04-05`);
};

describe('an order in a jurisdiction with a policy', () => {
  test('gets the regional voucher and the local top-up on it in one write, as its previews said', async () => {
    const policy = await local.inForce();
    const member = world.memberOf(enterprise);
    const quoted = await world.send('previewEntitlement', member, { params: { offeringId: crm.offeringId } });
    const funding = {
      listPrice: '10000.00',
      discount: '0.00',
      voucher: '2000.00',
      localTopUps: '1000.00',
      ownShare: '7000.00',
    };
    expect(accepted(quoted)).toMatchObject({ funding, localTopUps: [{ policyId: policy.id, amount: '1000.00' }] });
    const order = await answered();
    const preview = await world.send('previewSigning', member, { params: { orderId: order.id } });
    expect(accepted(preview)).toMatchObject({ funding, localTopUps: [{ policyId: policy.id, amount: '1000.00' }] });
    expect(await fundOf(policy)).toMatchObject({ available: 100_000_000, granted: 0 });

    const signed = accepted(await world.sign(enterprise, order));
    expect(signed).toMatchObject({ funding, voucher: { face: '2000.00' } });
    const [topUp] = signed.voucher.localTopUps;
    expect(topUp).toMatchObject({ policyId: policy.id, name: local.terms.name, amount: '1000.00' });
    expect(topUp.derivation[0]).toMatchObject({ rule: 'local-ratio-of-fee', clause: '一-(三)', amount: '1000.00' });
    expect(topUp.derivation[0].zh).toContain('10000.00 元 × 10% = 1000.00 元');
    const read = await world.send('readVoucher', member, { params: { voucherId: signed.voucher.id } });
    expect(read.body.localTopUps).toEqual(signed.voucher.localTopUps);
    expect(await fundOf(policy)).toEqual({
      appropriation: -100_000_000,
      available: 99_900_000,
      granted: 100_000,
      used: 0,
    });
    await holds(policy);
  });

  test('repeated gets them once', async () => {
    const policy = await local.inForce();
    const order = await answered();
    const key = { key: `sign-${year}-same` };
    const answers = [
      ...(await Promise.all([1, 2, 3, 4].map(() => world.sign(enterprise, order, key)))),
      await world.sign(enterprise, order, key),
    ];
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await fundOf(policy)).toMatchObject({ granted: 100_000 });
    await holds(policy);
  });

  test('keeps its own share: the lowest priority is trimmed first, the regional voucher never', async () => {
    const last = await local.inForce({ priority: 9, ratio: '0.5' });
    const first = await local.inForce({
      priority: 1,
      basis: 'voucher',
      ratio: '1',
      name: { zh: '区级', en: 'District' },
    });
    const middle = await local.inForce({ priority: 5, ratio: '0.4' });
    const signed = await world.signedOrder(enterprise, crm, '10000');
    expect(
      signed.voucher.localTopUps.map(({ policyId, amount }: { policyId: string; amount: string }) => [
        policyId,
        amount,
      ]),
    ).toEqual([
      [first.id, '2000.00'],
      [middle.id, '4000.00'],
      [last.id, '1999.99'],
    ]);
    expect(signed.funding).toMatchObject({ voucher: '2000.00', localTopUps: '7999.99', ownShare: '0.01' });
    await holds(first, middle, last);
  });

  test('gets at most the maximum per order, per enterprise and year, and what the fund has', async () => {
    const policy = await local.inForce({ orderMaximum: '600.00', enterpriseMaximum: '1000.00', fund: '1100.00' });
    const amounts = [];
    for (const buyer of [enterprise, enterprise, enterprise, await world.organisation('enterprise')]) {
      const from = await world.offer(crm.provider, 'business-management', 1_000_000);
      const contract = { startsOn: `${year}-0${amounts.length + 4}-01`, endsOn: `${year}-0${amounts.length + 4}-28` };
      const signed = await world.signedOrder(buyer, from, '10000', { use: 'maximum' }, contract);
      amounts.push(signed.voucher.localTopUps[0].amount);
    }
    expect(amounts).toEqual(['600.00', '400.00', '0.00', '100.00']);
    expect(await fundOf(policy)).toMatchObject({ available: 0, granted: 110_000 });
    await holds(policy);
  });

  test('is not touched by a policy that ended, which keeps what it granted', async () => {
    const policy = await local.inForce();
    await world.signedOrder(enterprise, crm, '10000');
    accepted(await local.end(policy));
    const other = await world.organisation('enterprise');
    const signed = await world.signedOrder(other, crm, '10000');
    expect(signed.voucher.localTopUps).toBeUndefined();
    expect(await fundOf(policy)).toMatchObject({ granted: 100_000 });
    await holds(policy);
  });

  test('without a voucher gets no top-up', async () => {
    const policy = await local.inForce();
    const signed = await world.signedOrder(enterprise, crm, '10000', { use: 'none' });
    expect(signed.funding).toMatchObject({ voucher: '0.00', localTopUps: '0.00' });
    expect(await fundOf(policy)).toMatchObject({ granted: 0 });
  });
});

describe('an order where there is no policy', () => {
  test('writes and answers what it always did', async () => {
    await local.inForce({}, '150200');
    const before = (await dump(engine)).filter((item) => item.includes('LOCAL_'));
    const signed = await world.signedOrder(enterprise, crm, '10000');
    started();
    const delivered = accepted(await world.deliver(enterprise, signed, { outcome: 'full' }));
    expect(JSON.stringify([signed, delivered])).not.toContain('policyId');
    expect(signed.funding).toMatchObject({ localTopUps: '0.00', ownShare: '8000.00' });
    expect((await dump(engine)).filter((item) => item.includes('LOCAL_'))).toEqual(before);
    expect(localWrites('table', [], { actor: systemActor('test') })).toEqual([]);
    await holds();
  });
});

describe('a top-up that was granted', () => {
  const deliver = async (body: object, fee = '10000'): Promise<Answered['body']> => {
    const signed = await world.signedOrder(enterprise, crm, fee);
    started();
    return accepted(await world.deliver(enterprise, signed, body));
  };

  test('is owed by the jurisdiction when the service was delivered', async () => {
    const policy = await local.inForce();
    await deliver({ outcome: 'full' });
    expect(await fundOf(policy)).toMatchObject({ available: 99_900_000, granted: 0, used: 100_000 });
    await holds(policy);
  });

  test('shrinks with what was delivered, and gives back the rest', async () => {
    const policy = await local.inForce();
    const share = await local.inForce({ priority: 2, basis: 'voucher', ratio: '0.5', orderMaximum: '900.00' });
    const delivered = await deliver({ outcome: 'part', deliveredFees: ['4000'], reason: '只交付部分' });
    expect(delivered.voucher).toMatchObject({
      face: '800.00',
      localTopUps: [{ amount: '400.00' }, { amount: '400.00' }],
    });
    expect(await fundOf(policy)).toMatchObject({ available: 99_960_000, granted: 0, used: 40_000 });
    expect(await world.store.localUsed(policy.id, enterprise.uscc)).toBe(40_000);
    await holds(policy, share);
  });

  test('goes back when the contract was not performed, or next to nothing of it', async () => {
    const policy = await local.inForce();
    await deliver({ outcome: 'not-performed', reason: '未履行' });
    expect(await fundOf(policy)).toMatchObject({ available: 100_000_000, granted: 0, used: 0 });
    world.clock.at = noon(`${year}-04-06`);
    await deliver({ outcome: 'part', deliveredFees: ['0.04'], reason: '只交付部分' });
    expect(await fundOf(policy)).toMatchObject({ available: 100_000_000, granted: 0, used: 0 });
    expect(await world.store.localUsed(policy.id, enterprise.uscc)).toBe(0);
    await holds(policy);
  });

  test('goes back when the voucher expires, used or not', async () => {
    const policy = await local.inForce();
    await world.signedOrder(enterprise, crm, '10000');
    const other = await world.organisation('enterprise');
    const second = await world.signedOrder(other, crm, '10000');
    started();
    accepted(await world.deliver(other, second, { outcome: 'full' }));
    expect(await fundOf(policy)).toMatchObject({ granted: 100_000, used: 100_000 });
    world.clock.at = noon(`${year + 3}-01-10`);
    expect(await world.sweep({}, { awsRequestId: `sweep-${year}` })).toMatchObject({ failed: 0 });
    expect(await fundOf(policy)).toMatchObject({ available: 100_000_000, granted: 0, used: 0 });
    await holds(policy);
  });

  test('is told to its jurisdiction, the departments and inspectors with all its funds', async () => {
    const policy = await local.inForce();
    const ended = await local.inForce({ priority: 2, basis: 'voucher', ratio: '0.5', fund: '100.00' });
    await deliver({ outcome: 'full' });
    accepted(await local.end(ended));
    const query = { params: { jurisdiction: '150100' }, query: { year: String(year) } };
    for (const by of [inspector, cityReviewer('anyone'), { sub: 'f', roles: ['finance-officer'] }]) {
      expect(accepted(await local.send('readLocalFunds', by, query))).toEqual({
        jurisdiction: '150100',
        year,
        items: [
          {
            policyId: policy.id,
            name: local.terms.name,
            status: 'in-force',
            balances: { appropriation: '-1000000.00', available: '999000.00', granted: '0.00', used: '1000.00' },
          },
          {
            policyId: ended.id,
            name: local.terms.name,
            status: 'ended',
            balances: { appropriation: '-100.00', available: '0.00', granted: '0.00', used: '100.00' },
          },
        ],
        total: { appropriation: '-1000100.00', available: '999000.00', granted: '0.00', used: '1100.00' },
      });
    }
    expect((await local.send('readLocalFunds', cityReviewer('x', '150200'), query)).status).toBe(404);
    await holds(policy, ended);
  });

  test('has movements that anybody who oversees it can read, each once', async () => {
    const policy = await local.inForce();
    const delivered = await deliver({ outcome: 'full' });
    const { body } = await local.send('readLocalJournal', inspector, { params: { policyId: policy.id } });
    expect(body.items.map(({ reason, entries }: { reason: string; entries: object }) => [reason, entries])).toEqual([
      ['use', { granted: '-1000.00', used: '1000.00' }],
      ['grant', { available: '-1000.00', granted: '1000.00' }],
      ['enact', { appropriation: '-1000000.00', available: '1000000.00' }],
    ]);
    expect(body.items[1]).toMatchObject({
      id: `lol_grant_${delivered.voucher.id}`,
      reference: { entity: 'voucher', id: delivered.voucher.id },
      orderId: delivered.id,
      enterprise: { uscc: enterprise.uscc, amount: '1000.00' },
    });
  });
});

describe('many at once', () => {
  const CLIENTS = 32;
  const amountsOf = (answers: readonly Answered[]) =>
    answers.map((answer) => Number(accepted(answer).voucher.localTopUps?.[0]?.amount ?? 0));
  const total = (amounts: readonly number[]) => Math.round(amounts.reduce((sum, amount) => sum + amount * 100, 0));

  test('sign against an almost empty local fund: it is given out to the last fen and not one more, every order is signed', async () => {
    const policy = await local.inForce({ fund: '5500.07' });
    const orders = await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        const buyer = await world.organisation('enterprise');
        return { buyer, order: await answered(buyer) };
      }),
    );
    const amounts = amountsOf(await Promise.all(orders.map(({ buyer, order }) => world.sign(buyer, order))));
    expect(amounts.sort((a, b) => b - a).slice(0, 7)).toEqual([1000, 1000, 1000, 1000, 1000, 500.07, 0]);
    expect(await fundOf(policy)).toMatchObject({ available: 0, granted: 550_007 });
    await holds(policy);
  }, 60_000);

  test('of one enterprise never get more than its local maximum', async () => {
    const policy = await local.inForce({ enterpriseMaximum: '2500.00' });
    const orders: Answered['body'][] = [];
    for (let month = 4; month < 10; month += 1) {
      const contract = { startsOn: `${year}-0${month}-01`, endsOn: `${year}-0${month}-28` };
      orders.push(accepted(await world.answer(accepted(await world.place(enterprise, crm)), crm, '10000', contract)));
    }
    const signed = await Promise.all(orders.map((order) => world.sign(enterprise, order)));
    expect(total(amountsOf(signed.filter(({ status }) => status < 300)))).toBe(
      await world.store.localUsed(policy.id, enterprise.uscc),
    );
    await holds(policy);
    for (const [at, { status }] of signed.entries())
      if (status >= 300) accepted(await world.sign(enterprise, orders[at]));
    expect(await world.store.localUsed(policy.id, enterprise.uscc)).toBe(250_000);
    await holds(policy);
  }, 60_000);

  test('sign while the policy ends: whoever comes later gets nothing', async () => {
    const policy = await local.inForce();
    const orders = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const buyer = await world.organisation('enterprise');
        return { buyer, order: await answered(buyer) };
      }),
    );
    const [ended, ...signed] = await Promise.all([
      local.end(policy),
      ...orders.map(({ buyer, order }) => world.sign(buyer, order)),
    ]);
    expect(ended?.status).toBe(200);
    expect(total(amountsOf(signed))).toBe((await fundOf(policy)).granted);
    const later = await world.organisation('enterprise');
    expect((await world.signedOrder(later, crm, '10000')).voucher.localTopUps).toBeUndefined();
    await holds(policy);
  }, 60_000);

  test('deliver and give back while others sign: movements and balances stay one', async () => {
    const policy = await local.inForce({ fund: '6000.00' });
    const buyers = await Promise.all(Array.from({ length: 12 }, () => world.organisation('enterprise')));
    const first = await Promise.all(buyers.slice(0, 6).map((buyer) => world.signedOrder(buyer, crm, '10000')));
    started();
    const waiting = await Promise.all(buyers.slice(6).map((buyer) => answered(buyer)));
    const outcomes = [
      { outcome: 'full' },
      { outcome: 'not-performed', reason: '-' },
      { outcome: 'part', deliveredFees: ['3333.33'], reason: '-' },
    ];
    const answers = await Promise.all([
      ...first.map((order, i) => world.deliver(buyers[i] as Organisation, order, outcomes[i % 3] as object)),
      ...waiting.map((order, i) => world.sign(buyers[i + 6] as Organisation, order)),
    ]);
    for (const answer of answers) accepted(answer);
    expect(fen((await fundOf(policy)).used)).toBe(2 * 100_000 + 2 * 33_333);
    await holds(policy);
  }, 60_000);
});
