import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { born } from '../../core/lifecycle/record.ts';
import { type Fen, fen } from '../../core/money/money.ts';
import { fundIdentity } from '../../core/policy/fund-report.ts';
import type { Plan } from '../../core/policy/plan.ts';
import { FACE, noon } from '../support/claims-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { accepted } from '../support/orders-world.ts';
import { cashier, finance, industry, proposer } from '../support/payouts-world.ts';
import { accuser, judge, type RecoveriesWorld, recoveriesWorld } from '../support/recoveries-world.ts';

let engine: Engine;
let world: RecoveriesWorld;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());
let first = true;
beforeEach(async () => {
  if (!first) {
    await engine.stop();
    engine = await startEngine();
  }
  first = false;
  world = await recoveriesWorld(engine);
});

const provider = async () => {
  const seller = await world.provider();
  return { seller, member: world.memberOf(seller) };
};

describe('a recovery', () => {
  it('is proposed by one department, confirmed by the other, and then owed by the provider (八-(三))', async () => {
    const { seller, member } = await provider();
    const voucher = await world.redeemed(FACE, seller);
    const proposed = await world.propose(voucher.id, { reasonCode: 'fraud' });
    expect(proposed).toMatchObject({ status: 201, body: { status: 'proposed', amount: '20000.00', open: '0.00' } });
    const params = { providerId: seller.id, recoveryId: proposed.body.id };
    const ofSeller = { params: { providerId: seller.id } };
    // Before it is decided, the provider is not told and owes nothing.
    expect((await world.recoveries('readRecovery', member, { params })).status).toBe(404);
    expect(accepted(await world.recoveries('listRecoveriesOfProvider', member, ofSeller)).items).toEqual([]);
    const confirmed = accepted(await world.judgement(proposed.body));
    expect(confirmed).toMatchObject({
      status: 'confirmed',
      open: '20000.00',
      decision: { by: judge.sub },
      names: { [accuser.sub]: accuser.sub, [judge.sub]: judge.sub },
    });
    const told = accepted(await world.recoveries('readRecovery', member, { params }));
    expect(told).toMatchObject({ status: 'confirmed', reasonCode: 'fraud', open: '20000.00' });
    expect(JSON.stringify(told)).not.toContain(accuser.sub);
    expect(JSON.stringify(told)).not.toContain(judge.sub);
    expect(accepted(await world.recoveries('readReceivable', member, ofSeller))).toMatchObject({
      confirmed: '20000.00',
      open: '20000.00',
      recovered: '0.00',
    });
    // No money has moved.
    expect(await world.store.fund(2019)).toMatchObject({ paid: FACE, recovered: 0 });
    expect(accepted(await world.recoveries('listRecoveries', accuser, { query: { year: '2019' } })).items).toHaveLength(
      1,
    );
  });

  it('is never decided by the person who proposed it, whatever roles they have', async () => {
    const voucher = await world.redeemed();
    const both = { sub: 'both-hats', roles: ['regional-officer', 'finance-officer'] };
    const proposed = accepted(await world.propose(voucher.id, {}, both));
    expect(await world.judgement(proposed, 'confirm', both)).toMatchObject({
      status: 403,
      body: { code: 'same-person' },
    });
    expect(await world.judgement(proposed, 'reject', both)).toMatchObject({
      status: 403,
      body: { code: 'same-person' },
    });
  });

  it('is decided once, on the version that was read', async () => {
    const voucher = await world.redeemed();
    const proposed = accepted(await world.propose(voucher.id));
    const decided = await Promise.all([world.judgement(proposed), world.judgement(proposed, 'reject')]);
    expect(decided.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('never takes back more than was paid, however many there are at once', async () => {
    const voucher = await world.redeemed(1_800_000);
    expect(await world.propose(voucher.id, { amount: '18000.01' })).toMatchObject({
      status: 409,
      body: { code: 'recovery-exceeds-payment', errors: [{ pointer: '/amount' }] },
    });
    expect((await world.propose(voucher.id, { amount: '0.00' })).status).toBe(409);
    const proposals = await Promise.all(
      ['9000.00', '9000.00', '9000.00'].map((amount) => world.propose(voucher.id, { amount })),
    );
    expect(proposals.map(({ status }) => status).sort()).toEqual([201, 201, 409]);
    expect(await world.voucherNow(voucher.id)).toMatchObject({ reclaimed: 1_800_000 });
    // What is rejected may be proposed again.
    const [taken] = proposals.filter(({ status }) => status === 201);
    accepted(await world.judgement(taken?.body, 'reject'));
    expect((await world.propose(voucher.id, { amount: '9000.00' })).status).toBe(201);
    expect((await world.propose(voucher.id)).status).toBe(409);
  });

  it('is of a paid voucher only', async () => {
    const { voucher } = await world.purchase();
    expect(await world.propose(voucher.id)).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
  });
});

describe('what a provider transfers back', () => {
  it('goes back to the fund and year it came from; cap and count of the voucher stay taken (一-(二), 五-(三))', async () => {
    const { seller, member } = await provider();
    const voucher = await world.redeemed(1_800_000, seller);
    const { available } = await world.store.fund(2019);
    const spec = await world.store.spec(2019, 'spec-business');
    const { id } = await world.owed(voucher.id);
    expect(await world.repay(seller.id, '5000.01')).toMatchObject({
      status: 201,
      body: { settled: [{ recoveryId: id, amount: '5000.01' }], open: '12999.99' },
    });
    expect(await world.voucherNow(voucher.id)).toMatchObject({ status: 'redeemed', recovered: 500_001 });
    expect(accepted(await world.repay(seller.id, '12999.99'))).toMatchObject({ open: '0.00' });
    expect(await world.voucherNow(voucher.id)).toMatchObject({ status: 'recovered', recovered: 1_800_000 });
    const fund = await world.store.fund(2019);
    expect(fund).toMatchObject({ paid: 1_800_000, recovered: -1_800_000, available: available + 1_800_000 });
    expect(await world.store.spec(2019, 'spec-business')).toMatchObject({
      usedAmount: (spec?.usedAmount ?? 0) - 1_800_000,
      usedCount: spec?.usedCount,
    });
    expect(await world.store.capUsed(2019, voucher.enterpriseUscc)).toBe(FACE);
    expect(await world.differences(2019)).toEqual([]);
    const params = { providerId: seller.id, recoveryId: id };
    const own = accepted(await world.recoveries('readRecovery', member, { params }));
    expect(own).toMatchObject({
      status: 'recovered',
      recovered: '18000.00',
      open: '0.00',
      returns: [
        { by: 'transfer', amount: '5000.01' },
        { by: 'transfer', amount: '12999.99' },
      ],
    });
    expect(JSON.stringify(own)).not.toMatch(new RegExp(`${judge.sub}|${accuser.sub}`));
    expect(accepted(await world.recoveries('readRecovery', industry, { params }))).toMatchObject({
      returns: [{ recordedBy: judge.sub }, { recordedBy: judge.sub }],
      names: { [judge.sub]: judge.sub },
    });
  });

  it('settles the oldest recoveries first, two of one voucher too', async () => {
    const { seller } = await provider();
    const one = await world.redeemed(FACE, seller);
    const two = await world.redeemed(FACE, seller);
    await world.owed(one.id, { amount: '6000.00' });
    world.clock.at += 1000;
    await world.owed(one.id, { amount: '14000.00' });
    world.clock.at += 1000;
    await world.owed(two.id);
    expect(
      accepted(await world.repay(seller.id, '25000.00')).settled.map(({ amount }: { amount: string }) => amount),
    ).toEqual(['6000.00', '14000.00', '5000.00']);
    expect(await world.voucherNow(one.id)).toMatchObject({ status: 'recovered', recovered: FACE });
    expect(await world.voucherNow(two.id)).toMatchObject({ status: 'redeemed', recovered: 500_000 });
    expect(await world.store.fund(2019)).toMatchObject({ paid: 2 * FACE, recovered: -2_500_000 });
    expect(await world.differences(2019)).toEqual([]);
  });

  it('counts once: the same serial never again, the same request once, nothing beyond what is owed (五-(三))', async () => {
    const { seller } = await provider();
    const { seller: other } = await provider();
    for (const of of [seller, other]) await world.owed((await world.redeemed(FACE, of)).id);
    const body = { bankSerial: 'ICBC-2019-77' };
    const paid = await world.repay(seller.id, '1000.00', body, 'same-key-of-repayment');
    expect(paid.status).toBe(201);
    const again = await world.repay(seller.id, '1000.00', body, 'same-key-of-repayment');
    expect(again).toMatchObject({ status: 201, body: paid.body, headers: { 'idempotency-replayed': 'true' } });
    for (const of of [seller, other]) {
      expect(await world.repay(of.id, '1000.00', { bankSerial: 'icbc201977' })).toMatchObject({
        status: 409,
        body: { code: 'bank-serial-used', errors: [{ pointer: '/bankSerial' }] },
      });
    }
    expect(await world.repay(seller.id, '19000.01')).toMatchObject({
      status: 409,
      body: { code: 'repayment-exceeds-receivable' },
    });
    expect((await world.repay(seller.id, '0.00')).status).toBe(409);
    expect((await world.repay(seller.id, '1.00', { paidOn: '2031-01-01' })).status).toBe(422);
    expect(await world.store.fund(2019)).toMatchObject({ recovered: -100_000 });
  });

  it('is never more than is owed when it is recorded several times at once', async () => {
    const { seller } = await provider();
    await world.owed((await world.redeemed(FACE, seller)).id);
    const answers = await Promise.all([1, 2, 3].map(() => world.repay(seller.id, '8000.00')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409]);
    expect(await world.store.fund(2019)).toMatchObject({ recovered: -1_600_000 });
    expect(await world.differences(2019)).toEqual([]);
  });

  it('may settle five recoveries at a time', async () => {
    const { seller } = await provider();
    for (let n = 0; n < 6; n++) await world.owed((await world.redeemed(FACE, seller)).id);
    expect(await world.repay(seller.id, '120000.00')).toMatchObject({
      status: 409,
      body: { code: 'repayment-covers-too-many' },
    });
    expect(accepted(await world.repay(seller.id, '100000.00')).settled).toHaveLength(5);
    expect(accepted(await world.repay(seller.id, '20000.00')).open).toBe('0.00');
    expect(await world.store.fund(2019)).toMatchObject({ recovered: -6 * FACE });
    expect(await world.differences(2019)).toEqual([]);
  });
});

describe('money that comes back after its year was closed', () => {
  const none = { count: 0, amount: fen(0) };
  const closed = async (year: number, carried: Fen, more: Partial<Plan> = {}) => {
    const value: Plan = { ...world.plan, ...born(world.clock.at), year, status: 'closed', ...more };
    if (year === 2019) {
      await world.seed({
        do: 'update',
        entity: 'plan',
        value: { ...value, version: 2 },
        audit: { action: 'close' },
      });
    } else await world.seed({ do: 'create', entity: 'plan', value });
    await world.seed({
      do: 'create',
      entity: 'yearEnd',
      value: {
        year,
        ...born(world.clock.at),
        status: 'closed',
        requestedBy: 'treasurer',
        survey: {},
        approvals: [],
        reservations: none,
        moved: { count: 0, active: fen(0), accrued: fen(0), deferred: fen(0) },
        oldestVoucherYear: year,
        rounds: 1,
        carried: { live: [], free: [{ originYear: year, amount: carried }], lapsed: [], shortfall: fen(0) },
        closedAt: world.clock.at,
      },
    });
  };

  it('is recovered there and carried to the open year, on record with the year it came from (一-(二))', async () => {
    const voucher = await world.redeemed();
    const recovery = await world.owed(voucher.id);
    await closed(2019, fen(700));
    await world.nextPlan(5_000_000);
    await world.post(2020, { appropriation: -5_000_000, available: 5_000_000 });
    const before = await world.store.fund(2019);
    accepted(await world.repay(recovery.providerId, '20000.00'));
    const old = await world.store.fund(2019);
    expect(old).toMatchObject({
      paid: FACE,
      recovered: -FACE,
      available: before.available,
      carryIn: before.carryIn + FACE,
    });
    expect(fundIdentity(old)).toMatchObject({ sumsToZero: true, withinTotal: true });
    expect(await world.store.fund(2020)).toMatchObject({ available: 5_000_000 + FACE, carryIn: -FACE });
    expect((await world.store.get('yearEnd', { year: 2019 }))?.carried?.free).toEqual([
      { originYear: 2019, amount: fen(700 + FACE) },
    ]);
    expect((await world.funds()).wrong).toEqual([]);
    expect(await world.voucherNow(voucher.id)).toMatchObject({ status: 'recovered' });
  });

  it('goes to the year that is open, over the closed ones between, and counts as old as it is', async () => {
    const recovery = await world.owed((await world.redeemed()).id);
    await closed(2019, fen(0));
    await closed(2020, fen(900));
    accepted(await world.repay(recovery.providerId, '20000.00'));
    expect(await world.store.fund(2021)).toMatchObject({ available: FACE, carryIn: -FACE });
    expect(await world.store.fund(2020)).toMatchObject({ available: 0, carryIn: 0 });
    expect((await world.store.get('yearEnd', { year: 2020 }))?.carried?.free).toEqual([
      { originYear: 2019, amount: FACE },
      { originYear: 2020, amount: fen(900) },
    ]);
  });

  it('goes back to the treasury when money of that age lapses', async () => {
    const recovery = await world.owed((await world.redeemed()).id);
    for (const year of [2019, 2020, 2021]) await closed(year, fen(0));
    const before = await world.store.fund(2019);
    accepted(await world.repay(recovery.providerId, '20000.00'));
    const after = await world.store.fund(2019);
    expect(after).toMatchObject({
      recovered: -FACE,
      available: before.available,
      appropriation: before.appropriation + FACE,
    });
    expect(fundIdentity(after)).toMatchObject({ sumsToZero: true, withinTotal: true });
    expect(await world.store.fund(2022)).toMatchObject({ available: 0 });
  });

  it('changes the record of a close that is moving the year, so that what is free is read again', async () => {
    const recovery = await world.owed((await world.redeemed()).id);
    await world.seed({
      do: 'create',
      entity: 'yearEnd',
      value: {
        year: 2019,
        ...born(world.clock.at),
        status: 'moving',
        requestedBy: 'treasurer',
        survey: {},
        approvals: [],
        reservations: none,
        moved: { count: 0, active: fen(0), accrued: fen(0), deferred: fen(0) },
        oldestVoucherYear: 2019,
        rounds: 1,
      },
    });
    accepted(await world.repay(recovery.providerId, '20000.00'));
    expect(await world.store.get('yearEnd', { year: 2019 })).toMatchObject({ status: 'moving', version: 2 });
    expect(await world.store.fund(2019)).toMatchObject({ recovered: -FACE });
  });
});

it('for fraud freezes what else the provider is due until it is decided: freeze first, then decide (八-(三))', async () => {
  const { seller } = await provider();
  const voucher = await world.redeemed(FACE, seller);
  const proposed = accepted(await world.propose(voucher.id, { reasonCode: 'fraud', note: '涉嫌虚假服务' }));
  world.clock.at = noon('2019-09-27');
  await world.publicised([{}], seller);
  const { id } = accepted(await world.payouts('orderPayout', proposer, { body: { year: 2019 } }));
  expect((await world.run('payout', { payoutId: id })).states.at(-1)).toBe('Refused');
  expect((await world.store.get('payout', { id }))?.skipped).toMatchObject([{ rule: 'recovery-undecided' }]);
  accepted(await world.judgement(proposed, 'reject'));
  const next = accepted(await world.payouts('orderPayout', proposer, { body: { year: 2019 } }));
  await world.run('payout', { payoutId: next.id }, (_state, taskId) =>
    world.decide(taskId, industry.sub, 'regional-officer', {
      outcome: 'refuse',
      reasonCode: 'totals-wrong',
      note: '核对',
    }),
  );
  expect(await world.store.get('payout', { id: next.id })).toMatchObject({
    status: 'refused',
    skipped: [],
    itemCount: 1,
  });
});

describe('an offset', () => {
  /** A payment order for what is final, approved; `atBank` acts while it is at the bank, then every line is paid. */
  async function payOut(atBank: (payoutId: string) => Promise<void>) {
    const { id } = accepted(await world.payouts('orderPayout', proposer, { body: { year: 2019 } }));
    const params = { payoutId: id };
    await world.run('payout', { payoutId: id }, async (state, taskId) => {
      if (state === 'AskIndustry')
        return world.decide(taskId, industry.sub, 'regional-officer', { outcome: 'approve' });
      if (state === 'AskFinance') return world.decide(taskId, finance.sub, 'finance-officer', { outcome: 'approve' });
      await atBank(id);
      const { items } = accepted(await world.payouts('listPayoutLines', cashier, { params }));
      const lines = items.map(({ id: lineId }: { id: string }) => ({
        lineId,
        outcome: 'paid',
        bankSerial: `BK${id.slice(-8)}${lineId.slice(-8)}`.replace('_', '-'),
      }));
      accepted(await world.payouts('recordBankAnswers', cashier, { params, body: { sending: 1, lines } }));
      return 'answered';
    });
    return id as string;
  }
  const kept = async (payoutId: string) =>
    (await world.store.list('linesOfPayout', { payoutId }, { limit: 10 })).items.flatMap(({ offsets = [] }) => offsets);

  it('is kept back by one of two orders at the bank at the same time, never by both', async () => {
    const { seller, member } = await provider();
    const older = await world.redeemed(FACE, seller);
    const { id } = await world.owed(older.id, { amount: '15000.00' });
    await world.publicised([{}], seller);
    let second = '';
    const first = await payOut(async (payoutId) => {
      expect(await kept(payoutId)).toEqual([{ recoveryId: id, amount: 1_500_000 }]);
      await world.publicised([{}], seller);
      second = await payOut(async (nested) => expect(await kept(nested)).toEqual([]));
    });
    expect(await world.store.fund(2019)).toMatchObject({ accrued: 0, paid: 3 * FACE, recovered: -1_500_000 });
    expect(await world.differences(2019)).toEqual([]);
    const { items } = accepted(await world.payouts('listPayments', member));
    expect(items.map(({ payoutId, net, offset }: Record<string, string>) => ({ payoutId, net, offset }))).toEqual(
      expect.arrayContaining([
        { payoutId: first, net: '5000.00', offset: '15000.00' },
        { payoutId: second, net: '20000.00', offset: '0.00' },
      ]),
    );
  });

  it('of a recovery confirmed after the order was approved is not taken from what is at the bank already', async () => {
    const { seller } = await provider();
    const older = await world.redeemed(FACE, seller);
    await world.publicised([{}], seller);
    await payOut(async (payoutId) => {
      await world.owed(older.id);
      expect(await kept(payoutId)).toEqual([]);
    });
    expect(await world.store.fund(2019)).toMatchObject({ paid: 2 * FACE, recovered: 0 });
    await world.publicised([{ approved: 1_900_000 }], seller);
    await payOut(() => Promise.reject(new Error('nothing goes to the bank')));
    expect(await world.store.fund(2019)).toMatchObject({ paid: 2 * FACE + 1_900_000, recovered: -1_900_000 });
    expect(await world.differences(2019)).toEqual([]);
  });

  it('and a transfer recorded at the same moment never take more than is owed', async () => {
    const { seller } = await provider();
    const { id, providerId } = await world.owed((await world.redeemed(FACE, seller)).id);
    await world.publicised([{ approved: 1_200_000 }], seller);
    const [, ...repaid] = await Promise.all([
      payOut(async () => undefined),
      ...[1, 2, 3, 4].map(() => world.repay(seller.id, '5000.00')),
    ]);
    const transferred = repaid.filter((answer) => answer.status === 201).length * 500_000;
    const recovery = await world.store.get('recovery', { providerId, id });
    expect(recovery).toMatchObject({ held: 0 });
    expect(recovery?.recovered).toBeLessThanOrEqual(FACE);
    expect(recovery?.recovered).toBeGreaterThanOrEqual(transferred);
    expect(recovery?.returns.reduce((total, { amount }) => total + amount, 0)).toBe(recovery?.recovered);
    expect(await world.store.fund(2019)).toMatchObject({ recovered: 0 - (recovery?.recovered ?? 0) });
    expect(await world.differences(2019)).toEqual([]);
  });
});
