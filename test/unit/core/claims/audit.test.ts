import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDate } from '../../../../core/calendar/business-date.ts';
import {
  afterDeduction,
  awaitsHearing,
  forRecognisedFee,
  judge,
  type Verdict,
  wasHeard,
} from '../../../../core/claims/audit.ts';
import type { ItemAudit } from '../../../../core/claims/claim.ts';
import { unrelated } from '../../../../core/claims/conflicts.ts';
import {
  bankSerialKey,
  invoiceKey,
  itemIdOf,
  missingEvidence,
  repeatedEvidence,
} from '../../../../core/claims/evidence.ts';
import { claimWindow, isInWindow } from '../../../../core/claims/window.ts';
import { fen, ratioOf } from '../../../../core/money/money.ts';
import { defaultParameters } from '../../../../core/policy/default-parameters.ts';
import { amounts, ratios } from '../../../support/arbitraries.ts';

const item = { asked: fen(1_001), findings: [] };
const facts = { fee: fen(5_005), deductions: defaultParameters.qualityDeductions };
const outcome = (verdict: Verdict, of: Parameters<typeof judge>[0] = item) => {
  const judged = judge(of, verdict, facts);
  return judged.ok ? [judged.value.transition.to, judged.value.approved] : judged.failure.rule;
};

describe('the audit of an item (clauses 七-(一), 七-(二))', () => {
  it('approves all that was asked, rejects all of it, or sends it back', () => {
    expect(outcome({ outcome: 'approve' })).toEqual(['approved', 1_001]);
    expect(outcome({ outcome: 'reject', reasonCode: 'sham-service' })).toEqual(['rejected', 0]);
    expect(outcome({ outcome: 'return', reasons: [{ pointer: '/usage', reasonCode: 'usage-unclear' }] })).toEqual([
      'returned',
      0,
    ]);
  });

  it('deducts for quality by the severity that the plan sets, what is paid rounded down', () => {
    const quality = (severity: 'minor' | 'serious' | 'critical') =>
      outcome({ outcome: 'reduce', reasonCode: 'quality-problem', severity });
    expect(quality('minor')).toEqual(['approved', 900]);
    expect(quality('serious')).toEqual(['approved', 500]);
    expect(quality('critical')).toEqual(['rejected', 0]);
  });

  it('computes what an evidenced fee is worth; nobody types an amount', () => {
    const reduce = (recognised: number) =>
      outcome({ outcome: 'reduce', reasonCode: 'amounts-do-not-add-up', recognisedFee: fen(recognised) });
    expect(reduce(2_503)).toEqual(['approved', 500]);
    expect(reduce(0)).toEqual(['rejected', 0]);
    expect(reduce(5_005)).toBe('recognised-fee-too-high');
  });

  it('wants exactly the basis that belongs to a reason', () => {
    expect(outcome({ outcome: 'reduce', reasonCode: 'quality-problem' })).toBe('deduction-basis-required');
    expect(
      outcome({ outcome: 'reduce', reasonCode: 'quality-problem', severity: 'minor', recognisedFee: fen(1) }),
    ).toBe('deduction-basis-required');
    expect(outcome({ outcome: 'reduce', reasonCode: 'overlapping-period' })).toBe('deduction-basis-required');
    expect(
      outcome({ outcome: 'reduce', reasonCode: 'overlapping-period', severity: 'minor', recognisedFee: fen(1) }),
    ).toBe('deduction-basis-required');
  });

  it('lets nobody pay above the market price without saying why the finding is wrong (clause 七-(二))', () => {
    const dear = { ...item, findings: [{ rule: 'item-price-above-market' }] };
    expect(outcome({ outcome: 'approve' }, dear)).toBe('above-market-needs-note');
    expect(outcome({ outcome: 'approve', note: '合同含两年服务' }, dear)).toEqual(['approved', 1_001]);
    expect(outcome({ outcome: 'reject', reasonCode: 'price-above-market' }, dear)).toEqual(['rejected', 0]);
  });

  it('never pays more than is left after the deduction, and at most one fen less than exactly', () => {
    fc.assert(
      fc.property(amounts(), ratios, (asked, deduction) => {
        const paid = afterDeduction(asked, deduction);
        const deducted = ratioOf(asked, deduction, 'down');
        expect(asked - deducted - paid).toBeGreaterThanOrEqual(0);
        expect(asked - deducted - paid).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('pays in proportion to the recognised fee, never more, and growing with it', () => {
    fc.assert(
      fc.property(
        amounts(1_000_000_000),
        fc.integer({ min: 1, max: 1_000_000_000 }),
        fc.nat(),
        fc.nat(),
        (asked, fee, a, b) => {
          const [less, more] = [a % (fee + 1), b % (fee + 1)].sort((x, y) => x - y);
          const low = forRecognisedFee(asked, fen(less ?? 0), fen(fee));
          const high = forRecognisedFee(asked, fen(more ?? 0), fen(fee));
          expect(low).toBeLessThanOrEqual(high);
          expect(high).toBeLessThanOrEqual(asked);
        },
      ),
    );
  });
});

describe('the hearing before a deduction (clause 七-(二))', () => {
  const audit: ItemAudit = {
    outcome: 'reduce',
    reasonCode: 'quality-problem',
    severity: 'minor',
    approved: fen(900),
    hearingUntil: '2019-11-12',
    auditedBy: 'a',
    auditedAt: 1,
    reasons: [],
  };
  const hearing = (proposed: number) => ({ statement: '已整改', proposed: fen(proposed), at: 2 });

  it('waits until the provider answered or its time has passed', () => {
    expect(awaitsHearing({ audit }, businessDate('2019-11-12'))).toBe(true);
    expect(awaitsHearing({ audit }, businessDate('2019-11-13'))).toBe(false);
    expect(awaitsHearing({ audit, hearing: hearing(900) }, businessDate('2019-11-06'))).toBe(false);
    expect(awaitsHearing({ audit: { ...audit, outcome: 'reject' } }, businessDate('2019-11-06'))).toBe(false);
  });

  it('counts for the same or a milder deduction, not for a harsher one', () => {
    expect(wasHeard({ audit, hearing: hearing(900) })).toBe(true);
    expect(wasHeard({ audit, hearing: hearing(500) })).toBe(true);
    expect(wasHeard({ audit, hearing: hearing(901) })).toBe(false);
  });
});

describe('who may audit', () => {
  it('needs a declaration, and no relation to any organisation of the claim (clause 七-(一))', () => {
    const rule = (...given: Parameters<typeof unrelated>) => {
      const result = unrelated(...given);
      return result.ok ? 'may' : result.failure.rule;
    };
    expect(rule(undefined, [], ['org_p'])).toBe('declaration-required');
    expect(rule({ organisationIds: [] }, [], ['org_p'])).toBe('may');
    expect(rule({ organisationIds: ['org_e'] }, [], ['org_p', 'org_e'])).toBe('conflict-of-interest');
    expect(rule({ organisationIds: [] }, ['org_e'], ['org_p', 'org_e'])).toBe('conflict-of-interest');
  });
});

describe('evidence', () => {
  it('knows an invoice by code and number, a transfer by its serial however it is written', () => {
    expect(invoiceKey({ code: '1500191130', number: '00000001' })).toBe('1500191130#00000001');
    expect(bankSerialKey('icbc-0001')).toBe(bankSerialKey('ICBC0001'));
  });

  it('sees what is twice in one item', () => {
    const invoice = {
      code: '',
      number: '1',
      issuedOn: '',
      amount: fen(1),
      buyerUscc: '',
      sellerUscc: '',
      documentId: '',
    };
    const transfer = { serial: 'a-1', payerName: '', payeeName: '', amount: fen(1), paidOn: '', documentId: '' };
    const issues = repeatedEvidence({
      invoices: [invoice, invoice],
      transfers: [transfer, { ...transfer, serial: 'A1' }],
    });
    expect(issues.map(({ pointer }) => pointer)).toEqual(['/invoices/1/number', '/transfers/1/serial']);
  });

  it('is complete with invoice, transfer and usage beside the contract', () => {
    expect(
      missingEvidence({ invoices: [], transfers: [], contractDocumentId: 'c' }, '/items/x').map(
        ({ pointer }) => pointer,
      ),
    ).toEqual(['/items/x/invoices', '/items/x/transfers', '/items/x/usage']);
  });

  it('keeps one item id per voucher', () => {
    expect(itemIdOf('vch_01ABC')).toBe('itm_01ABC');
  });
});

describe('the claim window (clause 七-(一))', () => {
  it('includes its first and its last day', () => {
    const window = claimWindow({ year: 2019, parameters: defaultParameters });
    const inside = ['2019-10-31', '2019-11-01', '2019-12-31', '2020-01-01'].map((on) =>
      isInWindow(businessDate(on), window),
    );
    expect(inside).toEqual([false, true, true, false]);
  });
});
