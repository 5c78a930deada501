import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { progressRoutes } from '../../contracts/progress.ts';
import { businessDateOf } from '../../core/calendar/business-date.ts';
import { revise } from '../../core/lifecycle/record.ts';
import { progressOf } from '../../core/progress/summary.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { referencesIn } from '../../functions/follow-up/counting.ts';
import { createFollowing } from '../../functions/follow-up/following.ts';
import { planApi } from '../../functions/plan-api/routes/index.ts';
import { progressKey } from '../../storage/keys.ts';
import { entityItem } from '../../storage/transaction.ts';
import { countables, countEverything, countingOn } from '../support/counting.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { faultyClient } from '../support/faulty-client.ts';
import { call } from '../support/http-event.ts';
import { everything, findingsIn } from '../support/money-findings.ts';
import { accepted, inspector, noon, ordersWorld } from '../support/orders-world.ts';
import { seeded } from '../support/seeded.ts';
import { type Deed, simulationWorld } from '../support/simulation-world.ts';

let engine: Engine;
let year = 2060;
const nextYear = (): number => {
  year += 1;
  return year;
};
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const findings = async () =>
  (await findingsIn(everything(engine), ['progress'])).map(({ code, where }) => `${code} ${where}`);

/** The routes that tell of a world's year. */
function reading(world: { clock: { at: number }; year: number }) {
  const now = () => world.clock.at;
  const ports = { reads: engine.store, calendar: () => storedCalendar(engine.store, now()) };
  const api = createApi({ store: engine.store, now, routes: planApi(ports) });
  const params = { year: world.year };
  return {
    progress: async (query: Record<string, string> = {}) =>
      accepted(await call(api, progressRoutes.readProgress, undefined, { params, query })),
    figures: async (query: Record<string, string> = {}) =>
      accepted(await call(api, progressRoutes.readYearFigures, inspector, { params, query })),
    ask: (query: Record<string, string>) => call(api, progressRoutes.readProgress, undefined, { params, query }),
    of: (other: number) => call(api, progressRoutes.readProgress, undefined, { params: { year: other } }),
  };
}

describe('the progress of a year', () => {
  test('says in public, by month, jurisdiction and category, how many vouchers stand where, to the fen', async () => {
    const world = await ordersWorld(engine, nextYear());
    const read = reading(world);
    const provider = await world.organisation('provider');
    const [compute, erp] = [
      await world.offer(provider, 'computing', 2_000_000),
      await world.offer(provider, 'business-management', 2_000_000),
    ];
    const hohhot = await world.organisation('enterprise');
    const baotou = await world.organisation('enterprise', { jurisdiction: '150200' });
    await world.signedOrder(hohhot, compute, '10000.01');
    world.clock.at = noon(`${year}-04-02`);
    const order = await world.signedOrder(baotou, erp, '20000');
    accepted(await world.deliver(baotou, order, { outcome: 'full' }));
    await world.place(baotou, compute);
    await countEverything(engine);

    const progress = await read.progress();
    expect(progress.total).toMatchObject({
      count: 2,
      amount: '5500.00',
      standings: { active: { count: 1, amount: '1500.00' }, used: { count: 1, amount: '4000.00' }, paid: { count: 0 } },
    });
    expect(progress.months).toMatchObject([
      { month: `${year}-03`, count: 1, amount: '1500.00' },
      { month: `${year}-04`, count: 1, amount: '4000.00' },
    ]);
    const places = progress.jurisdictions.filter(({ count }: { count: number }) => count > 0);
    expect(places).toMatchObject([
      { jurisdiction: '150100', amount: '1500.00' },
      { jurisdiction: '150200', amount: '4000.00' },
    ]);
    expect(progress.jurisdictions).toHaveLength(14);
    expect(progress.categories).toMatchObject([
      { category: 'infrastructure', amount: '1500.00' },
      { category: 'business-application', amount: '4000.00' },
      { category: 'platform-system', count: 0, amount: '0.00' },
    ]);
    expect(await read.progress({ jurisdiction: '150200', category: 'infrastructure' })).toMatchObject({
      total: { count: 0, amount: '0.00' },
      months: [],
    });
    expect((await read.ask({ jurisdiction: '110000' })).status).toBe(422);
    expect((await read.of(2018)).status).toBe(404);
    expect((await read.of(2099)).status).toBe(404);

    const figures = await read.figures();
    expect(figures.orders).toEqual({ placed: 3, issued: 2, delivered: 1, claimed: 0, audited: 0, paid: 0 });
    expect(figures.times.find(({ stage }: { stage: string }) => stage === 'signing')).toMatchObject({
      cases: 2,
      median: 0,
      ninetieth: 0,
    });
    expect(figures.forecast.fund).toMatchObject({ issued: '5500.00', left: '991500.00' });
    expect(await read.figures({ jurisdiction: '150200' })).toMatchObject({
      orders: { placed: 2, issued: 1 },
      enterprises: { registered: 1, certified: 0 },
    });
  });

  test('is cacheable in public, and the figures of the departments are not', async () => {
    const world = await ordersWorld(engine, nextYear());
    const { headers } = await call(
      createApi({
        store: engine.store,
        now: () => world.clock.at,
        routes: planApi({ reads: engine.store, calendar: () => storedCalendar(engine.store, world.clock.at) }),
      }),
      progressRoutes.readProgress,
      undefined,
      { params: { year } },
    );
    expect(headers['cache-control']).toBe('public, max-age=60');
    expect(headers.etag).toMatch(/^"/);
  });
});

/** Two orders that are signed, of which one is delivered in part. */
const signed: Deed[] = [
  ...[0, 1].flatMap((n): Deed[] => [
    { do: 'place', who: n, which: n },
    { do: 'answer', which: n, fee: 9_000 },
    { do: 'sign', which: n, fee: 0 },
  ]),
  { do: 'part', which: 0, fee: 4_000 },
];

const which = fc.nat({ max: 20 });
const fee = fc.nat({ max: 30_000 });
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('place' as const), who: which, which }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('answer' as const), which, fee }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('sign' as const), which, fee }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom('part', 'full', 'fail', 'expire', 'accrue', 'cancel'), which, fee }),
  },
);

describe('counting', () => {
  test('whatever happened, late, twice, in any order and at once, comes to what there is', async () => {
    let vouchers = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 20, maxLength: 40 }), fc.nat(), async (deeds, seed) => {
        const world = await simulationWorld(engine, nextYear(), { fund: 20_000_000 });
        const random = seeded(seed);
        const pending: string[] = [];
        const faulty = faultyClient(engine.client, random, { rate: 0.3 });
        const count = countingOn(engine.table, faulty.client);
        const some = () => pending.filter(() => random() < 0.6);
        for (const next of deeds) {
          await world.perform(next);
          for (const { order } of world.orders) {
            pending.push(`order/${order.id}`, ...(order.voucher ? [`voucher/${order.voucher.id}`] : []));
          }
          // Several at once, each a part of what is known: what fails is given again below.
          if (random() < 0.3) {
            const calls = [some(), some(), some()].map((recount) => count({ recount }, 'some').catch(() => 0));
            await faulty.drive(Promise.all(calls));
          }
        }
        await countEverything(engine);
        expect(await findings()).toEqual([]);

        // What counts against the specs is what the pool has, less what is reserved.
        const pool = await world.store.pool(year);
        const { categories } = progressOf(await world.store.progress(year), {});
        const reserved = new Map<string, number>();
        for (const { order } of world.orders) {
          const stored = await world.store.get('order', { id: order.id });
          if (stored?.status !== 'placed' && stored?.status !== 'answered') continue;
          for (const { specId, amount } of stored.reservation?.parts ?? [])
            reserved.set(specId, (reserved.get(specId) ?? 0) + amount);
        }
        const specOf = { infrastructure: 'inf', 'business-application': 'app', 'platform-system': 'plt' } as const;
        for (const { category, fen } of categories) {
          const specId = specOf[category];
          expect([category, fen]).toEqual([
            category,
            (pool.specs[specId]?.usedAmount ?? 0) - (reserved.get(specId) ?? 0),
          ]);
        }
        vouchers += world.orders.filter(({ order }) => order.voucher).length;
      }),
      // Whatever else comes up: these are signed.
      { numRuns: 7, endOnFailure: true, examples: [[signed, 1]] },
    );
    expect(vouchers).toBeGreaterThan(1);
  }, 120_000);

  test('never counts what was before over what is', async () => {
    const world = await ordersWorld(engine, nextYear());
    const enterprise = await world.organisation('enterprise', { status: 'registered' });
    const count = countingOn(engine.table, engine.client);
    const name = `organisation/${enterprise.id}`;
    await count({ recount: [name] }, 'first');
    const later = revise(enterprise, world.clock.at, { status: 'certified', certifiedAt: world.clock.at });
    await world.seed({ do: 'update', entity: 'organisation', value: later, audit: { action: 'certify' } });
    await count({ recount: [name] }, 'later');
    // Somebody who read it before it was certified, and writes only now.
    const late = countingOn(engine.table, engine.client);
    await engine.client.send(new PutCommand({ TableName: engine.table, Item: entityItem('organisation', enterprise) }));
    await late({ recount: [name] }, 'late');
    await engine.client.send(new PutCommand({ TableName: engine.table, Item: entityItem('organisation', later) }));
    await countEverything(engine);
    expect(await findings()).toEqual([]);
    const month = businessDateOf(world.clock.at).slice(0, 7);
    const cells = await engine.store.progress('organisations');
    expect(cells.filter(({ cell }) => cell[0] === month)).toMatchObject([
      { cell: [month, '150100', 'enterprise'], measures: { registered: 1, certified: 1 } },
    ]);
  });

  test('is told by the stream of what it counts, and of nothing else', async () => {
    const world = await ordersWorld(engine, nextYear());
    const enterprise = await world.organisation('enterprise');
    const image = (item: Record<string, unknown>) =>
      marshall(item, { removeUndefinedValues: true }) as NonNullable<
        NonNullable<NonNullable<Parameters<typeof referencesIn>[0]['Records']>[number]['dynamodb']>['NewImage']
      >;
    const record = (item: Record<string, unknown>) => ({ dynamodb: { NewImage: image(item) } });
    const organisation = record(entityItem('organisation', enterprise));
    expect(referencesIn({ Records: [organisation, organisation, record(entityItem('plan', world.plan)), {}] })).toEqual(
      [`organisation/${enterprise.id}`],
    );
    expect(await countables(engine)).toContain(`organisation/${enterprise.id}`);
  });

  test('and serving the waiting list are done by one function, each whatever becomes of the other', async () => {
    const done: string[] = [];
    const duty = (name: string, fails: boolean) => async (given: unknown) => {
      done.push(`${name} ${JSON.stringify(given)}`);
      if (fails) throw new Error(name);
    };
    const follow = (failing?: 'serve' | 'count') =>
      createFollowing({ serve: duty('serve', failing === 'serve'), count: duty('count', failing === 'count') });
    const record = (type: string) =>
      ({ dynamodb: { NewImage: { type: { S: type }, data: { M: { year: { N: '2031' } } } } } }) as never;
    await follow()({ Records: [record('voucher')] }, 'r');
    expect(done.splice(0)).toEqual([expect.stringMatching(/^count/)]);
    await follow()({ Records: [record('waitingList')] }, 'r');
    expect(done.splice(0)).toEqual(['serve [2031]', expect.stringMatching(/^count/)]);
    await follow()({}, 'r');
    expect(done.splice(0)).toEqual(['serve []', 'count {}']);
    for (const failing of ['serve', 'count'] as const) {
      await expect(follow(failing)({ Records: [record('waitingList')] }, 'r')).rejects.toThrow(failing);
      expect(done.splice(0)).toHaveLength(2);
    }
  });

  test('goes past what is not there', async () => {
    await countEverything(engine);
    const count = countingOn(engine.table, engine.client);
    await count({ recount: ['order/ord_none', 'claimItem/clm_none/itm_none', 'nothing/at_all', ''] }, 'nothing');
    expect(await findings()).toEqual([]);
  });

  test('a cell that somebody changed is found', async () => {
    const key = progressKey('organisations', 'organisations', [`${year}-03`, '150100', 'enterprise']);
    const change = (by: number) =>
      engine.client.send(
        new UpdateCommand({
          TableName: engine.table,
          Key: key,
          UpdateExpression: 'ADD registered :by SET #type = :type',
          ExpressionAttributeNames: { '#type': 'type' },
          ExpressionAttributeValues: { ':by': by, ':type': 'progress' },
        }),
      );
    await countEverything(engine);
    await change(1);
    expect(await findings()).toEqual([`cell organisations organisations ${year}-03 150100 enterprise registered`]);
    await change(-1);
    expect(await findings()).toEqual([]);
  });
});
