import * as z from 'zod';
import { bankAccountSchema } from '../core/identity/bank-account.ts';
import { idCardSchema } from '../core/identity/id-card.ts';
import { phoneSchema } from '../core/identity/phone.ts';
import { certificationStatusSchema } from '../core/registry/certification.ts';
import { organisationKindSchema, organisationStatusSchema } from '../core/registry/organisation.ts';
import {
  date,
  fieldReason,
  finding,
  idOf,
  jurisdiction,
  moment,
  pageOf,
  pageQuery,
  plainLine,
  reasonText,
  shortText,
  trailEntry,
  uscc,
  version,
} from './fields.ts';
import { defineCommand, defineRead } from './route.ts';

const context = 'registry-api' as const;
const organisationId = z.strictObject({ organisationId: idOf('org') });
const industrySection = z.string().regex(/^[A-T]$/);
const address = z.string().trim().min(5).max(200).regex(plainLine);
const members = ['enterprise', 'provider'] as const;
const reviewers = ['city-reviewer', 'regional-officer', 'finance-officer', 'auditor', 'operator', 'inspector'] as const;

/** What an organisation declares of itself. */
export const registrationFields = z.strictObject({
  kind: organisationKindSchema,
  uscc,
  name: shortText,
  jurisdiction,
  industrySection,
  address,
  memberName: shortText,
});

export const organisationAnswer = z.strictObject({
  id: idOf('org'),
  version,
  kind: organisationKindSchema,
  uscc,
  name: z.string(),
  jurisdiction,
  jurisdictionName: z.strictObject({ zh: z.string(), en: z.string() }),
  status: organisationStatusSchema,
  industrySection,
  address: z.string(),
  certificationId: z.string().optional(),
  recordNumber: z.string().optional(),
  certifiedAt: moment.optional(),
  createdAt: moment,
});

const memberAnswer = z.strictObject({
  organisationId: idOf('org'),
  version,
  sub: z.string(),
  name: z.string(),
  role: z.enum(['owner', 'clerk']),
});

const membershipAnswer = z.strictObject({
  organisationId: idOf('org'),
  kind: organisationKindSchema,
  role: z.enum(['owner', 'clerk']),
});

const identityAnswer = z.strictObject({
  organisationId: idOf('org'),
  version,
  masked: z.boolean(),
  legalRepresentative: z.string(),
  contactName: z.string(),
  contactIdNumber: z.string(),
  contactPhone: z.string(),
  bankAccount: z.strictObject({ accountName: z.string(), bank: z.string(), number: z.string() }).optional(),
});

const applicationDocuments = z.strictObject({
  businessLicence: idOf('doc'),
  idCardFront: idOf('doc'),
  idCardBack: idOf('doc'),
  industryService: idOf('doc').optional(),
});

export const certificationAnswer = z.strictObject({
  id: idOf('crt'),
  version,
  organisationId: idOf('org'),
  organisationKind: organisationKindSchema,
  organisationName: z.string(),
  jurisdiction,
  status: certificationStatusSchema,
  round: z.int(),
  submittedAt: moment,
  /** Until when the city has it; afterwards the region takes it over. */
  dueOn: date.optional(),
  /** By when the region, which has it, is expected to decide. */
  expectedBy: date.optional(),
  decidedAt: moment.optional(),
  documents: applicationDocuments,
  findings: z.array(finding),
  reasons: z.array(fieldReason),
});

export const registryRoutes = {
  registerOrganisation: defineCommand({
    operation: 'register-organisation',
    context,
    method: 'POST',
    path: '/v1/organisations',
    summary: { zh: '登记企业或云服务商', en: 'Register an enterprise or a provider' },
    clause: '二-(三)',
    access: { roles: ['enterprise', 'provider', 'person'] },
    body: registrationFields,
    answer: organisationAnswer,
    status: 201,
  }),
  readMemberships: defineRead({
    operation: 'read-memberships',
    context,
    path: '/v1/me/memberships',
    summary: { zh: '我代表的单位', en: 'Organisations I act for' },
    access: { roles: ['enterprise', 'provider', 'person'] },
    answer: z.strictObject({ items: z.array(membershipAnswer) }),
  }),
  readOrganisation: defineRead({
    operation: 'read-organisation',
    context,
    path: '/v1/organisations/{organisationId}',
    summary: { zh: '单位信息', en: 'An organisation' },
    access: { roles: [...members, ...reviewers] },
    params: organisationId,
    answer: organisationAnswer,
  }),
  correctOrganisation: defineCommand({
    operation: 'correct-organisation',
    context,
    method: 'PUT',
    path: '/v1/organisations/{organisationId}',
    summary: {
      zh: '更正单位登记信息（审核中和认证后不可更改）',
      en: 'Correct what the organisation declared (not under review, nor once certified)',
    },
    clause: '四',
    access: { roles: members },
    params: organisationId,
    body: z.strictObject({ name: shortText, jurisdiction, industrySection, address }),
    answer: organisationAnswer,
    ifMatch: true,
  }),
  annulRegistration: defineCommand({
    operation: 'annul-registration',
    context,
    method: 'POST',
    path: '/v1/organisations/{organisationId}/annulment',
    summary: {
      zh: '撤销冒用统一社会信用代码的登记，代码可重新登记',
      en: 'Annul a registration by somebody without a right to the code; the code is free again',
    },
    clause: '四',
    access: { roles: ['city-reviewer', 'regional-officer'] },
    params: organisationId,
    body: z.strictObject({ reason: reasonText.min(4) }),
    answer: organisationAnswer,
    ifMatch: true,
  }),
  readIdentityTrail: defineRead({
    operation: 'read-identity-trail',
    context,
    path: '/v1/organisations/{organisationId}/identity/trail',
    summary: { zh: '身份信息查阅与变更记录', en: 'Who changed and who saw identity data' },
    clause: '四',
    access: { roles: [...members, 'regional-officer', 'inspector'] },
    params: organisationId,
    query: pageQuery,
    answer: pageOf(trailEntry),
  }),
  listOrganisations: defineRead({
    operation: 'list-organisations',
    context,
    path: '/v1/organisations',
    summary: { zh: '辖区内的单位', en: 'Organisations of a jurisdiction' },
    access: { roles: reviewers },
    query: pageQuery.extend({ kind: organisationKindSchema, jurisdiction }),
    answer: pageOf(organisationAnswer),
  }),
  readOrganisationTrail: defineRead({
    operation: 'read-organisation-trail',
    context,
    path: '/v1/organisations/{organisationId}/trail',
    summary: { zh: '单位办理记录', en: 'Trail of an organisation' },
    access: { roles: [...members, ...reviewers] },
    params: organisationId,
    query: pageQuery,
    answer: pageOf(trailEntry),
  }),
  listMembers: defineRead({
    operation: 'list-members',
    context,
    path: '/v1/organisations/{organisationId}/members',
    summary: { zh: '单位成员', en: 'People of an organisation' },
    access: { roles: [...members, 'inspector'] },
    params: organisationId,
    query: pageQuery,
    answer: pageOf(memberAnswer),
  }),
  addMember: defineCommand({
    operation: 'add-member',
    context,
    method: 'POST',
    path: '/v1/organisations/{organisationId}/members',
    summary: { zh: '添加成员', en: 'Add a person' },
    access: { roles: members },
    params: organisationId,
    body: z.strictObject({
      sub: z.string().trim().min(1).max(200).regex(plainLine),
      name: shortText,
      role: z.enum(['owner', 'clerk']),
    }),
    answer: memberAnswer,
    status: 201,
  }),
  changeMemberRole: defineCommand({
    operation: 'change-member-role',
    context,
    method: 'PUT',
    path: '/v1/organisations/{organisationId}/members/{sub}',
    summary: { zh: '更改成员权限', en: "Change a member's role" },
    access: { roles: members },
    params: z.strictObject({ organisationId: idOf('org'), sub: z.string().min(1).max(200) }),
    body: z.strictObject({ role: z.enum(['owner', 'clerk']) }),
    answer: memberAnswer,
    ifMatch: true,
  }),
  removeMember: defineCommand({
    operation: 'remove-member',
    context,
    method: 'POST',
    path: '/v1/organisations/{organisationId}/members/{sub}/removal',
    summary: { zh: '移除成员', en: 'Remove a person, who no longer acts for the organisation' },
    access: { roles: members },
    params: z.strictObject({ organisationId: idOf('org'), sub: z.string().min(1).max(200) }),
    answer: memberAnswer,
    ifMatch: true,
  }),
  putIdentity: defineCommand({
    operation: 'put-identity',
    context,
    method: 'PUT',
    path: '/v1/organisations/{organisationId}/identity',
    summary: {
      zh: '填写联系人身份与收款账户（首次提交 If-Match 为 "0"）',
      en: 'Give contact identity and bank account (If-Match "0" the first time)',
    },
    clause: '四',
    access: { roles: members },
    params: organisationId,
    body: z.strictObject({
      legalRepresentative: shortText,
      contactName: shortText,
      contactIdNumber: idCardSchema,
      contactPhone: phoneSchema,
      bankAccount: z.strictObject({ accountName: shortText, bank: shortText, number: bankAccountSchema }).optional(),
    }),
    answer: identityAnswer,
    ifMatch: true,
  }),
  readIdentity: defineRead({
    operation: 'read-identity',
    context,
    path: '/v1/organisations/{organisationId}/identity',
    summary: { zh: '联系人身份与收款账户（默认遮盖）', en: 'Contact identity and bank account (masked by default)' },
    clause: '四',
    access: { roles: [...members, 'city-reviewer', 'regional-officer', 'finance-officer', 'inspector'] },
    params: organisationId,
    answer: identityAnswer,
  }),
  discloseIdentity: defineCommand({
    operation: 'disclose-identity',
    context,
    method: 'POST',
    path: '/v1/organisations/{organisationId}/identity/disclosures',
    summary: {
      zh: '说明事由后查看完整身份信息（15 分钟，留痕）',
      en: 'See identity data in full for 15 minutes, giving a reason; recorded',
    },
    clause: '四',
    access: { roles: ['city-reviewer', 'regional-officer', 'finance-officer', 'inspector'] },
    params: organisationId,
    body: z.strictObject({ reason: reasonText.min(4) }),
    answer: z.strictObject({ until: moment }),
    status: 201,
  }),
  submitCertification: defineCommand({
    operation: 'submit-certification',
    context,
    method: 'POST',
    path: '/v1/organisations/{organisationId}/certifications',
    summary: { zh: '申请认证', en: 'Apply for certification' },
    clause: '三-(一)、四',
    access: { roles: members },
    params: organisationId,
    body: z.strictObject({ documents: applicationDocuments }),
    answer: certificationAnswer,
    status: 201,
    ifMatch: true,
  }),
  listCertifications: defineRead({
    operation: 'list-certifications',
    context,
    path: '/v1/organisations/{organisationId}/certifications',
    summary: { zh: '认证申请记录', en: 'Applications of an organisation' },
    access: { roles: [...members, ...reviewers] },
    params: organisationId,
    query: pageQuery,
    answer: pageOf(certificationAnswer),
  }),
  readCertification: defineRead({
    operation: 'read-certification',
    context,
    path: '/v1/certifications/{certificationId}',
    summary: { zh: '认证申请', en: 'An application for certification' },
    access: { roles: [...members, ...reviewers] },
    params: z.strictObject({ certificationId: idOf('crt') }),
    answer: certificationAnswer,
  }),
  listProviders: defineRead({
    operation: 'list-providers',
    context,
    path: '/v1/public/providers',
    summary: { zh: '已备案云服务商名录', en: 'Certified providers' },
    clause: '八-(一)',
    access: { public: true },
    query: pageQuery,
    answer: pageOf(
      z.strictObject({
        id: idOf('org'),
        name: z.string(),
        uscc,
        jurisdiction,
        recordNumber: z.string(),
        certifiedAt: moment,
      }),
    ),
    cacheFor: 60,
  }),
};
