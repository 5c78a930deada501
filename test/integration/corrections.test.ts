import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { correctionRoutes as routes } from '../../contracts/corrections.ts';
import { planRoutes } from '../../contracts/plan.ts';
import type { Posting } from '../../core/ledger/posting.ts';
import { revise } from '../../core/lifecycle/record.ts';
import type { Ports } from '../../core/ports/context.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { planApi } from '../../functions/plan-api/routes/index.ts';
import { financier, inspector, officer } from '../support/catalogue-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { type Call, type Caller, call } from '../support/http-event.ts';
import { moneyFindings } from '../support/money-findings.ts';
import { accepted, ordersWorld } from '../support/orders-world.ts';

let engine: Engine;
let year = 2060;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const other: Caller = { ...financier, sub: 'finance-other' };

/** A year with 20,000 yuan, of which one order may take 8,000; more was appropriated twice by mistake: 5,000. */
async function setUp() {
  year += 1;
  const of = year;
  const world = await ordersWorld(engine, of, { fund: 2_000_000 });
  const now = () => world.clock.at;
  const ports: Ports = { reads: world.store, calendar: () => storedCalendar(world.store, now()) };
  const api = createApi({ store: world.store, now, routes: planApi(ports) });
  const ask = (contract: Parameters<typeof call>[1], caller: Caller, what: Call = {}) =>
    call(api, contract, caller, { ...what, params: { year: String(of), ...what.params } });
  const version = async () => (await world.store.get('plan', { year: of }))?.version ?? 0;
  const change = async (appropriation: string) => {
    const body = { appropriation, reason: '财政追加预算' };
    accepted(await ask(planRoutes.proposeAppropriation, officer, { body, version: await version() }));
    accepted(await ask(planRoutes.confirmAppropriation, financier, { body: {}, version: await version() }));
    return `led_appropriation_${of}_${await version()}`;
  };
  const postingId = await change('25000.00');
  const propose = (body: object = {}, id = postingId, caller: Caller = financier, key?: string) =>
    ask(routes.proposeCorrection, caller, {
      params: { postingId: id },
      body: { reasonCode: 'entered-twice', note: '同一笔预算登记了两次', ...body },
      ...(key ? { key } : {}),
    });
  const decide = (
    correction: { version: number; postingId: string },
    caller: Caller,
    outcome: 'approve' | 'refuse' = 'approve',
    key?: string,
  ) =>
    ask(routes.decideCorrection, caller, {
      params: { postingId: correction.postingId },
      body: { outcome, note: '核对无误' },
      version: correction.version,
      ...(key ? { key } : {}),
    });
  /** Proposed and approved by both departments. */
  const corrected = async (body: object = {}, id = postingId) =>
    accepted(await decide(accepted(await decide(accepted(await propose(body, id)), officer)), other));
  const fund = () => world.store.fund(of);
  const plan = async () => (await world.store.get('plan', { year: of }))?.appropriation;
  const trial = async () => (await ask(planRoutes.trialBalance, inspector)).body;
  return { ...world, ask, change, postingId, propose, decide, corrected, fund, plan, trial, of };
}

describe('an entry of the journal is corrected by its opposite (一-(二))', () => {
  test('proposed by finance, approved by both departments, three people; the plan follows', async () => {
    const { propose, decide, fund, plan, trial, ask, postingId, of } = await setUp();
    const proposed = accepted(await propose());
    expect(proposed).toMatchObject({ status: 'proposed', moved: '5000.00', amount: '5000.00', corrected: '0.00' });
    expect((await decide(proposed, financier)).body.code).toBe('same-person');
    expect((await decide(proposed, { ...officer, sub: financier.sub })).body.code).toBe('same-person');
    expect((await decide(proposed, inspector)).status).toBe(403);
    const once = accepted(await decide(proposed, { ...officer, name: '乌兰' }));
    expect(once).toMatchObject({
      status: 'approved',
      approvals: [{ department: 'industry', sub: officer.sub }],
      names: { [financier.sub]: financier.sub, [officer.sub]: '乌兰' },
    });
    expect((await decide(once, { ...officer, sub: 'officer-2' })).body.code).toBe('correction-other-department');
    expect((await decide(once, { ...other, sub: officer.sub })).body.code).toBe('same-person');
    expect(await fund()).toMatchObject({ appropriation: -2_500_000, available: 2_500_000 });

    const posted = accepted(await decide(once, other, 'approve', 'second-approval'));
    const id = `led_correct_appropriation_${of}_${postingId.split('_').at(-1)}_1`;
    expect(posted).toMatchObject({ status: 'posted', corrected: '5000.00', postings: [id] });
    expect((await decide(once, other, 'approve', 'second-approval')).body).toEqual(posted);
    expect(await fund()).toMatchObject({ appropriation: -2_000_000, available: 2_000_000 });
    expect(await plan()).toBe(2_000_000);
    // Journal, statement and trial balance show it with what it corrects.
    const read = await ask(routes.readPosting, inspector, { params: { postingId: id } });
    expect(read.body.posting).toMatchObject({
      reason: 'correct',
      reference: { entity: 'plan', id: String(of) },
      corrects: { id: postingId, reason: 'appropriate' },
      entries: { appropriation: '5000.00', available: '-5000.00' },
    });
    const original = await ask(routes.readPosting, inspector, { params: { postingId } });
    expect(original.body).toMatchObject({ posting: { id: postingId }, correction: { postings: [id] } });
    const { months } = (await ask(planRoutes.readStatement, inspector)).body;
    expect(months[0].movements).toMatchObject([
      { reason: 'appropriate', postings: 2, entries: { available: '25000.00' } },
      { reason: 'correct', corrects: 'appropriate', postings: 1, entries: { available: '-5000.00' } },
    ]);
    expect(await trial()).toMatchObject({ balanced: true, corrections: [{ id, corrects: { id: postingId } }] });
    const listed = await ask(routes.listCorrections, inspector);
    expect(listed.body.items).toMatchObject([{ postingId, status: 'posted' }]);
  });

  test('of a cut gives back what was cut, and who waits for money may have it', async () => {
    const { change, corrected, fund, plan, trial } = await setUp();
    const cut = await change('5000.00');
    expect(await fund()).toMatchObject({ available: 500_000 });
    await corrected({ amount: '12000.00', reasonCode: 'amount-mistyped' }, cut);
    expect(await fund()).toMatchObject({ appropriation: -1_700_000, available: 1_700_000 });
    expect(await plan()).toBe(1_700_000);
    expect((await trial()).balanced).toBe(true);
  });

  test('never exceeds it, over all its corrections, and one is decided before the next', async () => {
    const { propose, decide, corrected, fund } = await setUp();
    expect((await propose({ amount: '5000.01' })).body).toMatchObject({
      status: 409,
      code: 'correction-exceeds-posting',
      errors: [{ pointer: '/amount' }],
    });
    expect((await propose({ amount: '0.00' })).body.code).toBe('correction-exceeds-posting');
    const both = await Promise.all([propose({ amount: '3000.00' }), propose({ amount: '3000.00' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const one = both.find(({ status }) => status === 201)?.body;
    const refused = accepted(await decide(one, officer, 'refuse'));
    expect(refused).toMatchObject({ status: 'refused', corrected: '0.00' });
    expect(await fund()).toMatchObject({ available: 2_500_000 });
    await corrected({ amount: '3000.00' });
    expect((await propose({ amount: '2000.01' })).body.code).toBe('correction-exceeds-posting');
    expect(await corrected()).toMatchObject({ corrected: '5000.00', amount: '2000.00' });
    expect((await propose()).body.code).toBe('correction-exceeds-posting');
    expect(await fund()).toMatchObject({ available: 2_000_000 });
  });

  test('takes only what is free, when it is proposed and when it is posted', async () => {
    const { propose, decide, ask, fund, change, postingId, of, trial } = await setUp();
    const proposed = accepted(await propose());
    const once = accepted(await decide(proposed, officer));
    await change('3000.00');
    expect(await decide(once, other)).toMatchObject({ status: 409, body: { code: 'correction-exceeds-free' } });
    accepted(await decide(once, other, 'refuse'));
    expect((await propose()).body).toMatchObject({ code: 'correction-exceeds-free' });
    expect((await propose({ amount: '3000.00' })).status).toBe(201);
    expect(await fund()).toMatchObject({ available: 300_000 });
    expect((await trial()).balanced).toBe(true);
    const { body } = await ask(routes.readPosting, inspector, { params: { postingId } });
    expect(body.correction).toMatchObject({ status: 'proposed', year: of });
  });

  test('is refused where a command puts it right, in a closed year, of no posting, by others', async () => {
    const { propose, place, offer, organisation, store, seed, of, postingId, clock } = await setUp();
    const placed = accepted(
      await place(
        await organisation('enterprise'),
        await offer(await organisation('provider'), 'business-management', 4_000_000),
      ),
    );
    const journal: Posting[] = [];
    for (let partition = 0; partition < 16; partition++) {
      journal.push(...(await store.list('journal', { year: of, partition }, { limit: 100 })).items);
    }
    const reserve = journal.find(({ orderId }) => orderId === placed.id);
    const refused = await propose({}, reserve?.id ?? '');
    expect(refused).toMatchObject({ status: 422, body: { code: 'posting-not-correctable' } });
    expect(refused.body.detail).toContain('取消订单');
    expect(refused.body.detailEn).toContain('cancel-order');
    expect((await propose({}, 'led_nothing')).status).toBe(404);
    expect((await propose({}, postingId, officer)).status).toBe(403);
    const key = 'proposed-once';
    const proposed = await propose({}, postingId, financier, key);
    expect(await propose({}, postingId, financier, key)).toMatchObject({ status: 201, body: proposed.body });
    expect(await moneyFindings(engine, of)).toEqual([]);
    const plan = await store.get('plan', { year: of });
    if (!plan) throw new Error('no plan');
    const value = revise(plan, clock.at, { status: 'closed' });
    await seed({ do: 'update', entity: 'plan', value, audit: { action: 'close' } });
    expect((await propose()).body).toMatchObject({ status: 409, code: 'correction-of-closed-year' });
  });
});
