import { describe, expect, test } from 'vitest';
import { verdict } from '../../../contracts/claims.ts';
import { readFields } from '../../../contracts/field-errors.ts';
import { auditProgress, correctionErrors, decisionErrors, previewVerdict } from '../../../contracts/judgement.ts';
import { fen } from '../../../core/money/money.ts';

const facts = { fee: '12000.00', deductions: { minor: '0.1', serious: '0.5', critical: '1' } };
const item = { asked: '1800.00', findings: [] };
const verdictOf = (given: object) => {
  const read = readFields(verdict, given);
  if (!read.value) throw new Error(JSON.stringify(read.errors));
  return read.value;
};

describe('a verdict before it is sent', () => {
  test.each([
    [{ outcome: 'approve' }, '1800.00'],
    [{ outcome: 'reduce', reasonCode: 'quality-problem', severity: 'minor' }, '1620.00'],
    [{ outcome: 'reduce', reasonCode: 'quality-problem', severity: 'critical' }, '0.00'],
    [{ outcome: 'reduce', reasonCode: 'amounts-do-not-add-up', recognisedFee: '6000' }, '900.00'],
    [{ outcome: 'reject', reasonCode: 'not-used' }, '0.00'],
  ])('%j comes to %s', (given, approved) => {
    expect(previewVerdict(item, verdictOf(given), facts)).toEqual({ approved });
  });

  test.each([
    [{ outcome: 'reduce', reasonCode: 'quality-problem' }, '/severity', 'deduction-basis-required'],
    [
      { outcome: 'reduce', reasonCode: 'overlapping-period', recognisedFee: '12000' },
      '/recognisedFee',
      'recognised-fee-too-high',
    ],
  ])('%j is refused at %s: %s', (given, pointer, code) => {
    expect(previewVerdict(item, verdictOf(given), facts).errors).toMatchObject([{ pointer, code }]);
  });

  test('an item above the market price is approved only with a note', () => {
    const above = { asked: '1800.00', findings: [{ rule: 'item-price-above-market', zh: '', en: '' }] };
    expect(previewVerdict(above, { outcome: 'approve' }, facts).errors).toMatchObject([{ pointer: '/note' }]);
    expect(previewVerdict(above, { outcome: 'approve', note: '市场价已核实' }, facts).approved).toBe('1800.00');
  });

  test('without an outcome it is the outcome that is asked for, and nothing else yet', () => {
    expect(readFields(verdict, {}).errors).toMatchObject([{ pointer: '/outcome', code: 'required' }]);
    expect(readFields(verdict, { outcome: 'x' }).errors).toMatchObject([{ pointer: '/outcome', code: 'wrong-format' }]);
  });
});

describe('a decision before it is sent', () => {
  const kind = { kind: 'enterprise-certification' } as const;
  test.each([
    [{ outcome: 'approve', reasons: [] }, []],
    [{ outcome: 'reject', reasons: [] }, [['/reasonCode', 'reason-required']]],
    [{ outcome: 'reject', reasonCode: 'bad-credit' as const, reasons: [] }, [['/reasonCode', 'reason-required']]],
    [{ outcome: 'return', reasons: [] }, [['/reasons', 'field-reasons-required']]],
    [{ outcome: 'uphold', reasons: [] }, [['/outcome', 'outcome-unknown']]],
  ])('%j lacks %j', (given, lacking) => {
    expect(decisionErrors(kind, given).map(({ pointer, code }) => [pointer, code])).toEqual(lacking);
  });

  test('an amount is corrected up to what was asked, and not a fen beyond', () => {
    expect(correctionErrors({ asked: '8000.00' }, fen(800_000))).toEqual([]);
    expect(correctionErrors({ asked: '8000.00' }, fen(800_001))).toMatchObject([
      { pointer: '/corrected', code: 'correction-too-large' },
    ]);
  });
});

describe('the progress of an audit', () => {
  const audit = (approved: string) => ({ outcome: 'approve' as const, approved, auditedAt: '', reasons: [] });
  test('what was asked is what is approved, deducted, returned and left; what was withdrawn counts for nothing', () => {
    expect(
      auditProgress([
        { status: 'approved', asked: '100.00', audit: audit('90.00') },
        { status: 'rejected', asked: '50.00', audit: audit('0.00') },
        { status: 'returned', asked: '30.00', audit: audit('0.00') },
        { status: 'filed', asked: '20.01' },
        { status: 'withdrawn', asked: '999.00' },
      ]),
    ).toEqual({
      items: 4,
      decided: 3,
      asked: '200.01',
      approved: '90.00',
      deducted: '60.00',
      returned: '30.00',
      open: '20.01',
    });
  });
});
