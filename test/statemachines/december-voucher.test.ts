import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTrialBalance } from '../../core/usecases/plan/trial-balance.ts';
import { FACE, newId, noon } from '../support/claims-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { accepted } from '../support/orders-world.ts';
import { cashier, finance, industry, proposer } from '../support/payouts-world.ts';
import { captureLog } from '../support/registry-world.ts';
import { openWorkflowBench } from '../support/workflow-bench.ts';
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

test('a voucher used on 20 December and paid in May counts to December’s year, and its money is the next year’s (五-(三))', async () => {
  const world = await yearEndWorld(engine);
  const bench = await openWorkflowBench(engine, { at: noon('2020-01-02'), world: world.clock });
  try {
    const activeAt = noon('2019-12-20');
    const { claim, items, seller } = await world.auditedClaim([
      { approved: FACE, activeAt },
      { approved: 1_800_000, activeAt },
    ]);
    const vouchers = async () => {
      const found = await world.store.getMany(
        'voucher',
        items.map(({ voucherId }) => ({ id: voucherId })),
      );
      return items.map(({ voucherId }) => found.find(({ id }) => id === voucherId));
    };

    accepted(await world.yearEnd('requestSurvey', treasurer, 2019));
    await bench.rest();
    const { version } = accepted(await world.yearEnd('readReport', treasurer, 2019));
    accepted(await world.yearEnd('requestRun', treasurer, 2019, { version }));
    await bench.rest();
    await bench.decide(industry, approve);
    await bench.decide(finance, approve);
    expect((await world.funds()).next).toMatchObject({ active: 2 * FACE, carryIn: -2 * FACE });

    await bench.until(noon('2020-04-20'));
    await world.seed({
      do: 'event',
      event: {
        id: newId('evt'),
        at: bench.now(),
        type: 'workflow-requested',
        workflow: 'publicity-window',
        input: { claimId: claim.id },
      },
    });
    await bench.rest();
    await bench.until(noon('2020-05-08'));

    const payout = accepted(await world.payouts('orderPayout', proposer, { body: { year: 2019 } }));
    await bench.rest();
    await bench.decide(industry, approve);
    await bench.decide(finance, approve);
    expect((await world.funds()).next).toMatchObject({ active: 0, accrued: 3_800_000, available: 200_000 });
    const { items: lines } = await world.store.list('linesOfPayout', { payoutId: payout.id }, { limit: 100 });
    accepted(
      await world.payouts('recordBankAnswers', cashier, {
        params: { payoutId: payout.id },
        body: {
          sending: 1,
          lines: lines.map(({ id }) => ({ lineId: id, outcome: 'paid', bankSerial: `BK${id.slice(4, 16)}` })),
        },
      }),
    );
    await bench.rest();

    expect(lines.map(({ providerId }) => providerId)).toEqual([seller.id]);
    for (const voucher of await vouchers()) {
      expect(voucher).toMatchObject({ status: 'redeemed', year: 2019, fundYear: 2020 });
      expect(await world.store.capUsed(2019, voucher?.enterpriseUscc ?? '')).toBe(FACE);
      expect(await world.store.capUsed(2020, voucher?.enterpriseUscc ?? '')).toBe(0);
    }
    const { closed, next, wrong } = await world.funds();
    expect(wrong).toEqual([]);
    expect(closed).toMatchObject({ paid: 0, active: 0, accrued: 0, available: 0 });
    expect(next).toMatchObject({ paid: 3_800_000, active: 0, accrued: 0, available: 200_000 });
    for (const year of [2019, 2020]) {
      const trial = await makeTrialBalance(world.ports)({ year }, { sub: 'auditor', role: 'auditor' });
      expect(trial).toMatchObject({ ok: true, value: { unbalanced: [], accounts: [], caps: [] } });
    }
    expect(bench.failures()).toEqual([]);
  } finally {
    await bench.close();
  }
});
