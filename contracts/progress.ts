import * as z from 'zod';
import { categorySchema } from '../core/catalogue/kinds.ts';
import { decidingRoles } from '../core/inbox/task.ts';
import { milestones, stages, standings } from '../core/progress/names.ts';
import { jurisdictionSchema } from '../core/registry/jurisdictions.ts';
import { date, yuanText } from './fields.ts';
import { yearParams } from './plan.ts';
import { defineRead } from './route.ts';

const partQuery = z.strictObject({ jurisdiction: jurisdictionSchema.optional(), category: categorySchema.optional() });

const vouchers = { count: z.int(), amount: yuanText };
/** Vouchers and the money that counts against the plan now, in all and by where they stand. */
const line = { ...vouchers, standings: z.record(z.enum(standings), z.strictObject(vouchers)) };
const month = z.string().regex(/^\d{4}-\d\d$/);

export const progressAnswer = z.strictObject({
  year: z.int(),
  total: z.strictObject(line),
  /** By the month in which they became active. */
  months: z.array(z.strictObject({ month, ...line })),
  jurisdictions: z.array(z.strictObject({ jurisdiction: jurisdictionSchema, ...line })),
  categories: z.array(z.strictObject({ category: categorySchema, ...line })),
});

const organisations = z.strictObject({ registered: z.int(), certified: z.int() });
const orders = z.record(z.enum(milestones), z.int());
const forecast = {
  /** Days that the pace is taken from. */
  days: z.int(),
  issued: yuanText,
  left: yuanText,
  /** Absent where nothing was issued, or where the money lasts beyond the year. */
  exhaustedOn: date.optional(),
};

export const yearFiguresAnswer = z.strictObject({
  year: z.int(),
  today: date,
  /** Registered in any year: organisations belong to none. */
  enterprises: organisations,
  providers: organisations,
  /** Orders by how far they have come; each number includes the ones after it. */
  orders,
  months: z.array(z.strictObject({ month, orders })),
  jurisdictions: z.array(
    z.strictObject({ jurisdiction: jurisdictionSchema, enterprises: organisations, orders, amount: yuanText }),
  ),
  /** Working days of the cases that ended in the year. */
  times: z.array(
    z.strictObject({
      stage: z.enum(stages),
      cases: z.int(),
      median: z.int().optional(),
      ninetieth: z.int().optional(),
    }),
  ),
  /** Of the fund and of each spec, if vouchers go on being issued as in the last months. */
  forecast: z.strictObject({
    fund: z.strictObject(forecast),
    specs: z.array(z.strictObject({ category: categorySchema, ...forecast })),
  }),
});

const waiting = { open: z.int(), overdue: z.int() };

export const openWorkAnswer = z.strictObject({
  today: date,
  ...waiting,
  /** Every office, also where nothing waits. */
  offices: z.array(
    z.strictObject({
      role: z.enum(decidingRoles),
      jurisdiction: jurisdictionSchema.optional(),
      ...waiting,
      /** The first last day of what waits; absent where nothing waits that has one. */
      earliest: date.optional(),
    }),
  ),
});

const context = 'plan-api';

/** How a year goes: counted from what is stored within seconds of it; no decision rests on it. */
export const progressRoutes = {
  readProgress: defineRead({
    operation: 'read-progress',
    context,
    path: '/v1/plans/{year}/progress',
    summary: {
      zh: '年度进度：按月、盟市、类别和状态的张数与金额',
      en: 'Progress of a year: vouchers and money by month, jurisdiction, category and state',
    },
    clause: '八-(二)',
    access: { public: true },
    params: yearParams,
    query: partQuery,
    answer: progressAnswer,
    cacheFor: 60,
  }),
  readYearFigures: defineRead({
    operation: 'read-year-figures',
    context,
    path: '/v1/plans/{year}/figures',
    summary: {
      zh: '年度运行数据：从登记到拨付的各环节、各环节用时、资金用完时间预测',
      en: 'Figures of a year: from registration to payment, where time goes, when the money will be used up',
    },
    clause: '八-(三)',
    access: { roles: ['regional-officer', 'finance-officer', 'inspector'] },
    params: yearParams,
    query: partQuery,
    answer: yearFiguresAnswer,
  }),
  readOpenWork: defineRead({
    operation: 'read-open-work',
    context,
    path: '/v1/open-work',
    summary: {
      zh: '在办事项：各盟市、各部门现有的待办和超期件数',
      en: 'What waits now: open and overdue tasks by office',
    },
    clause: '八-(三)',
    access: { roles: ['regional-officer', 'finance-officer', 'inspector'] },
    answer: openWorkAnswer,
  }),
} as const;
