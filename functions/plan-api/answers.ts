import type * as z from 'zod';
import type {
  calendarAnswer,
  fundAnswer,
  journalEntry,
  planAnswer,
  planSummary,
  publishedPlanAnswer,
  statementAnswer,
  trialBalanceAnswer,
} from '../../contracts/plan.ts';
import { businessDate, toShanghaiIso } from '../../core/calendar/business-date.ts';
import { type Account, accounts, type Balances } from '../../core/ledger/accounts.ts';
import type { Posting } from '../../core/ledger/posting.ts';
import { type Fen, formatYuan } from '../../core/money/money.ts';
import { cameIn, committed, shortfall } from '../../core/policy/fund-report.ts';
import type { Plan, VoucherSpec } from '../../core/policy/plan.ts';
import type { SpecBalance } from '../../core/ports/store.ts';
import type { Calendar } from '../../core/usecases/plan/announce-calendar.ts';
import type { FundState, PlanInUse } from '../../core/usecases/plan/read-plans.ts';
import type { YearStatement } from '../../core/usecases/plan/read-statement.ts';
import type { TrialBalance } from '../../core/usecases/plan/trial-balance.ts';
import { money } from '../_runtime/money.ts';

export const toSpec = (spec: VoucherSpec) => ({ ...spec, amount: formatYuan(spec.amount) });

const toPublished = ({ year, status, policyVersion, title, appropriation, openedAt, coming }: Plan) => ({
  year,
  status,
  policyVersion,
  title,
  appropriation: formatYuan(appropriation),
  openedAt: openedAt === undefined ? undefined : toShanghaiIso(openedAt),
  coming: coming?.length
    ? coming.map(({ policyVersion: number, appliesFrom }) => ({
        policyVersion: number,
        appliesFrom: businessDate(appliesFrom),
      }))
    : undefined,
});

export const toParameters = ({ parameters }: Pick<Plan, 'parameters'>) => ({
  ...parameters,
  yearlyCap: formatYuan(parameters.yearlyCap),
  ownShareFloor: formatYuan(parameters.ownShareFloor),
  jurisdictionQuotas:
    parameters.jurisdictionQuotas &&
    Object.fromEntries(
      Object.entries(parameters.jurisdictionQuotas).map(([code, amount]) => [code, formatYuan(amount as Fen)]),
    ),
  providerQuota: parameters.providerQuota === undefined ? undefined : formatYuan(parameters.providerQuota),
});

/** As the public reads them: of departments. */
export const toSignatures = ({ signatures }: Pick<Plan, 'signatures'>) =>
  signatures.map(({ department, at }) => ({ department, at: toShanghaiIso(at) }));

/** As the departments and inspectors read them. */
export const toSignaturesOfPeople = ({ signatures }: Pick<Plan, 'signatures'>) =>
  signatures.map(({ department, sub, at }) => ({ department, sub, at: toShanghaiIso(at) }));

export const toPlanAnswer = (plan: Plan): z.input<typeof planAnswer> => ({
  ...toPublished(plan),
  version: plan.version,
  specs: plan.specs.map(toSpec),
  parameters: toParameters(plan),
  draftedBy: plan.draftedBy,
  signatures: toSignaturesOfPeople(plan),
  openedBy: plan.openedBy,
  appropriationChange: plan.appropriationChange && toChange(plan.appropriationChange),
  confirmedChange: plan.confirmedChange && {
    ...toChange(plan.confirmedChange),
    from: formatYuan(plan.confirmedChange.from),
    confirmedBy: plan.confirmedChange.confirmedBy,
    confirmedAt: toShanghaiIso(plan.confirmedChange.confirmedAt),
  },
  names: plan.names,
});

const toChange = ({ to, reason, department, sub, at }: NonNullable<Plan['appropriationChange']>) => ({
  to: formatYuan(to),
  reason,
  department,
  sub,
  at: toShanghaiIso(at),
});

export const toPlanSummary = (plan: Plan): z.input<typeof planSummary> => ({
  ...toPublished(plan),
  specs: plan.specs.map(toSpec),
});

const toSpecBalance = ({ usedAmount, usedCount, leftAmount, leftCount }: SpecBalance) => ({
  usedAmount: money(usedAmount),
  usedCount,
  leftAmount: money(leftAmount),
  leftCount,
});

export function toPublishedPlanAnswer({
  plan,
  balances,
  specs,
  quotas,
}: PlanInUse): z.input<typeof publishedPlanAnswer> {
  const inUse = new Map(specs.map((spec) => [spec.specId, spec]));
  return {
    ...toPublished(plan),
    specs: plan.specs.map((spec) => {
      const untouched = {
        specId: spec.id,
        usedAmount: 0,
        usedCount: 0,
        leftAmount: spec.amount,
        leftCount: spec.count,
      };
      return { ...toSpec(spec), ...toSpecBalance(inUse.get(spec.id) ?? untouched) };
    }),
    quotas: quotas.map(({ jurisdiction, amount, leftAmount }) => ({
      jurisdiction,
      amount: formatYuan(amount),
      usedAmount: money(amount - leftAmount),
      leftAmount: money(leftAmount),
    })),
    parameters: toParameters(plan),
    signatures: toSignatures(plan),
    fund: {
      total: money(cameIn(balances)),
      recovered: money(0 - balances.recovered),
      used: money(committed(balances)),
      left: money(Math.max(0, balances.available)),
      shortfall: money(shortfall(balances)),
    },
  };
}

const toBalances = (balances: Balances) =>
  Object.fromEntries(accounts.map((account) => [account, money(balances[account])])) as Record<Account, string>;

export const toFundAnswer = ({ year, balances, identity, specs }: FundState): z.input<typeof fundAnswer> => ({
  year,
  balances: toBalances(balances),
  identity,
  shortfall: money(shortfall(balances)),
  specs: specs.map((spec) => ({ specId: spec.specId, ...toSpecBalance(spec) })),
});

export const toJournalEntry = ({
  id,
  at,
  reason,
  reference,
  corrects,
  actor,
  by,
  entries,
  specs,
  cap,
}: Posting): z.input<typeof journalEntry> => ({
  id,
  at: toShanghaiIso(at),
  reason,
  reference,
  corrects,
  actor,
  by,
  entries: toEntries(entries),
  specs: specs.map(({ specId, amount, count }) => ({ specId, amount: money(amount), count })),
  cap: cap && { uscc: cap.uscc, amount: money(cap.amount), cap: money(cap.cap) },
});

const toEntries = (entries: Posting['entries']) =>
  Object.fromEntries(Object.entries(entries).map(([account, amount]) => [account, money(amount)]));

export const toStatementAnswer = ({ year, upTo, months, closing }: YearStatement): z.input<typeof statementAnswer> => ({
  year,
  ...(upTo === undefined ? {} : { upTo }),
  months: months.map((of) => ({
    month: of.month,
    movements: of.movements.map(({ reason, corrects, postings, entries }) => ({
      reason,
      corrects,
      postings,
      entries: toEntries(entries),
    })),
    closing: toBalances(of.closing),
  })),
  closing: toBalances(closing),
});

export const toTrialBalanceAnswer = (trial: TrialBalance): z.input<typeof trialBalanceAnswer> => ({
  year: trial.year,
  postings: trial.postings,
  balanced: trial.balanced,
  moving: trial.moving,
  unbalanced: [...trial.unbalanced],
  overcorrected: [...trial.overcorrected],
  corrections: trial.corrections.map(({ id, corrects, entries }) => ({ id, corrects, entries: toEntries(entries) })),
  accounts: trial.accounts.map(({ account, stored, replayed }) => ({
    account,
    stored: money(stored),
    replayed: money(replayed),
  })),
  specs: trial.specs.map(({ specId, storedAmount, replayedAmount, storedCount, replayedCount }) => ({
    specId,
    storedAmount: money(storedAmount),
    replayedAmount: money(replayedAmount),
    storedCount,
    replayedCount,
  })),
  providers: trial.providers.map(({ providerId, stored, replayed }) => ({
    providerId,
    stored: money(stored),
    replayed: money(replayed),
  })),
  caps: trial.caps.map(({ uscc, stored, replayed }) => ({ uscc, stored: money(stored), replayed: money(replayed) })),
});

export const toCalendarAnswer = ({ year, version, complete, days }: Calendar): z.input<typeof calendarAnswer> => ({
  year,
  version,
  complete,
  days,
});
