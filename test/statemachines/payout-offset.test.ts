import { expect, test } from 'vitest';
import { CUT } from '../../core/ledger/posting.ts';
import { fen } from '../../core/money/money.ts';
import { makeTrialBalance } from '../../core/usecases/plan/trial-balance.ts';
import { FACE, noon } from '../support/claims-world.ts';
import { startEngine } from '../support/engine.ts';
import { accepted } from '../support/orders-world.ts';
import { cashier, finance, industry, proposer } from '../support/payouts-world.ts';
import { END, openPublicityBench, publicise } from '../support/publicity-bench.ts';
import { recoveriesWorld } from '../support/recoveries-world.ts';
import { captureLog } from '../support/registry-world.ts';
import { treasurer } from '../support/year-end-world.ts';

const approve = { outcome: 'approve' };

/** A bench with the routes of money taken back; closes itself. */
async function onBench(
  loseReplies: boolean,
  act: (on: Awaited<ReturnType<typeof open>>) => Promise<void>,
): Promise<void> {
  const log = captureLog();
  const on = await open(loseReplies);
  try {
    await act(on);
    expect(on.bench.failures()).toEqual([]);
  } finally {
    await on.close();
    log.restore();
  }
}

async function open(loseReplies: boolean) {
  const engine = await startEngine();
  const world = await recoveriesWorld(engine);
  const bench = await openPublicityBench(engine, world, loseReplies);
  const approved = async () => {
    await bench.decide(industry, approve);
    await bench.decide(finance, approve);
  };
  const order = async (year: number) => {
    const { id } = accepted(await world.payouts('orderPayout', proposer, { body: { year } }));
    await bench.rest();
    await approved();
    return id as string;
  };
  const answer = async (payoutId: string, outcome: 'paid' | 'failed') => {
    const params = { payoutId };
    const { sending } = accepted(await world.payouts('readPayout', cashier, { params }));
    const { items } = accepted(await world.payouts('listPayoutLines', cashier, { params, query: { limit: '100' } }));
    const lines = items
      .filter(({ status }: { status: string }) => status === 'sent')
      .map(({ id }: { id: string }) => ({
        lineId: id,
        outcome,
        ...(outcome === 'paid'
          ? { bankSerial: `BK${payoutId.slice(4, 12)}${id.slice(4, 14)}${sending}` }
          : { reason: '账号不符' }),
      }));
    const what = { params, body: { sending, lines } };
    accepted(await world.payouts('recordBankAnswers', cashier, what));
    await bench.rest();
    // The bank says it again, later and more than once: nothing changes.
    accepted(await world.payouts('recordBankAnswers', cashier, what));
    await bench.rest();
  };
  const close = async () => {
    await bench.close();
    await engine.stop();
  };
  return { engine, world, bench, approved, order, answer, close };
}

/** More recoveries than one step keeps back, of one provider; its line fails once, and is paid then. */
const RECOVERIES = 23;
async function manyOffsets({ world, bench, order, answer }: Awaited<ReturnType<typeof open>>) {
  const { seller } = await publicise(world, bench, [FACE]);
  await bench.until(END);
  for (let n = 1; n <= RECOVERIES; n++) {
    await world.owed((await world.redeemed(FACE, seller)).id, { amount: `${n}.01` });
  }
  const owed = (RECOVERIES * (RECOVERIES + 1) * 100) / 2 + RECOVERIES;
  const payoutId = await order(2019);
  const line = async () => {
    const [found] = (await world.store.list('linesOfPayout', { payoutId }, { limit: 10 })).items;
    if (!found) throw new Error('no line');
    return found;
  };
  const receivable = async () =>
    accepted(await world.recoveries('readReceivable', cashier, { params: { providerId: seller.id } }));
  expect((await line()).offsets).toHaveLength(RECOVERIES);
  expect(await receivable()).toMatchObject({ open: '0.00', held: '276.23', recovered: '0.00' });
  await answer(payoutId, 'failed');
  expect(await line()).toMatchObject({ status: 'failed', offsets: [] });
  expect(await receivable()).toMatchObject({ open: '276.23', held: '0.00', recovered: '0.00' });
  const { id: lineId, version } = await line();
  const correction = { params: { payoutId, lineId }, body: { account: 'same', note: '重发' }, version };
  accepted(await world.payouts('correctLine', cashier, correction));
  await bench.rest();
  expect((await line()).offsets).toHaveLength(RECOVERIES);
  await answer(payoutId, 'paid');
  expect(await world.store.get('payout', { id: payoutId })).toMatchObject({
    status: 'settled',
    paid: FACE,
    sending: 2,
  });
  expect(await receivable()).toMatchObject({ confirmed: '276.23', open: '0.00', held: '0.00', recovered: '276.23' });
  expect(await world.store.fund(2019)).toMatchObject({
    accrued: 0,
    paid: (RECOVERIES + 1) * FACE,
    recovered: 0 - owed,
    available: owed,
  });
  expect(await world.differences(2019)).toEqual([]);
  return bench.effects();
}

test('an offset of many recoveries is kept back, given back, kept back and settled once, whatever reply is lost', async () => {
  let once: unknown;
  await onBench(false, async (on) => {
    once = await manyOffsets(on);
  });
  await onBench(true, async (on) => {
    const repeated = await manyOffsets(on);
    expect(on.bench.lostReplies()).toBeGreaterThan(0);
    expect(repeated).toEqual(once);
  });
});

test('money of a closed year that is kept back from a payment of the next goes to the open year, as old as it is', () =>
  onBench(false, async ({ world, bench, approved, order, answer }) => {
    const { seller, items } = await publicise(world, bench, [FACE]);
    await bench.until(END);
    const older = await world.redeemed(1_500_000, seller);
    await bench.until(noon('2020-01-02'));
    await world.nextPlan(5_000_000, 2_000_000);
    accepted(await world.yearEnd('requestSurvey', treasurer, 2019));
    await bench.rest();
    const report = accepted(await world.yearEnd('readReport', treasurer, 2019));
    accepted(await world.yearEnd('requestRun', treasurer, 2019, { version: report.version }));
    await bench.rest();
    await approved();
    expect(accepted(await world.yearEnd('readReport', treasurer, 2019)).status).toBe('closed');
    // The voucher moved with its money; the one paid before the close did not.
    expect(await world.store.fund(2020)).toMatchObject({ active: FACE, available: 5_500_000 });

    const { id, providerId } = await world.owed(older.id);
    const payoutId = await order(2019);
    await answer(payoutId, 'paid');
    expect(await world.store.get('recovery', { providerId, id })).toMatchObject({ status: 'recovered', held: 0 });
    expect(await world.voucherNow(older.id)).toMatchObject({ status: 'recovered', recovered: 1_500_000 });
    expect(await world.voucherNow(items[0]?.voucherId ?? '')).toMatchObject({ status: 'redeemed', fundYear: 2020 });
    const { closed, next, wrong } = await world.funds();
    expect(wrong).toEqual([]);
    expect(closed).toMatchObject({ paid: 1_500_000, recovered: -1_500_000, available: 0 });
    expect(next).toMatchObject({ paid: FACE, accrued: 0, available: 7_000_000 });
    expect((await world.store.get('yearEnd', { year: 2019 }))?.carried?.free).toEqual([
      { originYear: 2019, amount: fen(2_000_000) },
    ]);

    // The close of 2020 finds every fen of it, by origin.
    await bench.until(noon('2021-01-02'));
    accepted(await world.yearEnd('requestSurvey', treasurer, 2020));
    await bench.rest();
    expect(accepted(await world.yearEnd('readReport', treasurer, 2020)).report).toMatchObject({
      blocks: [],
      carries: { shortfall: '0.00' },
    });
    for (const year of [2019, 2020]) {
      const trial = await makeTrialBalance(world.ports)({ year }, { sub: 'auditor', role: 'auditor' });
      expect(trial).toMatchObject({ ok: true, value: { unbalanced: [], accounts: [], caps: [] } });
    }
  }));

test('a voucher that two years paid in parts gives each of them back what it paid', () =>
  onBench(false, async ({ world, bench, approved, order, answer }) => {
    const { items } = await publicise(world, bench, [FACE, FACE, FACE]);
    await bench.until(END);
    await world.post(2019, { available: -3_000_000, appropriation: 3_000_000 }, CUT);
    await answer(await order(2019), 'paid');
    await bench.until(noon('2020-01-02'));
    await world.nextPlan(5_000_000, 2_000_000);
    accepted(await world.yearEnd('requestSurvey', treasurer, 2019));
    await bench.rest();
    const report = accepted(await world.yearEnd('readReport', treasurer, 2019));
    accepted(await world.yearEnd('requestRun', treasurer, 2019, { version: report.version }));
    await bench.rest();
    await approved();
    await answer(await order(2020), 'paid');
    const vouchers = await Promise.all(items.map(({ voucherId }) => world.voucherNow(voucherId)));
    const marginal = vouchers.find(({ paidFrom = [] }) => paidFrom.length > 1);
    expect(marginal).toMatchObject({
      status: 'redeemed',
      paidFrom: [
        { year: 2019, amount: 1_000_000 },
        { year: 2020, amount: 1_000_000 },
      ],
    });
    const before = await world.store.fund(2020);

    const { providerId } = await world.owed(marginal?.id ?? '');
    accepted(await world.repay(providerId, '15000.00'));
    expect(await world.store.fund(2019)).toMatchObject({ paid: 3_000_000, recovered: -1_000_000, available: 0 });
    expect(await world.store.fund(2020)).toMatchObject({
      paid: 3_000_000,
      recovered: -500_000,
      carryIn: before.carryIn - 1_000_000,
      available: before.available + 1_500_000,
    });
    accepted(await world.repay(providerId, '5000.00'));
    expect(await world.voucherNow(marginal?.id ?? '')).toMatchObject({ status: 'recovered', recovered: FACE });
    expect(await world.store.fund(2020)).toMatchObject({ recovered: -1_000_000, available: before.available + FACE });
    expect((await world.funds()).wrong).toEqual([]);
    for (const year of [2019, 2020]) {
      const trial = await makeTrialBalance(world.ports)({ year }, { sub: 'auditor', role: 'auditor' });
      expect(trial).toMatchObject({ ok: true, value: { unbalanced: [], accounts: [], caps: [] } });
    }
  }));
