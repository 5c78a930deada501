import { expect } from 'vitest';
import { APPROPRIATE, CUT, imbalance, move, replay } from '../../core/ledger/posting.ts';
import { revise } from '../../core/lifecycle/record.ts';
import { fen, formatYuan } from '../../core/money/money.ts';
import type { PayoutLine } from '../../core/payouts/payout.ts';
import { JOURNAL_PARTITIONS } from '../../core/queries.ts';
import { FACE } from '../support/claims-world.ts';
import { startEngine } from '../support/engine.ts';
import { accepted } from '../support/orders-world.ts';
import { cashier, finance, industry, proposer } from '../support/payouts-world.ts';
import { END, openPublicityBench, publicise } from '../support/publicity-bench.ts';
import { type RecoveriesWorld, recoveriesWorld } from '../support/recoveries-world.ts';
import type { WorkflowBench } from '../support/workflow-bench.ts';
import { testPaths } from '../support/workflow-paths.ts';

// An order takes whatever is payable of the year: each path has a table of its own.
let world: RecoveriesWorld;
async function open({ loseReplies = false }): Promise<WorkflowBench> {
  const engine = await startEngine();
  world = await recoveriesWorld(engine);
  const bench = await openPublicityBench(engine, world, loseReplies);
  const close = async () => {
    await bench.close();
    await engine.stop();
  };
  return { ...bench, close };
}

const approve = { outcome: 'approve' };
const refuse = { outcome: 'refuse', reasonCode: 'totals-wrong', note: '控制数不符' };

/** Claims of different providers whose publicity is complete, with an order for what they are due. */
async function ordered(bench: WorkflowBench, ...claims: (readonly number[])[]) {
  const publicised: Awaited<ReturnType<typeof publicise>>[] = [];
  for (const amounts of claims) publicised.push(await publicise(world, bench, amounts));
  await bench.until(END);
  const id = await order(bench);
  const payout = async () => {
    const found = await world.store.get('payout', { id });
    if (!found) throw new Error('no payout');
    return found;
  };
  const lines = async () => (await world.store.list('linesOfPayout', { payoutId: id }, { limit: 100 })).items;
  const lineTo = async (claim: number) => {
    const line = (await lines()).find(({ providerId }) => providerId === publicised[claim]?.seller.id);
    if (!line) throw new Error('no line');
    return line;
  };
  const answer = async (...answers: { line: PayoutLine; fails?: boolean }[]) => {
    const { sending } = await payout();
    const body = {
      sending,
      lines: answers.map(({ line, fails }) => ({
        lineId: line.id,
        ...(fails
          ? { outcome: 'failed', reason: '账号户名不符' }
          : { outcome: 'paid', bankSerial: `BK${line.id.slice(4, 16)}` }),
      })),
    };
    accepted(await world.payouts('recordBankAnswers', cashier, { params: { payoutId: id }, body }));
    await bench.rest();
  };
  const correct = async ({ id: lineId, version }: PayoutLine) => {
    const params = { payoutId: id, lineId };
    accepted(await world.payouts('correctLine', cashier, { params, body: { account: 'same', note: '重发' }, version }));
    await bench.rest();
  };
  return { id, claims: publicised, payout, lines, lineTo, answer, correct };
}

async function order(bench: WorkflowBench): Promise<string> {
  const { id } = accepted(await world.payouts('orderPayout', proposer, { body: { year: 2019 } }));
  await bench.rest();
  return id;
}

/** The balances of the year, which must be what the journal says. */
async function fund() {
  const journal = [];
  for (let partition = 0; partition < JOURNAL_PARTITIONS; partition++) {
    journal.push(...(await world.store.list('journal', { year: 2019, partition }, { limit: 100 })).items);
  }
  expect(journal.filter(({ entries }) => imbalance(entries) !== 0)).toEqual([]);
  const balances = await world.store.fund(2019);
  expect(replay(journal)).toEqual(balances);
  return balances;
}

const vouchersOf = ({ items }: Awaited<ReturnType<typeof publicise>>) =>
  Promise.all(
    items.map(async ({ voucherId }) => (await world.store.get('voucher', { id: voucherId }))?.status ?? 'none'),
  );

/** Finance takes from the appropriation (or gives to it): what is free of the year changes by as much. */
async function appropriate(more: number): Promise<void> {
  const posting = {
    id: `led_change_${more}`,
    year: 2019,
    at: 0,
    reason: more < 0 ? CUT : APPROPRIATE,
    reference: { entity: 'plan', id: '2019' },
    actor: 'finance',
    entries: move('appropriation', 'available', more),
    specs: [],
  };
  await world.seed({ do: 'post', posting });
}

/** Items by the order of use. */
const inOrder = (of: Awaited<ReturnType<typeof ordered>>) =>
  of.claims.flatMap(({ items }) => items).sort((a, b) => a.activeAt - b.activeAt || (a.id < b.id ? -1 : 1));

/** What became of the items, in the order of use: state, paid in parts, still owed. */
const outcomes = async (of: Awaited<ReturnType<typeof ordered>>) =>
  Promise.all(
    inOrder(of).map(async (each) => {
      const { status, paid, deferred } = await world.item(each);
      const voucher = await world.store.get('voucher', { id: each.voucherId });
      expect([voucher?.paid, voucher?.deferred]).toEqual([paid, deferred]);
      return { status, paid, deferred, voucher: voucher?.status };
    }),
  );

async function approved(bench: WorkflowBench): Promise<void> {
  await bench.decide(industry, approve);
  await bench.decide(finance, approve);
}

async function released(bench: WorkflowBench, of: Awaited<ReturnType<typeof ordered>>): Promise<void> {
  expect((await of.payout()).status).toBe('refused');
  const [claim] = of.claims;
  expect(await claim?.itemStates()).toEqual(['final', 'final']);
  for (const each of claim?.items ?? []) expect(await world.item(each)).not.toHaveProperty('payoutId');
  expect(await fund()).toMatchObject({ active: 2 * FACE, accrued: 0, paid: 0 });
  expect(await bench.openTasks()).toEqual([]);
}

/** The payee of a claim owes the fund this much, for a voucher that was paid before. */
async function owes(of: Awaited<ReturnType<typeof ordered>>, claim: number, amount: number) {
  const { id: voucherId, providerId } = await world.redeemed(FACE, of.claims[claim]?.seller);
  const { id } = await world.owed(voucherId, { amount: formatYuan(fen(amount)) });
  const recovery = () => world.store.get('recovery', { providerId, id });
  return { voucherId, providerId, recovery };
}

const bothApprove = async (bench: WorkflowBench) => {
  await bench.decide(industry, approve);
  await bench.decide(finance, approve);
};

/** The order that sends a returned line again, once the workflow waits for the correction of its account. */
async function resending(bench: WorkflowBench, id: string) {
  await bench.rest();
  const payout = async () => {
    const found = await world.store.get('payout', { id });
    if (!found) throw new Error('no payout');
    return found;
  };
  const line = async () => {
    const [found] = (await world.store.list('linesOfPayout', { payoutId: id }, { limit: 10 })).items;
    if (!found) throw new Error('no line');
    return found;
  };
  const params = async () => ({ payoutId: id, lineId: (await line()).id });
  return {
    id,
    payout,
    line,
    correct: async () => {
      const { version } = await line();
      const body = { account: 'same', note: '银行已更正' };
      accepted(await world.payouts('correctLine', cashier, { params: await params(), body, version }));
      await bench.rest();
    },
    answer: async (outcome: 'paid' | 'failed') => {
      const { sending } = await payout();
      const said =
        outcome === 'paid'
          ? { outcome, bankSerial: `BK${id.slice(-14)}${sending}` }
          : { outcome, reason: '账户不存在' };
      const body = { sending, lines: [{ lineId: (await line()).id, ...said }] };
      accepted(await world.payouts('recordBankAnswers', cashier, { params: { payoutId: id }, body }));
      await bench.rest();
    },
  };
}

const read = async (route: 'listPayoutLines' | 'readPaymentFile', { id }: { readonly id: string }) =>
  accepted(await world.payouts(route, cashier, { params: { payoutId: id } }));

testPaths('payout', open, {
  'collected, approved by industry and finance, accrued, sent, every line paid': async (bench) => {
    const of = await ordered(bench, [FACE, 1_800_000, 0], [FACE]);
    const first = await bench.decide(industry, approve);
    expect(first.excluded).toContain(proposer.sub);
    expect([first.dueOn, first.expectedBy]).toEqual([undefined, (await of.payout()).expectedBy]);
    expect((await bench.decide(finance, approve)).excluded).toContain(industry.sub);
    expect(await fund()).toMatchObject({ active: 0, accrued: 5_800_000, paid: 0 });
    await of.answer({ line: await of.lineTo(0) });
    expect((await of.payout()).status).toBe('at-bank');
    await of.answer({ line: await of.lineTo(1) });
    expect(await of.payout()).toMatchObject({ status: 'settled', itemCount: 3, paid: 5_800_000, sending: 1 });
    expect(await of.claims[0]?.itemStates()).toEqual(['paid', 'paid', 'refused']);
    expect((await Promise.all(of.claims.map(vouchersOf))).flat()).toEqual([
      'redeemed',
      'redeemed',
      'refused',
      'redeemed',
    ]);
    expect(await fund()).toMatchObject({ active: 0, accrued: 0, paid: 5_800_000 });
  },
  'nothing could be collected': async (bench) => {
    const claim = await publicise(world, bench, [FACE]);
    await bench.until(END);
    const seller = await world.store.get('organisation', { id: claim.seller.id });
    if (!seller) throw new Error('no provider');
    await world.seed({
      do: 'update',
      entity: 'organisation',
      value: revise(seller, bench.now(), { status: 'returned' }),
      audit: { action: 'return' },
    });
    const id = await order(bench);
    expect(await world.store.get('payout', { id })).toMatchObject({
      status: 'refused',
      total: 0,
      skipped: [{ rule: 'payee-not-certified' }],
    });
    expect(await claim.itemStates()).toEqual(['final']);
  },
  'the fund is short: paid in the order of use to the last fen, the rest deferred': async (bench) => {
    await appropriate(-3_000_000);
    const of = await ordered(bench, [FACE, FACE], [FACE]);
    expect(await of.payout()).toMatchObject({ total: 3_000_000, deferred: 3_000_000 });
    expect((await bench.openTasks())[0]?.subject.label).toContain('递延 ¥30,000.00');
    await approved(bench);
    expect(await fund()).toMatchObject({ available: -3_000_000, active: 0, accrued: 3_000_000, deferred: 3_000_000 });
    for (const line of (await of.lines()).filter(({ status }) => status === 'sent')) await of.answer({ line });
    expect(await of.payout()).toMatchObject({ status: 'settled', paid: 3_000_000 });
    expect(await outcomes(of)).toEqual([
      { status: 'paid', voucher: 'redeemed' },
      { status: 'deferred', paid: 1_000_000, deferred: 1_000_000, voucher: 'payable' },
      { status: 'deferred', paid: 0, deferred: FACE, voucher: 'payable' },
    ]);
    expect(await fund()).toMatchObject({ accrued: 0, paid: 3_000_000, deferred: 3_000_000 });
  },
  'the fund has nothing: everything deferred, nothing sent to the bank': async (bench) => {
    await appropriate(-2 * FACE);
    const of = await ordered(bench, [FACE, FACE]);
    await approved(bench);
    expect(await of.payout()).toMatchObject({ status: 'settled', total: 0, paid: 0, deferred: 2 * FACE, sending: 0 });
    const owed = { status: 'deferred', paid: 0, deferred: FACE, voucher: 'payable' };
    expect(await outcomes(of)).toEqual([owed, owed]);
    expect(await fund()).toMatchObject({ available: -2 * FACE, accrued: 0, paid: 0, deferred: 2 * FACE });
    expect(await bench.openTasks()).toEqual([]);
  },
  'there is money again: what was deferred is paid first': async (bench) => {
    await appropriate(-3_000_000);
    const of = await ordered(bench, [FACE, FACE]);
    await approved(bench);
    for (const line of (await of.lines()).filter(({ status }) => status === 'sent')) await of.answer({ line });
    expect(await outcomes(of)).toEqual([
      { status: 'deferred', paid: 1_000_000, deferred: 1_000_000, voucher: 'payable' },
      { status: 'deferred', paid: 0, deferred: FACE, voucher: 'payable' },
    ]);
    // Half a million for what is owed, in two orders, and what is missing at last.
    for (const [more, paid] of [
      [500_000, [1_500_000, 0]],
      [2_500_000, [FACE, FACE]],
    ] as const) {
      await appropriate(more);
      const id = await order(bench);
      const again = { params: { payoutId: id } };
      expect(accepted(await world.payouts('readPayout', proposer, again)).total).toBe(formatYuan(fen(more)));
      await approved(bench);
      const { items: lines } = accepted(await world.payouts('listPayoutLines', proposer, again));
      const answers = lines.map((line: { id: string }) => ({
        lineId: line.id,
        outcome: 'paid',
        bankSerial: `BK${more}${line.id.slice(4, 14)}`,
      }));
      const body = { sending: 1, lines: answers };
      accepted(await world.payouts('recordBankAnswers', cashier, { ...again, body }));
      await bench.rest();
      expect((await outcomes(of)).map((item) => item.paid)).toEqual(paid);
    }
    expect((await outcomes(of)).map(({ status, voucher }) => [status, voucher])).toEqual([
      ['paid', 'redeemed'],
      ['paid', 'redeemed'],
    ]);
    // A year stands once in what it paid, so that a recovery gives it back in one posting.
    for (const { voucherId } of inOrder(of)) {
      const voucher = await world.store.get('voucher', { id: voucherId });
      expect(voucher?.paidFrom).toEqual([{ year: 2019, amount: FACE }]);
    }
    expect(await fund()).toMatchObject({ available: 0, accrued: 0, deferred: 0, paid: 2 * FACE });
  },
  'deferred already and still no money: refused, the items keep their places': async (bench) => {
    await appropriate(-2 * FACE);
    const of = await ordered(bench, [FACE]);
    await approved(bench);
    const before = await outcomes(of);
    const id = await order(bench);
    expect(await world.store.get('payout', { id })).toMatchObject({ status: 'refused', total: 0, deferred: FACE });
    expect(await outcomes(of)).toEqual(before);
    expect((await world.store.list('deferredItems', {})).items.map((item) => item.id)).toEqual([inOrder(of)[0]?.id]);
  },
  'industry refuses: items final again': async (bench) => {
    const of = await ordered(bench, [FACE, FACE]);
    await bench.decide(industry, refuse);
    await released(bench, of);
  },
  'finance refuses: items final again': async (bench) => {
    const of = await ordered(bench, [FACE, FACE]);
    await bench.decide(industry, approve);
    expect(await of.claims[0]?.itemStates()).toEqual(['in-payout', 'in-payout']);
    await bench.decide(finance, refuse);
    await released(bench, of);
  },
  'a line fails: paid lines settled, the failed one corrected and sent again alone': async (bench) => {
    const of = await ordered(bench, [FACE], [FACE]);
    await bench.decide(industry, approve);
    await bench.decide(finance, approve);
    await of.answer({ line: await of.lineTo(0), fails: true }, { line: await of.lineTo(1) });
    expect(await of.payout()).toMatchObject({ status: 'correcting', paid: FACE, failed: 1 });
    expect(await fund()).toMatchObject({ accrued: FACE, paid: FACE });
    await of.correct(await of.lineTo(0));
    expect(await of.payout()).toMatchObject({ status: 'at-bank', sending: 2, unanswered: 1 });
    expect([(await of.lineTo(0)).sending, (await of.lineTo(1)).sending]).toEqual([2, 1]);
    await of.answer({ line: await of.lineTo(0) });
    expect(await of.payout()).toMatchObject({ status: 'settled', paid: 2 * FACE, failed: 0 });
    expect((await Promise.all(of.claims.map(vouchersOf))).flat()).toEqual(['redeemed', 'redeemed']);
    expect(await fund()).toMatchObject({ accrued: 0, paid: 2 * FACE });
  },
  'it fails again: corrected and sent again': async (bench) => {
    const of = await ordered(bench, [FACE]);
    await bench.decide(industry, approve);
    await bench.decide(finance, approve);
    for (const sending of [1, 2]) {
      await of.answer({ line: await of.lineTo(0), fails: true });
      expect(await of.payout()).toMatchObject({ status: 'correcting', sending, failed: 1, paid: 0 });
      await of.correct(await of.lineTo(0));
    }
    await of.answer({ line: await of.lineTo(0) });
    expect(await of.payout()).toMatchObject({ status: 'settled', sending: 3, paid: FACE });
    expect((await of.lineTo(0)).answers.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'paid']);
    expect(await fund()).toMatchObject({ accrued: 0, paid: FACE });
  },
  'what a payee owes is kept back: the bank pays the rest, the fund has the offset': async (bench) => {
    const of = await ordered(bench, [FACE, FACE], [FACE]);
    const owing = await owes(of, 0, 500_001);
    await bothApprove(bench);
    expect(await fund()).toMatchObject({ accrued: 3 * FACE, paid: FACE, recovered: 0 });
    const lines = (await read('listPayoutLines', of)).items as { providerId: string; id: string }[];
    expect(lines.find(({ providerId }) => providerId === of.claims[0]?.seller.id)).toMatchObject({
      amount: '40000.00',
      offset: '5000.01',
      net: '34999.99',
    });
    expect(await read('readPaymentFile', of)).toMatchObject({ count: 2, total: '54999.99' });
    expect(await of.payout()).toMatchObject({ total: 3 * FACE, sent: 5_499_999 });
    expect(await owing.recovery()).toMatchObject({ held: 500_001, recovered: 0 });
    // What is kept back can't be repaid beside it.
    expect((await world.repay(owing.providerId, '0.01')).body.code).toBe('repayment-exceeds-receivable');
    await of.answer({ line: await of.lineTo(0) }, { line: await of.lineTo(1) });
    expect(await of.payout()).toMatchObject({ status: 'settled', paid: 3 * FACE });
    expect((await Promise.all(of.claims.map(vouchersOf))).flat()).toEqual(['redeemed', 'redeemed', 'redeemed']);
    expect(await owing.recovery()).toMatchObject({
      status: 'recovered',
      held: 0,
      recovered: 500_001,
      returns: [{ by: 'offset', amount: 500_001, payoutId: of.id }],
    });
    expect(await world.voucherNow(owing.voucherId)).toMatchObject({ status: 'redeemed', recovered: 500_001 });
    expect(await fund()).toMatchObject({ accrued: 0, paid: 4 * FACE, recovered: -500_001, available: 500_001 });
    expect(await world.differences(2019)).toEqual([]);
  },
  'it owes more than it is due: nothing sent to the bank, all of it settled': async (bench) => {
    const of = await ordered(bench, [1_200_000]);
    const owing = await owes(of, 0, FACE);
    await bothApprove(bench);
    expect(await of.payout()).toMatchObject({ status: 'settled', paid: 1_200_000, sending: 0 });
    expect((await of.lineTo(0)).answers).toEqual([]);
    expect(await of.claims[0]?.itemStates()).toEqual(['paid']);
    expect(await owing.recovery()).toMatchObject({ status: 'confirmed', held: 0, recovered: 1_200_000 });
    expect(await fund()).toMatchObject({ accrued: 0, paid: FACE + 1_200_000, recovered: -1_200_000 });
    expect(accepted(await world.repay(owing.providerId, '8000.00')).open).toBe('0.00');
    expect(await world.voucherNow(owing.voucherId)).toMatchObject({ status: 'recovered', recovered: FACE });
    expect(await world.differences(2019)).toEqual([]);
  },
  'a line with an offset fails: given back, and kept back again when sent again': async (bench) => {
    const of = await ordered(bench, [FACE], [FACE]);
    const owing = await owes(of, 0, 700_000);
    await bothApprove(bench);
    await of.answer({ line: await of.lineTo(0), fails: true }, { line: await of.lineTo(1) });
    expect(await of.payout()).toMatchObject({ status: 'correcting', failed: 1, paid: FACE });
    expect(await of.lineTo(0)).toMatchObject({ status: 'failed', offsets: [] });
    expect(await owing.recovery()).toMatchObject({ held: 0, recovered: 0 });
    // Meanwhile it repays a part: only the rest is kept back.
    accepted(await world.repay(owing.providerId, '3000.00'));
    await of.correct(await of.lineTo(0));
    expect(await read('readPaymentFile', of)).toMatchObject({ count: 1, total: '16000.00' });
    await of.answer({ line: await of.lineTo(0) });
    expect(await of.payout()).toMatchObject({ status: 'settled', paid: 2 * FACE, sending: 2 });
    expect(await owing.recovery()).toMatchObject({ status: 'recovered', held: 0, recovered: 700_000 });
    expect(await fund()).toMatchObject({ accrued: 0, paid: 3 * FACE, recovered: -700_000 });
    expect(await world.differences(2019)).toEqual([]);
  },
  'after the failure it repaid by transfer: sent again in full': async (bench) => {
    const of = await ordered(bench, [FACE]);
    const owing = await owes(of, 0, FACE - 1);
    await bothApprove(bench);
    await of.answer({ line: await of.lineTo(0), fails: true });
    accepted(await world.repay(owing.providerId, '19999.99'));
    await of.correct(await of.lineTo(0));
    expect(await read('readPaymentFile', of)).toMatchObject({ count: 1, total: '20000.00' });
    await of.answer({ line: await of.lineTo(0) });
    expect(await of.payout()).toMatchObject({ status: 'settled', paid: FACE });
    expect(await fund()).toMatchObject({ paid: 2 * FACE, recovered: 1 - FACE });
  },
  'the bank gives a paid line back: owed again, and sent again by an order of its own': async (bench) => {
    // More items than one step takes back.
    const of = await ordered(bench, Array<number>(9).fill(FACE), [FACE]);
    await bothApprove(bench);
    await of.answer({ line: await of.lineTo(0) }, { line: await of.lineTo(1) });
    const again = await resending(bench, await world.giveBack(await of.lineTo(0)));
    expect(await of.payout()).toMatchObject({ status: 'settled', paid: 10 * FACE, returned: 9 * FACE });
    expect(await again.payout()).toMatchObject({
      status: 'correcting',
      total: 9 * FACE,
      paid: 0,
      resends: { payoutId: of.id, lineId: (await of.lineTo(0)).id },
      approvals: (await of.payout()).approvals,
    });
    expect(await fund()).toMatchObject({ accrued: 9 * FACE, paid: FACE });
    expect((await Promise.all(of.claims.map(vouchersOf))).flat()).toEqual([
      ...Array<string>(9).fill('payable'),
      'redeemed',
    ]);
    await again.correct();
    await again.answer('paid');
    expect(await again.payout()).toMatchObject({ status: 'settled', paid: 9 * FACE, sending: 1 });
    expect(await of.lineTo(0)).toMatchObject({ status: 'returned', bankReturn: { resentBy: again.id } });
    expect(await of.claims[0]?.itemStates()).toEqual(Array(9).fill('paid'));
    expect((await Promise.all(of.claims.map(vouchersOf))).flat()).toEqual(Array(10).fill('redeemed'));
    expect(await fund()).toMatchObject({ accrued: 0, paid: 10 * FACE });
    expect(await world.differences(2019)).toEqual([]);
  },
  'the bank gives back what was sent again, and once more: sent again by one more order each': async (bench) => {
    const of = await ordered(bench, [FACE]);
    await bothApprove(bench);
    await of.answer({ line: await of.lineTo(0) });
    let line = await of.lineTo(0);
    for (const returns of [1, 2]) {
      const again = await resending(bench, await world.giveBack(line));
      expect(await fund()).toMatchObject({ accrued: FACE, paid: 0 });
      expect((await Promise.all(of.claims.map(vouchersOf))).flat()).toEqual(['payable']);
      await again.correct();
      await again.answer('failed');
      await again.correct();
      await again.answer('paid');
      line = await again.line();
      expect(await world.voucherNow(line.items[0]?.voucherId ?? '')).toMatchObject({
        status: 'redeemed',
        paid: FACE,
        paidFrom: [{ year: 2019, amount: FACE }],
        bankReturns: returns,
      });
      expect(await fund()).toMatchObject({ accrued: 0, paid: FACE });
    }
    expect(await world.differences(2019)).toEqual([]);
  },
  'the bank gives back a line of which something was kept back: that stays, the rest is sent again': async (bench) => {
    const of = await ordered(bench, [FACE, FACE]);
    const owing = await owes(of, 0, 500_001);
    await bothApprove(bench);
    await of.answer({ line: await of.lineTo(0) });
    const again = await resending(bench, await world.giveBack(await of.lineTo(0)));
    expect(await again.payout()).toMatchObject({ total: 3_499_999, itemCount: 2 });
    expect(await owing.recovery()).toMatchObject({ status: 'recovered', recovered: 500_001 });
    expect(await fund()).toMatchObject({ accrued: 3_499_999, paid: FACE + 500_001, recovered: -500_001 });
    // It owes once more: kept back when it is sent again.
    const more = await owes(of, 0, 700_000);
    await again.correct();
    expect(await read('readPaymentFile', again)).toMatchObject({ count: 1, total: '27999.99' });
    await again.answer('paid');
    expect(await more.recovery()).toMatchObject({ status: 'recovered', recovered: 700_000 });
    expect((await Promise.all(of.claims.map(vouchersOf))).flat()).toEqual(['redeemed', 'redeemed']);
    expect(await fund()).toMatchObject({ accrued: 0, paid: 4 * FACE, recovered: -1_200_001, available: 1_200_001 });
    expect(await world.differences(2019)).toEqual([]);
  },
  'what came back from the bank is taken back as well: nothing is sent, the fund keeps it': async (bench) => {
    const of = await ordered(bench, [FACE, FACE]);
    await bothApprove(bench);
    await of.answer({ line: await of.lineTo(0) });
    const [one, two] = inOrder(of).map(({ voucherId }) => voucherId);
    // One recovery is confirmed before the money comes back, the other after.
    await world.owed(one ?? '', { reasonCode: 'fraud' });
    const again = await resending(bench, await world.giveBack(await of.lineTo(0)));
    await world.owed(two ?? '', { reasonCode: 'fraud' });
    await again.correct();
    expect(await again.payout()).toMatchObject({ status: 'settled', sending: 0, paid: 2 * FACE });
    expect((await Promise.all(of.claims.map(vouchersOf))).flat()).toEqual(['recovered', 'recovered']);
    expect(await fund()).toMatchObject({ accrued: 0, paid: 2 * FACE, recovered: -2 * FACE, available: 2 * FACE });
    expect(await world.differences(2019)).toEqual([]);
  },
  'finance refuses while a payee owes: nothing was kept back': async (bench) => {
    const of = await ordered(bench, [FACE, FACE]);
    const owing = await owes(of, 0, FACE);
    await bench.decide(industry, approve);
    await bench.decide(finance, refuse);
    expect(await owing.recovery()).toMatchObject({ status: 'confirmed', held: 0, recovered: 0 });
    expect(await fund()).toMatchObject({ active: 2 * FACE, accrued: 0, paid: FACE, recovered: 0 });
    expect((await of.payout()).status).toBe('refused');
  },
});
