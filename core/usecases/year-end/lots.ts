import type { Balances } from '../../ledger/accounts.ts';
import { type CarriedLots, carryLots, sourcesOf } from '../../ledger/carry-lots.ts';
import type { YearEnd } from '../../ledger/year-end-record.ts';
import { fen } from '../../money/money.ts';
import type { Plan } from '../../policy/plan.ts';
import type { Reads } from '../../ports/store.ts';

/** What a year carries by origin, from its balances, what it moved already, and what the close before carried into it. */
export async function lotsOf(
  reads: Pick<Reads, 'get'>,
  plan: Plan,
  balances: Balances,
  { moved }: Pick<YearEnd, 'moved'>,
): Promise<CarriedLots> {
  const before = await reads.get('yearEnd', { year: plan.year - 1 });
  const gone = moved.active + moved.accrued + moved.deferred;
  const recorded = before?.carried;
  const { available, reserved, active, accrued, deferred, appropriation, carryIn, recovered } = balances;
  return carryLots({
    year: plan.year,
    sources: sourcesOf(
      plan.year,
      // What was moved left through carry-in; what was recovered came back to the year's own money.
      { carriedIn: fen(gone - carryIn), own: fen(0 - appropriation - recovered) },
      [...(recorded?.live ?? []), ...(recorded?.free ?? [])],
    ),
    live: fen(gone + reserved + active + accrued + deferred),
    free: fen(available),
    carryOverYears: plan.parameters.carryOverYears,
  });
}
