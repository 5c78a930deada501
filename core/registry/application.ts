import type { Document, DocumentPurpose } from '../documents/document.ts';
import { isInnerMongolia } from '../identity/uscc.ts';
import type { Issue } from '../result.ts';
import type { Certification, Finding } from './certification.ts';
import { jurisdictionOf } from './jurisdictions.ts';
import type { IdentityRecord, Organisation } from './organisation.ts';

/** Sections of GB/T 4754 that are industrial production: mining, manufacturing, electricity, heat, gas and water. */
const industrialSections: readonly string[] = ['B', 'C', 'D'];

export const isIndustrial = (section: string): boolean => industrialSections.includes(section);

/** Documents of an application: field, purpose, and the name people read. */
const requiredDocuments: readonly {
  field: keyof Certification['documents'];
  purpose: DocumentPurpose;
  name: string;
}[] = [
  { field: 'businessLicence', purpose: 'business-licence', name: '营业执照副本 / business licence' },
  { field: 'idCardFront', purpose: 'id-card-front', name: '联系人身份证人像面 / ID card, portrait side' },
  { field: 'idCardBack', purpose: 'id-card-back', name: '联系人身份证国徽面 / ID card, emblem side' },
];

/** What an organisation says of itself, as far as its right to take part depends on it. */
export type Declared = Pick<Organisation, 'kind' | 'uscc' | 'jurisdiction' | 'industrySection'>;

/** Whether it takes part as one that serves industrial production, which it must show (clause 二-(一)). */
export const servesIndustry = ({ kind, industrySection }: Pick<Declared, 'kind' | 'industrySection'>): boolean =>
  kind === 'enterprise' && !isIndustrial(industrySection);

/** The documents that an application for certification needs (clauses 三-(一), 四, 二-(一)). */
export const documentsNeeded = (declared: Pick<Declared, 'kind' | 'industrySection'>): DocumentPurpose[] => [
  ...requiredDocuments.map(({ purpose }) => purpose),
  ...(servesIndustry(declared) ? ['industry-service-evidence' as const] : []),
];

/** What is missing or unusable in an application for certification (clauses 三-(一), 四, 二-(一)); empty when it may be submitted. */
export function applicationIssues(
  organisation: Organisation,
  identity: IdentityRecord | undefined,
  documentIds: Certification['documents'],
  documents: readonly Document[],
): Issue[] {
  const issues: Issue[] = [];
  if (!identity) return [{ pointer: '', rule: 'identity-required' }];
  if (organisation.kind === 'provider' && !identity.bankAccount)
    issues.push({ pointer: '', rule: 'bank-account-required' });
  // The name may have been corrected after the account was given.
  if (identity.bankAccount && identity.bankAccount.accountName !== organisation.name)
    issues.push({ pointer: '', rule: 'bank-account-not-own' });
  const check = (field: keyof Certification['documents'], purpose: DocumentPurpose, id: string) => {
    const document = documents.find((d) => d.id === id);
    const usable =
      document?.organisationId === organisation.id && document.purpose === purpose && document.status === 'accepted';
    if (!usable) issues.push({ pointer: `/documents/${field}`, rule: 'document-not-usable' });
  };
  for (const { field, purpose, name } of requiredDocuments) {
    const id = documentIds[field];
    if (id) check(field, purpose, id);
    else issues.push({ pointer: `/documents/${field}`, rule: 'document-required', values: { document: name } });
  }
  if (documentIds.industryService) check('industryService', 'industry-service-evidence', documentIds.industryService);
  else if (servesIndustry(organisation)) {
    issues.push({
      pointer: '/documents/industryService',
      rule: 'industry-evidence-required',
      values: { section: organisation.industrySection },
    });
  }
  return issues;
}

/** What reviewers should look at; findings, not proof (clause 二-(一)). */
export function applicationFindings(organisation: Declared): Finding[] {
  const findings: Finding[] = [];
  if (!isInnerMongolia(organisation.uscc)) findings.push({ rule: 'uscc-outside-region', pointer: '/uscc' });
  else {
    const registered = jurisdictionOf(organisation.uscc.slice(2, 8));
    if (registered && registered !== organisation.jurisdiction)
      findings.push({ rule: 'uscc-other-jurisdiction', pointer: '/uscc' });
  }
  if (servesIndustry(organisation)) {
    findings.push({
      rule: 'serves-industry',
      pointer: '/industrySection',
      values: { section: organisation.industrySection },
    });
  }
  return findings;
}
