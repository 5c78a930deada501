import { lotsTotal } from '../../ledger/carry-lots.ts';
import { carryFreePostings } from '../../ledger/carry-voucher.ts';
import { yearEndTransitions } from '../../ledger/year-end-record.ts';
import { revise } from '../../lifecycle/record.ts';
import { planTransitions } from '../../policy/plan.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { Change, Decision } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { makeOpenPlan } from '../plan/open-plan.ts';
import { moveTo } from './approve.ts';
import { lotsOf } from './lots.ts';
import { copyOf } from './survey.ts';

interface OfYear {
  readonly year: number;
}

/** Rounds over all vouchers after which money that belongs to none of them is a fault. */
const MOST_ROUNDS = 5;

/**
 * Closes the year, once no commitment is left in it: what is too old goes back to the treasury, the rest of what is free
 * becomes carry-in of the next year, and the plan is closed, in one transaction. What the fund says counts, not the list
 * of vouchers: while it still holds commitments, the vouchers are looked through again.
 *
 * A shortfall is carried too. It takes its money out of what is free in the next year, so it waits until there is enough;
 * a next plan that both departments have signed is opened with it.
 */
export const makeCloseYear =
  ({ reads }: Ports) =>
  async (
    { year }: OfYear,
    command: StepCommand,
  ): Promise<Result<Decision<OfYear & { next: 'again' | 'waits' | 'closed' }>>> => {
    const stored = await reads.get('yearEnd', { year });
    const plan = await reads.get('plan', { year });
    if (!stored || !plan) return refuse('not-found');
    // Another visit of this state did it.
    if (stored.status === 'closed') return ok({ result: { year, next: 'closed' }, changes: [] });
    if (stored.status === 'waiting') return ok({ result: { year, next: 'waits' }, changes: [] });
    const balances = await reads.fund(year);
    const { reserved, active, accrued, deferred, available } = balances;
    if ([reserved, active, accrued, deferred].some((amount) => amount !== 0)) {
      return stored.rounds < MOST_ROUNDS
        ? ok({ result: { year, next: 'again' }, changes: [] })
        : refuse('year-end-differs', { values: { year } });
    }
    const lots = await lotsOf(reads, plan, balances, stored);
    const opening = lots.shortfall === 0 ? [] : await fillShortfall(reads, year + 1, lots.shortfall, command);
    if (!opening) {
      return ok({ result: { year, next: 'waits' }, changes: [moveTo(stored, yearEndTransitions.wait, command)] });
    }
    const { close } = planTransitions;
    const cause = { at: command.at, actor: command.actor.sub };
    return ok({
      result: { year, next: 'closed' },
      changes: [
        ...opening,
        ...carryFreePostings(year, available, lotsTotal(lots.lapsed), cause).map(
          (posting): Change => ({ do: 'post', posting }),
        ),
        {
          do: 'update',
          entity: 'plan',
          value: revise(plan, command.at, { status: close.to }),
          from: close.from,
          audit: { action: close.name },
        },
        moveTo(stored, yearEndTransitions.close, command, { carried: copyOf(lots), closedAt: command.at }),
      ],
    });
  };

/** What must happen so that the next year has the money for a shortfall; undefined: it has to wait. */
async function fillShortfall(
  reads: Ports['reads'],
  year: number,
  shortfall: number,
  command: StepCommand,
): Promise<readonly Change[] | undefined> {
  const { available } = await reads.fund(year);
  if (available >= shortfall) return [];
  const next = await reads.get('plan', { year });
  if (next?.status !== 'co-signed' || available + next.appropriation < shortfall) return undefined;
  const opened = await openNext(reads, year, command);
  return opened.length === 0 ? undefined : opened;
}

/** The changes that open a co-signed plan; none when its specs promise more than there is. */
async function openNext(reads: Ports['reads'], year: number, command: StepCommand): Promise<readonly Change[]> {
  const opened = await makeOpenPlan({ reads })({ year }, command);
  return opened.ok ? opened.value.changes : [];
}

/**
 * Opens the next plan if both departments have signed it: its appropriation joins what was carried in. Otherwise the
 * carried money waits for it.
 */
export const makeOpenNextYear =
  ({ reads }: Ports) =>
  async ({ year }: OfYear, command: StepCommand): Promise<Result<Decision<OfYear & { next: 'opened' | 'waits' }>>> => {
    const plan = await reads.get('plan', { year: year + 1 });
    if (plan?.status === 'open') return ok({ result: { year, next: 'opened' }, changes: [] });
    const changes = plan?.status === 'co-signed' ? await openNext(reads, year + 1, command) : [];
    return ok({ result: { year, next: changes.length > 0 ? 'opened' : 'waits' }, changes });
  };
