import * as z from 'zod';
import { accounts } from '../core/ledger/accounts.ts';
import { yearEndStatuses } from '../core/ledger/year-end-record.ts';
import { voucherStatusSchema } from '../core/orders/voucher.ts';
import { planStatuses } from '../core/policy/plan.ts';
import { date, moment, peopleNames, refusalAnswer, version, yuanText } from './fields.ts';
import { defineCommand, defineRead } from './route.ts';

const yearParams = z.strictObject({
  year: z
    .string()
    .regex(/^20\d\d$/)
    .transform(Number)
    .pipe(z.int().min(2019).max(2100)),
});

const lots = z.array(z.strictObject({ originYear: z.int(), amount: yuanText }));
const tally = z.strictObject({ count: z.int(), amount: yuanText });

/** Money by year of origin that a year leaves to the next. */
const carried = z.strictObject({
  /** Moves with live commitments. */
  live: lots,
  /** Unencumbered: becomes carry-in. */
  free: lots,
  /** Unencumbered and too old: given back to the treasury. */
  lapsed: lots,
  /** What live commitments miss; filled first by the next appropriation. */
  shortfall: yuanText,
});

/** The close of a year as the departments and inspectors see it, with who took part. */
export const yearEndReportAnswer = z.strictObject({
  year: z.int(),
  version,
  status: z.enum(yearEndStatuses),
  /** Vouchers whose money the year's fund holds or held, by state, as the dry run counted them. */
  vouchers: z.partialRecord(voucherStatusSchema, tally),
  report: z
    .strictObject({
      at: moment,
      balances: z.record(z.enum(accounts), yuanText),
      carries: carried,
      /** What stands in the way of the run. */
      blocks: z.array(z.strictObject({ rule: z.string(), zh: z.string(), en: z.string() })),
      nextPlan: z.enum(['none', ...planStatuses]),
    })
    .optional(),
  /** Who asked for the dry run, then who asked for the run, and when that was. */
  requestedBy: z.string(),
  surveyedBy: z.string().optional(),
  requestedAt: moment.optional(),
  approvals: z.array(z.strictObject({ department: z.enum(['industry', 'finance']), sub: z.string(), at: moment })),
  refusal: refusalAnswer,
  names: peopleNames,
  /** While it waits for a department: the day by which that is expected to decide, and the working days until then. */
  expectedBy: date.optional(),
  workingDaysLeft: z.int().optional(),
  /** Reservations that ended with the year. */
  reservations: tally,
  /** Vouchers moved so far, with the money behind them by account. */
  moved: z.strictObject({ count: z.int(), active: yuanText, accrued: yuanText, deferred: yuanText }),
  carried: carried.optional(),
  closedAt: moment.optional(),
});

/** The close of a year as the public sees it: totals only. */
export const yearEndAnswer = z.strictObject({
  year: z.int(),
  closedAt: moment,
  moved: z.strictObject({ count: z.int(), amount: yuanText }),
  carried,
});

const context = 'plan-api';
const clause = '一-(二)';

export const yearEndRoutes = {
  requestSurvey: defineCommand({
    operation: 'request-year-end-survey',
    context,
    method: 'POST',
    path: '/v1/year-ends/{year}/surveys',
    summary: { zh: '申请年终结转试算（不作任何变更）', en: "Ask for the dry run of a year's close; nothing is moved" },
    clause,
    access: { roles: ['finance-officer'] },
    params: yearParams,
    answer: yearEndReportAnswer,
    status: 202,
  }),
  requestRun: defineCommand({
    operation: 'request-year-end-run',
    context,
    method: 'POST',
    path: '/v1/year-ends/{year}/run',
    summary: {
      zh: '提请办理年终结转（两部门各一人审批后执行）',
      en: "Ask for a year's close on the report seen; both departments approve it before anything is moved",
    },
    clause,
    access: { roles: ['finance-officer'] },
    params: yearParams,
    answer: yearEndReportAnswer,
    status: 202,
    ifMatch: true,
  }),
  readReport: defineRead({
    operation: 'read-year-end-report',
    context,
    path: '/v1/year-ends/{year}/report',
    summary: { zh: '年终结转试算报告和办理情况', en: "The dry run's report of a year's close, and how far it is" },
    clause,
    access: { roles: ['regional-officer', 'finance-officer', 'inspector'] },
    params: yearParams,
    answer: yearEndReportAnswer,
  }),
  readYearEnd: defineRead({
    operation: 'read-year-end',
    context,
    path: '/v1/year-ends/{year}',
    summary: { zh: '已办结的年终结转（仅汇总数）', en: "A year's close that is done, in totals" },
    clause,
    access: { public: true },
    params: yearParams,
    answer: yearEndAnswer,
    cacheFor: 300,
  }),
} as const;
