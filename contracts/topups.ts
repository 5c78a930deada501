import * as z from 'zod';
import { categorySchema } from '../core/catalogue/kinds.ts';
import { ratioSchema } from '../core/money/money.ts';
import { localAccounts } from '../core/topups/local-ledger.ts';
import { localPolicyStatuses, topUpBases } from '../core/topups/local-policy.ts';
import {
  actedAs,
  idOf,
  jurisdiction,
  longText,
  moment,
  pageOf,
  pageQuery,
  peopleNames,
  shortText,
  trailEntry,
  version,
  yuan,
  yuanText,
} from './fields.ts';
import { defineCommand, defineRead } from './route.ts';

const MOST_PRIORITY = 99;
const year = z.int().min(2019).max(2100);
const yearQuery = z.coerce.number().int().min(2019).max(2100);
const policyParams = z.strictObject({ policyId: idOf('lpl') });
const name = z.strictObject({ zh: shortText, en: shortText });
const categories = z.array(categorySchema).min(1).max(3);

/** What a jurisdiction writes of a policy. */
const termsInput = z.strictObject({
  name,
  /** A share of the fee of the lines that the voucher supports, or of the regional voucher. */
  basis: z.enum(topUpBases),
  ratio: ratioSchema,
  categories,
  orderMaximum: yuan,
  enterpriseMaximum: yuan,
  /** 1 is granted first and trimmed last. */
  priority: z.int().min(1).max(MOST_PRIORITY),
  fund: yuan,
});

const terms = {
  name: z.strictObject({ zh: z.string(), en: z.string() }),
  basis: z.enum(topUpBases),
  ratio: ratioSchema,
  categories: z.array(categorySchema),
  orderMaximum: yuanText,
  enterpriseMaximum: yuanText,
  priority: z.int(),
  fund: yuanText,
};

/** A policy in any state, for those who work with it, with who took part. */
export const localPolicyAnswer = z.strictObject({
  id: idOf('lpl'),
  version,
  status: z.enum(localPolicyStatuses),
  jurisdiction,
  year: z.int(),
  ...terms,
  drafters: z.array(z.string()),
  enactedAt: moment.optional(),
  enactedBy: z.string().optional(),
  endedAt: moment.optional(),
  endedBy: z.string().optional(),
  endReason: z.string().optional(),
  names: peopleNames,
});

/** What anybody may read of a jurisdiction's policies: no person, no enterprise. */
export const publishedLocalPoliciesAnswer = z.strictObject({
  jurisdiction,
  year: z.int(),
  items: z.array(
    z.strictObject({
      id: idOf('lpl'),
      ...terms,
      inForce: z.boolean(),
      enactedAt: moment,
      endedAt: moment.optional(),
    }),
  ),
});

export const localFundAnswer = z.strictObject({
  policyId: idOf('lpl'),
  jurisdiction,
  year: z.int(),
  status: z.enum(localPolicyStatuses),
  /** `granted`: behind vouchers whose service is not confirmed; `used`: owed by the jurisdiction for delivered services. */
  balances: z.record(z.enum(localAccounts), yuanText),
});

/** The funds of a jurisdiction's published policies for a year, and what they come to together. */
export const localFundsAnswer = z.strictObject({
  jurisdiction,
  year: z.int(),
  items: z.array(localFundAnswer.pick({ policyId: true, status: true, balances: true }).extend({ name: terms.name })),
  total: localFundAnswer.shape.balances,
});

export const localJournalEntry = z.strictObject({
  id: z.string(),
  at: moment,
  reason: z.string(),
  reference: z.strictObject({ entity: z.string(), id: z.string() }),
  orderId: z.string().optional(),
  actor: z.string(),
  by: actedAs.optional(),
  entries: z.partialRecord(z.enum(localAccounts), yuanText),
  enterprise: z.strictObject({ uscc: z.string(), amount: yuanText }).optional(),
});

const context = 'plan-api';
const clause = '一-(三)';
const overseers = ['city-reviewer', 'regional-officer', 'finance-officer', 'inspector'] as const;

export const topUpsRoutes = {
  readPublishedLocalPolicies: defineRead({
    operation: 'read-published-local-policies',
    context,
    path: '/v1/jurisdictions/{jurisdiction}/local-policies',
    summary: { zh: '盟市已公布的本地补助政策', en: 'Published top-up policies of a jurisdiction' },
    clause: '八-(一)',
    access: { public: true },
    params: z.strictObject({ jurisdiction }),
    query: z.strictObject({ year: yearQuery.optional() }),
    answer: publishedLocalPoliciesAnswer,
    cacheFor: 60,
  }),
  draftLocalPolicy: defineCommand({
    operation: 'draft-local-policy',
    context,
    method: 'POST',
    path: '/v1/local-policies',
    summary: { zh: '编制本盟市补助政策草案', en: "Draft a top-up policy of one's jurisdiction" },
    clause,
    access: { roles: ['city-reviewer'] },
    body: termsInput.extend({ year }),
    answer: localPolicyAnswer,
    status: 201,
  }),
  reviseLocalPolicy: defineCommand({
    operation: 'revise-local-policy',
    context,
    method: 'PUT',
    path: '/v1/local-policies/{policyId}',
    summary: { zh: '修改本地补助政策草案', en: 'Change the draft of a top-up policy' },
    clause,
    access: { roles: ['city-reviewer'] },
    params: policyParams,
    body: termsInput,
    answer: localPolicyAnswer,
    ifMatch: true,
  }),
  enactLocalPolicy: defineCommand({
    operation: 'enact-local-policy',
    context,
    method: 'POST',
    path: '/v1/local-policies/{policyId}/enactment',
    summary: {
      zh: '由第二人（本盟市另一人或自治区工信厅）启用并公布本地补助政策',
      en: 'Put a top-up policy into force and publish it; by a second person, of the jurisdiction or the department',
    },
    clause,
    access: { roles: ['city-reviewer', 'regional-officer'] },
    params: policyParams,
    answer: localPolicyAnswer,
    ifMatch: true,
  }),
  endLocalPolicy: defineCommand({
    operation: 'end-local-policy',
    context,
    method: 'POST',
    path: '/v1/local-policies/{policyId}/end',
    summary: {
      zh: '终止本地补助政策：不再新增补助，已给予的不变',
      en: 'End a top-up policy: nothing new is granted, what was granted stays',
    },
    clause: '八-(一)',
    access: { roles: ['city-reviewer', 'regional-officer'] },
    params: policyParams,
    body: z.strictObject({ reason: longText }),
    answer: localPolicyAnswer,
    ifMatch: true,
  }),
  listLocalPolicies: defineRead({
    operation: 'list-local-policies',
    context,
    path: '/v1/local-policies',
    summary: { zh: '盟市某年度的补助政策（含草案）', en: 'Top-up policies of a jurisdiction for a year, drafts too' },
    clause,
    access: { roles: overseers },
    query: pageQuery.extend({ jurisdiction, year: yearQuery }),
    answer: pageOf(localPolicyAnswer),
  }),
  readLocalPolicy: defineRead({
    operation: 'read-local-policy',
    context,
    path: '/v1/local-policies/{policyId}',
    summary: { zh: '查看本地补助政策（任何状态）', en: 'Read a top-up policy in any state' },
    clause,
    access: { roles: overseers },
    params: policyParams,
    answer: localPolicyAnswer,
  }),
  readLocalPolicyTrail: defineRead({
    operation: 'read-local-policy-trail',
    context,
    path: '/v1/local-policies/{policyId}/trail',
    summary: { zh: '本地补助政策办理记录', en: 'Trail of a top-up policy' },
    clause: '一-(二)',
    access: { roles: overseers },
    params: policyParams,
    query: pageQuery,
    answer: pageOf(trailEntry),
  }),
  readLocalFund: defineRead({
    operation: 'read-local-fund',
    context,
    path: '/v1/local-policies/{policyId}/fund',
    summary: {
      zh: '本地资金余额：可用、已给予、应付',
      en: 'Balances of a local fund: available, granted, owed for delivered services',
    },
    clause,
    access: { roles: overseers },
    params: policyParams,
    answer: localFundAnswer,
  }),
  readLocalFunds: defineRead({
    operation: 'read-local-funds',
    context,
    path: '/v1/jurisdictions/{jurisdiction}/local-funds',
    summary: {
      zh: '盟市某年度各项本地资金余额及合计',
      en: 'Funds of a jurisdiction for a year: what each has left, has granted and owes, and the total',
    },
    clause,
    access: { roles: overseers },
    params: z.strictObject({ jurisdiction }),
    query: z.strictObject({ year: yearQuery.optional() }),
    answer: localFundsAnswer,
  }),
  readLocalJournal: defineRead({
    operation: 'read-local-journal',
    context,
    path: '/v1/local-policies/{policyId}/journal',
    summary: { zh: '本地资金变动记录', en: 'Movements of a local fund, newest first' },
    clause,
    access: { roles: overseers },
    params: policyParams,
    query: pageQuery,
    answer: pageOf(localJournalEntry),
  }),
} as const;

/** What a jurisdiction writes of a policy, as parsed. */
export type LocalTermsBody = z.output<typeof termsInput>;
