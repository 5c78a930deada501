import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeUscc } from '../../../../core/identity/uscc.ts';
import { applicationFindings, applicationIssues, isIndustrial } from '../../../../core/registry/application.ts';
import type { Certification } from '../../../../core/registry/certification.ts';
import type { IdentityRecord } from '../../../../core/registry/organisation.ts';
import { documentOf, FRIDAY, organisationOf } from '../../../support/registry-world.ts';

const enterprise = organisationOf(1);
const provider = organisationOf(2, { kind: 'provider', industrySection: 'I' });
const identity: IdentityRecord = {
  organisationId: enterprise.id,
  version: 1,
  createdAt: FRIDAY,
  updatedAt: FRIDAY,
  legalRepresentative: '白音',
  contactName: '萨仁',
  contactIdNumber: '-',
  contactPhone: '-',
  accountVersion: 1,
  disclosures: [],
};
const account = { accountName: provider.name, bank: '内蒙古银行', number: '12345678' };

const documents = (organisationId: string) => [
  documentOf(organisationId, 1, 'business-licence'),
  documentOf(organisationId, 2, 'id-card-front'),
  documentOf(organisationId, 3, 'id-card-back'),
  documentOf(organisationId, 4, 'industry-service-evidence'),
];
const idsOf = (found: ReturnType<typeof documents>) => ({
  businessLicence: found[0]?.id ?? '',
  idCardFront: found[1]?.id ?? '',
  idCardBack: found[2]?.id ?? '',
});
const rulesOf = (issues: ReturnType<typeof applicationIssues>) => issues.map(({ rule, pointer }) => [rule, pointer]);

describe('what an application needs (clauses 三-(一), 四)', () => {
  const found = documents(enterprise.id);
  const ids = idsOf(found);

  test('nothing more, when all is there', () => {
    expect(applicationIssues(enterprise, identity, ids, found)).toEqual([]);
  });

  test('the identity data first of all', () => {
    expect(rulesOf(applicationIssues(enterprise, undefined, ids, found))).toEqual([['identity-required', '']]);
  });

  test('of a provider also an account, but no evidence of industry', () => {
    const own = documents(provider.id);
    expect(rulesOf(applicationIssues(provider, identity, idsOf(own), own))).toEqual([['bank-account-required', '']]);
    expect(applicationIssues(provider, { ...identity, bankAccount: account }, idsOf(own), own)).toEqual([]);
  });

  test('each document that is missing, by its name', () => {
    const none = { businessLicence: '', idCardFront: '', idCardBack: '' };
    expect(rulesOf(applicationIssues(enterprise, identity, none, []))).toEqual([
      ['document-required', '/documents/businessLicence'],
      ['document-required', '/documents/idCardFront'],
      ['document-required', '/documents/idCardBack'],
    ]);
  });

  test('accepted documents only', () => {
    for (const status of ['requested', 'refused'] as const) {
      const unchecked = found.map((document, i) => (i === 0 ? { ...document, status } : document));
      expect(rulesOf(applicationIssues(enterprise, identity, ids, unchecked))).toEqual([
        ['document-not-usable', '/documents/businessLicence'],
      ]);
    }
  });

  test('outside industry, evidence of serving it that is itself usable (clause 二-(一))', () => {
    const service = { ...enterprise, industrySection: 'I' };
    expect(rulesOf(applicationIssues(service, identity, ids, found))).toEqual([
      ['industry-evidence-required', '/documents/industryService'],
    ]);
    const evidence = (id: string): Certification['documents'] => ({ ...ids, industryService: id });
    expect(applicationIssues(service, identity, evidence(found[3]?.id ?? ''), found)).toEqual([]);
    expect(rulesOf(applicationIssues(service, identity, evidence(ids.idCardBack), found))).toEqual([
      ['document-not-usable', '/documents/industryService'],
    ]);
  });
});

describe('findings for reviewers (clause 二-(一)): noticed, not proof', () => {
  const rules = (fields: Parameters<typeof organisationOf>[1]) =>
    applicationFindings(organisationOf(1, fields)).map(({ rule }) => rule);

  test('none for an enterprise of the region, in industry, where its code was given', () => {
    expect(rules({})).toEqual([]);
    expect(rules({ uscc: composeUscc('150203', 1) })).toEqual([]);
  });

  test('a code given outside the region', () => {
    expect(rules({ uscc: composeUscc('110101', 1) })).toEqual(['uscc-outside-region']);
  });

  test('a code given in another jurisdiction; Manzhouli is its own', () => {
    expect(rules({ uscc: composeUscc('150300', 1) })).toEqual(['uscc-other-jurisdiction']);
    expect(rules({ uscc: composeUscc('150781', 1), jurisdiction: '150700' })).toEqual(['uscc-other-jurisdiction']);
  });

  test('an enterprise outside sections B, C and D; a provider may be in any', () => {
    expect(rules({ industrySection: 'I' })).toEqual(['serves-industry']);
    expect(rules({ kind: 'provider', industrySection: 'I' })).toEqual([]);
  });

  test('exactly sections B, C and D are industry', () => {
    fc.assert(fc.property(fc.string(), (section) => isIndustrial(section) === ['B', 'C', 'D'].includes(section)));
    expect(['B', 'C', 'D'].every(isIndustrial)).toBe(true);
  });
});
