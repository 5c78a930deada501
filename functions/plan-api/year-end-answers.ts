import type * as z from 'zod';
import type { yearEndAnswer, yearEndReportAnswer } from '../../contracts/year-end.ts';
import { type BusinessDate, businessDate, toShanghaiIso } from '../../core/calendar/business-date.ts';
import { type Account, accounts } from '../../core/ledger/accounts.ts';
import type { Lot } from '../../core/ledger/carry-lots.ts';
import type { Tally, YearEnd, YearEndReport } from '../../core/ledger/year-end-record.ts';
import { fen } from '../../core/money/money.ts';
import { rules, sentence } from '../../core/rules/index.ts';
import { isRuleName } from '../../core/rules/rule-name.ts';
import type { DaysLeft } from '../_runtime/days-left.ts';
import { money } from '../_runtime/money.ts';

const toLots = (lots: readonly Lot[]) => lots.map(({ originYear, amount }) => ({ originYear, amount: money(amount) }));
const toTally = ({ count, amount }: Tally) => ({ count, amount: money(amount) });

const toCarried = ({ live, free, lapsed, shortfall }: YearEndReport['lots']) => ({
  live: toLots(live),
  free: toLots(free),
  lapsed: toLots(lapsed),
  shortfall: money(shortfall),
});

const toBlocks = (blocks: readonly string[], year: number) =>
  blocks.filter(isRuleName).map((rule) => ({
    rule,
    zh: sentence(rules[rule].zh, { year }),
    en: sentence(rules[rule].en, { year }),
  }));

const toReport = ({ at, balances, lots, blocks, nextPlan }: YearEndReport, year: number) => ({
  at: toShanghaiIso(at),
  balances: Object.fromEntries(accounts.map((account) => [account, money(balances[account])])) as Record<
    Account,
    string
  >,
  carries: toCarried(lots),
  blocks: toBlocks(blocks, year),
  nextPlan,
});

/** The day by which the department that a close waits for is expected to decide. */
export const expectedOf = ({ status, expectedBy }: YearEnd): BusinessDate | undefined =>
  expectedBy !== undefined && (status === 'industry-approval' || status === 'finance-approval')
    ? businessDate(expectedBy)
    : undefined;

export const toYearEndReportAnswer = (yearEnd: YearEnd, daysLeft?: DaysLeft): z.input<typeof yearEndReportAnswer> => {
  const { year, version, status, survey, report, approvals, reservations, moved, carried, closedAt } = yearEnd;
  return {
    year,
    version,
    status,
    vouchers: Object.fromEntries(Object.entries(survey).map(([state, tally]) => [state, toTally(tally)])),
    ...(report ? { report: toReport(report, year) } : {}),
    requestedBy: yearEnd.requestedBy,
    surveyedBy: yearEnd.surveyedBy,
    requestedAt: yearEnd.requestedAt === undefined ? undefined : toShanghaiIso(yearEnd.requestedAt),
    approvals: approvals.map(({ department, sub, at }) => ({ department, sub, at: toShanghaiIso(at) })),
    refusal: yearEnd.refusal && { ...yearEnd.refusal, at: toShanghaiIso(yearEnd.refusal.at) },
    names: yearEnd.names,
    expectedBy: expectedOf(yearEnd),
    workingDaysLeft: daysLeft?.(expectedOf(yearEnd)),
    reservations: toTally(reservations),
    moved: {
      count: moved.count,
      active: money(moved.active),
      accrued: money(moved.accrued),
      deferred: money(moved.deferred),
    },
    ...(carried ? { carried: toCarried(carried) } : {}),
    ...(closedAt === undefined ? {} : { closedAt: toShanghaiIso(closedAt) }),
  };
};

export const toYearEndAnswer = ({ year, moved, carried, closedAt }: YearEnd): z.input<typeof yearEndAnswer> => ({
  year,
  closedAt: toShanghaiIso(closedAt ?? 0),
  moved: { count: moved.count, amount: money(moved.active + moved.accrued + moved.deferred) },
  carried: toCarried(carried ?? { live: [], free: [], lapsed: [], shortfall: fen(0) }),
});
