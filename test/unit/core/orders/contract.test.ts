import { describe, expect, test } from 'vitest';
import { businessDate } from '../../../../core/calendar/business-date.ts';
import type { Document } from '../../../../core/documents/document.ts';
import { born } from '../../../../core/lifecycle/record.ts';
import { fen } from '../../../../core/money/money.ts';
import {
  type ContractFacts,
  type ContractOffer,
  contractNumberKey,
  drawUpContract,
} from '../../../../core/orders/contract.ts';
import { deliveredLines } from '../../../../core/orders/delivery.ts';
import { voucherNumber } from '../../../../core/orders/voucher-number.ts';

const document: Document = {
  id: 'doc',
  ...born(0),
  organisationId: 'org_provider',
  uploadedBy: 'someone',
  purpose: 'contract',
  fileName: 'contract.pdf',
  contentType: 'application/pdf',
  size: 1,
  sha256: 'abc',
  objectKey: 'key',
  status: 'accepted',
};
const facts: ContractFacts = { orderedKind: 'database', providerId: 'org_provider', document, longestDays: 366, at: 7 };
const offer: ContractOffer = {
  number: 'HT-1',
  lines: [
    { kind: 'database', description: '云数据库', listPrice: fen(100_00), discount: fen(10_00) },
    { kind: 'ai', description: '语音识别', listPrice: fen(50_00), discount: fen(0) },
  ],
  startsOn: businessDate('2026-03-01'),
  endsOn: businessDate('2027-02-28'),
  documentId: 'doc',
};

describe('a contract', () => {
  test('has fees computed from list price and discount, and pins its file', () => {
    const drawn = drawUpContract(offer, facts);
    expect(drawn.ok && drawn.value).toMatchObject({
      listPrice: 15_000,
      discount: 1000,
      fee: 14_000,
      sha256: 'abc',
      answeredAt: 7,
    });
    expect(drawn.ok && drawn.value.lines.map(({ fee }) => fee)).toEqual([9000, 5000]);
  });

  const [first, second] = offer.lines;
  if (!first || !second) throw new Error('two lines');
  test.each<[string, Partial<ContractOffer>, Partial<ContractFacts>, string, string]>([
    [
      'a discount above the list price',
      { lines: [{ ...first, discount: fen(100_01) }] },
      {},
      'discount-above-price',
      '/lines/0/discount',
    ],
    ['nothing to pay', { lines: [{ ...first, discount: fen(100_00) }] }, {}, 'contract-without-fee', '/lines'],
    ['other services than the one ordered', { lines: [second] }, {}, 'contract-without-ordered-service', '/lines'],
    ['an end before its start', { endsOn: businessDate('2026-02-28') }, {}, 'period-reversed', '/endsOn'],
    ['more days than the plan allows', { endsOn: businessDate('2027-03-02') }, {}, 'period-too-long', '/endsOn'],
    ['no file', {}, { document: undefined }, 'contract-document-unusable', '/documentId'],
    [
      'a file that was not accepted',
      {},
      { document: { ...document, status: 'requested' } },
      'contract-document-unusable',
      '/documentId',
    ],
    [
      'a file of somebody else',
      {},
      { document: { ...document, organisationId: 'org_other' } },
      'contract-document-unusable',
      '/documentId',
    ],
    [
      'a file that is no contract',
      {},
      { document: { ...document, purpose: 'invoice' } },
      'contract-document-unusable',
      '/documentId',
    ],
  ])('with %s is refused', (_, changes, otherFacts, rule, pointer) => {
    expect(drawUpContract({ ...offer, ...changes }, { ...facts, ...otherFacts })).toMatchObject({
      ok: false,
      failure: { rule, issues: [{ rule, pointer }] },
    });
  });

  test('that lasts exactly as long as the plan allows is accepted', () => {
    expect(drawUpContract({ ...offer, endsOn: businessDate('2027-03-01') }, facts).ok).toBe(true);
  });

  test('has one number, however it is written', () => {
    expect(contractNumberKey('p', 'ht－００1 a')).toBe(contractNumberKey('p', 'HT-001A'));
    expect(contractNumberKey('p', 'HT-001')).not.toBe(contractNumberKey('q', 'HT-001'));
  });
});

describe('a delivery in part', () => {
  const drawn = drawUpContract(offer, facts);
  if (!drawn.ok) throw new Error('contract');
  const deliver = (...fees: number[]) => deliveredLines(drawn.value, fees.map(fen));
  test('says what was delivered of each line', () => {
    expect(deliver(4500, 0)).toEqual({
      ok: true,
      value: [
        { kind: 'database', fee: 4500 },
        { kind: 'ai', fee: 0 },
      ],
    });
  });
  test.each([
    [[4500], 'delivery-lines-mismatch'],
    [[9001, 0], 'delivered-above-fee'],
    [[0, 0], 'nothing-delivered'],
    [[9000, 5000], 'delivery-complete'],
  ])('of %j is refused with %s', (fees, rule) => {
    expect(deliver(...fees)).toMatchObject({ ok: false, failure: { rule } });
  });
});

test('a voucher number tells region, year and category', () => {
  const id = 'vch_0123456789ABCDEFGHJKMNPQRS';
  expect(voucherNumber(id, 2026, [{ category: 'infrastructure' }])).toBe('NM2026-INF-GHJKMNPQRS');
  expect(voucherNumber(id, 2026, [{ category: 'infrastructure' }, { category: 'platform-system' }])).toBe(
    'NM2026-MIX-GHJKMNPQRS',
  );
});
