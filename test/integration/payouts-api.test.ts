import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { imbalance, replay } from '../../core/ledger/posting.ts';
import { revise } from '../../core/lifecycle/record.ts';
import { fen } from '../../core/money/money.ts';
import { JOURNAL_PARTITIONS } from '../../core/queries.ts';
import { CANDIDATES_PER_STEP } from '../../core/usecases/payouts/collect-items.ts';
import { FACE, inspector, newId, noon } from '../support/claims-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import type { Caller } from '../support/http-event.ts';
import { accepted } from '../support/orders-world.ts';
import {
  ACCOUNT,
  AUDITOR,
  cashier,
  finance,
  industry,
  type PayoutsWorld,
  payoutsWorld,
  proposer,
} from '../support/payouts-world.ts';

let engine: Engine;
let world: PayoutsWorld;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());
// Payment orders take whatever is payable of the year: each case has a table of its own.
let first = true;
beforeEach(async () => {
  if (!first) {
    await engine.stop();
    engine = await startEngine();
  }
  first = false;
  world = await payoutsWorld(engine);
});

const order = async (who: Caller = proposer, year = 2019) => world.payouts('orderPayout', who, { body: { year } });
const lines = async (payoutId: string) =>
  (await world.payouts('listPayoutLines', cashier, { params: { payoutId }, query: { limit: '100' } })).body.items;
const payout = async (payoutId: string) => (await world.payouts('readPayout', cashier, { params: { payoutId } })).body;
const file = (payoutId: string, who = cashier) => world.payouts('readPaymentFile', who, { params: { payoutId } });
const answer = (payoutId: string, sending: number, answers: object[], key?: string) =>
  world.payouts('recordBankAnswers', cashier, {
    params: { payoutId },
    body: { sending, lines: answers },
    ...(key ? { key } : {}),
  });
const paid = (lineId: string, bankSerial = `BK${lineId.slice(4, 16)}`) => ({ lineId, outcome: 'paid', bankSerial });
const failed = (lineId: string) => ({ lineId, outcome: 'failed', reason: '账号户名不符' });

type AtBank = (sending: number, taskId: string) => Promise<void>;
const bankPays: AtBank = async () => undefined;

/** Runs an order: both departments approve, then `atBank` and `correct` act; by default every line is paid. */
async function run(
  payoutId: string,
  { atBank = bankPays, correct = bankPays }: { atBank?: AtBank; correct?: AtBank } = {},
) {
  const outcomeOf = async (taskId: string) =>
    (await world.store.get('task', { id: taskId }))?.decision?.outcome ?? 'undecided';
  return world.run('payout', { payoutId }, async (state, taskId) => {
    if (state === 'AskIndustry') return world.decide(taskId, industry.sub, 'regional-officer', { outcome: 'approve' });
    if (state === 'AskFinance') return world.decide(taskId, finance.sub, 'finance-officer', { outcome: 'approve' });
    const { sending } = await payout(payoutId);
    await (state === 'AskBank' ? atBank : correct)(sending, taskId);
    if (state === 'AskBank' && (await outcomeOf(taskId)) === 'undecided') {
      const open = (await lines(payoutId)).filter(({ status }: { status: string }) => status === 'sent');
      expect(
        (
          await answer(
            payoutId,
            sending,
            open.map(({ id }: { id: string }) => paid(id)),
          )
        ).status,
      ).toBe(200);
    }
    return outcomeOf(taskId);
  });
}

async function ledgerBalances() {
  const journal = [];
  for (let partition = 0; partition < JOURNAL_PARTITIONS; partition++) {
    journal.push(...(await world.store.list('journal', { year: 2019, partition }, { limit: 100 })).items);
  }
  expect(journal.every(({ entries }) => imbalance(entries) === 0)).toBe(true);
  const fund = await world.store.fund(2019);
  expect(replay(journal)).toEqual(fund);
  return fund;
}

describe('a payment order', () => {
  it('is collected in order of use, approved by two people, accrued, paid, and redeems the vouchers', async () => {
    const { items, seller } = await world.publicised([
      { activeAt: noon('2019-03-01') },
      { activeAt: noon('2019-02-01'), approved: 1_800_000 },
      { approved: 0 },
    ]);
    const spec = await world.store.spec(2019, 'spec-business');
    const ordered = await order();
    expect(ordered.status).toBe(201);
    const id: string = ordered.body.id;
    let csv = '';
    const { states } = await run(id, {
      atBank: async () => {
        expect(await world.store.fund(2019)).toMatchObject({ active: 0, accrued: 3_800_000, available: 2_200_000 });
        const read = await file(id);
        csv = read.body.csv;
        expect(read.body).toMatchObject({ count: 1, total: '38000.00', sending: 1 });
      },
    });
    expect(states.at(-1)).toBe('Settled');
    expect(csv).toContain(`"${ACCOUNT}"`);
    expect(csv).toContain('"合计","笔数","1"');
    expect(await payout(id)).toMatchObject({
      status: 'settled',
      lineCount: 1,
      itemCount: 2,
      total: '38000.00',
      paid: '38000.00',
      approvals: [
        { department: 'industry', sub: industry.sub },
        { department: 'finance', sub: finance.sub },
      ],
      names: { [proposer.sub]: proposer.sub, [industry.sub]: industry.sub, [finance.sub]: finance.sub },
    });
    const [line] = await lines(id);
    expect(line.items.map(({ claimItemId }: { claimItemId: string }) => claimItemId)).toEqual([
      items[1]?.id,
      items[0]?.id,
    ]);
    expect(line).toMatchObject({ answers: [{ recordedBy: cashier.sub }], names: { [cashier.sub]: cashier.sub } });
    for (const each of items.slice(0, 2)) {
      expect(await world.item(each)).toMatchObject({ status: 'paid', payoutId: id });
      expect(await world.store.get('voucher', { id: each.voucherId })).toMatchObject({
        status: 'redeemed',
        paidAt: world.clock.at,
      });
    }
    expect(await ledgerBalances()).toMatchObject({ accrued: 0, paid: 3_800_000, active: 0 });
    // The deduction went back to the amount of the spec, not to its count.
    const after = await world.store.spec(2019, 'spec-business');
    expect((after?.leftAmount ?? 0) - (spec?.leftAmount ?? 0)).toBe(200_000);
    expect(after?.leftCount).toBe(spec?.leftCount);
    const own = await world.payouts('listPayments', world.memberOf(seller), {});
    expect(own.body.items).toMatchObject([{ payoutId: id, status: 'paid', amount: '38000.00' }]);
    expect(JSON.stringify([own.body, await payout(id), await lines(id)])).not.toContain(ACCOUNT);
    for (const { sub } of [proposer, industry, finance, cashier]) expect(JSON.stringify(own.body)).not.toContain(sub);
  });

  it('has a day for every hand it waits for: a review time of the plan, counted from when it came to that one', async () => {
    await world.publicised([{}]);
    const id: string = (await order()).body.id;
    const days: unknown[] = [];
    const seen = async (state: string, taskId: string) => {
      const { expectedBy, workingDaysLeft } = await payout(id);
      const task = await world.store.get('task', { id: taskId });
      const [listed] = (await world.payouts('listPayouts', inspector, { query: { year: '2019' } })).body.items;
      days.push([state, expectedBy, workingDaysLeft]);
      expect([task?.dueOn, task?.expectedBy, listed.expectedBy]).toEqual([undefined, expectedBy, expectedBy]);
      expect(listed.workingDaysLeft).toBe(workingDaysLeft);
      world.clock.at += 24 * 3_600_000;
    };
    let fails = true;
    await world.run('payout', { payoutId: id }, async (state, taskId) => {
      await seen(state, taskId);
      if (state === 'AskIndustry')
        return world.decide(taskId, industry.sub, 'regional-officer', { outcome: 'approve' });
      if (state === 'AskFinance') return world.decide(taskId, finance.sub, 'finance-officer', { outcome: 'approve' });
      const [line] = await lines(id);
      const body = { account: 'same', note: '重发' };
      if (state === 'AskBank') accepted(await answer(id, line.sending, [fails ? failed(line.id) : paid(line.id)]));
      else {
        const params = { payoutId: id, lineId: line.id };
        accepted(await world.payouts('correctLine', cashier, { params, version: line.version, body }));
      }
      fails = false;
      const { decision } = (await world.store.get('task', { id: taskId })) ?? {};
      expect(decision?.decidedByName).toBe(cashier.sub);
      return decision?.outcome ?? 'undecided';
    });
    expect(days).toEqual([
      ['AskIndustry', '2019-10-17', 5],
      ['AskFinance', '2019-10-18', 5],
      ['AskBank', '2019-10-18', 5],
      ['AskCorrection', '2019-10-21', 5],
      ['AskBank', '2019-10-22', 5],
    ]);
    const settled = await payout(id);
    expect([settled.status, settled.expectedBy, settled.workingDaysLeft]).toEqual(['settled', undefined, undefined]);
  });

  it('that a department refuses says who did and why', async () => {
    await world.publicised([{}]);
    const id: string = (await order()).body.id;
    await world.run('payout', { payoutId: id }, (_, taskId) =>
      world.decide(taskId, industry.sub, 'regional-officer', {
        outcome: 'refuse',
        reasonCode: 'totals-wrong',
        note: '少一项',
      }),
    );
    expect(await payout(id)).toMatchObject({
      status: 'refused',
      approvals: [],
      refusal: { department: 'industry', sub: industry.sub, reasonCode: 'totals-wrong', note: '少一项' },
      names: { [industry.sub]: industry.sub },
    });
  });

  it('is refused when nothing has completed its publicity', async () => {
    await world.auditedClaim([{}]);
    expect((await order()).body).toMatchObject({ status: 409, code: 'nothing-to-pay', clause: '七-(一)' });
    expect((await order(finance)).status).toBe(403);
    const malformed = await world.payouts('orderPayout', proposer, { body: { year: 2019, amount: '1.00' } });
    expect(malformed.body).toMatchObject({ status: 422, code: 'invalid-request' });
  });

  it('is made once, however often the request is repeated', async () => {
    await world.publicised([{}]);
    const request = { body: { year: 2019 }, key: 'same-key-1' };
    const [one, two] = [
      await world.payouts('orderPayout', proposer, request),
      await world.payouts('orderPayout', proposer, request),
    ];
    expect(two.body.id).toBe(one.body.id);
    expect((await world.payouts('listPayouts', inspector, { query: { year: '2019' } })).body.items).toHaveLength(1);
  });

  it('takes more items than a page, over several payees, and its control totals equal the lines', async () => {
    const count = CANDIDATES_PER_STEP + 3;
    for (let n = 0; n < 3; n++) await world.publicised(Array.from({ length: count / 3 }, () => ({})));
    const id = (await order()).body.id;
    const { states } = await run(id);
    expect(states.filter((name) => name === 'Collect').length).toBeGreaterThan(1);
    expect(await payout(id)).toMatchObject({
      status: 'settled',
      itemCount: count,
      lineCount: 3,
      paid: `${(count * FACE) / 100}.00`,
    });
    expect(await ledgerBalances()).toMatchObject({ paid: count * FACE, accrued: 0, active: 0 });
  });

  it('does not collect for a provider that is not certified or has no account, and says so', async () => {
    const gone = await world.publicised([{}]);
    const organisation = await world.store.get('organisation', { id: gone.seller.id });
    if (!organisation) throw new Error('no provider');
    await world.seed({
      do: 'update',
      entity: 'organisation',
      value: revise(organisation, world.clock.at, { status: 'returned' }),
      audit: { action: 'return' },
    });
    const accountless = await world.publicised([{}], await world.provider(''));
    const good = await world.publicised([{}]);
    const id = (await order()).body.id;
    await run(id);
    const settled = await payout(id);
    expect(settled).toMatchObject({ status: 'settled', itemCount: 1 });
    expect(settled.skipped.map(({ rule }: { rule: string }) => rule).sort()).toEqual([
      'payee-account-missing',
      'payee-not-certified',
    ]);
    const states = await Promise.all(
      [gone, accountless, good].map(
        async ({ items }) => (await world.item(items[0] ?? { claimId: '', id: '' })).status,
      ),
    );
    expect(states).toEqual(['final', 'final', 'paid']);
    // Nothing else is payable: the next order ends at once.
    const empty = await run((await order()).body.id);
    expect(empty.states.at(-1)).toBe('Refused');
  });
});

describe('nothing is paid without audit, a complete window and two approvals by different people (invariant 8)', () => {
  const tampered = async (change: 'audit' | 'amount' | 'notice') => {
    const { items, claim } = await world.publicised([{}]);
    const item = await world.item(items[0] ?? { claimId: '', id: '' });
    const noticeId = (await world.store.get('claim', { id: claim.id }))?.noticeId ?? '';
    const notice = await world.store.get('notice', { id: noticeId });
    if (!notice) throw new Error('no notice');
    if (change === 'notice') {
      const { closedAt: _, ...open } = revise(notice, world.clock.at, { status: 'open' });
      await world.seed({ do: 'update', entity: 'notice', value: open, audit: { action: 'tamper' } });
    } else {
      const { audit: _, ...unaudited } = revise(item, world.clock.at, {});
      const value =
        change === 'audit'
          ? unaudited
          : revise(item, world.clock.at, {
              payable: item.asked,
              asked: item.asked,
              ...(item.audit ? { audit: { ...item.audit, approved: (FACE - 1) as typeof item.asked } } : {}),
            });
      await world.seed({ do: 'update', entity: 'claimItem', value, audit: { action: 'tamper' } });
    }
    return item;
  };

  it.each([
    ['audit', 'item-not-audited'],
    ['amount', 'amount-not-publicised'],
    ['notice', 'window-not-complete'],
  ] as const)('an item without its %s is not collected', async (change, rule) => {
    const item = await tampered(change);
    const id = (await order()).body.id;
    const { states } = await run(id);
    expect(states.at(-1)).toBe('Refused');
    expect(await payout(id)).toMatchObject({
      status: 'refused',
      total: '0.00',
      skipped: [{ claimItemId: item.id, rule }],
    });
    expect((await world.item(item)).status).toBe('final');
  });

  it('who corrected the amount of an item after an objection does not approve its payment', async () => {
    world.clock.at = noon('2019-09-27');
    const { claim, items, seller } = await world.auditedClaim([{}]);
    await world.run('publicity-window', { claimId: claim.id }, undefined, async (endsAt) => {
      const noticeId = (await world.store.get('claim', { id: claim.id }))?.noticeId ?? '';
      const lodged = await world.publicity('lodgePublicObjection', undefined, {
        params: { noticeId },
        body: { claimItemId: items[0]?.id, name: '王五', phone: '13912345678', grounds: '该企业未实际使用该服务' },
      });
      await world.run('objection-handling', { objectionId: lodged.body.id }, (_, taskId) =>
        world.decide(taskId, industry.sub, 'regional-officer', {
          outcome: 'uphold',
          reasonCode: 'objection-founded',
          note: '经核查属实',
          corrected: 400_000,
        }),
      );
      const edition = (await world.store.get('notice', { id: noticeId }))?.replaced[0]?.noticeId ?? '';
      await world.onTime(endsAt);
      await world.run('publicity-window', { claimId: claim.id, noticeId: edition });
    });
    const id = (await order()).body.id;
    const tries: string[] = [];
    await world.run('payout', { payoutId: id }, async (_, taskId) => {
      tries.push(await world.decide(taskId, industry.sub, 'regional-officer', { outcome: 'approve' }));
      const refusal = { outcome: 'refuse', reasonCode: 'other', note: '另行审核' };
      return world.decide(taskId, 'officer-third', 'regional-officer', refusal);
    });
    expect(tries).toEqual(['same-person']);
    // The provider sees the amount, not the person.
    const params = { claimId: claim.id, itemId: items[0]?.id ?? '' };
    const read = await world.send('readClaimItem', world.memberOf(seller), { params });
    expect(read.body.audit).toMatchObject({ approved: '4000.00' });
    expect(JSON.stringify(read.body)).not.toContain(industry.sub);
  });

  it('nobody who acts for a payee approves its payment, at either department', async () => {
    const seller = await world.provider();
    await world.publicised([{}], seller);
    const id = (await order()).body.id;
    const own = world.memberOf(seller).sub;
    const tries: string[] = [];
    await world.run('payout', { payoutId: id }, async (state, taskId) => {
      const role = state === 'AskIndustry' ? 'regional-officer' : 'finance-officer';
      tries.push(await world.decide(taskId, own, role, { outcome: 'approve' }));
      return state === 'AskIndustry'
        ? world.decide(taskId, industry.sub, role, { outcome: 'approve' })
        : world.decide(taskId, finance.sub, role, { outcome: 'refuse', reasonCode: 'other', note: '材料不全' });
    });
    expect(tries).toEqual(['same-person', 'same-person']);
  });

  it('proposer, approvers and auditors exclude each other', async () => {
    await world.publicised([{}]);
    const id = (await order()).body.id;
    const tries: string[] = [];
    const { states } = await world.run('payout', { payoutId: id }, async (state, taskId) => {
      const role = state === 'AskIndustry' ? 'regional-officer' : 'finance-officer';
      const barred = state === 'AskIndustry' ? [proposer.sub, AUDITOR] : [proposer.sub, industry.sub, AUDITOR];
      for (const sub of barred) tries.push(await world.decide(taskId, sub, role, { outcome: 'approve' }));
      return state === 'AskIndustry'
        ? world.decide(taskId, industry.sub, role, { outcome: 'approve' })
        : world.decide(taskId, finance.sub, role, { outcome: 'refuse', reasonCode: 'other', note: '材料不全' });
    });
    expect(tries).toEqual(Array(5).fill('same-person'));
    expect(states.at(-1)).toBe('Refused');
  });

  it('the accrual itself refuses an order whose approvals are not complete', async () => {
    await world.publicised([{}]);
    const id = (await order()).body.id;
    const before = await world.store.fund(2019);
    let accrued: unknown;
    await world
      .run('payout', { payoutId: id }, async (state, taskId) => {
        const sub = state === 'AskIndustry' ? industry.sub : finance.sub;
        const role = state === 'AskIndustry' ? 'regional-officer' : 'finance-officer';
        const decided = await world.decide(taskId, sub, role, { outcome: 'approve' });
        if (state === 'AskFinance') {
          const stored = await world.store.get('payout', { id });
          if (!stored) throw new Error('no order');
          // Somebody forged the first approval: the second person is the same.
          const approvals = stored.approvals.map((approval) => ({ ...approval, sub: finance.sub }));
          await world.seed({
            do: 'update',
            entity: 'payout',
            value: revise(stored, world.clock.at, { approvals }),
            audit: { action: 'tamper' },
          });
        }
        return decided;
      })
      .catch((error: unknown) => {
        accrued = error;
      });
    expect(accrued).toMatchObject({ name: 'RetryNone', message: 'approvals-incomplete' });
    expect(await world.store.fund(2019)).toEqual(before);
  });
});

describe('a refusal', () => {
  it.each(['AskIndustry', 'AskFinance'])(
    'at %s makes the items final again, and the next order takes them',
    async (refusing) => {
      const { items } = await world.publicised([{}, {}]);
      const id = (await order()).body.id;
      const { states } = await world.run('payout', { payoutId: id }, async (state, taskId) => {
        const [sub, role] =
          state === 'AskIndustry'
            ? [industry.sub, 'regional-officer' as const]
            : [finance.sub, 'finance-officer' as const];
        return world.decide(
          taskId,
          sub,
          role,
          state === refusing ? { outcome: 'refuse', reasonCode: 'other', note: '请复核' } : { outcome: 'approve' },
        );
      });
      expect(states.slice(-2)).toEqual(['IsReleased', 'Refused']);
      expect((await payout(id)).status).toBe('refused');
      for (const each of items) {
        const released = await world.item(each);
        expect([released.status, released.payoutId]).toEqual(['final', undefined]);
      }
      const next = (await order()).body.id;
      await run(next);
      expect(await payout(next)).toMatchObject({ status: 'settled', itemCount: 2 });
    },
  );
});

describe('the bank', () => {
  const twoPayees = async () => {
    const [a, b] = [await world.publicised([{}]), await world.publicised([{}])];
    return { a, b, id: (await order()).body.id as string };
  };
  const lineOf = async (id: string, providerId: string) =>
    (await lines(id)).find((line: { providerId: string }) => line.providerId === providerId);

  it('answers in parts; the same answer again changes nothing, a contradictory one is refused', async () => {
    const { a, b, id } = await twoPayees();
    await run(id, {
      atBank: async () => {
        const [x, y] = [await lineOf(id, a.seller.id), await lineOf(id, b.seller.id)];
        expect((await answer(id, 1, [paid(x.id, 'S-0001')], 'bank-part-1')).body).toMatchObject({ unanswered: 1 });
        expect((await answer(id, 1, [paid(x.id, 'S-0001')], 'bank-part-1')).headers['idempotency-replayed']).toBe(
          'true',
        );
        expect((await answer(id, 1, [paid(x.id, 'S-0001')])).body).toMatchObject({ unanswered: 1 });
        for (const contradiction of [failed(x.id), paid(x.id, 'S-0002')]) {
          expect((await answer(id, 1, [contradiction])).body).toMatchObject({
            status: 409,
            code: 'bank-answer-contradictory',
          });
        }
        expect((await answer(id, 1, [paid(y.id, 'S-0001')])).body).toMatchObject({
          status: 409,
          code: 'bank-serial-used',
        });
        // The same serial, written otherwise.
        expect((await answer(id, 1, [paid(x.id, 's0001')])).body).toMatchObject({ unanswered: 1 });
        expect((await answer(id, 1, [paid(y.id, 's0001')])).body).toMatchObject({ code: 'bank-serial-used' });
        expect((await answer(id, 2, [paid(y.id, 'S-0003')])).body).toMatchObject({ code: 'bank-answer-contradictory' });
        expect((await answer(id, 1, [paid(`pln_${'0'.repeat(26)}_1`)])).body).toMatchObject({
          status: 422,
          code: 'payout-line-unknown',
        });
        expect((await answer(id, 1, [paid(y.id), paid(y.id)])).body).toMatchObject({
          status: 422,
          code: 'payout-line-repeated',
        });
        expect((await answer(id, 1, [{ lineId: y.id, outcome: 'paid' }])).body).toMatchObject({
          status: 422,
          code: 'invalid-request',
        });
        expect(await lineOf(id, b.seller.id)).toMatchObject({ status: 'sent' });
      },
    });
    const [x] = [await lineOf(id, a.seller.id)];
    // Long after the settlement the old file comes once more.
    expect((await answer(id, 1, [paid(x.id, 'S-0001')])).status).toBe(200);
    expect((await answer(id, 1, [failed(x.id)])).body.code).toBe('bank-answer-contradictory');
    expect(await ledgerBalances()).toMatchObject({ paid: 2 * FACE });
  });

  it('fails a line: it alone is corrected and sent again, never a paid one', async () => {
    const { a, b, id } = await twoPayees();
    let round = 0;
    const { states } = await run(id, {
      atBank: async (sending) => {
        round += 1;
        const line = await lineOf(id, a.seller.id);
        if (round === 1) {
          await answer(id, sending, [failed(line.id)]);
          return;
        }
        const read = await file(id);
        expect(read.body).toMatchObject({ sending: 2, count: 1, total: '20000.00' });
        expect(read.body.csv).toContain('"6222021009998887776"');
        // The bank repeats its first file: it answers the first sending, not this one.
        expect((await answer(id, 1, [failed(line.id)])).body).toMatchObject({ unanswered: 1, failed: 0 });
      },
      correct: async () => {
        expect(await world.store.fund(2019)).toMatchObject({ paid: FACE, accrued: FACE });
        const line = await lineOf(id, a.seller.id);
        const correct = (body: object, version = line.version, who = cashier) =>
          world.payouts('correctLine', who, { params: { payoutId: id, lineId: line.id }, body, version });
        expect((await correct({ account: 'changed', note: '已更正' })).body).toMatchObject({
          status: 422,
          code: 'payee-account-unchanged',
        });
        await world.changeAccount(a.seller.id, '6222021009998887776');
        expect((await correct({ account: 'same', note: '重发' })).body.code).toBe('payee-account-changed');
        expect((await correct({ account: 'changed', note: '已更正' }, line.version - 1)).status).toBe(412);
        expect((await correct({ account: 'changed', note: '已更正' }, line.version, industry)).status).toBe(403);
        const done = await lineOf(id, b.seller.id);
        const settled = await world.payouts('correctLine', cashier, {
          params: { payoutId: id, lineId: done.id },
          body: { account: 'same', note: '重发' },
          version: done.version,
        });
        expect(settled.body).toMatchObject({ status: 409, code: 'wrong-state' });
        expect((await correct({ account: 'changed', note: '已更正' })).body).toMatchObject({ status: 'ready' });
      },
    });
    expect(states.filter((name) => name === 'AskCorrection')).toHaveLength(1);
    expect(await payout(id)).toMatchObject({ status: 'settled', sending: 2, paid: '40000.00', failed: 0 });
    expect(await lineOf(id, a.seller.id)).toMatchObject({
      sending: 2,
      answers: [{ outcome: 'failed' }, { outcome: 'paid' }],
    });
    expect(await lineOf(id, b.seller.id)).toMatchObject({ sending: 1, answers: [{ outcome: 'paid' }] });
    expect(await ledgerBalances()).toMatchObject({ paid: 2 * FACE, accrued: 0 });
  });

  it('gets a file that holds accounts; each reading is in the trail, and only finance reads it', async () => {
    const { id } = await twoPayees();
    expect((await file(id)).body).toMatchObject({ status: 409, code: 'wrong-state' });
    await run(id, {
      atBank: async () => {
        expect((await file(id, industry)).status).toBe(403);
        expect((await file(id, inspector)).status).toBe(403);
        await file(id);
        await file(id, finance);
      },
    });
    const trail = await world.payouts('readPayoutTrail', inspector, {
      params: { payoutId: id },
      query: { limit: '100' },
    });
    const readings = trail.body.items.filter(({ action }: { action: string }) => action === 'read-payment-file');
    expect(readings.map(({ by }: { by: { sub: string } }) => by.sub).sort()).toEqual([finance.sub, cashier.sub].sort());
    expect(JSON.stringify(trail.body)).not.toContain(ACCOUNT);
  });

  it('gets no file while an account differs from the one that was sent', async () => {
    const { a, id } = await twoPayees();
    await run(id, {
      atBank: async (sending) => {
        if (sending > 1) return;
        await world.changeAccount(a.seller.id, '6222021001110001110');
        const line = await lineOf(id, a.seller.id);
        expect((await file(id)).body).toMatchObject({ status: 409, code: 'payee-account-changed' });
        await answer(id, sending, [failed(line.id)]);
        expect((await file(id)).body).toMatchObject({ count: 1 });
      },
      correct: async () => {
        const line = await lineOf(id, a.seller.id);
        await world.payouts('correctLine', cashier, {
          params: { payoutId: id, lineId: line.id },
          body: { account: 'changed', note: '账户已变更' },
          version: line.version,
        });
      },
    });
    expect(await payout(id)).toMatchObject({ status: 'settled', paid: '40000.00' });
  });
});

describe('routes of payouts', () => {
  it('answer for what is unknown that there is none', async () => {
    const params = { payoutId: newId('pay') };
    for (const route of [
      'readPayout',
      'listPayoutLines',
      'readControlTotals',
      'readPayoutTrail',
      'readPaymentFile',
    ] as const) {
      expect((await world.payouts(route, cashier, { params })).status).toBe(404);
    }
    expect((await answer(params.payoutId, 1, [paid(`pln_${'0'.repeat(26)}_1`)])).status).toBe(404);
  });

  it('show a provider its own payments only, and none of orders that are not approved', async () => {
    const { seller } = await world.publicised([{}]);
    const other = await world.provider();
    const id = (await order()).body.id;
    await world.run('payout', { payoutId: id }, async (state, taskId) => {
      const own = await world.payouts('listPayments', world.memberOf(seller), {});
      expect(own.body.items).toEqual([]);
      return world.decide(
        taskId,
        state === 'AskIndustry' ? industry.sub : finance.sub,
        state === 'AskIndustry' ? 'regional-officer' : 'finance-officer',
        { outcome: 'refuse', reasonCode: 'other', note: '不同意' },
      );
    });
    expect((await world.payouts('listPayments', world.memberOf(seller), {})).body.items).toEqual([]);
    const next = (await order()).body.id;
    await run(next);
    expect((await world.payouts('listPayments', world.memberOf(seller), {})).body.items).toHaveLength(1);
    expect((await world.payouts('listPayments', world.memberOf(other), {})).body.items).toEqual([]);
    expect((await world.payouts('listPayments', world.memberOf(world.enterprise), {})).status).toBe(403);
  });

  it('tell a provider where its deferred items stand among all, in the order of use; of others only sums', async () => {
    const deferred = async (claim: Awaited<ReturnType<typeof world.auditedClaim>>, amounts: readonly number[]) => {
      for (const [i, item] of claim.items.entries()) {
        await world.seed({
          do: 'update',
          entity: 'claimItem',
          value: revise(item, world.clock.at, { status: 'deferred', payable: FACE, deferred: fen(amounts[i] ?? 0) }),
          from: ['approved'],
          audit: { action: 'defer' },
        });
      }
    };
    const ours = await world.auditedClaim([{ activeAt: noon('2019-03-01') }, { activeAt: noon('2019-05-01') }]);
    const theirs = await world.auditedClaim([{ activeAt: noon('2019-04-01') }]);
    await deferred(ours, [100, 250]);
    await deferred(theirs, [1_000_000]);
    const queue = await world.payouts('readDeferrals', world.memberOf(ours.seller), {});
    expect(queue.body).toMatchObject({
      places: 3,
      amount: '10003.50',
      items: [
        { position: 1, claimItemId: ours.items[0]?.id, amount: '1.00', ahead: '0.00' },
        { position: 3, claimItemId: ours.items[1]?.id, amount: '2.50', ahead: '10001.00' },
      ],
    });
    expect(JSON.stringify(queue.body)).not.toContain(theirs.items[0]?.voucherNumber);
    const nobody = await world.payouts('readDeferrals', world.memberOf(await world.provider()), {});
    expect(nobody.body).toMatchObject({ places: 3, items: [] });
    expect((await world.payouts('readDeferrals', world.memberOf(world.enterprise), {})).status).toBe(403);
  });
});
