import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fen } from '../../core/money/money.ts';
import type { Order } from '../../core/orders/order.ts';
import type { Organisation } from '../../core/registry/organisation.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import type { Answered } from '../support/http-event.ts';
import { moneyFindings } from '../support/money-findings.ts';
import {
  accepted,
  noon,
  type Offer,
  type OrdersWorld,
  ordersWorld,
  type PlanOptions,
} from '../support/orders-world.ts';

let engine: Engine;
let year = 2025;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const MANY = 20;
const many = <T>(make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: MANY }, (_, index) => make(index)));

async function setUp(options: PlanOptions = {}) {
  year += 1;
  const world = await ordersWorld(engine, year, options);
  const offer = await world.offer(await world.organisation('provider'), 'business-management', 4_000_000);
  return { world, offer };
}

const holds = async (world: OrdersWorld) => {
  expect(await moneyFindings(engine, world.year)).toEqual([]);
};
const codes = (answers: readonly Answered[]) =>
  answers.filter(({ status }) => status >= 300).map(({ body }) => body.code);
const succeeded = (answers: readonly Answered[]) =>
  answers.filter(({ status }) => status < 300).map(({ body }) => body);

describe('many at once', () => {
  test('cannot reserve more than the fund has, and leave nothing of it', async () => {
    const { world, offer } = await setUp({ fund: 5_000_000 });
    const enterprises = await many(() => world.organisation('enterprise'));
    const answers = await Promise.all(enterprises.map((enterprise) => world.place(enterprise, offer)));
    const amounts = succeeded(answers).map(({ reservation }) => reservation.amount);
    expect(amounts.filter((amount) => amount === '8000.00')).toHaveLength(6);
    expect(amounts.filter((amount) => amount === '2000.00')).toHaveLength(1);
    expect(codes(answers)).toEqual(Array(MANY - 7).fill('fund-exhausted'));
    expect(await world.store.fund(world.year)).toMatchObject({ available: 0, reserved: 5_000_000 });
    await holds(world);
  });

  test.each([[{ use: 'maximum' }], [{ use: 'amount', amount: '15000.00' }]])(
    'of one enterprise, two of 15,000 against an empty yearly cap: one in full and one of 5,000 (%j)',
    async (choice) => {
      const { world } = await setUp();
      const offer = await world.offer(await world.organisation('provider'), 'business-management', 7_500_000);
      const enterprise = await world.organisation('enterprise');
      const answers = await Promise.all([
        world.place(enterprise, offer, choice),
        world.place(enterprise, offer, choice),
      ]);
      const amounts = answers.map((answer) => accepted(answer).reservation.amount);
      expect(amounts.sort()).toEqual(['15000.00', '5000.00']);
      expect(await world.store.capUsed(world.year, enterprise.uscc)).toBe(2_000_000);
      const [third] = codes([await world.place(enterprise, offer, choice)]);
      expect(third).toBe('yearly-cap-reached');
      await holds(world);
    },
  );

  test('share one last voucher of a spec: one has it', async () => {
    const { world, offer } = await setUp({ specCount: 1 });
    const enterprises = await many(() => world.organisation('enterprise'));
    const answers = await Promise.all(enterprises.map((enterprise) => world.place(enterprise, offer)));
    expect(succeeded(answers)).toHaveLength(1);
    expect(codes(answers)).toEqual(Array(MANY - 1).fill('spec-count-exhausted'));
    await holds(world);
  });

  test('cannot take more of a spec than its amount', async () => {
    const { world, offer } = await setUp({ specAmount: 1_000_001 });
    const enterprises = await many(() => world.organisation('enterprise'));
    const answers = await Promise.all(enterprises.map((enterprise) => world.place(enterprise, offer)));
    expect(
      succeeded(answers)
        .map(({ reservation }) => reservation.amount)
        .sort(),
    ).toEqual(['2000.01', '8000.00']);
    expect(codes(answers)).toEqual(Array(MANY - 2).fill('spec-amount-exhausted'));
    await holds(world);
  });

  test('of one enterprise reach its yearly cap exactly', async () => {
    const { world, offer } = await setUp();
    const enterprise = await world.organisation('enterprise');
    const answers = await many(() => world.place(enterprise, offer));
    expect(
      succeeded(answers)
        .map(({ reservation }) => reservation.amount)
        .sort(),
    ).toEqual(['4000.00', '8000.00', '8000.00']);
    expect(codes(answers)).toEqual(Array(MANY - 3).fill('yearly-cap-reached'));
    expect(await world.store.capUsed(world.year, enterprise.uscc)).toBe(2_000_000);
    await holds(world);
  });

  test('sign contracts that cost more than estimated: the fund’s last fen are issued, none twice', async () => {
    const { world } = await setUp({ fund: MANY * 10_000 + 45_000 });
    const small = await world.offer(await world.organisation('provider'), 'business-management', 50_000);
    const orders = await many(async () => {
      const enterprise = await world.organisation('enterprise');
      return { enterprise, order: accepted(await world.place(enterprise, small)) };
    });
    const answered: { enterprise: Organisation; order: Answered['body'] }[] = [];
    for (const { enterprise, order } of orders)
      answered.push({ enterprise, order: accepted(await world.answer(order, small, '1000')) });
    const signed = await Promise.all(answered.map(({ enterprise, order }) => world.sign(enterprise, order)));
    const faces = signed.map((answer) => accepted(answer).voucher.face as string).sort();
    expect(faces.filter((face) => face === '200.00')).toHaveLength(4);
    expect(faces.filter((face) => face === '150.00')).toHaveLength(1);
    expect(faces.filter((face) => face === '100.00')).toHaveLength(MANY - 5);
    expect(await world.store.fund(world.year)).toMatchObject({
      available: 0,
      reserved: 0,
      active: MANY * 10_000 + 45_000,
    });
    await holds(world);
  });

  test('repeat one request: one effect, one answer', async () => {
    const { world, offer } = await setUp();
    const enterprise = await world.organisation('enterprise');
    const placed = await many(() => world.place(enterprise, offer, { use: 'maximum' }, { key: `same-key-${year}` }));
    expect(new Set(placed.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const order = accepted(await world.answer(placed[0]?.body, offer, '40000'));
    const signed = await many(() => world.sign(enterprise, order, { key: `sign-key-${year}` }));
    expect(new Set(signed.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await world.store.capUsed(world.year, enterprise.uscc)).toBe(800_000);
    await holds(world);
  });

  test('sign one order: one voucher', async () => {
    const { world, offer } = await setUp();
    const enterprise = await world.organisation('enterprise');
    const order = accepted(await world.answer(accepted(await world.place(enterprise, offer)), offer, '40000'));
    const signed = await many(() => world.sign(enterprise, order));
    expect(succeeded(signed)).toHaveLength(1);
    for (const code of codes(signed)) expect(['stale-version', 'wrong-state']).toContain(code);
    await holds(world);
  });

  test('sign contracts of one number: one counts', async () => {
    const { world, offer } = await setUp();
    const orders: { enterprise: Organisation; order: Answered['body'] }[] = [];
    for (let index = 0; index < 5; index += 1) {
      const enterprise = await world.organisation('enterprise');
      const placed = accepted(await world.place(enterprise, offer));
      orders.push({
        enterprise,
        order: accepted(await world.answer(placed, offer, '40000', { contractNumber: 'HT-SAME' })),
      });
    }
    const signed = await Promise.all(orders.map(({ enterprise, order }) => world.sign(enterprise, order)));
    expect(succeeded(signed)).toHaveLength(1);
    expect(codes(signed)).toEqual(Array(4).fill('contract-number-used'));
    await holds(world);
  });
});

describe('whatever enterprises and providers do, in any order and at once', () => {
  const step = fc.record({
    who: fc.nat(2),
    offer: fc.nat(1),
    fresh: fc.boolean(),
    pick: fc.nat(50),
    turn: fc.nat(9),
    fee: fc.integer({ min: 1, max: 9_000_000 }),
    asked: fc.option(fc.integer({ min: 1, max: 900_000 }), { nil: undefined }),
  });
  type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
  const yuan = (amount: number) => (amount / 100).toFixed(2);

  /** What is likely to come next in each state, and now and then something that must be refused. */
  const next: Record<string, readonly (keyof typeof acts)[]> = {
    placed: ['answer', 'answer', 'answer', 'answer', 'answer', 'answer', 'answer', 'cancel', 'decline', 'sign'],
    answered: ['sign', 'sign', 'sign', 'sign', 'sign', 'sign', 'answer', 'answer', 'cancel', 'full'],
    signed: ['full', 'full', 'part', 'part', 'part', 'notPerformed', 'notPerformed', 'sign', 'cancel', 'answer'],
  };
  interface Turn {
    readonly world: OrdersWorld;
    readonly order: Order;
    readonly buyer: Organisation;
    readonly from: Offer;
    readonly fee: number;
  }
  const target = (order: Order) => ({ params: { orderId: order.id }, version: order.version, body: { reason: '-' } });
  const acts = {
    answer: ({ world, order, from, fee }: Turn) => world.answer(order, from, yuan(fee)),
    sign: ({ world, order, buyer }: Turn) => world.sign(buyer, order),
    cancel: ({ world, order, buyer }: Turn) => world.send('cancelOrder', world.memberOf(buyer), target(order)),
    decline: ({ world, order, from }: Turn) => world.send('declineOrder', world.memberOf(from.provider), target(order)),
    full: ({ world, order, buyer }: Turn) => world.deliver(buyer, order, { outcome: 'full' }),
    part: ({ world, order, buyer, fee }: Turn) => {
      const agreed = order.contract?.fee ?? 0;
      return world.deliver(buyer, order, {
        outcome: 'part',
        reason: '-',
        deliveredFees: [yuan(fee % Math.max(1, agreed))],
      });
    },
    notPerformed: ({ world, order, buyer }: Turn) =>
      world.deliver(buyer, order, { outcome: 'not-performed', reason: '-' }),
  };

  async function act(
    world: OrdersWorld,
    enterprises: readonly Organisation[],
    offers: readonly Offer[],
    orders: Set<string>,
    given: Step,
  ) {
    const enterprise = enterprises[given.who];
    const offer = offers[given.offer];
    if (!enterprise || !offer) return undefined;
    const id = [...orders][given.pick % Math.max(1, orders.size)];
    if (given.fresh || id === undefined) {
      const placed = await world.place(
        enterprise,
        offer,
        given.asked === undefined ? { use: 'maximum' } : { use: 'amount', amount: yuan(given.asked) },
      );
      if (placed.status === 201) orders.add(placed.body.id);
      return placed;
    }
    const order = await world.store.get('order', { id });
    const buyer = enterprises.find(({ id: of }) => of === order?.enterpriseId);
    const from = offers.find(({ offeringId }) => offeringId === order?.offeringId);
    const name = order && (next[order.status] ?? ['sign'])[given.turn % (next[order.status]?.length ?? 1)];
    return order && buyer && from && name ? acts[name]({ world, order, buyer, from, fee: given.fee }) : undefined;
  }

  test('every invariant of money holds after every step', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 2, maxLength: 4 }), { minLength: 8, maxLength: 16 }),
        async (rounds) => {
          year += 1;
          const world = await ordersWorld(engine, year, {
            fund: 2_500_000,
            specAmount: 1_500_000,
            specCount: 4,
            parameters: { yearlyCap: fen(1_200_000) },
          });
          const provider = await world.organisation('provider');
          const enterprises = await Promise.all([1, 2, 3].map(() => world.organisation('enterprise')));
          const offers = [
            await world.offer(provider, 'business-management', 2_000_000),
            await world.offer(provider, 'database', 1_000_000),
          ];
          const orders = new Set<string>();
          world.clock.at = noon(`${year}-04-05`);
          for (const [index, round] of rounds.entries()) {
            // A few days pass, so that reservations end now and then; the sweep runs while people act.
            world.clock.at += 2 * 86_400_000;
            const acting = round.map((given) => act(world, enterprises, offers, orders, given));
            const sweeping =
              index % 4 === 3 ? world.sweep({}, { awsRequestId: `sweep-${year}-${index}` }) : { failed: 0 };
            for (const answer of await Promise.all(acting)) expect(answer?.status ?? 0).toBeLessThan(500);
            expect(await sweeping).toMatchObject({ failed: 0 });
            await holds(world);
          }
        },
      ),
      { numRuns: 6, endOnFailure: true },
    );
  });
});
