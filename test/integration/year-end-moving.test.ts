import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accounts } from '../../core/ledger/accounts.ts';
import { backingOf } from '../../core/ledger/backing.ts';
import { imbalance, type Posting, replay } from '../../core/ledger/posting.ts';
import { born } from '../../core/lifecycle/record.ts';
import { fen } from '../../core/money/money.ts';
import { fundYearOf } from '../../core/orders/voucher.ts';
import { cameIn, committed } from '../../core/policy/fund-report.ts';
import { everyPage } from '../../core/ports/pages.ts';
import { JOURNAL_PARTITIONS } from '../../core/queries.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { createSteps } from '../../functions/_runtime/steps.ts';
import { yearEndSteps } from '../../functions/year-end-steps/steps.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { accepted, noon, type OrdersWorld, ordersWorld } from '../support/orders-world.ts';
import { captureLog } from '../support/registry-world.ts';

let engine: Engine;
let log: ReturnType<typeof captureLog>;
beforeAll(async () => {
  log = captureLog();
  engine = await startEngine();
});
afterAll(async () => {
  await engine.stop();
  log.restore();
});

const ORDERS = 5;
/** Worlds share a table; each takes its year and the next. */
let year = 2019;

async function journalOf({ store }: OrdersWorld, of: number): Promise<Posting[]> {
  const all: Posting[] = [];
  for (let partition = 0; partition < JOURNAL_PARTITIONS; partition++) {
    all.push(...(await everyPage((page) => store.list('journal', { year: of, partition }, page))));
  }
  return all;
}

/** What must be true of both years after every single write (invariants 1, 2, 3 and 7). */
async function check(world: OrdersWorld, enterprises: readonly string[]): Promise<void> {
  const { store, plan } = world;
  const vouchers = await everyPage((page) => store.list('vouchersOfYear', { year: plan.year }, page));
  let carried = 0;
  let appropriated = 0;
  let held = 0;
  for (const of of [plan.year, plan.year + 1]) {
    const balances = await store.fund(of);
    const journal = await journalOf(world, of);
    expect(journal.filter(({ entries }) => imbalance(entries) !== 0)).toEqual([]);
    expect(replay(journal)).toEqual(balances);
    const holding = accounts.filter((account) => account !== 'appropriation' && account !== 'carryIn');
    expect(holding.filter((account) => balances[account] < 0)).toEqual([]);
    expect(committed(balances)).toBeLessThanOrEqual(cameIn(balances));
    const own = vouchers.filter((voucher) => fundYearOf(voucher) === of);
    expect(balances.active).toBe(own.reduce((sum, voucher) => sum + (backingOf(voucher)?.active ?? 0), 0));
    carried += balances.carryIn;
    appropriated -= balances.appropriation;
    held += committed(balances) + balances.available;
  }
  expect(carried).toBe(0);
  expect(held).toBe(appropriated);
  for (const uscc of enterprises) {
    const live = vouchers.filter(({ enterpriseUscc, status }) => enterpriseUscc === uscc && status !== 'void');
    expect(await store.capUsed(plan.year, uscc)).toBe(live.reduce((sum, { face }) => sum + face, 0));
  }
}

type Act = { readonly kind: 'step'; readonly fate: 'once' | 'reply-lost' | 'twice-at-once' | 'visited-again' };
type Delivery = {
  readonly kind: 'deliver';
  readonly order: number;
  readonly outcome: 'full' | 'part' | 'not-performed';
};

const acts = fc.array(
  fc.oneof<[fc.Arbitrary<Act>, fc.Arbitrary<Delivery>]>(
    fc.record({
      kind: fc.constant('step' as const),
      fate: fc.constantFrom('once', 'reply-lost', 'twice-at-once', 'visited-again'),
    }),
    fc.record({
      kind: fc.constant('deliver' as const),
      order: fc.nat(ORDERS - 1),
      outcome: fc.constantFrom('full', 'part', 'not-performed'),
    }),
  ),
  { minLength: 4, maxLength: 14 },
);

/** A year with signed orders, one reservation that nobody signed, and its close approved. */
async function closingYear() {
  const world = await ordersWorld(engine, year, { fund: 50_000_000 });
  year += 2;
  const { plan, store, clock, seed } = world;
  const provider = await world.organisation('provider');
  const offer = await world.offer(provider, 'business-management', 4_000_000);
  const buyers = [];
  const orders = [];
  for (let n = 0; n < ORDERS; n++) {
    const buyer = await world.organisation('enterprise');
    buyers.push(buyer);
    orders.push(await world.signedOrder(buyer, offer, '40000'));
  }
  const late = await world.organisation('enterprise');
  clock.at = noon(`${plan.year}-12-30`);
  accepted(await world.place(late, offer, { use: 'maximum' }, {}, { wantedFrom: `${plan.year}-12-31` }));
  clock.at = noon(`${plan.year + 1}-01-02`);
  await seed({
    do: 'create',
    entity: 'yearEnd',
    value: {
      year: plan.year,
      ...born(clock.at),
      status: 'moving',
      requestedBy: 'treasurer',
      survey: {},
      approvals: [],
      reservations: { count: 0, amount: fen(0) },
      moved: { count: 0, active: fen(0), accrued: fen(0), deferred: fen(0) },
      oldestVoucherYear: plan.year,
      rounds: 0,
    },
  });
  const ports = { reads: store, calendar: () => storedCalendar(store, clock.at) };
  const steps = createSteps('year-end', {
    store,
    now: () => clock.at,
    steps: yearEndSteps(ports, { vouchersPerPage: 2, pagesPerExecution: 1000 }),
  });
  return { world, steps, buyers, orders };
}

test('whatever happens to vouchers between the pages of a close, no fen is lost, and no step moves twice', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (script) => {
      const { world, steps, buyers, orders } = await closingYear();
      const { plan, store } = world;
      const codes = buyers.map(({ uscc }) => uscc);
      let position: Record<string, unknown> = { step: 'end-reservations', input: { year: plan.year } };
      let visits = 0;
      const visit = async (visitNumber: number) =>
        (await steps(
          { execution: `close-${plan.year}`, state: 'State', entered: `visit-${visitNumber}`, ...position },
          { awsRequestId: `step-${plan.year}-${visits}-${Math.random()}` },
        )) as Record<string, unknown>;
      const step = async (fate: Act['fate']) => {
        if (position.step === 'done') return;
        visits += 1;
        if (fate === 'visited-again') {
          // A crash before the journal of the execution knew it: the same state with another visit.
          await visit(visits);
          visits += 1;
        }
        if (fate === 'reply-lost') await visit(visits);
        const [input] =
          fate === 'twice-at-once' ? await Promise.all([visit(visits), visit(visits)]) : [await visit(visits)];
        const following: Readonly<Record<string, string>> = {
          'end-reservations done': 'move-vouchers',
          'move-vouchers done': 'close-year',
          'close-year again': 'end-reservations',
          'close-year closed': 'done',
        };
        const from = String(position.step);
        position = { step: following[`${from} ${input?.next}`] ?? from, input };
      };
      const deliver = async ({ order, outcome }: Delivery) => {
        const [buyer, signed] = [buyers[order], orders[order]];
        if (!buyer || !signed) throw new Error('no order');
        const body = {
          full: { outcome },
          part: { outcome, deliveredFees: ['10000.03'], reason: '仅交付部分' },
          'not-performed': { outcome, reason: '服务商未开通' },
        }[outcome];
        // Delivered once already: refused, and nothing changes.
        await world.deliver(buyer, signed, { ...body });
      };
      await check(world, codes);
      for (const act of script) {
        if (act.kind === 'step') await step(act.fate);
        else await deliver(act);
        await check(world, codes);
      }
      for (let left = 40; position.step !== 'done' && left > 0; left--) await step('once');
      await check(world, codes);
      expect(await store.get('plan', { year: plan.year })).toMatchObject({ status: 'closed' });
      const { available, reserved, active, carryIn } = await store.fund(plan.year);
      expect({ available, reserved, active, carryIn }).toEqual({
        available: 0,
        reserved: 0,
        active: 0,
        carryIn: 50_000_000,
      });
      expect(await store.get('yearEnd', { year: plan.year })).toMatchObject({ reservations: { count: 1 } });
    }),
    { numRuns: 12 },
  );
}, 120_000);
