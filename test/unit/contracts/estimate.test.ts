import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { estimateFields, estimateVoucher } from '../../../contracts/estimate.ts';
import { publishedPlanAnswer } from '../../../contracts/plan.ts';

const spec = (category: string, ratio: string, more: object = {}) => ({
  id: category,
  category,
  ratio,
  amount: '1000000.00',
  count: 100,
  usedAmount: '0.00',
  usedCount: 0,
  leftAmount: '1000000.00',
  leftCount: 100,
  ...more,
});

const plan = (more: { specs?: object[]; fundLeft?: string; quotas?: object[] } = {}) =>
  publishedPlanAnswer.parse({
    year: 2026,
    status: 'open',
    policyVersion: 1,
    title: '2026',
    appropriation: '3000000.00',
    specs: more.specs ?? [
      spec('infrastructure', '0.15'),
      spec('business-application', '0.2'),
      spec('platform-system', '0.25'),
    ],
    quotas: more.quotas ?? [],
    parameters: { yearlyCap: '20000.00', ownShareFloor: '0.01' },
    signatures: [],
    fund: {
      total: '3000000.00',
      recovered: '0.00',
      used: '0.00',
      left: more.fundLeft ?? '3000000.00',
      shortfall: '0.00',
    },
  });

const estimate = (fields: z.input<typeof estimateFields>, of = plan()) =>
  estimateVoucher(of, estimateFields.parse(fields));

describe('an estimate before registering', () => {
  it.each([
    ['computing', '133333.34', '20000.00'],
    ['production-control', '100000', '20000.00'],
    ['database', '80000', '20000.00'],
    ['computing', '0.06', '0.00'],
  ] as const)('of %s for %s yuan is %s', (kind, fee, amount) => {
    expect(estimate({ kind, fee }).amount).toBe(amount);
  });

  it('is what the yearly cap leaves, and says so', () => {
    const answer = estimate({ kind: 'production-control', fee: '40000', alreadyHeld: '16999.45' });
    expect(answer).toMatchObject({ amount: '3000.55', limitedBy: 'yearly-cap-limit' });
    expect(answer.derivation.map(({ clause }) => clause)).toContain('五-(三)');
    expect(answer.derivation[0]?.zh).toContain('40000.00 元 × 20%');
  });

  it('is nothing of a spec that has none left, nor of a fund that was cut below what it owes', () => {
    const empty = plan({ specs: [spec('infrastructure', '0.15', { leftCount: 0 })] });
    expect(estimate({ kind: 'computing', fee: '1000' }, empty)).toMatchObject({
      amount: '0.00',
      limitedBy: 'spec-count-limit',
    });
    expect(estimate({ kind: 'computing', fee: '1000' }, plan({ fundLeft: '-5.00' }))).toMatchObject({
      amount: '0.00',
      limitedBy: 'fund-limit',
    });
  });

  it('counts the quota of the jurisdiction that was named, and no other', () => {
    const quota = { jurisdiction: '150200', amount: '100.00', usedAmount: '90.00', leftAmount: '10.00' };
    const withQuota = plan({ quotas: [quota] });
    const fields = { kind: 'computing', fee: '1000' } as const;
    expect(estimate({ ...fields, jurisdiction: '150200' }, withQuota).amount).toBe('10.00');
    expect(estimate({ ...fields, jurisdiction: '150100' }, withQuota).amount).toBe('150.00');
  });
});
