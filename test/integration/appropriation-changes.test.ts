import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planRoutes as routes } from '../../contracts/plan.ts';
import type { Ports } from '../../core/ports/context.ts';
import { JOURNAL_PARTITIONS } from '../../core/queries.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { planApi } from '../../functions/plan-api/routes/index.ts';
import { financier, inspector, officer } from '../support/catalogue-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { type Answered, type Call, type Caller, call } from '../support/http-event.ts';
import { moneyFindings } from '../support/money-findings.ts';
import { accepted, ordersWorld, type PlanOptions } from '../support/orders-world.ts';

let engine: Engine;
let year = 2060;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

async function setUp(options: PlanOptions = {}) {
  year += 1;
  const world = await ordersWorld(engine, year, options);
  const now = () => world.clock.at;
  const ports: Ports = { reads: world.store, calendar: () => storedCalendar(world.store, now()) };
  const api = createApi({ store: world.store, now, routes: planApi(ports) });
  const params = { year: world.year };
  const offer = await world.offer(await world.organisation('provider'), 'business-management', 4_000_000);

  const ask = (contract: Parameters<typeof call>[1], caller: Caller, what: Call = {}) =>
    call(api, contract, caller, { params, ...what });
  const propose = (appropriation: string, caller = officer, version = 1) =>
    ask(routes.proposeAppropriation, caller, { body: { appropriation, reason: '财政压减' }, version });
  const confirm = (caller = financier, version = 2, key?: string) =>
    ask(routes.confirmAppropriation, caller, { body: {}, version, ...(key ? { key } : {}) });
  return {
    ...world,
    ask,
    propose,
    confirm,
    change: async (appropriation: string) => {
      accepted(await propose(appropriation));
      return accepted(await confirm());
    },
    order: async () => world.place(await world.organisation('enterprise'), offer),
    /** Orders that hold 8,000.00 yuan each, with their enterprises. */
    ordersOf: (count: number) =>
      Promise.all(
        Array.from({ length: count }, async () => {
          const enterprise = await world.organisation('enterprise');
          return { enterprise, order: accepted(await world.place(enterprise, offer)) };
        }),
      ),
    cancel: (enterprise: Parameters<typeof world.memberOf>[0], order: Answered['body']) =>
      world.send('cancelOrder', world.memberOf(enterprise), {
        params: { orderId: order.id },
        version: order.version,
        body: { reason: '不再需要' },
      }),
    fund: async () => (await ask(routes.readFund, inspector)).body,
    balanced: async () => (await ask(routes.trialBalance, inspector)).body.balanced,
  };
}

describe('the appropriation of a running year', () => {
  test('grows when both departments say so, and what is new is free at once', async () => {
    const { change, fund, balanced, order } = await setUp({ fund: 700_000 });
    expect(accepted(await order()).reservation.amount).toBe('7000.00');
    expect((await order()).body.code).toBe('fund-exhausted');
    expect(await change('12000.00')).toMatchObject({ appropriation: '12000.00', version: 3 });
    expect(await fund()).toMatchObject({ balances: { available: '5000.00', reserved: '7000.00' }, shortfall: '0.00' });
    expect(accepted(await order()).reservation.amount).toBe('5000.00');
    expect(await balanced()).toBe(true);
  });

  test('is in the statement of the year with what it came from', async () => {
    const { change, ordersOf, ask } = await setUp({ fund: 2_000_000 });
    await ordersOf(1);
    await change('9000.00');
    const { body } = await ask(routes.readStatement, inspector);
    expect(body.months).toMatchObject([
      {
        movements: [
          { reason: 'appropriate', postings: 1, entries: { appropriation: '-20000.00', available: '20000.00' } },
          { reason: 'cut', postings: 1, entries: { appropriation: '11000.00', available: '-11000.00' } },
          { reason: 'reserve', postings: 1, entries: { available: '-8000.00', reserved: '8000.00' } },
        ],
      },
    ]);
    expect(body.closing).toMatchObject({ appropriation: '-9000.00', available: '1000.00', reserved: '8000.00' });
    const before = await ask(routes.readStatement, inspector, { query: { upTo: '2019-01-01' } });
    expect(before.body).toMatchObject({ upTo: '2019-01-01', months: [], closing: { available: '0.00' } });
    expect((await ask(routes.readStatement, inspector, { query: { upTo: '2019-02-30' } })).status).toBe(422);
    expect((await ask(routes.readStatement, { sub: 'auditor-1', roles: ['auditor'] })).status).toBe(403);
  });

  test('is in a journal that says of members for whom they acted, and never what they are called', async () => {
    const { ordersOf, ask } = await setUp({ fund: 2_000_000 });
    const [held] = await ordersOf(1);
    const { body } = await ask(routes.listOrderPostings, inspector, { params: { orderId: held?.order.id } });
    expect(body.items.map(({ reason, by }: { reason: string; by: object }) => [reason, by])).toEqual([
      ['reserve', { role: 'enterprise', organisationId: held?.enterprise.id }],
    ]);
  });

  test('is proposed by one department and confirmed by another person of the other one', async () => {
    const { ask, propose, confirm, fund } = await setUp({ fund: 1_000_000 });
    expect(await confirm(financier, 1)).toMatchObject({ status: 409, body: { code: 'no-appropriation-change' } });
    expect(await propose('10000.00')).toMatchObject({ status: 422, body: { code: 'appropriation-unchanged' } });
    expect(await propose('9000.00')).toMatchObject({
      status: 201,
      body: { appropriation: '10000.00', appropriationChange: { to: '9000.00', department: 'industry' } },
    });
    const colleague = { ...officer, sub: 'officer-2' };
    expect((await confirm(colleague)).body.code).toBe('appropriation-other-department');
    expect((await confirm({ ...officer, roles: ['finance-officer'] })).body.code).toBe('same-person');
    expect((await confirm(inspector)).status).toBe(403);
    expect((await confirm(financier, 1)).status).toBe(412);
    expect((await fund()).balances.available).toBe('10000.00');
    const confirmed = accepted(await confirm({ ...financier, name: '其其格' }));
    expect(confirmed.appropriationChange).toBeUndefined();
    expect(confirmed).toMatchObject({
      confirmedChange: {
        from: '10000.00',
        to: '9000.00',
        department: 'industry',
        sub: officer.sub,
        confirmedBy: financier.sub,
      },
      names: { [officer.sub]: officer.sub, [financier.sub]: '其其格' },
    });
    const journal = await Promise.all(
      Array.from({ length: JOURNAL_PARTITIONS }, (_, partition) =>
        ask(routes.readJournal, inspector, { query: { partition: String(partition) } }),
      ),
    );
    const cut = journal.flatMap(({ body }) => body.items).find(({ reason }) => reason === 'cut');
    expect(cut).toMatchObject({ actor: financier.sub, by: { role: 'finance-officer', name: '其其格' } });
    expect(JSON.stringify((await ask(routes.readPublishedPlan, inspector)).body)).not.toMatch(
      new RegExp(`其其格|${officer.sub}|${financier.sub}`),
    );
  });

  test('changes once, however often the confirmation is sent', async () => {
    const { propose, confirm, fund, balanced } = await setUp({ fund: 1_000_000 });
    await propose('9000.00');
    const answers = await Promise.all([1, 2, 3].map(() => confirm(financier, 2, 'confirm-once')));
    for (const { status, body } of answers) expect([status, body.appropriation]).toEqual([200, '9000.00']);
    expect((await fund()).balances).toMatchObject({ appropriation: '-9000.00', available: '9000.00' });
    expect(await balanced()).toBe(true);
  });

  test('gives up what is free first', async () => {
    const { change, ordersOf, fund, order } = await setUp({ fund: 2_000_000 });
    await ordersOf(1);
    await change('9000.00');
    expect(await fund()).toMatchObject({ balances: { available: '1000.00', reserved: '8000.00' }, shortfall: '0.00' });
    expect(accepted(await order()).reservation.amount).toBe('1000.00');
  });

  test('cut below the commitments voids nothing, stops new issue and is shown until releases have filled the gap', async () => {
    const { change, ordersOf, cancel, order, fund, balanced, ask, year: of } = await setUp({ fund: 4_000_000 });
    const orders = await ordersOf(4);
    await change('10000.00');
    expect(await fund()).toMatchObject({
      balances: { available: '-22000.00', reserved: '32000.00' },
      identity: { sumsToZero: true, withinTotal: false, nothingNegative: false },
      shortfall: '22000.00',
    });
    expect((await ask(routes.readPublishedPlan, inspector)).body.fund).toEqual({
      total: '10000.00',
      recovered: '0.00',
      used: '32000.00',
      left: '0.00',
      shortfall: '22000.00',
    });
    for (let released = 0; released < 3; released++) {
      expect((await order()).body).toMatchObject({ code: 'fund-exhausted', clause: '一-(二)' });
      const { enterprise, order: held } = orders[released] ?? {};
      if (enterprise) accepted(await cancel(enterprise, held));
    }
    // 24,000 came back, 22,000 of them were owed.
    expect(await fund()).toMatchObject({ balances: { available: '2000.00' }, shortfall: '0.00' });
    expect(accepted(await order()).reservation.amount).toBe('2000.00');
    expect((await order()).body.code).toBe('fund-exhausted');
    expect(await balanced()).toBe(true);
    expect(await moneyFindings(engine, of)).toEqual([]);
  });

  test('cut while twenty order at once is short by what they had, and by nothing more', async () => {
    const { propose, confirm, order, fund, balanced } = await setUp({ fund: 20_000_000 });
    await propose('50000.00');
    const [confirmed, ...answers] = await Promise.all([confirm(), ...Array.from({ length: 20 }, order)]);
    expect(confirmed?.status).toBe(200);
    const reserved = answers
      .filter(({ status }) => status === 201)
      .reduce((sum, { body }) => sum + Number(body.reservation.amount) * 100, 0);
    const { balances } = await fund();
    expect(Number(balances.reserved) * 100).toBe(reserved);
    expect(Number(balances.available) * 100).toBe(5_000_000 - reserved);
    expect((await order()).status === 409).toBe(Number(balances.available) <= 0);
    expect(await balanced()).toBe(true);
  });
});
