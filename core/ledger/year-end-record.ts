import * as z from 'zod';
import { namesSchema } from '../actors/names.ts';
import { refusalSchema } from '../inbox/task.ts';
import { recordFields } from '../lifecycle/record.ts';
import { defineTransitions } from '../lifecycle/transition.ts';
import { amountSchema, fenSchema, ZERO } from '../money/money.ts';
import { voucherStatusSchema } from '../orders/voucher.ts';
import { accounts } from './accounts.ts';
import { lotSchema } from './carry-lots.ts';

export const yearEndStatuses = [
  'surveying',
  'reported',
  'industry-approval',
  'finance-approval',
  'moving',
  'waiting',
  'closed',
] as const;
export type YearEndStatus = (typeof yearEndStatuses)[number];

export const yearEndTransitions = defineTransitions<YearEndStatus>()({
  /** The dry run: reads everything, moves nothing. */
  survey: { from: ['reported'], to: 'surveying', by: ['finance-officer', 'system'], clause: '一-(二)' },
  report: { from: ['surveying'], to: 'reported', by: ['system'], clause: '一-(二)' },
  request: { from: ['reported'], to: 'industry-approval', by: ['finance-officer'], clause: '一-(二)' },
  approveByIndustry: { from: ['industry-approval'], to: 'finance-approval', by: ['system'], clause: '一-(二)' },
  approveByFinance: { from: ['finance-approval'], to: 'moving', by: ['system'], clause: '一-(二)' },
  refuse: { from: ['industry-approval', 'finance-approval'], to: 'reported', by: ['system'], clause: '一-(二)' },
  /** A shortfall waits for the money of the next year. */
  wait: { from: ['moving'], to: 'waiting', by: ['system'], clause: '一-(二)' },
  resume: { from: ['waiting'], to: 'moving', by: ['finance-officer'], clause: '一-(二)' },
  close: {
    from: ['moving'],
    to: 'closed',
    by: ['system'],
    clause: '一-(二)',
    ledger: 'available→carry-in of the next year, lapsed available→appropriation',
  },
});

const tallySchema = z.strictObject({ count: z.int().nonnegative(), amount: amountSchema });
export type Tally = z.infer<typeof tallySchema>;

const lotsSchema = z.strictObject({
  /** Money that moves with live commitments. */
  live: z.array(lotSchema),
  /** Unencumbered money carried on. */
  free: z.array(lotSchema),
  /** Unencumbered money given back to the treasury: older than it may become. */
  lapsed: z.array(lotSchema),
  /** What live commitments miss; filled first by the next appropriation. */
  shortfall: amountSchema,
});

/** What a close would do, or why it can't: the difference that it would make. */
export const yearEndReportSchema = z.strictObject({
  at: z.int(),
  /** Balances of the year as they stood. */
  balances: z.record(z.enum(accounts), fenSchema),
  /** What carries into the next year, by origin. */
  lots: lotsSchema,
  /** Rules that stand in the way of the run. */
  blocks: z.array(z.string()),
  /** Whether the next plan is signed by both departments, so that it opens with the close. */
  nextPlan: z.enum(['none', 'draft', 'co-signed', 'open', 'closed']),
});
export type YearEndReport = z.infer<typeof yearEndReportSchema>;

/** The close of a year, from its dry run to its end (clause 一-(二)); afterwards the record of its lots by origin. */
export const yearEndSchema = z.strictObject({
  year: z.int(),
  ...recordFields,
  status: z.enum(yearEndStatuses),
  /** Who asked for the dry run, then who asked for the run. */
  requestedBy: z.string(),
  /** Who asked for the dry run; the schedule of 1 January, unless somebody was faster. */
  surveyedBy: z.string().optional(),
  /** When the run was asked for. */
  requestedAt: z.int().optional(),
  /** Vouchers whose money the year's fund holds or held, by state, as the dry run counted them. */
  survey: z.partialRecord(voucherStatusSchema, tallySchema),
  report: yearEndReportSchema.optional(),
  approvals: z.array(z.strictObject({ department: z.enum(['industry', 'finance']), sub: z.string(), at: z.int() })),
  /** Which department said no to the run that was asked for last, and why. */
  refusal: refusalSchema.optional(),
  /** Who took part, by name. */
  names: namesSchema.optional(),
  /** Last business date by which the department that it waits for is expected to decide (ADR 28). */
  expectedBy: z.string().optional(),
  /** Reservations that ended with the year. */
  reservations: tallySchema,
  /** Moved so far, by account. */
  moved: z.strictObject({
    count: z.int().nonnegative(),
    active: amountSchema,
    accrued: amountSchema,
    deferred: amountSchema.default(ZERO),
  }),
  /** Earliest year of use of a voucher that was moved: the next close looks that far back. */
  oldestVoucherYear: z.int(),
  /** Rounds over all vouchers. */
  rounds: z.int().nonnegative(),
  /** What was carried, once closed. */
  carried: lotsSchema.optional(),
  closedAt: z.int().optional(),
});
export type YearEnd = z.infer<typeof yearEndSchema>;
