import * as z from 'zod';
import { categorySchema } from '../core/catalogue/kinds.ts';
import { ratioSchema } from '../core/money/money.ts';
import { departments } from '../core/policy/plan.ts';
import { planVersionStatuses } from '../core/policy/plan-version.ts';
import { date, moment, pageOf, pageQuery, pathNumber, peopleNames, shortText, version, yuan } from './fields.ts';
import { parametersAnswer, signatureOfPerson, specAnswer, yearParams } from './plan.ts';
import { defineCommand, defineRead } from './route.ts';

const versionParams = yearParams.extend({ number: pathNumber });

const monthAndDay = z.string().regex(/^\d\d-\d\d$/);
const workingDays = z.int().min(1).max(60).optional();

/** What may change during the year; what is left out stays. What may not is not a field (ADR 12). */
const changedParameters = z.strictObject({
  yearlyCap: yuan.optional(),
  ownShareFloor: yuan.optional(),
  voucherValidityDays: z.int().min(0).max(3650).optional(),
  reservationWorkingDays: workingDays,
  claimWindow: z.strictObject({ from: monthAndDay, to: monthAndDay }).optional(),
  reviewWorkingDays: workingDays,
  publicityWorkingDays: workingDays,
  objectionWorkingDays: workingDays,
  renewalOfSameService: z.enum(['if-periods-do-not-overlap', 'never']).optional(),
  longestContractDays: z.int().min(1).max(3660).optional(),
  priceChangeNotice: ratioSchema.optional(),
  marketEvidenceDays: z.int().min(1).max(3650).optional(),
});

const versionText = z.strictObject({
  /** First business date of orders that are decided by it; today or later. */
  appliesFrom: date,
  /** Public. */
  reason: shortText,
  parameters: changedParameters.default({}),
  /** Specs that change; each category once. Amounts and counts change with the publication. */
  specs: z
    .array(
      z.strictObject({
        category: categorySchema,
        ratio: ratioSchema.optional(),
        amount: yuan.optional(),
        count: z.int().min(1).max(1_000_000).optional(),
      }),
    )
    .max(3)
    .default([]),
});

const published = {
  year: z.int(),
  /** What orders pin as `policyVersion`. */
  number: z.int(),
  appliesFrom: date,
  reason: z.string().optional(),
  parameters: parametersAnswer,
  specs: z.array(specAnswer),
  signatures: z.array(z.strictObject({ department: z.enum(departments), at: moment })),
  publishedAt: moment.optional(),
};

export const publishedVersionAnswer = z.strictObject(published);
export const planVersionAnswer = z.strictObject({
  ...published,
  version,
  status: z.enum(planVersionStatuses),
  draftedBy: z.string(),
  signatures: z.array(signatureOfPerson),
  names: peopleNames,
});

const context = 'plan-api';
const clause = '五-(一)';

export const planVersionRoutes = {
  draftVersion: defineCommand({
    operation: 'draft-plan-version',
    context,
    method: 'POST',
    path: '/v1/plans/{year}/versions',
    summary: {
      zh: '编制已启用计划的新版本草案（自施行日起对新订单有效）',
      en: 'Draft a new version of an open plan; it applies to orders placed from its day on',
    },
    clause,
    access: { roles: ['regional-officer'] },
    params: yearParams,
    body: versionText,
    answer: planVersionAnswer,
    status: 201,
  }),
  reviseVersion: defineCommand({
    operation: 'revise-plan-version',
    context,
    method: 'PUT',
    path: '/v1/plans/{year}/versions/{number}',
    summary: { zh: '修改新版本草案（已有签署作废）', en: 'Change the draft of a version; signatures are dropped' },
    clause,
    access: { roles: ['regional-officer'] },
    params: versionParams,
    body: versionText,
    answer: planVersionAnswer,
    ifMatch: true,
  }),
  signVersion: defineCommand({
    operation: 'sign-plan-version',
    context,
    method: 'POST',
    path: '/v1/plans/{year}/versions/{number}/signatures',
    summary: {
      zh: '代表本部门签署新版本（两部门各一人，会签后即公布）',
      en: "Sign a version for one's department; the second department's signature publishes it",
    },
    clause,
    access: { roles: ['regional-officer', 'finance-officer'] },
    params: versionParams,
    answer: planVersionAnswer,
    status: 201,
    ifMatch: true,
  }),
  listVersions: defineRead({
    operation: 'list-plan-versions',
    context,
    path: '/v1/plans/{year}/versions',
    summary: { zh: '年度计划的历次版本', en: 'Published versions of a plan, newest first' },
    clause,
    access: { public: true },
    params: yearParams,
    query: pageQuery,
    answer: pageOf(publishedVersionAnswer),
    cacheFor: 60,
  }),
  readVersion: defineRead({
    operation: 'read-plan-version',
    context,
    path: '/v1/plans/{year}/versions/{number}',
    summary: {
      zh: '计划版本（任何状态，供两部门和监督人员）',
      en: 'A version in any state, for the departments and inspectors',
    },
    clause,
    access: { roles: ['regional-officer', 'finance-officer', 'inspector'] },
    params: versionParams,
    answer: planVersionAnswer,
  }),
} as const;
