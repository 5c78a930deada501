import { expect, test } from 'vitest';
import { businessDate, startOfDay } from '../../../../core/calendar/business-date.ts';
import { kinds } from '../../../../core/catalogue/kinds.ts';
import type { OfferingVersion } from '../../../../core/catalogue/offering.ts';
import {
  checkContent,
  checkSubmission,
  type SubmissionFacts,
  submissionFindings,
} from '../../../../core/catalogue/review-version.ts';
import type { Document } from '../../../../core/documents/document.ts';
import { born } from '../../../../core/lifecycle/record.ts';
import { fen } from '../../../../core/money/money.ts';
import { defaultParameters } from '../../../../core/policy/default-parameters.ts';

const at = startOfDay(businessDate('2019-09-27')) + 9 * 3_600_000;

const version: OfferingVersion = {
  offeringId: 'off_1',
  number: 2,
  ...born(at),
  providerId: 'org_1',
  status: 'draft',
  name: '云协同',
  description: '协同办公',
  kind: 'collaboration',
  category: 'business-application',
  price: fen(100_00),
  priceUnit: 'user-year',
  voucherSupported: true,
  marketPrice: { price: fen(100_00), source: '第三方比价平台', observedOn: '2019-09-01', documentId: 'doc_1' },
  findings: [],
  reasons: [],
};
const evidence: Document = {
  id: 'doc_1',
  ...born(at),
  organisationId: 'org_1',
  uploadedBy: 'sub',
  purpose: 'market-price-evidence',
  fileName: 'price.pdf',
  contentType: 'application/pdf',
  size: 1000,
  sha256: 'a'.repeat(64),
  objectKey: 'doc_1',
  status: 'accepted',
};
const facts: SubmissionFacts = {
  version,
  providerName: '蒙云科技',
  evidence,
  published: undefined,
  parameters: defaultParameters,
  at,
};
const withVersion = (change: Partial<OfferingVersion>): SubmissionFacts => ({
  ...facts,
  version: { ...version, ...change },
});
const rulesOf = (result: ReturnType<typeof checkSubmission>) =>
  result.ok ? [] : (result.failure.issues ?? []).map(({ rule }) => rule);

test('a price that equals the market price may be reviewed', () => {
  expect(checkSubmission(facts)).toEqual({ ok: true, value: undefined });
  expect(submissionFindings(facts)).toEqual([]);
});

test('one fen above the market price is refused with the figures (3-2)', () => {
  const refused = checkSubmission(withVersion({ price: fen(100_01) }));
  expect(refused).toMatchObject({
    ok: false,
    failure: { rule: 'price-above-market', values: { price: '100.01', limit: '100.00', market: '100.00' } },
  });
});

test('the tolerance of the plan raises the limit', () => {
  const parameters = { ...defaultParameters, marketPriceTolerance: '0.05' };
  expect(checkSubmission({ ...withVersion({ price: fen(105_00) }), parameters }).ok).toBe(true);
  expect(rulesOf(checkSubmission({ ...withVersion({ price: fen(105_01) }), parameters }))).toEqual([
    'price-above-market',
  ]);
});

test.each([
  ['is missing', undefined],
  ['belongs to another organisation', { ...evidence, organisationId: 'org_2' }],
  ['was uploaded for another purpose', { ...evidence, purpose: 'contract' as const }],
  ['has not been checked yet', { ...evidence, status: 'requested' as const }],
  ['was refused by the check', { ...evidence, status: 'refused' as const }],
])('evidence that %s does not count', (_, document) => {
  expect(rulesOf(checkSubmission({ ...facts, evidence: document }))).toEqual(['market-evidence-required']);
});

test('a market price of today counts, one of tomorrow is refused even in a draft', () => {
  const observed = (observedOn: string) => ({ ...version, marketPrice: { ...version.marketPrice, observedOn } });
  expect(checkContent(observed('2019-09-27'), at).ok).toBe(true);
  expect(rulesOf(checkContent(observed('2019-09-28'), at))).toEqual(['market-price-from-future']);
});

test('a price of nothing is refused', () => {
  expect(rulesOf(checkContent({ ...version, price: fen(0) }, at))).toEqual(['price-zero']);
});

test('all refusals of a submission are told at once', () => {
  expect(rulesOf(checkSubmission({ ...withVersion({ price: fen(200_00) }), evidence: undefined }))).toEqual([
    'price-above-market',
    'market-evidence-required',
  ]);
});

test('evidence is pointed out as old only after the days of the plan', () => {
  const observed = (observedOn: string) => withVersion({ marketPrice: { ...version.marketPrice, observedOn } });
  expect(submissionFindings(observed('2019-03-31'))).toEqual([]);
  expect(submissionFindings(observed('2019-03-30')).map(({ rule }) => rule)).toEqual(['market-evidence-old']);
});

test('a market price that the provider vouches for itself is pointed out', () => {
  const own = withVersion({ marketPrice: { ...version.marketPrice, source: '蒙云科技官网' } });
  expect(submissionFindings(own).map(({ rule }) => rule)).toEqual(['market-source-is-provider']);
});

test('changes of price, kind and flag against the published version are pointed out', () => {
  const published = {
    ...version,
    number: 1,
    status: 'published' as const,
    price: fen(60_00),
    kind: 'database' as const,
    voucherSupported: false,
  };
  expect(submissionFindings({ ...facts, published }).map(({ rule, values }) => [rule, values])).toEqual([
    ['price-changed-much', { percent: 66.7, from: '60.00', to: '100.00' }],
    ['kind-changed', { from: kinds.database.zh, to: kinds.collaboration.zh }],
    ['voucher-flag-changed', undefined],
  ]);
});

test('another price unit is pointed out instead of a change of price that would compare unlike things', () => {
  const published = { ...version, number: 1, price: fen(1_00), priceUnit: 'user-month' as const };
  expect(submissionFindings({ ...facts, published }).map(({ rule }) => rule)).toEqual(['price-unit-changed']);
});
