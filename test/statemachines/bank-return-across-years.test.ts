import { expect, test } from 'vitest';
import { CUT } from '../../core/ledger/posting.ts';
import { born } from '../../core/lifecycle/record.ts';
import { fen } from '../../core/money/money.ts';
import { fundIdentity } from '../../core/policy/fund-report.ts';
import { makeTrialBalance } from '../../core/usecases/plan/trial-balance.ts';
import { createSteps } from '../../functions/_runtime/steps.ts';
import { yearEndSteps } from '../../functions/year-end-steps/steps.ts';
import { FACE, noon } from '../support/claims-world.ts';
import { startEngine } from '../support/engine.ts';
import { accepted } from '../support/orders-world.ts';
import { cashier, finance, industry, proposer } from '../support/payouts-world.ts';
import { END, openPublicityBench, publicise } from '../support/publicity-bench.ts';
import { recoveriesWorld } from '../support/recoveries-world.ts';
import { captureLog } from '../support/registry-world.ts';
import { treasurer } from '../support/year-end-world.ts';

/** A bench whose orders are approved and answered in one go; closes itself. */
async function onBench(act: (on: Awaited<ReturnType<typeof open>>) => Promise<void>): Promise<void> {
  const log = captureLog();
  const on = await open();
  try {
    await act(on);
    expect(on.bench.failures()).toEqual([]);
  } finally {
    await on.close();
    log.restore();
  }
}

async function open() {
  const engine = await startEngine();
  const world = await recoveriesWorld(engine);
  const bench = await openPublicityBench(engine, world);
  const bothApprove = async () => {
    await bench.decide(industry, { outcome: 'approve' });
    await bench.decide(finance, { outcome: 'approve' });
  };
  const line = async (payoutId: string) => {
    const [found] = (await world.store.list('linesOfPayout', { payoutId }, { limit: 10 })).items;
    if (!found) throw new Error('no line');
    return found;
  };
  const bankPays = async (payoutId: string) => {
    const { id, sending } = await line(payoutId);
    const lines = [{ lineId: id, outcome: 'paid', bankSerial: `BK${payoutId.slice(-14)}${sending}` }];
    accepted(await world.payouts('recordBankAnswers', cashier, { params: { payoutId }, body: { sending, lines } }));
    await bench.rest();
  };
  const order = async (year: number) => {
    const { id } = accepted(await world.payouts('orderPayout', proposer, { body: { year } }));
    await bench.rest();
    await bothApprove();
    await bankPays(id);
    return id as string;
  };
  const givenBack = async (payoutId: string) => {
    const id = await world.giveBack(await line(payoutId));
    await bench.rest();
    return id;
  };
  const sendAgain = async (payoutId: string) => {
    const { id: lineId, version } = await line(payoutId);
    const body = { account: 'same', note: '账户已更正' };
    accepted(await world.payouts('correctLine', cashier, { params: { payoutId, lineId }, body, version }));
    await bench.rest();
    await bankPays(payoutId);
  };
  const close2019 = async () => {
    await bench.until(noon('2020-01-02'));
    await world.nextPlan(5_000_000, 2_000_000);
    accepted(await world.yearEnd('requestSurvey', treasurer, 2019));
    await bench.rest();
    const { version } = accepted(await world.yearEnd('readReport', treasurer, 2019));
    accepted(await world.yearEnd('requestRun', treasurer, 2019, { version }));
    await bench.rest();
    await bothApprove();
    expect(accepted(await world.yearEnd('readReport', treasurer, 2019)).status).toBe('closed');
  };
  /** Journal, balances, caps and the fund identity of both years, and what left one for the other. */
  const wrong = async () => {
    const differing: unknown[] = [...(await world.funds()).wrong];
    for (const year of [2019, 2020]) {
      const trial = await makeTrialBalance(world.ports)({ year }, { sub: 'auditor', role: 'auditor' });
      if (!trial.ok) throw new Error('no trial balance');
      const { unbalanced, accounts, caps } = trial.value;
      const { sumsToZero, withinTotal } = fundIdentity(await world.store.fund(year));
      differing.push(...unbalanced, ...accounts, ...caps, ...(sumsToZero && withinTotal ? [] : [year]));
    }
    return differing;
  };
  const close = async () => {
    await bench.close();
    await engine.stop();
  };
  return { world, bench, line, order, givenBack, sendAgain, close2019, wrong, close };
}

test('what a closed year had paid is owed again by the open year, behind its voucher, as old as it is', () =>
  onBench(async ({ world, bench, order, givenBack, sendAgain, close2019, wrong }) => {
    const { items } = await publicise(world, bench, [FACE]);
    await bench.until(END);
    const payoutId = await order(2019);
    await close2019();
    const before = { old: await world.store.fund(2019), next: await world.store.fund(2020) };
    const again = await givenBack(payoutId);
    expect(await world.store.fund(2019)).toMatchObject({ paid: 0, accrued: 0, carryIn: before.old.carryIn + FACE });
    expect(await world.store.fund(2020)).toMatchObject({
      accrued: FACE,
      available: before.next.available,
      carryIn: before.next.carryIn - FACE,
    });
    expect(await world.voucherNow(items[0]?.voucherId ?? '')).toMatchObject({ status: 'payable', fundYear: 2020 });
    expect(await world.store.get('yearEnd', { year: 2019 })).toMatchObject({
      carried: { live: [{ originYear: 2019, amount: FACE }] },
    });
    expect(await wrong()).toEqual([]);
    // The dry run of the next close knows whose it is.
    accepted(await world.yearEnd('requestSurvey', treasurer, 2020));
    await bench.rest();
    expect(accepted(await world.yearEnd('readReport', treasurer, 2020)).report).toMatchObject({ blocks: [] });
    await sendAgain(again);
    expect(await world.voucherNow(items[0]?.voucherId ?? '')).toMatchObject({
      status: 'redeemed',
      paidFrom: [{ year: 2020, amount: FACE }],
    });
    expect(await world.store.fund(2020)).toMatchObject({ paid: FACE, accrued: 0 });
    expect(await wrong()).toEqual([]);
    // What is taken back now goes to the fund that paid it in the end.
    const { providerId } = await world.owed(items[0]?.voucherId ?? '');
    accepted(await world.repay(providerId, '20000.00'));
    expect(await world.store.fund(2020)).toMatchObject({ recovered: -FACE });
    expect(await wrong()).toEqual([]);
  }));

test('of a voucher that two years paid in parts, each fund owes again what it had paid', () =>
  onBench(async ({ world, bench, order, givenBack, sendAgain, close2019, wrong }) => {
    const { items } = await publicise(world, bench, [FACE]);
    const id = items[0]?.voucherId ?? '';
    await bench.until(END);
    await world.post(2019, { available: -1_500_000, appropriation: 1_500_000 }, CUT);
    const earlier = await order(2019);
    await close2019();
    // Of what is deferred still, the rest is paid first: then both parts come back.
    const later = await order(2020);
    expect(await world.voucherNow(id)).toMatchObject({
      status: 'redeemed',
      paidFrom: [
        { year: 2019, amount: 500_000 },
        { year: 2020, amount: 1_500_000 },
      ],
    });
    const { available } = await world.store.fund(2020);
    const first = await givenBack(earlier);
    expect(await world.store.fund(2019)).toMatchObject({ paid: 0, accrued: 0 });
    expect(await world.store.fund(2020)).toMatchObject({ paid: 1_500_000, accrued: 500_000, available });
    expect(await wrong()).toEqual([]);
    await sendAgain(first);
    const second = await givenBack(later);
    expect(await world.voucherNow(id)).toMatchObject({
      status: 'payable',
      paid: 500_000,
      paidFrom: [{ year: 2020, amount: 500_000 }],
      bankReturns: 2,
    });
    expect(await wrong()).toEqual([]);
    await sendAgain(second);
    expect(await world.voucherNow(id)).toMatchObject({
      status: 'redeemed',
      paid: FACE,
      paidFrom: [{ year: 2020, amount: fen(FACE) }],
    });
    expect(await world.store.fund(2020)).toMatchObject({ paid: FACE, accrued: 0, available });
    expect(await wrong()).toEqual([]);
  }));

/** What follows what in a close that moves. */
const following: Readonly<Record<string, string>> = {
  'end-reservations done': 'move-vouchers',
  'move-vouchers done': 'close-year',
  'close-year again': 'end-reservations',
  'close-year closed': 'done',
};

test.each(['end-reservations', 'move-vouchers', 'close-year'])(
  'a return that arrives before %s of a close that is moving is owed by the open year in the end',
  (moment) =>
    onBench(async ({ world, bench, order, givenBack, sendAgain, wrong }) => {
      const { items } = await publicise(world, bench, [FACE, FACE]);
      await bench.until(END);
      const payoutId = await order(2019);
      await bench.until(noon('2020-01-02'));
      await world.nextPlan(5_000_000, 2_000_000);
      const before = { old: await world.store.fund(2019), next: await world.store.fund(2020) };
      await world.seed({
        do: 'create',
        entity: 'yearEnd',
        value: {
          year: 2019,
          ...born(bench.now()),
          status: 'moving',
          requestedBy: 'treasurer',
          survey: {},
          approvals: [],
          reservations: { count: 0, amount: fen(0) },
          moved: { count: 0, active: fen(0), accrued: fen(0), deferred: fen(0) },
          oldestVoucherYear: 2019,
          rounds: 0,
        },
      });
      // One voucher a page, so that there is a place between any two.
      const steps = createSteps('year-end', {
        store: world.store,
        now: bench.now,
        steps: yearEndSteps(world.ports, { vouchersPerPage: 1, pagesPerExecution: 1000 }),
      });
      let again: string | undefined;
      let position: Record<string, unknown> = { step: 'end-reservations', input: { year: 2019 } };
      for (let visit = 1; position.step !== 'done' && visit <= 40; visit++) {
        if (position.step === moment) again ??= await givenBack(payoutId);
        const step = String(position.step);
        const input = (await steps(
          { execution: 'close-2019', state: 'State', entered: `visit-${visit}`, ...position },
          { awsRequestId: `visit-${visit}` },
        )) as Record<string, unknown>;
        position = { step: following[`${step} ${input.next}`] ?? step, input };
      }
      expect(position.step).toBe('done');
      expect(await world.store.get('plan', { year: 2019 })).toMatchObject({ status: 'closed' });
      expect(await wrong()).toEqual([]);
      for (const { voucherId } of items) {
        expect(await world.voucherNow(voucherId)).toMatchObject({ status: 'payable', fundYear: 2020 });
      }
      expect(await world.store.fund(2019)).toMatchObject({ paid: 0, accrued: 0, available: 0 });
      expect(await world.store.fund(2020)).toMatchObject({
        accrued: 2 * FACE,
        // What the old year had free came over with the close; the vouchers' own money is not part of it.
        available: before.next.available + before.old.available,
      });
      await sendAgain(again ?? '');
      expect(await world.store.fund(2020)).toMatchObject({ paid: 2 * FACE, accrued: 0 });
      expect(await wrong()).toEqual([]);
    }),
);
