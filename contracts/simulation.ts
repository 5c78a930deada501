import * as z from 'zod';
import { categorySchema } from '../core/catalogue/kinds.ts';
import { ratioSchema } from '../core/money/money.ts';
import { moment, yuan, yuanText } from './fields.ts';
import { yearParams } from './plan.ts';
import { defineRead } from './route.ts';

const amount = yuan.optional();
const count = z.coerce.number().int().min(1).max(1_000_000).optional();
const ratio = ratioSchema.optional();

/** Another policy, flat because it is a query; what is left out is as it was. */
const scenarioQuery = z.strictObject({
  infrastructureRatio: ratio,
  businessApplicationRatio: ratio,
  platformSystemRatio: ratio,
  yearlyCap: amount,
  ownShareFloor: amount,
  /** Appropriation from the opening on, instead of every appropriation and cut of the year; carried money stays. */
  fund: amount,
  infrastructureAmount: amount,
  businessApplicationAmount: amount,
  platformSystemAmount: amount,
  infrastructureCount: count,
  businessApplicationCount: count,
  platformSystemCount: count,
});

const tally = z.strictObject({ count: z.int(), amount: yuanText });
/** Vouchers and what they come to, voided and undelivered parts left out; enterprises that get more, or less. */
const comparison = z.strictObject({
  before: tally,
  after: tally,
  difference: yuanText,
  gaining: tally,
  losing: tally,
});
const beforeAndAfter = <S extends z.ZodType>(schema: S) => z.strictObject({ before: schema, after: schema });
/** `exhaustedAt`: when nothing was left for the first time; absent when something always was. */
const runOut = <S extends z.ZodType>(left: S) => z.strictObject({ exhaustedAt: moment.optional(), left });

export const simulationAnswer = z.strictObject({
  year: z.int(),
  /** The year is replayed whole or not at all: entries of its journal, and how many one request takes at most. */
  postings: z.strictObject({ read: z.int(), most: z.int() }),
  /** Orders that held money. Those that were refused for want of it left no trace and are not among them. */
  orders: z.int(),
  /** Orders whose stored amounts the policy as it was doesn't give when replayed: 0 when the replay is exact. */
  differing: z.int(),
  /** At the signatures. */
  issued: beforeAndAfter(yuanText).extend({ difference: yuanText }),
  total: comparison,
  fund: beforeAndAfter(runOut(yuanText)),
  specs: z.array(
    z.strictObject({
      category: categorySchema,
      amount: beforeAndAfter(runOut(yuanText)),
      count: beforeAndAfter(runOut(z.int())),
    }),
  ),
  byJurisdiction: z.array(comparison.extend({ jurisdiction: z.string() })),
  byCategory: z.array(comparison.extend({ category: categorySchema })),
});

export const simulationRoutes = {
  simulatePolicy: defineRead({
    operation: 'simulate-policy',
    context: 'simulations-api',
    path: '/v1/plans/{year}/simulation',
    summary: {
      zh: '政策模拟：按其他比例、限额或资金规模重放全年订单（只读）',
      en: "Replay a year's orders under other ratios, caps or amounts; reads only",
    },
    clause: '五-(一)',
    access: { roles: ['regional-officer', 'finance-officer', 'inspector'] },
    params: yearParams,
    query: scenarioQuery,
    answer: simulationAnswer,
    throttle: { rate: 1, burst: 2 },
  }),
} as const;

export type ScenarioQuery = z.output<typeof scenarioQuery>;
