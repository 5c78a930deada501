import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planRoutes } from '../../contracts/plan.ts';
import { planVersionRoutes as routes } from '../../contracts/plan-versions.ts';
import type { Ports } from '../../core/ports/context.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { planApi } from '../../functions/plan-api/routes/index.ts';
import { createStore } from '../../storage/store.ts';
import { financier, inspector, officer } from '../support/catalogue-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { type Call, type Caller, call } from '../support/http-event.ts';
import { moneyFindings } from '../support/money-findings.ts';
import { accepted, noon, ordersWorld, type PlanOptions } from '../support/orders-world.ts';

let engine: Engine;
let year = 2020;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

/** A world on 2 March, whose pool has so many shards. */
async function setUp(options: PlanOptions = {}, shards?: number) {
  year += 1;
  const of = year;
  const store = shards === undefined ? engine.store : createStore(engine.client, engine.table, { shards });
  const world = await ordersWorld({ ...engine, store }, of, options);
  const now = () => world.clock.at;
  const ports: Ports = { reads: store, calendar: () => storedCalendar(store, now()) };
  const api = createApi({ store, now, routes: planApi(ports) });
  const provider = await world.organisation('provider');
  const offer = await world.offer(provider, 'business-management', 4_000_000);

  const ask = (contract: Parameters<typeof call>[1], caller: Caller | undefined, what: Call = {}) =>
    call(api, contract, caller, { params: { year: of }, ...what });
  const on = (day: string) => `${of}-${day}`;
  const draft = (body: object, caller = officer) =>
    ask(routes.draftVersion, caller, { body: { appliesFrom: on('03-02'), reason: '政策调整', ...body } });
  const sign = (number: number, caller: Caller, version: number, key?: string) =>
    ask(routes.signVersion, caller, {
      params: { year: of, number },
      body: {},
      version,
      ...(key ? { key } : {}),
    });
  return {
    ...world,
    world,
    ask,
    on,
    draft,
    sign,
    provider,
    publish: async (body: object) => {
      const { number } = accepted(await draft(body));
      accepted(await sign(number, officer, 1));
      return accepted(await sign(number, financier, 2));
    },
    /** Orders for 40,000.00 yuan, 20 % of which are 8,000.00. */
    order: async (choice?: object) => world.place(await world.organisation('enterprise'), offer, choice),
    offer,
    goTo: (day: string) => {
      world.clock.at = noon(on(day));
    },
    published: async () => (await ask(planRoutes.readPublishedPlan, undefined)).body,
    history: async () => (await ask(routes.listVersions, undefined)).body.items,
    balanced: async () => (await ask(planRoutes.trialBalance, inspector)).body.balanced,
    spec: async () => store.spec(of, 'app'),
    holds: () => moneyFindings(engine, of),
  };
}

const fifth = [{ category: 'business-application', ratio: '0.10' }];

describe('a version of an open plan', () => {
  test('applies from its day: orders placed before keep theirs, to the signature and the delivery', async () => {
    const { publish, order, goTo, on, published, offer, world } = await setUp();
    const { answer, sign, deliver } = world;
    const enterprise = await world.organisation('enterprise');
    const before = accepted(await world.place(enterprise, offer));
    expect(await publish({ appliesFrom: on('05-01'), specs: fifth })).toMatchObject({ number: 2, status: 'published' });
    expect(await published()).toMatchObject({
      policyVersion: 1,
      coming: [{ policyVersion: 2, appliesFrom: on('05-01') }],
    });
    goTo('03-10');
    const answered = accepted(await answer(before, offer, '40000.00'));
    goTo('04-30');
    expect(accepted(await order())).toMatchObject({ policyVersion: 1, reservation: { amount: '8000.00' } });
    goTo('05-01');
    expect(await published()).toMatchObject({ policyVersion: 2 });
    expect((await published()).coming).toBeUndefined();
    expect(accepted(await order())).toMatchObject({ policyVersion: 2, reservation: { amount: '4000.00' } });
    expect(accepted(await order({ use: 'none' }))).toMatchObject({ policyVersion: 2 });
    goTo('03-11');
    const signed = accepted(await sign(enterprise, answered));
    expect(signed).toMatchObject({ policyVersion: 1, voucher: { face: '8000.00', policyVersion: 1 } });
    goTo('06-01');
    const part = { outcome: 'part', deliveredFees: ['20000.00'], reason: '只交付一半' };
    expect(accepted(await deliver(enterprise, signed, part)).voucher.face).toBe('4000.00');
  });

  test('is drafted by the industry department and signed by both, two people, each under the text they saw', async () => {
    const { draft, sign, ask, on, order, published, history, year: of } = await setUp();
    expect((await draft({ specs: fifth }, financier)).status).toBe(403);
    expect(await draft({ specs: fifth })).toMatchObject({ status: 201, body: { number: 2, status: 'draft' } });
    expect(await draft({ specs: fifth })).toMatchObject({ status: 409, body: { code: 'plan-version-drafted' } });
    expect((await sign(2, inspector, 1)).status).toBe(403);
    expect(await sign(2, officer, 1)).toMatchObject({ status: 201, body: { version: 2, status: 'draft' } });
    expect((await sign(2, { ...officer, sub: 'officer-2' }, 2)).body.code).toBe('plan-already-signed');
    expect((await sign(2, { ...officer, roles: ['finance-officer'] }, 2)).body.code).toBe('same-person');
    expect((await sign(2, financier, 1)).status).toBe(412);
    const text = { appliesFrom: on('03-02'), reason: '政策调整', parameters: { ownShareFloor: '5.00' } };
    const revised = await ask(routes.reviseVersion, officer, {
      params: { year: of, number: 2 },
      body: text,
      version: 2,
    });
    expect(revised).toMatchObject({ status: 200, body: { version: 3, signatures: [] } });
    expect((await sign(2, financier, 2)).status).toBe(412);
    expect(accepted(await order()).policyVersion).toBe(1);
    expect((await sign(2, financier, 3)).body.status).toBe('draft');
    expect((await sign(2, { ...officer, name: '乌兰' }, 4)).body).toMatchObject({
      status: 'published',
      draftedBy: officer.sub,
      signatures: [{ sub: financier.sub }, { sub: officer.sub }],
      names: { [officer.sub]: '乌兰', [financier.sub]: financier.sub },
    });
    // The public reads which department it was, never who.
    const inPublic = JSON.stringify([await published(), await history()]);
    for (const secret of [officer.sub, financier.sub, '乌兰']) expect(inPublic).not.toContain(secret);
    expect((await sign(2, officer, 5)).body.code).toBe('wrong-state');
    expect(accepted(await order())).toMatchObject({ policyVersion: 2, reservation: { amount: '8000.00' } });
  });

  test('is published once, however often and by whomever it is signed at once', async () => {
    const { draft, sign, spec, holds, published } = await setUp({ specAmount: 1_000_000, specCount: 10 });
    const { number } = accepted(
      await draft({ specs: [{ category: 'business-application', amount: '15000.00', count: 12 }] }),
    );
    await sign(number, officer, 1);
    const same = await Promise.all([1, 2, 3].map(() => sign(number, financier, 2, 'sign-it-once')));
    expect(same.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await sign(number, { ...financier, sub: 'finance-2' }, 2)).status).toBe(412);
    expect(await spec()).toMatchObject({ leftAmount: 1_500_000, leftCount: 12, usedAmount: 0, usedCount: 0 });
    expect((await published()).policyVersion).toBe(2);
    expect(await holds()).toEqual([]);
  });

  test('is in the public history with its reason, and so is the plan as it was opened; a draft is not', async () => {
    const { draft, publish, history, ask, on, goTo, published, year: of } = await setUp();
    expect(await history()).toMatchObject([{ number: 1, appliesFrom: on('03-02') }]);
    await publish({ appliesFrom: on('04-01'), reason: '降低比例', specs: fifth });
    goTo('03-20');
    await publish({ appliesFrom: on('04-01'), reason: '降低限额', parameters: { yearlyCap: '15000.00' } });
    accepted(await draft({ appliesFrom: on('06-01'), parameters: { yearlyCap: '10000.00' } }));
    const versions = await history();
    expect(versions.map(({ number, reason }: { number: number; reason?: string }) => [number, reason])).toEqual([
      [3, '降低限额'],
      [2, '降低比例'],
      [1, undefined],
    ]);
    expect(versions[0].specs[1]).toMatchObject({ ratio: '0.10' });
    expect(versions[0].parameters.yearlyCap).toBe('15000.00');
    expect(versions[2].specs[1]).toMatchObject({ ratio: '0.20' });
    expect(JSON.stringify(versions)).not.toContain('officer-1');
    goTo('04-01');
    expect(await published()).toMatchObject({ policyVersion: 3, parameters: { yearlyCap: '15000.00' } });
    const read = (number: number, caller: Caller) => ask(routes.readVersion, caller, { params: { year: of, number } });
    expect((await read(4, inspector)).body).toMatchObject({ status: 'draft', number: 4 });
    expect((await read(5, inspector)).status).toBe(404);
    expect((await read(4, { sub: 'auditor-1', roles: ['auditor'] })).status).toBe(403);
  });

  test.each([
    ['a day that is past', '03-01', { specs: fifth }, 'plan-version-past'],
    ['nothing that changes', '03-02', {}, 'plan-version-unchanged'],
    [
      'a shorter claim window',
      '03-02',
      { parameters: { claimWindow: { from: '11-02', to: '12-31' } } },
      'claim-window-shrinks',
    ],
    ['a publicity of four days', '03-02', { parameters: { publicityWorkingDays: 4 } }, 'publicity-too-short'],
    ['a category twice', '03-02', { specs: [...fifth, ...fifth] }, 'plan-version-other-category'],
    [
      'more than is free',
      '03-02',
      { specs: [{ category: 'infrastructure', amount: '400000.01' }] },
      'specs-exceed-free',
    ],
    ['a spec of nothing', '03-02', { specs: [{ category: 'infrastructure', amount: '0' }] }, 'plan-without-money'],
  ])('%s is refused with its rule', async (_, day, text, code) => {
    const { draft, on } = await setUp();
    expect(await draft({ appliesFrom: on(day), ...text })).toMatchObject({ status: 422, body: { code } });
  });

  test.each(['taxBasis', 'marketPriceTolerance', 'qualityDeductions', 'carryOverYears', 'dishonestyYears'])(
    '%s is one measure for the whole year: no version changes it',
    async (field) => {
      const { draft } = await setUp();
      const refused = await draft({ parameters: { [field]: 1 } });
      expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: `/parameters/${field}` }] } });
    },
  );

  test('applies in another year, before a published one, or to a plan that is not open: refused', async () => {
    const { draft, publish, on, ask, seed, world, year: of } = await setUp();
    expect((await draft({ appliesFrom: `${of + 1}-01-01`, specs: fifth })).body.code).toBe('plan-version-outside-year');
    await publish({ appliesFrom: on('06-01'), specs: fifth });
    const earlier = { appliesFrom: on('05-31'), parameters: { ownShareFloor: '9.00' } };
    expect((await draft(earlier)).body.code).toBe('plan-version-before-published');
    const unknown = { params: { year: 2019 }, body: { ...earlier, reason: '无此计划' } };
    expect((await ask(routes.draftVersion, officer, unknown)).status).toBe(404);
    const plan = await world.store.get('plan', { year: of });
    if (!plan) throw new Error('no plan');
    const value = { ...plan, status: 'closed' as const, version: plan.version + 1 };
    await seed({ do: 'update', entity: 'plan', value, audit: { action: 'close' } });
    expect((await draft({ specs: fifth, appliesFrom: on('06-02') })).body.code).toBe('wrong-state');
  });

  test('whose day has passed while it waited for the second signature is not published', async () => {
    const { draft, sign, goTo, order } = await setUp();
    accepted(await draft({ specs: fifth }));
    await sign(2, officer, 1);
    goTo('03-03');
    expect((await sign(2, financier, 2)).body.code).toBe('plan-version-past');
    expect(accepted(await order()).policyVersion).toBe(1);
  });
});

describe('a cap lowered during the year', () => {
  test('takes no live voucher away: who is above it gets no more, and an order placed before keeps the old one', async () => {
    const { publish, offer, world } = await setUp();
    const { answer, sign, signedOrder } = world;
    const enterprise = await world.organisation('enterprise');
    const signed = await signedOrder(enterprise, offer, '40000.00');
    const pinned = accepted(await world.place(enterprise, await world.offer(offer.provider, 'computing', 2_000_000)));
    await publish({ parameters: { yearlyCap: '5000.00' } });
    const database = await world.offer(offer.provider, 'database', 4_000_000);
    expect((await world.place(enterprise, database)).body).toMatchObject({ code: 'yearly-cap-reached' });
    // Pinned at 20,000: 3,000.00 were reserved, the contract is worth 6,000.00.
    const computing = { ...offer, kind: 'computing' as const };
    const answered = accepted(await answer(pinned, computing, '40000.00'));
    expect(accepted(await sign(enterprise, answered)).voucher).toMatchObject({ face: '6000.00', policyVersion: 1 });
    const kept = await world.store.get('voucher', { id: signed.voucher.id });
    expect(kept).toMatchObject({ status: 'active', face: 800_000 });
    const other = await world.organisation('enterprise');
    expect(accepted(await world.place(other, database)).reservation.amount).toBe('5000.00');
  });
});

describe.each([1, 8, 64])('amounts and counts of specs over %i shards', (shards) => {
  const resize = (amount: string, count: number) => ({
    specs: [{ category: 'business-application', amount, count }],
  });

  test('grow with the appropriation: new money can be issued, and not a fen more', async () => {
    const { publish, order, spec, ask, holds, balanced } = await setUp(
      { fund: 2_100_000, specAmount: 700_000, specCount: 3 },
      shards,
    );
    expect(accepted(await order()).reservation.amount).toBe('7000.00');
    expect((await order()).body.code).toBe('spec-amount-exhausted');
    const change = { appropriation: '25000.01', reason: '追加' };
    accepted(await ask(planRoutes.proposeAppropriation, officer, { body: change, version: 1 }));
    accepted(await ask(planRoutes.confirmAppropriation, financier, { body: {}, version: 2 }));
    expect((await order()).body.code).toBe('spec-amount-exhausted');
    await publish(resize('11000.01', 4));
    expect(await spec()).toMatchObject({ leftAmount: 400_001, leftCount: 3, usedAmount: 700_000, usedCount: 1 });
    expect(accepted(await order()).reservation.amount).toBe('4000.01');
    expect((await order()).body.code).toBe('spec-amount-exhausted');
    expect(await holds()).toEqual([]);
    expect(await balanced()).toBe(true);
  });

  test('shrink to what is used and no further, wherever the shards hold it', async () => {
    const { draft, publish, order, spec, holds, balanced } = await setUp(
      { specAmount: 4_000_000, specCount: 20 },
      shards,
    );
    for (let n = 0; n < 3; n++) accepted(await order());
    const below = { code: 'spec-below-used', clause: '五-(一)' };
    expect((await draft(resize('23999.99', 20))).body).toMatchObject(below);
    expect((await draft(resize('40000.00', 2))).body).toMatchObject(below);
    await publish(resize('24000.00', 3));
    expect(await spec()).toMatchObject({ leftAmount: 0, leftCount: 0, usedAmount: 2_400_000, usedCount: 3 });
    expect((await order()).body.code).toBe('spec-count-exhausted');
    expect(await holds()).toEqual([]);
    expect(await balanced()).toBe(true);
  });

  test('shrunk while ten order at once: whoever is first, no limit is broken', async () => {
    const { draft, sign, order, spec, holds, balanced } = await setUp({ specAmount: 8_000_000, specCount: 20 }, shards);
    accepted(await draft(resize('30000.00', 5)));
    await sign(2, officer, 1);
    const [published, ...answers] = await Promise.all([
      sign(2, financier, 2),
      ...Array.from({ length: 10 }, () => order()),
    ]);
    const used = answers.filter(({ status }) => status === 201).length;
    const stored = await spec();
    expect(stored?.usedCount).toBe(used);
    if (published?.status === 201) {
      expect((stored?.leftCount ?? 0) + used).toBe(5);
      expect((stored?.leftAmount ?? 0) + (stored?.usedAmount ?? 0)).toBe(3_000_000);
    } else expect(['spec-below-used', 'try-again']).toContain(published?.body.code);
    expect(await holds()).toEqual([]);
    expect(await balanced()).toBe(true);
  });
});

test('whatever sequence of sizes is published between orders, what is left and used is what the plan says', async () => {
  const step = fc.record({ amount: fc.integer({ min: 1, max: 3_000_000 }), count: fc.integer({ min: 1, max: 9 }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(1, 3, 8),
      async (steps, shards) => {
        const { draft, sign, order, spec, holds, balanced } = await setUp(
          { specAmount: 1_500_000, specCount: 4 },
          shards,
        );
        let number = 2;
        for (const { amount, count } of steps) {
          await order();
          const specs = [{ category: 'business-application', amount: (amount / 100).toFixed(2), count }];
          const drafted = await draft({ specs });
          const used = await spec();
          const fits = amount >= (used?.usedAmount ?? 0) && count >= (used?.usedCount ?? 0);
          if (drafted.body.code !== 'plan-version-unchanged') expect(drafted.status === 201).toBe(fits);
          if (drafted.status !== 201) continue;
          await sign(number, officer, 1);
          accepted(await sign(number, financier, 2));
          number += 1;
          expect(await spec()).toMatchObject({
            leftAmount: amount - (used?.usedAmount ?? 0),
            leftCount: count - (used?.usedCount ?? 0),
          });
        }
        expect(await holds()).toEqual([]);
        expect(await balanced()).toBe(true);
      },
    ),
    { numRuns: 10 },
  );
});
