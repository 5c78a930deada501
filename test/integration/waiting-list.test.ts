import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { born } from '../../core/lifecycle/record.ts';
import { fen } from '../../core/money/money.ts';
import { comparePlaces } from '../../core/orders/place.ts';
import { missingOf } from '../../core/orders/waiting-list.ts';
import type { Plan } from '../../core/policy/plan.ts';
import { everyPage } from '../../core/ports/pages.ts';
import { makeOpenPlan } from '../../core/usecases/plan/open-plan.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { decideAndCommit } from '../../functions/_runtime/commit.ts';
import { idsOf } from '../../functions/_runtime/ids.ts';
import { createServing, yearsOf } from '../../functions/follow-up/serving.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import type { Answered } from '../support/http-event.ts';
import { moneyFindings } from '../support/money-findings.ts';
import { accepted, noon, type Offer, ordersWorld, type PlanOptions } from '../support/orders-world.ts';
import { seeded } from '../support/seeded.ts';

let engine: Engine;
let year = 2030;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const wait = { whenShort: 'wait' };

/** A year with little money. Orders are entitled to 8,000.00 yuan each. */
async function setUp(options: PlanOptions = {}, on: Engine = engine) {
  year += 2;
  const world = await ordersWorld(on, year, options);
  const { store, clock } = world;
  const provider = await world.organisation('provider');
  const offer = await world.offer(provider, 'business-management', 4_000_000);
  const other = await world.offer(provider, 'database', 3_200_000);
  const ports = { reads: store, calendar: () => storedCalendar(store, clock.at) };
  const serving = createServing({ store, ports, now: () => clock.at });
  let calls = 0;
  const serve = (...years: number[]) => {
    calls += 1;
    return serving(years.length > 0 ? years : [world.year], `call-${year}-${calls}`);
  };
  const buyer = () => world.organisation('enterprise');
  const place = async (more: object = wait, from: Offer = offer, choice: object = { use: 'maximum' }) => {
    const enterprise = await buyer();
    clock.at += 1000;
    const answer = await world.place(enterprise, from, choice, {}, more);
    return { enterprise, answer, id: answer.body.id as string };
  };
  type Placed = Awaited<ReturnType<typeof place>>;
  const order = async ({ id }: { id: string }) => {
    const found = await store.get('order', { id });
    if (!found) throw new Error('no order');
    return found;
  };
  const read = async ({ enterprise, id }: Placed) =>
    accepted(await world.send('readOrder', world.memberOf(enterprise), { params: { orderId: id } }));
  const cancel = async (placed: Placed) => {
    const { version } = await order(placed);
    const params = { orderId: placed.id };
    return world.send('cancelOrder', world.memberOf(placed.enterprise), {
      params,
      version,
      body: { reason: '不再需要' },
    });
  };
  const answer = async (placed: Placed, more: object = {}) => world.answer(await read(placed), offer, '40000', more);
  const sign = async (placed: Placed) => world.sign(placed.enterprise, await read(placed));
  const list = async () => accepted(await world.send('readWaitingList', undefined, { params: { year: world.year } }));
  const standing = async ({ enterprise, id }: Placed) =>
    world.send('readPlace', world.memberOf(enterprise), { params: { orderId: id } });
  /** More money for the year. */
  const appropriate = (amount: number) =>
    world.seed({
      do: 'post',
      posting: {
        id: `led_more_${year}_${amount}`,
        year: world.year,
        at: clock.at,
        reason: 'appropriate',
        reference: { entity: 'plan', id: String(year) },
        actor: 'seed',
        entries: { appropriation: -amount, available: amount },
        specs: [],
      },
    });
  const holds = async () => {
    expect(await moneyFindings(engine, world.year)).toEqual([]);
    // The figures of the list are those of its places, and the mark is there as long as anybody waits.
    const places = await everyPage((page) => store.list('waitingOrders', { year: world.year }, page));
    const figures = await store.get('waitingList', { year: world.year });
    expect(figures?.places ?? 0).toBe(places.length);
    expect(figures?.amount ?? 0).toBe(places.reduce((sum, each) => sum + missingOf(each), 0));
    expect((await store.pool(world.year)).waiting).toBe(places.length > 0 || figures?.inherits === true);
  };
  return {
    ...world,
    ports,
    offer,
    other,
    serve,
    order,
    read,
    cancel,
    answer,
    sign,
    list,
    standing,
    holds,
    buyer,
    appropriate,
    placed: place,
  };
}
const reserved = ({ body }: Answered) => body.reservation?.amount;

describe('when the money is short (六, 一-(二))', () => {
  test('the enterprise chooses: what there is, a place for the rest, or no order', async () => {
    const { placed, holds } = await setUp({ fund: 1_000_000 });
    expect(reserved((await placed({})).answer)).toBe('8000.00');
    const refused = await placed({ whenShort: 'refuse' });
    expect(refused.answer.body).toMatchObject({ code: 'voucher-would-be-smaller', clause: '六' });
    expect(refused.answer.body.detail).toContain('2000.00');
    const first = await placed();
    expect(first.answer.body).toMatchObject({
      status: 'placed',
      reservation: { amount: '2000.00' },
      waiting: { wanted: '8000.00', missing: '6000.00' },
    });
    await holds();
  });

  test('with enough for it, waiting is the same as ordering', async () => {
    const { placed, holds } = await setUp();
    const { answer } = await placed();
    expect(answer.body.waiting).toBeUndefined();
    expect(reserved(answer)).toBe('8000.00');
    await holds();
  });

  test('who waits for a spec that is used up may wait with nothing at all', async () => {
    const { placed, holds } = await setUp({ specCount: 1 });
    await placed({});
    const { answer } = await placed();
    expect(answer.body).toMatchObject({ waiting: { missing: '8000.00' }, reservation: { amount: '0.00' } });
    await holds();
  });

  test('whoever is limited by its own yearly cap has nothing to wait for (五-(三))', async () => {
    const { place, buyer, offer, holds } = await setUp();
    const enterprise = await buyer();
    for (let n = 0; n < 2; n++) accepted(await place(enterprise, offer));
    const third = accepted(await place(enterprise, offer, { use: 'maximum' }, {}, wait));
    expect(third).toMatchObject({ reservation: { amount: '4000.00' } });
    expect(third.waiting).toBeUndefined();
    expect((await place(enterprise, offer, { use: 'maximum' }, {}, wait)).body.code).toBe('yearly-cap-reached');
    await holds();
  });
});

describe('nobody overtakes (一-(二), first used, first subsidised)', () => {
  test('what comes back is kept for whoever waits, served or not yet', async () => {
    const { placed, cancel, serve, order, holds } = await setUp({ fund: 800_000 });
    const holder = await placed({});
    const first = await placed();
    const second = await placed();
    accepted(await cancel(holder));
    const newcomer = await placed({});
    expect(newcomer.answer.body).toMatchObject({ code: 'waiting-list-ahead', clause: '一-(二)' });
    expect(await serve()).toBe(1);
    expect((await order(first)).reservation?.amount).toBe(800_000);
    expect((await order(second)).reservation?.amount).toBe(0);
    await holds();
  });

  test('another spec is open to newcomers for what nobody who waits could ever use', async () => {
    const { placed, other, holds } = await setUp({ fund: 2_100_000, specAmount: 800_000 });
    await placed({});
    expect((await placed()).answer.body.waiting.missing).toBe('8000.00');
    // 13,000.00 are free, of which 8,000.00 may yet be needed by the place.
    expect(reserved((await placed({}, other)).answer)).toBe('5000.00');
    expect((await placed({}, other)).answer.body.code).toBe('waiting-list-ahead');
    await holds();
  });

  test('the first is filled to the last fen, then the next; who has all has the plan’s days to sign', async () => {
    const { placed, cancel, serve, order, clock, appropriate, holds } = await setUp({ fund: 1_300_000 });
    const holder = await placed({}, undefined, { use: 'amount', amount: '5000.00' });
    await placed({});
    const [first, second] = [await placed(), await placed()];
    accepted(await cancel(holder));
    await serve();
    expect((await order(first)).reservation?.amount).toBe(500_000);
    expect((await order(first)).waiting?.wanted).toBe(800_000);
    expect((await order(second)).reservation?.amount).toBe(0);
    await holds();

    clock.at = noon(`${year}-03-16`);
    await appropriate(700_000);
    await serve();
    const filled = await order(first);
    expect(filled).toMatchObject({ reservation: { amount: 800_000 }, reservedUntil: `${year}-03-30` });
    expect(filled.waiting).toBeUndefined();
    expect((await order(second)).reservation?.amount).toBe(400_000);
    await holds();
  });

  test('serving twice, twice at once or again changes nothing', async () => {
    const { placed, cancel, serve, order, holds } = await setUp({ fund: 800_000 });
    const holder = await placed({});
    const first = await placed();
    accepted(await cancel(holder));
    await Promise.all([serve(), serve(), serve()]);
    const { version } = await order(first);
    expect(await serve()).toBe(0);
    expect((await order(first)).version).toBe(version);
    await holds();
  });

  test('whatever is ordered, cancelled and served in whatever order: no fen too much, none idle, nobody overtaken', async () => {
    // As many years as are wanted: on an engine of its own, the same ones again when it is full.
    let own = await startEngine();
    const saved = year;
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        if (year >= 2090) {
          await own.stop();
          own = await startEngine();
          year = 2030;
        }
        const random = seeded(seed);
        const { placed, cancel, serve, order, store, holds } = await setUp({ fund: 2_000_000, specCount: 4 }, own);
        const all: Awaited<ReturnType<typeof placed>>[] = [];
        for (let round = 0; round < 3; round++) {
          const acts = Array.from({ length: 6 }, async () => {
            const roll = random();
            const [some] = all.splice(Math.floor(random() * all.length), 1);
            if (roll < 0.35 && some) await cancel(some);
            else {
              if (some) all.push(some);
              // The stream calls again when it could not be served now.
              if (roll < 0.5) await serve().catch(() => 0);
              else {
                const made = await placed(roll < 0.85 ? wait : {});
                if (made.answer.status === 201) all.push(made);
              }
            }
          });
          await Promise.all(acts);
        }
        while ((await serve()) > 0);
        await holds();
        const live = await Promise.all(all.map(order));
        const waiting = live.filter((each) => each.waiting).sort((a, b) => comparePlaces(a.waiting, b.waiting));
        const { balances, specs } = await store.pool(year);
        const spec = specs.app;
        // Nothing that the first could use is left, and nobody behind it has anything.
        const [first, ...behind] = waiting;
        if (first) {
          const canStart = (first.reservation?.amount ?? 0) > 0 || (spec?.leftCount ?? 0) > 0;
          expect(canStart ? Math.min(balances.available, spec?.leftAmount ?? 0) : 0).toBe(0);
        }
        expect(behind.filter((each) => (each.reservation?.amount ?? 0) > 0)).toEqual([]);
      }),
      { numRuns: Number(process.env.WAITING_RUNS ?? 12), endOnFailure: true },
    );
    await own.stop();
    year = saved;
  }, 240_000);
});

describe('a place', () => {
  test('lasts as long as it takes only if the provider agrees, since it bears the risk', async () => {
    const { placed, answer, order, list, holds } = await setUp({ fund: 1_200_000 });
    await placed({});
    const [agreed, declined] = [await placed(), await placed()];
    const unasked = await answer(agreed);
    expect(unasked.body).toMatchObject({ code: 'waiting-agreement-required', errors: [{ pointer: '/agreesToWait' }] });
    expect(accepted(await answer(agreed, { agreesToWait: true }))).toMatchObject({ waiting: { missing: '4000.00' } });
    expect((await order(agreed)).reservedUntil).toBeUndefined();
    const left = accepted(await answer(declined, { agreesToWait: false }));
    expect(left.waiting).toBeUndefined();
    expect(left.reservedUntil).toBeDefined();
    expect((await list()).places).toBe(1);
    await holds();
  });

  test('nobody agreed to ends with the reservation', async () => {
    const { placed, clock, sweep, order, holds } = await setUp({ fund: 800_000 });
    await placed({});
    const waiting = await placed();
    clock.at = noon(`${year}-06-01`);
    await sweep({}, { awsRequestId: `sweep-${year}` });
    expect((await order(waiting)).status).toBe('lapsed');
    await holds();
  });

  test('is given up by signing: the voucher is what was given so far', async () => {
    const { placed, answer, sign, list, holds } = await setUp({ fund: 1_200_000 });
    await placed({});
    const waiting = await placed();
    accepted(await answer(waiting, { agreesToWait: true }));
    const signed = accepted(await sign(waiting));
    expect(signed.voucher.face).toBe('4000.00');
    expect(signed.waiting).toBeUndefined();
    expect((await list()).places).toBe(0);
    await holds();
  });

  test('is given up by cancelling; with the last of them the pool is open again', async () => {
    const { placed, cancel, holds } = await setUp({ fund: 1_200_000 });
    await placed({});
    const waiting = await placed();
    accepted(await cancel(waiting));
    await holds();
    expect(reserved((await placed({})).answer)).toBe('4000.00');
    await holds();
  });

  test('is public without a name: position, money ahead, forecast', async () => {
    const { placed, cancel, serve, clock, list, standing, memberOf, send } = await setUp({ fund: 1_600_000 });
    const [a, b] = [await placed({}), await placed({})];
    const [first, second] = [await placed(), await placed()];
    expect(await list()).toMatchObject({
      places: 2,
      amount: '16000.00',
      items: [
        { position: 1, ahead: '0.00', missing: '8000.00', forecast: { kind: 'unknown' } },
        { position: 2, ahead: '8000.00', missing: '8000.00', category: 'business-application' },
      ],
    });
    const text = JSON.stringify(await list());
    for (const { enterprise, id } of [first, second]) {
      for (const secret of [enterprise.name, enterprise.uscc, enterprise.id, id]) expect(text).not.toContain(secret);
    }
    clock.at = noon(`${year}-03-12`);
    accepted(await cancel(a));
    await serve();
    // Ten days for 8,000.00: as many for the next 8,000.00.
    expect((await standing(second)).body).toMatchObject({
      position: 1,
      forecast: { kind: 'date', on: `${year}-03-22` },
    });
    expect((await standing(first)).body.code).toBe('not-waiting');
    const stranger = await send('readPlace', memberOf(b.enterprise), { params: { orderId: second.id } });
    expect(stranger.status).toBe(404);
  });
});

describe('in the next year', () => {
  const openNext = async (world: Awaited<ReturnType<typeof setUp>>, more: Partial<Plan> = {}) => {
    const { store, ports, plan, clock } = world;
    const at = clock.at;
    const next: Plan = { ...plan, ...born(at), year: plan.year + 1, status: 'co-signed', ...more };
    await world.seed({ do: 'create', entity: 'plan', value: next });
    const actor = { sub: 'officer', role: 'regional-officer' as const };
    const origin = { actor, at, requestId: `open-${next.year}` };
    const opened = await decideAndCommit(store, origin, () =>
      makeOpenPlan(ports)({ year: next.year }, { actor, at, newId: idsOf('open'), expectedVersion: 1 }),
    );
    expect(opened.ok).toBe(true);
  };

  test('places come first, in their order, before anybody takes anything of it', async () => {
    const world = await setUp({ fund: 1_200_000 });
    const { placed, answer, order, serve, clock, store, holds } = world;
    const old = await placed({});
    const [first, second, unagreed] = [await placed(), await placed(), await placed()];
    accepted(await answer(first, { agreesToWait: true }));
    accepted(await answer(second, { agreesToWait: true }));
    clock.at = noon(`${year + 1}-01-05`);
    await openNext(world, {
      appropriation: fen(1_000_000),
      specs: world.plan.specs.map((spec) => ({ ...spec, amount: fen(300_000) })),
    });
    // Not even with all the money of the new plan there, before the places have been brought.
    const early = await placed({ wantedFrom: `${year + 1}-02-01`, wantedTo: `${year + 1}-12-31` });
    expect(early.answer.body.code).toBe('waiting-list-ahead');
    await serve(year + 1);
    expect(await order(first)).toMatchObject({ planYear: year + 1, reservation: { amount: 300_000 } });
    expect((await order(second)).reservation?.amount ?? 0).toBe(0);
    expect(await order(second)).toMatchObject({ planYear: year + 1, waiting: { wanted: 800_000 } });
    expect((await order(unagreed)).status).toBe('lapsed');
    expect(await store.get('waitingList', { year })).toMatchObject({ places: 0, amount: 0 });
    expect(await store.get('waitingList', { year: year + 1 })).toMatchObject({ places: 2, inherits: false });
    // What the first held of the old year is free there again; who holds a reservation without waiting is not touched.
    expect(await store.fund(year)).toMatchObject({ reserved: 800_000, available: 400_000 });
    expect((await order(old)).status).toBe('placed');
    await holds();
  });

  test('a plan without anything for its category ends the place', async () => {
    const world = await setUp({ fund: 800_000 });
    const { placed, answer, order, serve, clock, holds, plan } = world;
    await placed({});
    const waiting = await placed();
    accepted(await answer(waiting, { agreesToWait: true }));
    clock.at = noon(`${year + 1}-01-05`);
    await openNext(world, {
      specs: plan.specs.filter(({ id }) => id !== 'app').map((spec) => ({ ...spec, amount: fen(1) })),
    });
    await serve(year + 1);
    expect((await order(waiting)).status).toBe('lapsed');
    await holds();
  });
});

test('an event of the stream names the year it is about, and the schedule none', () => {
  const record = (NewImage: object) => ({ dynamodb: { NewImage } }) as never;
  const of = (...Records: never[]) => yearsOf({ Records });
  expect(
    of(
      record({ type: { S: 'posting' }, posting: { M: { year: { N: '2031' } } } }),
      record({ type: { S: 'waitingList' }, data: { M: { year: { N: '2031' } } } }),
      // For the counting alone.
      record({ type: { S: 'voucher' }, data: { M: { year: { N: '2032' } } } }),
    ),
  ).toEqual([2031]);
  expect(yearsOf({})).toEqual([]);
});
