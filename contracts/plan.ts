import * as z from 'zod';
import { categorySchema } from '../core/catalogue/kinds.ts';
import { accounts } from '../core/ledger/accounts.ts';
import { formatYuan, ratioSchema } from '../core/money/money.ts';
import { defaultParameters as defaults } from '../core/policy/default-parameters.ts';
import { departments, planParametersSchema, planStatuses } from '../core/policy/plan.ts';
import { JOURNAL_PARTITIONS } from '../core/queries.ts';
import { jurisdictionSchema } from '../core/registry/jurisdictions.ts';
import {
  actedAs,
  date,
  idOf,
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

const year = z
  .string()
  .regex(/^20\d\d$/)
  .transform(Number)
  .pipe(z.int().min(2019).max(2100));
export const yearParams = z.strictObject({ year });

const monthAndDay = z.string().regex(/^\d\d-\d\d$/);
const workingDays = (days: number) => z.int().min(1).max(60).default(days);

/** Everything the notice leaves open; what is left out has the default of the policy. */
const parametersInput = z.strictObject({
  taxBasis: z.enum(['included', 'excluded']).default(defaults.taxBasis),
  yearlyCap: yuan.prefault(formatYuan(defaults.yearlyCap)),
  ownShareFloor: yuan.prefault(formatYuan(defaults.ownShareFloor)),
  voucherValidityDays: z.int().min(0).max(3650).default(defaults.voucherValidityDays),
  reservationWorkingDays: workingDays(defaults.reservationWorkingDays),
  claimWindow: z.strictObject({ from: monthAndDay, to: monthAndDay }).default(defaults.claimWindow),
  reviewWorkingDays: workingDays(defaults.reviewWorkingDays),
  /** Fewer than five are refused by the rule `publicity-too-short`, which names the clause. */
  publicityWorkingDays: workingDays(defaults.publicityWorkingDays),
  objectionWorkingDays: workingDays(defaults.objectionWorkingDays),
  marketPriceTolerance: z
    .string()
    .regex(/^\d(\.\d{1,4})?$/)
    .default(defaults.marketPriceTolerance),
  qualityDeductions: z
    .strictObject({ minor: ratioSchema, serious: ratioSchema, critical: ratioSchema })
    .default(defaults.qualityDeductions),
  renewalOfSameService: z.enum(['if-periods-do-not-overlap', 'never']).default(defaults.renewalOfSameService),
  carryOverYears: z.int().min(0).max(10).default(defaults.carryOverYears),
  dishonestyYears: z.int().min(1).max(10).default(defaults.dishonestyYears),
  longestContractDays: z.int().min(1).max(3660).default(defaults.longestContractDays),
  priceChangeNotice: ratioSchema.default(defaults.priceChangeNotice),
  marketEvidenceDays: z.int().min(1).max(3650).default(defaults.marketEvidenceDays),
  /** How much the enterprises of a jurisdiction may have in the year; one that is not named has no quota. */
  jurisdictionQuotas: z.partialRecord(jurisdictionSchema, yuan).optional(),
  /** How much the customers of each provider may have in the year. */
  providerQuota: yuan.optional(),
});

/** What the departments write of a plan. A spec without a ratio has the one of clause 五-(二). */
const planContent = z.strictObject({
  title: shortText,
  appropriation: yuan,
  specs: z
    .array(
      z.strictObject({
        category: categorySchema,
        ratio: ratioSchema.optional(),
        amount: yuan,
        count: z.int().min(1).max(1_000_000),
      }),
    )
    .min(1)
    .max(3),
  parameters: parametersInput.prefault({}),
});

export const parametersAnswer = planParametersSchema.extend({
  yearlyCap: yuanText,
  ownShareFloor: yuanText,
  jurisdictionQuotas: z.partialRecord(jurisdictionSchema, yuanText).optional(),
  providerQuota: yuanText.optional(),
});
export const specAnswer = z.strictObject({
  id: z.string(),
  category: categorySchema,
  ratio: ratioSchema,
  amount: yuanText,
  count: z.int(),
});
const published = {
  year: z.int(),
  status: z.enum(planStatuses),
  policyVersion: z.int(),
  title: z.string(),
  appropriation: yuanText,
  openedAt: moment.optional(),
  /** Published versions that apply from a later day. */
  coming: z.array(z.strictObject({ policyVersion: z.int(), appliesFrom: date })).optional(),
};

/** A department's signature and whose it is: for the departments and inspectors. The public reads the department. */
export const signatureOfPerson = z.strictObject({ department: z.enum(departments), sub: z.string(), at: moment });

const changeOfAppropriation = z.strictObject({
  to: yuanText,
  reason: z.string(),
  department: z.enum(departments),
  sub: z.string(),
  at: moment,
});

/** The plan as the departments and inspectors see it, in any state, with who took part. */
export const planAnswer = z.strictObject({
  ...published,
  version,
  specs: z.array(specAnswer),
  parameters: parametersAnswer,
  draftedBy: z.string(),
  signatures: z.array(signatureOfPerson),
  openedBy: z.string().optional(),
  /** Proposed by one department, waiting for the other. */
  appropriationChange: changeOfAppropriation.optional(),
  /** The last one that counts: confirmed by a person of the other department. */
  confirmedChange: changeOfAppropriation
    .extend({ from: yuanText, confirmedBy: z.string(), confirmedAt: moment })
    .optional(),
  names: peopleNames,
});

export const planSummary = z.strictObject({ ...published, specs: z.array(specAnswer) });

const specInUse = specAnswer.extend({
  usedAmount: yuanText,
  usedCount: z.int(),
  leftAmount: yuanText,
  leftCount: z.int(),
});

/** The published plan, with what is used and left of it. Without `version`: what is used changes more often than the plan. */
export const publishedPlanAnswer = z.strictObject({
  ...published,
  specs: z.array(specInUse),
  /** Quotas of jurisdictions, where the plan sets them. */
  quotas: z.array(
    z.strictObject({ jurisdiction: jurisdictionSchema, amount: yuanText, usedAmount: yuanText, leftAmount: yuanText }),
  ),
  parameters: parametersAnswer,
  signatures: z.array(z.strictObject({ department: z.enum(departments), at: moment })),
  /** Appropriation and money carried over; what vouchers hold or have taken; what is free. */
  /** `shortfall`: what is committed beyond the money there is, after a cut of the appropriation; nothing new is issued then. */
  /** `recovered`: paid before and taken back since, so that it may be used again (clause 八-(三)). */
  fund: z.strictObject({
    total: yuanText,
    recovered: yuanText,
    used: yuanText,
    left: yuanText,
    shortfall: yuanText,
  }),
});

const balancesAnswer = z.record(z.enum(accounts), yuanText);

export const fundAnswer = z.strictObject({
  year: z.int(),
  balances: balancesAnswer,
  /** Clause 一-(二): all must be true after every single write. */
  identity: z.strictObject({ sumsToZero: z.boolean(), withinTotal: z.boolean(), nothingNegative: z.boolean() }),
  /** What is committed beyond the money there is, after the appropriation was cut below it. */
  shortfall: yuanText,
  specs: z.array(
    z.strictObject({
      specId: z.string(),
      usedAmount: yuanText,
      usedCount: z.int(),
      leftAmount: yuanText,
      leftCount: z.int(),
    }),
  ),
});

const correctsAnswer = z.strictObject({ id: z.string(), reason: z.string() });

export const journalEntry = z.strictObject({
  id: z.string(),
  at: moment,
  reason: z.string(),
  reference: z.strictObject({ entity: z.string(), id: z.string() }),
  /** The entry that this one corrects, and its reason. */
  corrects: correctsAnswer.optional(),
  /** Subject of whoever caused it, and the rest of who that was; entries from before have the subject only. */
  actor: z.string(),
  by: actedAs.optional(),
  entries: z.partialRecord(z.enum(accounts), yuanText),
  specs: z.array(z.strictObject({ specId: z.string(), amount: yuanText, count: z.int() })),
  cap: z.strictObject({ uscc: z.string(), amount: yuanText, cap: yuanText }).optional(),
});

/** An entry with the year of its fund: the money of an order may stand in several. */
export const orderPosting = journalEntry.extend({ year: z.int() });

export const trialBalanceAnswer = z.strictObject({
  year: z.int(),
  postings: z.int(),
  balanced: z.boolean(),
  /** Postings went on while the journal was read: ask again when `balanced` is false. */
  moving: z.boolean(),
  unbalanced: z.array(z.string()),
  /** Entries of which more was corrected than they moved. */
  overcorrected: z.array(z.string()),
  /** Entries that correct others, beside what they correct. */
  corrections: z.array(
    z.strictObject({
      id: z.string(),
      corrects: correctsAnswer.optional(),
      entries: z.partialRecord(z.enum(accounts), yuanText),
    }),
  ),
  accounts: z.array(z.strictObject({ account: z.enum(accounts), stored: yuanText, replayed: yuanText })),
  specs: z.array(
    z.strictObject({
      specId: z.string(),
      storedAmount: yuanText,
      replayedAmount: yuanText,
      storedCount: z.int(),
      replayedCount: z.int(),
    }),
  ),
  caps: z.array(z.strictObject({ uscc: z.string(), stored: yuanText, replayed: yuanText })),
  providers: z.array(z.strictObject({ providerId: z.string(), stored: yuanText, replayed: yuanText })),
});

/** A year's fund as its journal tells it; `upTo`: how it stood at the end of that day. */
export const statementAnswer = z.strictObject({
  year: z.int(),
  upTo: date.optional(),
  months: z.array(
    z.strictObject({
      month: z.string(),
      movements: z.array(
        z.strictObject({
          /** Audit code of the cause: `appropriate`, `reserve`, `issue`, `pay`, `carry-in`, … */
          reason: z.string(),
          /** Only of `correct`: the reason of what is corrected. */
          corrects: z.string().optional(),
          postings: z.int(),
          entries: z.partialRecord(z.enum(accounts), yuanText),
        }),
      ),
      closing: balancesAnswer,
    }),
  ),
  closing: balancesAnswer,
});

/** No arrangement changes more days of a year; it also keeps a year from losing all its working days. */
const MOST_CHANGED_DAYS = 120;
const changedDays = z
  .record(date, z.enum(['workday', 'holiday']))
  .refine((days) => Object.keys(days).length <= MOST_CHANGED_DAYS, { error: 'wrong-format' });

export const calendarAnswer = z.strictObject({
  year: z.int(),
  /** 0 while nothing was announced: then `If-Match: "0"`. */
  version: z.int().nonnegative(),
  complete: z.boolean(),
  days: z.record(date, z.enum(['workday', 'holiday'])),
});

const context = 'plan-api';
const clause = '五-(一)';
const overseers = ['regional-officer', 'finance-officer', 'inspector'] as const;

export const planRoutes = {
  draftPlan: defineCommand({
    operation: 'draft-plan',
    context,
    method: 'POST',
    path: '/v1/plans',
    summary: { zh: '编制年度发放规模计划草案', en: "Draft a year's plan" },
    clause,
    access: { roles: ['regional-officer'] },
    body: planContent.extend({ year: z.int().min(2019).max(2100) }),
    answer: planAnswer,
    status: 201,
  }),
  revisePlan: defineCommand({
    operation: 'revise-plan',
    context,
    method: 'PUT',
    path: '/v1/plans/{year}',
    summary: { zh: '修改计划草案（已有签署作废）', en: 'Change the draft of a plan; signatures are dropped' },
    clause,
    access: { roles: ['regional-officer'] },
    params: yearParams,
    body: planContent,
    answer: planAnswer,
    ifMatch: true,
  }),
  signPlan: defineCommand({
    operation: 'sign-plan',
    context,
    method: 'POST',
    path: '/v1/plans/{year}/signatures',
    summary: {
      zh: '代表本部门签署计划（工信、财政各一人）',
      en: "Sign the plan for one's department; two departments, two people",
    },
    clause,
    access: { roles: ['regional-officer', 'finance-officer'] },
    params: yearParams,
    answer: planAnswer,
    status: 201,
    ifMatch: true,
  }),
  openPlan: defineCommand({
    operation: 'open-plan',
    context,
    method: 'POST',
    path: '/v1/plans/{year}/opening',
    summary: { zh: '启用并公布已会签的计划', en: 'Open and publish a co-signed plan' },
    clause,
    access: { roles: ['regional-officer', 'finance-officer'] },
    params: yearParams,
    answer: planAnswer,
    ifMatch: true,
  }),
  proposeAppropriation: defineCommand({
    operation: 'propose-appropriation',
    context,
    method: 'POST',
    path: '/v1/plans/{year}/appropriation-changes',
    summary: {
      zh: '提出调整本年度资金规模（增加或压减，须另一部门确认）',
      en: 'Propose another appropriation for the running year; the other department confirms it',
    },
    clause: '一-(二)',
    access: { roles: ['regional-officer', 'finance-officer'] },
    params: yearParams,
    body: z.strictObject({ appropriation: yuan, reason: shortText }),
    answer: planAnswer,
    status: 201,
    ifMatch: true,
  }),
  confirmAppropriation: defineCommand({
    operation: 'confirm-appropriation',
    context,
    method: 'POST',
    path: '/v1/plans/{year}/appropriation-changes/confirmation',
    summary: {
      zh: '确认资金规模调整；压减不影响已发放的云服务券',
      en: 'Confirm the change of the appropriation; a cut voids no live voucher',
    },
    clause: '一-(二)',
    access: { roles: ['regional-officer', 'finance-officer'] },
    params: yearParams,
    answer: planAnswer,
    ifMatch: true,
  }),
  listPlans: defineRead({
    operation: 'list-plans',
    context,
    path: '/v1/plans',
    summary: { zh: '已公布的年度计划', en: 'Published plans, newest year first' },
    clause,
    access: { public: true },
    query: pageQuery,
    answer: pageOf(planSummary),
    cacheFor: 60,
  }),
  readPublishedPlan: defineRead({
    operation: 'read-published-plan',
    context,
    path: '/v1/plans/{year}',
    summary: { zh: '已公布的年度计划及其使用和剩余情况', en: 'A published plan with what is used and left of it' },
    clause,
    access: { public: true },
    params: yearParams,
    answer: publishedPlanAnswer,
    cacheFor: 30,
  }),
  readPlanDraft: defineRead({
    operation: 'read-plan-draft',
    context,
    path: '/v1/plans/{year}/draft',
    summary: {
      zh: '计划（任何状态，供两部门和监督人员）',
      en: 'The plan in any state, for the departments and inspectors',
    },
    clause,
    access: { roles: overseers },
    params: yearParams,
    answer: planAnswer,
  }),
  readPlanTrail: defineRead({
    operation: 'read-plan-trail',
    context,
    path: '/v1/plans/{year}/trail',
    summary: { zh: '计划的办理记录', en: 'Trail of a plan' },
    clause: '一-(二)',
    access: { roles: overseers },
    params: yearParams,
    query: pageQuery,
    answer: pageOf(trailEntry),
  }),
  readFund: defineRead({
    operation: 'read-fund',
    context,
    path: '/v1/funds/{year}',
    summary: {
      zh: '年度资金各科目余额与总额控制校验',
      en: "Balances of a year's fund, with the fund identity checked",
    },
    clause: '一-(二)',
    access: { roles: overseers },
    params: yearParams,
    answer: fundAnswer,
  }),
  readJournal: defineRead({
    operation: 'read-journal',
    context,
    path: '/v1/funds/{year}/journal',
    summary: { zh: '年度台账分录（共 16 个分区）', en: "Entries of a year's journal, one of its 16 partitions" },
    clause: '一-(二)',
    access: { roles: overseers },
    params: yearParams,
    query: pageQuery.extend({
      partition: z.coerce
        .number()
        .int()
        .min(0)
        .max(JOURNAL_PARTITIONS - 1)
        .default(0),
    }),
    answer: pageOf(journalEntry),
  }),
  listOrderPostings: defineRead({
    operation: 'list-order-postings',
    context,
    path: '/v1/orders/{orderId}/postings',
    summary: {
      zh: '一笔订单的全部资金分录，按时间先后',
      en: 'Every entry of the journal about an order, in order of time, over all years',
    },
    clause: '一-(二)',
    access: { roles: overseers },
    params: z.strictObject({ orderId: idOf('ord') }),
    query: pageQuery,
    answer: pageOf(orderPosting),
  }),
  trialBalance: defineRead({
    operation: 'trial-balance',
    context,
    path: '/v1/funds/{year}/trial-balance',
    summary: {
      zh: '试算平衡：重放全年分录并与余额核对',
      en: "Replay a year's journal and compare it with what is stored",
    },
    clause: '一-(二)',
    access: { roles: overseers },
    params: yearParams,
    answer: trialBalanceAnswer,
    throttle: { rate: 1, burst: 2 },
  }),
  readStatement: defineRead({
    operation: 'read-statement',
    context,
    path: '/v1/funds/{year}/statement',
    summary: {
      zh: '年度资金收支明细（按月、按事由），或截至某日的余额',
      en: "Statement of a year's fund by month and reason, or as it stood on a day, replayed from the journal",
    },
    clause: '一-(二)',
    access: { roles: overseers },
    params: yearParams,
    query: z.strictObject({ upTo: date.optional() }),
    answer: statementAnswer,
    throttle: { rate: 1, burst: 2 },
  }),
  announceCalendar: defineCommand({
    operation: 'announce-calendar',
    context,
    method: 'PUT',
    path: '/v1/calendars/{year}',
    summary: {
      zh: '按国务院办公厅通知登记调休和放假安排',
      en: 'Record announced holidays and make-up working days of a year',
    },
    clause: '七-(一)',
    access: { roles: ['regional-officer'] },
    params: yearParams,
    body: z.strictObject({ days: changedDays, complete: z.boolean() }),
    answer: calendarAnswer,
    ifMatch: true,
  }),
  readCalendar: defineRead({
    operation: 'read-calendar',
    context,
    path: '/v1/calendars/{year}',
    summary: { zh: '年度工作日调整', en: 'Changes to the working-day calendar of a year' },
    clause: '七-(一)',
    access: { public: true },
    params: yearParams,
    answer: calendarAnswer,
    cacheFor: 300,
  }),
} as const;

/** What the departments write of a plan, as parsed. */
export type PlanBody = z.output<typeof planContent>;
