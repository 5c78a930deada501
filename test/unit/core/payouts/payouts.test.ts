import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imbalance } from '../../../../core/ledger/posting.ts';
import { born } from '../../../../core/lifecycle/record.ts';
import { fen } from '../../../../core/money/money.ts';
import type { Voucher } from '../../../../core/orders/voucher.ts';
import { type BankAnswer, judgeAnswer } from '../../../../core/payouts/bank-answer.ts';
import { ITEMS_PER_STEP, pageOfWork } from '../../../../core/payouts/page-of-work.ts';
import { checkApprovals } from '../../../../core/payouts/payable.ts';
import { csvCell, paymentFile } from '../../../../core/payouts/payment-file.ts';
import type { PayoutLine } from '../../../../core/payouts/payout.ts';
import { accrual, payment } from '../../../../core/payouts/postings.ts';

const cause = { at: 1, actor: 'system:payout', payoutId: 'pay_1' };

const lineOf = (items: number, more: Partial<PayoutLine> = {}): PayoutLine => ({
  payoutId: 'pay_1',
  id: 'pln_1',
  ...born(1),
  status: 'ready',
  providerId: 'org_1',
  providerName: '云帆科技',
  amount: fen(items),
  items: Array.from({ length: items }, (_, n) => ({
    claimId: 'clm_1',
    claimItemId: `itm_${n}`,
    voucherId: `vch_${n}`,
    amount: fen(1),
    deferred: fen(0),
    deferredBefore: false,
    activeAt: n,
  })),
  sending: 0,
  answers: [],
  accountVersion: 1,
  processedItems: 0,
  settledItems: 0,
  ...more,
});

describe('the accrual of a voucher', () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 2_000_000 }), { minLength: 1, maxLength: 3 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  it('moves its face exactly: what is payable is owed or deferred, the rest goes back to the fund and its specs', () => {
    fc.assert(
      fc.property(amounts, share, share, (parts, shareApproved, shareDeferred) => {
        const face = parts.reduce((sum, amount) => sum + amount, 0);
        fc.pre(face > 0);
        const payable = Math.floor(face * shareApproved);
        const deferred = Math.floor(payable * shareDeferred);
        const voucher = {
          id: 'vch_1',
          year: 2019,
          face,
          payable,
          parts: parts.map((amount, n) => ({ specId: `spec-${n}`, amount })),
        } as unknown as Voucher;
        const posting = accrual(voucher, payable, deferred, cause);
        expect(imbalance(posting.entries)).toBe(0);
        expect(posting.entries.active ?? 0).toBe(-face);
        expect(posting.entries.accrued ?? 0).toBe(payable - deferred);
        expect(posting.entries.deferred ?? 0).toBe(deferred);
        expect(posting.specs.reduce((sum, { amount }) => sum - amount, 0)).toBe(face - payable);
        for (const { specId, amount, count } of posting.specs) {
          expect(-amount).toBeLessThanOrEqual(parts[Number(specId.slice(5))] ?? 0);
          expect(count).toBe(0);
        }
        expect(payment(voucher, payable, cause).entries).toEqual(
          payable === 0 ? {} : { accrued: -payable, paid: payable },
        );
      }),
    );
  });
});

describe('an answer of the bank', () => {
  const answers: fc.Arbitrary<{ answer: BankAnswer; sending: number; resend: boolean }> = fc.record({
    answer: fc.oneof(
      fc
        .constantFrom('S-1', 'S-2', 'S-3')
        .map((bankSerial): BankAnswer => ({ lineId: 'pln_1', outcome: 'paid', bankSerial })),
      fc.constant<BankAnswer>({ lineId: 'pln_1', outcome: 'failed', reason: '户名不符' }),
    ),
    sending: fc.integer({ min: 1, max: 4 }),
    resend: fc.boolean(),
  });

  it('never pays a line twice, whatever comes in whatever order, and never changes a recorded one', () => {
    fc.assert(
      fc.property(fc.array(answers, { maxLength: 30 }), (events) => {
        let line = lineOf(1, { status: 'sent', sending: 1 });
        for (const { answer, sending, resend } of events) {
          const before = line.answers;
          const judged = judgeAnswer(line, answer, sending);
          if (judged.ok && judged.value === 'new') {
            const recorded = { sending, outcome: answer.outcome, at: 1, recordedBy: 'x' };
            line = {
              ...line,
              status: answer.outcome,
              answers: [
                ...before,
                answer.outcome === 'paid' ? { ...recorded, bankSerial: answer.bankSerial } : recorded,
              ],
            };
          }
          if (resend && line.status === 'failed') line = { ...line, status: 'sent', sending: line.sending + 1 };
          expect(line.answers.filter(({ outcome }) => outcome === 'paid').length).toBeLessThanOrEqual(1);
          expect(line.answers.slice(0, before.length)).toEqual(before);
          expect(new Set(line.answers.map((each) => each.sending)).size).toBe(line.answers.length);
        }
      }),
    );
  });
});

describe('the pages of an order', () => {
  it('take every item once, in order, never more than fit into a transaction', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 8 }), (sizes) => {
        let lines = sizes.map((size, n) => lineOf(size, { id: `pln_${n}` }));
        const taken: string[] = [];
        for (let steps = 0; ; steps++) {
          expect(steps).toBeLessThanOrEqual(sizes.reduce((sum, size) => sum + size, 0));
          const { stretches, complete } = pageOfWork(lines, (line) => line.processedItems);
          const items = stretches.flatMap((stretch) =>
            stretch.items.map(({ claimItemId }) => `${stretch.line.id} ${claimItemId}`),
          );
          expect(items.length).toBeLessThanOrEqual(ITEMS_PER_STEP);
          taken.push(...items);
          lines = lines.map((line) => {
            const stretch = stretches.find((each) => each.line.id === line.id);
            return { ...line, processedItems: line.processedItems + (stretch?.items.length ?? 0) };
          });
          if (complete) break;
        }
        expect(taken).toEqual(
          sizes.flatMap((size, n) => Array.from({ length: size }, (_, item) => `pln_${n} itm_${item}`)),
        );
      }),
    );
  });
});

describe('the approvals of an order', () => {
  const industry = { department: 'industry' as const, sub: 'a', at: 1 };
  const finance = { department: 'finance' as const, sub: 'b', at: 2 };

  it('are complete with two different people of two departments, neither of them the proposer', () => {
    expect(checkApprovals({ approvals: [industry, finance], proposedBy: 'c' }).ok).toBe(true);
    const incomplete = [
      [],
      [industry],
      [finance],
      [industry, { ...finance, sub: 'a' }],
      [industry, { ...industry, sub: 'b' }],
    ];
    for (const approvals of incomplete) expect(checkApprovals({ approvals, proposedBy: 'c' }).ok).toBe(false);
    expect(checkApprovals({ approvals: [industry, finance], proposedBy: 'a' }).ok).toBe(false);
  });
});

describe('the payment file', () => {
  it.each(['=1+1', '+86', '-2', '@SUM(A1)', ' =HYPERLINK("x")', '\t=1', '\r\n=1', '＝1'])(
    'never starts a cell as the formula %j',
    (text) => {
      expect(csvCell(text)).toMatch(/^"'/);
    },
  );

  it('keeps each payment in one row and states their number and total, whatever the names hold', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: fc.string(), amount: fc.integer({ min: 1, max: 1_000_000 }) }), { maxLength: 10 }),
        (payees) => {
          const { csv, count, total } = paymentFile(
            { id: 'pay_1', year: 2019, sending: 1 },
            payees.map(({ name, amount }) => ({
              lineId: 'pln_1',
              providerName: name,
              accountName: name,
              bank: name,
              accountNumber: '12345678',
              amount,
            })),
          );
          expect(count).toBe(payees.length);
          expect(total).toBe(payees.reduce((sum, { amount }) => sum + amount, 0));
          expect(csv.split('\r\n')).toHaveLength(payees.length + 4);
        },
      ),
    );
  });
});
