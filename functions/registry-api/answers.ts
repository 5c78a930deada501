import type * as z from 'zod';
import type { certificationAnswer, organisationAnswer } from '../../contracts/registry.ts';
import { findingAnswer } from '../../contracts/sentences.ts';
import { businessDate, toShanghaiIso } from '../../core/calendar/business-date.ts';
import { maskBankAccount, maskIdCard, maskName, maskPhone } from '../../core/identity/masks.ts';
import type { Certification } from '../../core/registry/certification.ts';
import { jurisdictionName } from '../../core/registry/jurisdictions.ts';
import type { IdentityRecord, Member, Organisation } from '../../core/registry/organisation.ts';

export const toOrganisationAnswer = (o: Organisation): z.input<typeof organisationAnswer> => ({
  id: o.id,
  version: o.version,
  kind: o.kind,
  uscc: o.uscc,
  name: o.name,
  jurisdiction: o.jurisdiction,
  jurisdictionName: jurisdictionName(o.jurisdiction),
  status: o.status,
  industrySection: o.industrySection,
  address: o.address,
  ...(o.certificationId ? { certificationId: o.certificationId } : {}),
  ...(o.recordNumber ? { recordNumber: o.recordNumber } : {}),
  ...(o.certifiedAt ? { certifiedAt: toShanghaiIso(o.certifiedAt) } : {}),
  createdAt: toShanghaiIso(o.createdAt),
});

export const toMemberAnswer = ({ organisationId, version, sub, name, role }: Member) => ({
  organisationId,
  version,
  sub,
  name,
  role,
});

/** Masked unless a disclosure is open (clause 四). */
export const toIdentityAnswer = ({ record: r, unmasked }: { record: IdentityRecord; unmasked: boolean }) => ({
  organisationId: r.organisationId,
  version: r.version,
  masked: !unmasked,
  legalRepresentative: unmasked ? r.legalRepresentative : maskName(r.legalRepresentative),
  contactName: unmasked ? r.contactName : maskName(r.contactName),
  contactIdNumber: unmasked ? r.contactIdNumber : maskIdCard(r.contactIdNumber),
  contactPhone: unmasked ? r.contactPhone : maskPhone(r.contactPhone),
  ...(r.bankAccount
    ? {
        bankAccount: {
          ...r.bankAccount,
          number: unmasked ? r.bankAccount.number : maskBankAccount(r.bankAccount.number),
        },
      }
    : {}),
});

export const toCertificationAnswer = (c: Certification): z.input<typeof certificationAnswer> => ({
  id: c.id,
  version: c.version,
  organisationId: c.organisationId,
  organisationKind: c.organisationKind,
  organisationName: c.organisationName,
  jurisdiction: c.jurisdiction,
  status: c.status,
  round: c.round,
  submittedAt: toShanghaiIso(c.submittedAt),
  ...(c.status === 'city-review' && c.cityDueOn ? { dueOn: businessDate(c.cityDueOn) } : {}),
  ...(c.status === 'regional-review' && c.regionExpectedBy ? { expectedBy: businessDate(c.regionExpectedBy) } : {}),
  ...(c.decidedAt ? { decidedAt: toShanghaiIso(c.decidedAt) } : {}),
  documents: c.documents,
  findings: c.findings.map(findingAnswer),
  reasons: c.reasons,
});
