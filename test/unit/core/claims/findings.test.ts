import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDate, startOfDay } from '../../../../core/calendar/business-date.ts';
import { findingsOf, type ItemFacts, overlapsWith } from '../../../../core/claims/findings.ts';
import { composeUscc } from '../../../../core/identity/uscc.ts';
import { fen } from '../../../../core/money/money.ts';
import { rules } from '../../../../core/rules/index.ts';
import { amounts } from '../../../support/arbitraries.ts';

const enterprise = { name: '草原工业有限公司', uscc: composeUscc('150100', 1), status: 'certified' as const };
const provider = { name: '云帆科技（内蒙古）有限公司', uscc: composeUscc('150100', 2), status: 'certified' as const };
const FEE = fen(10_000_000);
const FACE = fen(2_000_000);
const OWN = fen(8_000_000);

const invoice = {
  code: '1500191130',
  number: '00000001',
  issuedOn: '2019-06-30',
  amount: FEE,
  buyerUscc: enterprise.uscc as string,
  sellerUscc: provider.uscc as string,
  documentId: 'doc_i',
};
const transfer = {
  serial: 'ICBC0001',
  payerName: enterprise.name,
  payeeName: provider.name,
  amount: OWN,
  paidOn: '2019-06-30',
  documentId: 'doc_t',
};
const usage = { from: '2019-01-01', to: '2019-10-31', activeUsers: 5, summary: '使用', documentId: 'doc_u' };
const contract = {
  lines: [{ kind: 'business-management' as const, description: '', listPrice: FEE, discount: fen(0), fee: FEE }],
  fee: FEE,
  startsOn: '2019-01-01',
  endsOn: '2019-10-31',
};

const clean: ItemFacts = {
  evidence: { invoices: [invoice], transfers: [transfer], usage, contractDocumentId: 'doc_c' },
  enterprise,
  provider,
  face: FACE,
  contractSha256: 'c',
  order: { kind: 'business-management', quantity: 10, signedAt: startOfDay(businessDate('2018-12-29')) },
  contract,
  marketPrice: fen(1_000_000),
  parameters: { marketPriceTolerance: '0', voucherValidityDays: 60 },
  files: [
    { pointer: '/invoices/0/documentId', sha256: 'a', usedElsewhere: false },
    { pointer: '/contractDocumentId', sha256: 'c', usedElsewhere: false },
  ],
  overlaps: [],
  today: businessDate('2019-11-05'),
};
const withEvidence = (more: Partial<ItemFacts['evidence']>): ItemFacts => ({
  ...clean,
  evidence: { ...clean.evidence, ...more },
});
const rulesOf = (facts: ItemFacts) => findingsOf(facts).map(({ rule, pointer }) => `${rule} ${pointer}`);

describe('automatic findings of a claim item (clause 七-(一))', () => {
  it('finds nothing in an item that is in order', () => {
    expect(findingsOf(clean)).toEqual([]);
  });

  it('accepts invoices over the fee, or over the own share where the provider invoiced net of the voucher', () => {
    expect(rulesOf(withEvidence({ invoices: [{ ...invoice, amount: OWN }] }))).toEqual([]);
    expect(rulesOf(withEvidence({ invoices: [{ ...invoice, amount: fen(FEE - 1) }] }))).toEqual([
      'invoices-total-differs /invoices',
    ]);
  });

  it('wants transfers to add up to the own share exactly: fee less voucher', () => {
    expect(rulesOf(withEvidence({ transfers: [{ ...transfer, amount: FEE }] }))).toEqual([
      'transfers-total-differs /transfers',
    ]);
    const halves = [
      { ...transfer, amount: fen(OWN - 1) },
      { ...transfer, serial: 'ICBC0002', amount: fen(1) },
    ];
    expect(rulesOf(withEvidence({ transfers: halves }))).toEqual([]);
  });

  it('takes local top-ups off what the enterprise pays itself (clause 一-(三))', () => {
    const topped = { ...clean, localTopUps: fen(500_000) };
    expect(rulesOf(topped)).toEqual(['transfers-total-differs /transfers']);
    const own = fen(OWN - 500_000);
    const paid = { ...topped, evidence: { ...clean.evidence, transfers: [{ ...transfer, amount: own }] } };
    expect(rulesOf(paid)).toEqual([]);
    const net = { ...paid, evidence: { ...paid.evidence, invoices: [{ ...invoice, amount: own }] } };
    expect(rulesOf(net)).toEqual([]);
    const [found] = findingsOf({ ...net, evidence: { ...net.evidence, invoices: [{ ...invoice, amount: OWN }] } });
    expect(found).toMatchObject({ rule: 'invoices-total-differs', values: { own: '75000.00' } });
  });

  it('reckons with the delivered fee after part performance', () => {
    const part = { ...clean, order: { ...clean.order, deliveredFee: fen(5_000_000) }, face: fen(1_000_000) };
    expect(rulesOf(part)).toEqual(['invoices-total-differs /invoices', 'transfers-total-differs /transfers']);
  });

  it('notices payments by or to others, and says nothing of who they are', () => {
    const paid = withEvidence({ transfers: [{ ...transfer, payerName: '王五', payeeName: '别家公司' }] });
    expect(rulesOf(paid)).toEqual([
      'transfer-payer-differs /transfers/0/payerName',
      'transfer-payee-differs /transfers/0/payeeName',
    ]);
    expect(JSON.stringify(findingsOf(paid))).not.toContain('王五');
  });

  it('takes names as banks write them', () => {
    expect(rulesOf(withEvidence({ transfers: [{ ...transfer, payeeName: '云帆科技(内蒙古) 有限公司' }] }))).toEqual([]);
  });

  it('notices invoices from or to others', () => {
    const other = composeUscc('150100', 3);
    expect(rulesOf(withEvidence({ invoices: [{ ...invoice, buyerUscc: other, sellerUscc: other }] }))).toEqual([
      'invoice-buyer-differs /invoices/0/buyerUscc',
      'invoice-seller-differs /invoices/0/sellerUscc',
    ]);
  });

  it('notices a fee one fen above the market price, within a tolerance none (clause 七-(二))', () => {
    const dear = { ...clean, marketPrice: fen(999_999) };
    expect(rulesOf(dear)).toEqual(['item-price-above-market /contractDocumentId']);
    expect(rulesOf({ ...dear, parameters: { ...clean.parameters, marketPriceTolerance: '0.01' } })).toEqual([]);
  });

  it('compares the ordered kind only with its market price', () => {
    const line = contract.lines[0];
    if (!line) throw new Error('no line');
    const withTraining = { ...contract, lines: [line, { ...line, kind: 'collaboration' as const }] };
    expect(rulesOf({ ...clean, contract: withTraining })).toEqual([]);
  });

  it('takes dates from signing to the validity of the voucher after the contract', () => {
    for (const on of ['2018-12-29', '2019-10-31']) {
      expect(rulesOf(withEvidence({ transfers: [{ ...transfer, paidOn: on }] }))).toEqual([]);
    }
    expect(rulesOf(withEvidence({ transfers: [{ ...transfer, paidOn: '2018-12-28' }] }))).toEqual([
      'transfer-outside-contract /transfers/0/paidOn',
    ]);
    const later = { ...clean, today: businessDate('2020-03-01') };
    const on = (issuedOn: string) => ({
      ...later,
      evidence: { ...later.evidence, invoices: [{ ...invoice, issuedOn }] },
    });
    expect(rulesOf(on('2019-12-30'))).toEqual([]);
    expect(rulesOf(on('2019-12-31'))).toEqual(['invoice-outside-contract /invoices/0/issuedOn']);
  });

  it('notices evidence of days that have not come: payment is after use', () => {
    expect(rulesOf(withEvidence({ invoices: [{ ...invoice, issuedOn: '2019-11-06' }] }))).toEqual([
      'evidence-dated-in-future /invoices/0/issuedOn',
    ]);
  });

  it('notices usage beyond the contract, and no usage', () => {
    expect(rulesOf(withEvidence({ usage: { ...usage, from: '2018-12-31' } }))).toEqual([
      'usage-outside-contract /usage',
    ]);
    expect(rulesOf(withEvidence({ usage: { ...usage, activeUsers: 0 } }))).toEqual(['usage-empty /usage/activeUsers']);
  });

  it('notices a file that another item brought, and another contract than the voucher is bound to', () => {
    const files = [
      { pointer: '/invoices/0/documentId', sha256: 'a', usedElsewhere: true },
      { pointer: '/contractDocumentId', sha256: 'other', usedElsewhere: false },
    ];
    expect(rulesOf({ ...clean, files })).toEqual([
      'evidence-used-elsewhere /invoices/0/documentId',
      'contract-file-differs /contractDocumentId',
    ]);
  });

  it('notices organisations that are not certified any more', () => {
    const gone = {
      ...clean,
      enterprise: { ...enterprise, status: 'rejected' as const },
      provider: { ...provider, status: 'returned' as const },
    };
    expect(rulesOf(gone)).toEqual([
      'item-enterprise-not-certified /enterpriseId',
      'item-provider-not-certified /providerId',
    ]);
  });

  it('notices the same kind in an overlapping period and counts the days (clause 五-(三))', () => {
    const service = {
      voucherId: 'vch_B',
      voucherNumber: 'B',
      kinds: ['business-management' as const],
      from: '2019-10-31',
      to: '2020-10-30',
    };
    expect(overlapsWith('A', contract, [service])).toEqual([{ voucherNumber: 'B', days: 1 }]);
    expect(overlapsWith('B', contract, [service])).toEqual([]);
    expect(overlapsWith('A', contract, [{ ...service, from: '2019-11-01' }])).toEqual([]);
    expect(overlapsWith('A', contract, [{ ...service, kinds: ['storage'] }])).toEqual([]);
    expect(rulesOf({ ...clean, overlaps: [{ voucherNumber: 'B', days: 1 }] })).toEqual([
      'item-overlapping-service /contractDocumentId',
    ]);
  });

  it('names a rule with a clause in every finding, whatever the amounts', () => {
    fc.assert(
      fc.property(amounts(1_000_000_000), amounts(1_000_000_000), amounts(1_000_000), (invoiced, paid, market) => {
        const facts = {
          ...withEvidence({ invoices: [{ ...invoice, amount: invoiced }], transfers: [{ ...transfer, amount: paid }] }),
          marketPrice: market,
        };
        const found = findingsOf(facts);
        for (const { rule } of found)
          expect(rules).toHaveProperty(rule, expect.objectContaining({ clause: expect.any(String) }));
        const names = found.map(({ rule }) => rule);
        expect(names.includes('transfers-total-differs')).toBe(paid !== OWN);
        expect(names.includes('invoices-total-differs')).toBe(invoiced !== FEE && invoiced !== OWN);
        expect(names.includes('item-price-above-market')).toBe(market * 10 < FEE);
      }),
    );
  });
});
