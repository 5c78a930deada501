import { afterAll, beforeAll, expect, test } from 'vitest';
import { CUT } from '../../core/ledger/posting.ts';
import { makeTrialBalance } from '../../core/usecases/plan/trial-balance.ts';
import { FACE, noon } from '../support/claims-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { accepted } from '../support/orders-world.ts';
import { cashier, finance, industry, proposer } from '../support/payouts-world.ts';
import { END, openPublicityBench, publicise } from '../support/publicity-bench.ts';
import { captureLog } from '../support/registry-world.ts';
import { treasurer, yearEndWorld } from '../support/year-end-world.ts';

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

const approve = { outcome: 'approve' };

test('what a year could not fund is carried, and paid first in the next, the marginal voucher to the last fen (一-(二))', async () => {
  const world = await yearEndWorld(engine);
  const bench = await openPublicityBench(engine, world, false);
  const approved = async () => {
    await bench.decide(industry, approve);
    await bench.decide(finance, approve);
  };
  /** A payment order for what is due in a year, approved and paid by the bank. */
  const payOut = async (year: number) => {
    const { id } = accepted(await world.payouts('orderPayout', proposer, { body: { year } }));
    const params = { payoutId: id };
    await bench.rest();
    await approved();
    const { items } = accepted(await world.payouts('listPayoutLines', proposer, { params }));
    const lines = items
      .filter(({ status }: { status: string }) => status === 'sent')
      .map(({ id: lineId }: { id: string }) => ({
        lineId,
        outcome: 'paid',
        bankSerial: `BK${year}${lineId.slice(4, 14)}`,
      }));
    accepted(await world.payouts('recordBankAnswers', cashier, { params, body: { sending: 1, lines } }));
    await bench.rest();
    // Whoever was deferred is paid by the fund that the money moved to.
    expect(accepted(await world.payouts('readControlTotals', proposer, { params }))).toMatchObject({
      agrees: true,
      funds: [{ year, amount: '30000.00' }],
    });
    return accepted(await world.payouts('readPayout', proposer, { params }));
  };
  try {
    const { items } = await publicise(world, bench, [FACE, FACE, FACE]);
    await bench.until(END);
    await world.post(2019, { available: -3_000_000, appropriation: 3_000_000 }, CUT);
    expect(await payOut(2019)).toMatchObject({ status: 'settled', paid: '30000.00', deferred: '30000.00' });

    await bench.until(noon('2020-01-02'));
    await world.nextPlan(5_000_000, 2_000_000);
    accepted(await world.yearEnd('requestSurvey', treasurer, 2019));
    await bench.rest();
    const report = accepted(await world.yearEnd('readReport', treasurer, 2019));
    expect(report.report).toMatchObject({ blocks: [], carries: { shortfall: '30000.00' } });
    accepted(await world.yearEnd('requestRun', treasurer, 2019, { version: report.version }));
    await bench.rest();
    await approved();
    expect(accepted(await world.yearEnd('readReport', treasurer, 2019))).toMatchObject({
      status: 'closed',
      moved: { count: 2, accrued: '0.00', deferred: '30000.00' },
    });
    // The new appropriation fills the gap first; only what is left of it can be issued.
    expect((await world.funds()).closed).toMatchObject({ available: 0, deferred: 0, paid: 3_000_000 });
    expect((await world.funds()).next).toMatchObject({ available: 2_000_000, deferred: 3_000_000, carryIn: 0 });

    expect(await payOut(2020)).toMatchObject({ status: 'settled', paid: '30000.00', deferred: '0.00', itemCount: 2 });
    const { next, wrong } = await world.funds();
    expect(wrong).toEqual([]);
    expect(next).toMatchObject({ available: 2_000_000, accrued: 0, deferred: 0, paid: 3_000_000 });
    for (const item of items) {
      const voucher = await world.store.get('voucher', { id: item.voucherId });
      expect(voucher).toMatchObject({ status: 'redeemed', year: 2019, payable: FACE });
      expect(voucher?.paid ?? FACE).toBe(FACE);
      // It counts in its year of use, whenever it was paid (五-(三)).
      expect(await world.store.capUsed(2019, voucher?.enterpriseUscc ?? '')).toBe(FACE);
      expect(await world.store.capUsed(2020, voucher?.enterpriseUscc ?? '')).toBe(0);
    }
    for (const year of [2019, 2020]) {
      const trial = await makeTrialBalance(world.ports)({ year }, { sub: 'auditor', role: 'auditor' });
      expect(trial).toMatchObject({ ok: true, value: { unbalanced: [], accounts: [], caps: [] } });
    }
    expect(bench.failures()).toEqual([]);
  } finally {
    await bench.close();
  }
});
