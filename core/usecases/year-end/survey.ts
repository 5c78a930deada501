import { backingOf, backingTotal } from '../../ledger/backing.ts';
import { type Tally, type YearEnd, type YearEndReport, yearEndTransitions } from '../../ledger/year-end-record.ts';
import { revise } from '../../lifecycle/record.ts';
import { fen } from '../../money/money.ts';
import { fundYearOf, type Voucher } from '../../orders/voucher.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { Decision } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import type { RuleName } from '../../rules/index.ts';
import { lotsOf } from './lots.ts';
import { type Moved, type Position, vouchersAt } from './pages.ts';

/** Vouchers counted in one step. */
export const VOUCHERS_COUNTED = 100;

/** Fen that a voucher stands for in the survey: what backs it, or what it came to. */
function worth(voucher: Voucher): number {
  const backing = backingOf(voucher);
  return backing ? backingTotal(backing) : (voucher.payable ?? voucher.face);
}

/** The survey with these vouchers added. */
export function tallied(survey: YearEnd['survey'], vouchers: readonly Voucher[]): YearEnd['survey'] {
  const result: Partial<Record<Voucher['status'], Tally>> = { ...survey };
  for (const voucher of vouchers) {
    const before = result[voucher.status];
    result[voucher.status] = {
      count: (before?.count ?? 0) + 1,
      amount: fen((before?.amount ?? 0) + worth(voucher)),
    };
  }
  return result;
}

/** Counts the next vouchers of the fund, by state. Moves nothing. */
export const makeSurveyVouchers =
  ({ reads }: Ports) =>
  async (position: Position, command: StepCommand): Promise<Result<Decision<Moved>>> => {
    const stored = await reads.get('yearEnd', { year: position.year });
    if (!stored) return refuse('not-found');
    const { vouchers, following } = await vouchersAt(reads, position, VOUCHERS_COUNTED);
    const own = vouchers.filter((voucher) => fundYearOf(voucher) === position.year);
    const value = revise(stored, command.at, { survey: tallied(stored.survey, own) });
    return ok({
      result: following,
      changes: [
        {
          do: 'update',
          entity: 'yearEnd',
          value,
          from: yearEndTransitions.report.from,
          audit: { action: 'count' },
        },
      ],
    });
  };

/** Completes the dry run: what the close would carry, by account and origin, and what stands in its way. */
export const makeReportYearEnd =
  ({ reads }: Ports) =>
  async ({ year }: { readonly year: number }, command: StepCommand): Promise<Result<Decision<{ year: number }>>> => {
    const stored = await reads.get('yearEnd', { year });
    const plan = await reads.get('plan', { year });
    if (!stored || !plan) return refuse('not-found');
    const balances = await reads.fund(year);
    const earlier = await reads.get('plan', { year: year - 1 });
    const next = await reads.get('plan', { year: year + 1 });
    const sum = (...states: readonly Voucher['status'][]) =>
      states.reduce((total, state) => total + (stored.survey[state]?.amount ?? 0), 0);
    const explained =
      balances.active === sum('active', 'used', 'claimed') && balances.accrued + balances.deferred === sum('payable');
    const blocks: RuleName[] = [
      ...(earlier?.status === 'open' ? (['earlier-year-open'] as const) : []),
      ...(explained ? [] : (['year-end-differs'] as const)),
    ];
    const report: YearEndReport = {
      at: command.at,
      balances: Object.fromEntries(
        Object.entries(balances).map(([account, amount]) => [account, fen(amount)]),
      ) as YearEndReport['balances'],
      lots: copyOf(await lotsOf(reads, plan, balances, stored)),
      blocks,
      nextPlan: next?.status ?? 'none',
    };
    const transition = yearEndTransitions.report;
    return ok({
      result: { year },
      changes: [
        {
          do: 'update',
          entity: 'yearEnd',
          value: revise(stored, command.at, { status: transition.to, report }),
          from: transition.from,
          audit: { action: transition.name },
        },
      ],
    });
  };

/** Lots as they are stored. */
export const copyOf = ({ live, free, lapsed, shortfall }: Awaited<ReturnType<typeof lotsOf>>) => ({
  live: [...live],
  free: [...free],
  lapsed: [...lapsed],
  shortfall,
});
