import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PayoutLine } from '../../core/payouts/payout.ts';
import { FACE, inspector, noon } from '../support/claims-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { accepted } from '../support/orders-world.ts';
import { ACCOUNT, cashier, finance, industry, proposer } from '../support/payouts-world.ts';
import { type RecoveriesWorld, recoveriesWorld } from '../support/recoveries-world.ts';

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
  world.clock.at = noon('2019-09-27');
});

const linesOf = async (payoutId: string): Promise<readonly PayoutLine[]> =>
  (await world.store.list('linesOfPayout', { payoutId }, { limit: 100 })).items;
const lineOf = async (payoutId: string): Promise<PayoutLine> => {
  const [line] = await linesOf(payoutId);
  if (!line) throw new Error('no line');
  return line;
};

let serials = 0;
const bankPays = async (payoutId: string, lines?: readonly PayoutLine[]) => {
  const { sending } = accepted(await world.payouts('readPayout', cashier, { params: { payoutId } }));
  const sent = lines ?? (await linesOf(payoutId)).filter(({ status }) => status === 'sent');
  const answers = sent.map(({ id }) => {
    serials += 1;
    return { lineId: id, outcome: 'paid', bankSerial: `BK-${String(serials).padStart(8, '0')}` };
  });
  accepted(
    await world.payouts('recordBankAnswers', cashier, { params: { payoutId }, body: { sending, lines: answers } }),
  );
};

/** Runs an order to its end; failed lines are corrected to the same account unless the test does something else. */
const run = (
  payoutId: string,
  next: 'collect' | 'reopen',
  act: { atBank?: () => Promise<void>; correct?: () => Promise<unknown> } = {},
) =>
  world.run('payout', { payoutId, next }, async (state, taskId) => {
    if (state === 'AskIndustry') return world.decide(taskId, industry.sub, 'regional-officer', { outcome: 'approve' });
    if (state === 'AskFinance') return world.decide(taskId, finance.sub, 'finance-officer', { outcome: 'approve' });
    if (state === 'AskBank') await (act.atBank ?? (() => bankPays(payoutId)))();
    else await (act.correct ?? (async () => accepted(await correct(await lineOf(payoutId)))))();
    return state === 'AskBank' ? 'answered' : 'corrected';
  });

const correct = ({ payoutId, id, version }: PayoutLine, account: 'same' | 'changed' = 'same') =>
  world.payouts('correctLine', cashier, {
    params: { payoutId, lineId: id },
    body: { account, note: '账户已更正' },
    version,
  });

/** A settled order of one provider for these amounts. */
async function settled(amounts: readonly number[] = [FACE]) {
  const claim = await world.publicised(amounts.map((approved) => ({ approved })));
  const { id } = accepted(await world.payouts('orderPayout', proposer, { body: { year: 2019 } }));
  await run(id, 'collect');
  return { ...claim, payoutId: id as string, line: await lineOf(id) };
}

describe('a transfer that the bank gave back (退汇)', () => {
  it('is recorded by one person of finance and confirmed by another; money moves with the second (七-(一))', async () => {
    const { line, payoutId, items, seller } = await settled();
    const recorded = accepted(await world.recordReturn(line));
    expect(recorded).toMatchObject({
      status: 'return-recorded',
      bankReturn: { reason: '收款账户已销户', recordedBy: cashier.sub },
    });
    expect(await world.store.fund(2019)).toMatchObject({ paid: FACE, accrued: 0 });
    const waiting = async () => accepted(await world.payouts('listReturnsToConfirm', inspector)).items;
    expect(await waiting()).toMatchObject([{ id: line.id, payoutId, status: 'return-recorded' }]);
    // Whom it is due to is not told of what nobody has confirmed.
    const own = async () => accepted(await world.payouts('listPayments', world.memberOf(seller))).items;
    expect(await own()).toMatchObject([{ status: 'paid' }]);
    expect(JSON.stringify(await own())).not.toContain('销户');
    expect((await world.decideReturn(recorded, 'confirm', cashier)).body.code).toBe('same-person');
    expect((await world.decideReturn(recorded, 'confirm', world.memberOf(seller))).status).toBe(403);

    const confirmed = accepted(await world.decideReturn(recorded));
    expect(confirmed).toMatchObject({
      status: 'returned',
      bankReturn: { decision: { by: finance.sub }, names: { [cashier.sub]: cashier.sub, [finance.sub]: finance.sub } },
    });
    expect(await waiting()).toEqual([]);
    const again: string = confirmed.bankReturn.resentBy;
    expect(accepted(await world.payouts('readPayout', inspector, { params: { payoutId } }))).toMatchObject({
      status: 'settled',
      paid: '20000.00',
      returned: '20000.00',
    });
    const told = await own();
    expect(told).toContainEqual(expect.objectContaining({ status: 'returned' }));
    expect(JSON.stringify(told)).not.toContain(cashier.sub);
    await run(again, 'reopen', {
      correct: async () => {
        expect(await world.store.fund(2019)).toMatchObject({ paid: 0, accrued: FACE });
        expect(await world.voucherNow(items[0]?.voucherId ?? '')).toMatchObject({ status: 'payable', paid: 0 });
        expect(await world.voucherNow(items[0]?.voucherId ?? '')).not.toHaveProperty('paidAt');
        expect((await correct(await lineOf(again), 'changed')).body.code).toBe('payee-account-unchanged');
        await world.changeAccount(seller.id, '6222021009999999999');
        expect((await correct(await lineOf(again), 'same')).body.code).toBe('payee-account-changed');
        accepted(await correct(await lineOf(again), 'changed'));
      },
      atBank: async () => {
        const { body } = await world.payouts('readPaymentFile', cashier, { params: { payoutId: again } });
        expect(body).toMatchObject({ count: 1, total: '20000.00' });
        expect(body.csv).toContain('6222021009999999999');
        expect(body.csv).not.toContain(ACCOUNT);
        await bankPays(again);
      },
    });
    expect(await world.voucherNow(items[0]?.voucherId ?? '')).toMatchObject({ status: 'redeemed', paid: FACE });
    expect(await world.store.fund(2019)).toMatchObject({ paid: FACE, accrued: 0 });
    expect(await world.differences(2019)).toEqual([]);
    // What was returned is returned: it never comes back a second time.
    expect((await world.recordReturn(await lineOf(payoutId))).body.code).toBe('wrong-state');
  });

  it('has one effect, however often it is recorded and confirmed', async () => {
    const { line } = await settled();
    const recorded = await world.recordReturn(line, {}, cashier, 'return-once');
    expect(await world.recordReturn(line, {}, cashier, 'return-once')).toMatchObject({
      status: 201,
      body: recorded.body,
      headers: { 'idempotency-replayed': 'true' },
    });
    const confirm = (key: string) => world.decideReturn(recorded.body, 'confirm', finance, key);
    const [one, same, other] = await Promise.all([confirm('key-one-1'), confirm('key-one-1'), confirm('key-two-2')]);
    // Whoever wins: the same request has one answer, which a refusal gives under each request's own number.
    expect({ ...same.body, requestId: '' }).toEqual({ ...one.body, requestId: '' });
    expect([one.status, other.status].sort()).toEqual([200, 412]);
    expect((await world.store.list('payoutsOfYear', { year: 2019 })).items).toHaveLength(2);
    expect(await world.store.get('payout', { id: line.payoutId })).toMatchObject({ returned: FACE });
  });

  it('is the whole transfer, of a possible day, of a paid line, on the version that was read', async () => {
    const { line } = await settled([FACE, 1_800_000]);
    const codes = async (more: object) => (await world.recordReturn(line, more)).body;
    expect(await codes({ amount: '37999.99' })).toMatchObject({
      status: 409,
      code: 'return-not-whole',
      errors: [{ pointer: '/amount' }],
    });
    expect((await codes({ amount: '38000.01' })).code).toBe('return-not-whole');
    for (const returnedOn of ['2019-09-26', '2031-01-01']) {
      expect(await codes({ returnedOn })).toMatchObject({ status: 422, code: 'return-date-impossible' });
    }
    expect((await codes({ bankSerial: 'x' })).code).toBe('invalid-request');
    expect((await world.recordReturn({ ...line, version: line.version - 1 })).status).toBe(412);
    expect((await world.recordReturn(line, {}, proposer)).status).toBe(403);
    expect((await world.recordReturn({ ...line, id: line.id.replace(/_1$/, '_2') })).status).toBe(404);
    expect((await world.decideReturn(line)).body.code).toBe('wrong-state');
  });

  it('owns its serial number for ever, unless it is rejected; a repayment of a provider is never the same receipt', async () => {
    const { line, seller } = await settled();
    const recorded = accepted(await world.recordReturn(line, { bankSerial: 'IN-2019-0001' }));
    const older = await world.redeemed(FACE, seller);
    await world.owed(older.id);
    const repaid = () => world.repay(seller.id, '100.00', { bankSerial: 'in20190001', paidOn: '2019-01-10' });
    expect((await repaid()).body.code).toBe('bank-serial-used');
    const rejected = accepted(await world.decideReturn(recorded, 'reject'));
    expect(rejected).toMatchObject({ status: 'paid' });
    expect(rejected).not.toHaveProperty('bankReturn');
    accepted(await repaid());
    expect((await world.recordReturn(await lineOf(line.payoutId), { bankSerial: 'IN-2019-0001' })).body).toMatchObject({
      status: 409,
      code: 'bank-serial-used',
    });
    // It did come back, under another number.
    const again = accepted(await world.recordReturn(await lineOf(line.payoutId), { bankSerial: 'IN-2019-0002' }));
    expect(accepted(await world.decideReturn(again)).status).toBe('returned');
  });

  it('of a line that only was kept back, or is not booked yet, is refused', async () => {
    const { seller } = await settled();
    const older = await world.redeemed(FACE, seller);
    await world.owed(older.id);
    await world.publicised([{}], seller);
    const unsent = accepted(await world.payouts('orderPayout', proposer, { body: { year: 2019 } }));
    await run(unsent.id, 'collect');
    expect((await world.recordReturn(await lineOf(unsent.id))).body.code).toBe('return-of-nothing-sent');

    for (let n = 0; n < 2; n++) await world.publicised([{}]);
    const { id } = accepted(await world.payouts('orderPayout', proposer, { body: { year: 2019 } }));
    await run(id, 'collect', {
      atBank: async () => {
        const [one, two] = await linesOf(id);
        if (!one || !two) throw new Error('two lines');
        await bankPays(id, [one]);
        const answered = (await linesOf(id)).find((line) => line.id === one.id) ?? one;
        expect((await world.recordReturn(answered)).body.code).toBe('return-before-booking');
        await bankPays(id, [two]);
      },
    });
  });

  it('is not confirmed while the rest of an item is being paid, and is not sent again while fraud is undecided', async () => {
    await world.post(2019, { available: -1_000_000, appropriation: 1_000_000 }, 'cut');
    const { line, items, seller } = await settled();
    expect(await world.item(items[0] ?? { claimId: '', id: '' })).toMatchObject({
      status: 'deferred',
      paid: 1_000_000,
    });
    const recorded = accepted(await world.recordReturn(line));
    await world.post(2019, { available: 1_000_000, appropriation: -1_000_000 });
    const rest = accepted(await world.payouts('orderPayout', proposer, { body: { year: 2019 } }));
    await run(rest.id, 'collect', {
      atBank: async () => {
        expect((await world.decideReturn(recorded)).body).toMatchObject({ status: 409, code: 'return-while-paying' });
        await bankPays(rest.id);
      },
    });
    const again: string = accepted(await world.decideReturn(recorded)).bankReturn.resentBy;
    const proposed = accepted(await world.propose((await world.redeemed(FACE, seller)).id, { reasonCode: 'fraud' }));
    await run(again, 'reopen', {
      correct: async () => {
        expect((await correct(await lineOf(again))).body).toMatchObject({ status: 409, code: 'payment-frozen' });
        accepted(await world.judgement(proposed, 'reject'));
        accepted(await correct(await lineOf(again)));
      },
    });
    expect(await world.item(items[0] ?? { claimId: '', id: '' })).toMatchObject({ status: 'paid', paid: FACE });
    expect(await world.voucherNow(items[0]?.voucherId ?? '')).toMatchObject({
      status: 'redeemed',
      paidFrom: [{ year: 2019, amount: FACE }],
    });
    expect(await world.differences(2019)).toEqual([]);
  });

  it('of an item whose rest is still deferred leaves that owed, and keeps other orders from it until it is sent again', async () => {
    await world.post(2019, { available: -1_000_000, appropriation: 1_000_000 }, 'cut');
    const { line, items } = await settled();
    const again = await world.giveBack(line);
    expect((await world.store.list('deferredItems', {})).items).toEqual([]);
    await run(again, 'reopen', {
      correct: async () => {
        expect(await world.store.fund(2019)).toMatchObject({ accrued: 1_000_000, deferred: 1_000_000, paid: 0 });
        accepted(await correct(await lineOf(again)));
      },
    });
    expect(await world.item(items[0] ?? { claimId: '', id: '' })).toMatchObject({
      status: 'deferred',
      paid: 1_000_000,
    });
    expect(await world.store.fund(2019)).toMatchObject({ accrued: 0, deferred: 1_000_000, paid: 1_000_000 });
    expect(await world.differences(2019)).toEqual([]);
  });
});
