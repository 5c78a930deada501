import type { Actor } from '../../actors/actor.ts';
import { named } from '../../actors/names.ts';
import { businessDateOf, yearOf } from '../../calendar/business-date.ts';
import { lastDayOf } from '../../inbox/time-limit.ts';
import { type YearEnd, yearEndTransitions } from '../../ledger/year-end-record.ts';
import { born, revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import { ZERO } from '../../money/money.ts';
import { openPlan } from '../../policy/current-plan.ts';
import type { Command, CommandUseCase, Ports, StepCommand } from '../../ports/context.ts';
import type { Change, Decision } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { isRuleName } from '../../rules/rule-name.ts';

interface OfYear {
  readonly year: number;
}

/** What the record starts with: nothing counted, nothing moved. */
const nothingYet = (year: number, actor: Actor) => ({
  year,
  requestedBy: actor.sub,
  surveyedBy: actor.sub,
  names: named(undefined, actor),
  survey: {},
  approvals: [],
  reservations: { count: 0, amount: ZERO },
  moved: { count: 0, active: ZERO, accrued: ZERO, deferred: ZERO },
  oldestVoucherYear: year,
  rounds: 0,
});

/** The event that starts an execution at this part of the workflow. */
export const startAt = (
  next: 'survey' | 'approve' | 'move',
  { year }: OfYear,
  command: Pick<Command, 'at' | 'newId'>,
) =>
  ({
    do: 'event',
    event: {
      id: command.newId('evt'),
      at: command.at,
      type: 'workflow-requested',
      workflow: 'year-end',
      input: { year, next },
    },
  }) satisfies Change;

/**
 * Asks for the dry run of a year's close: it counts and computes everything and moves nothing. It may be asked for
 * again, before and after the end of the year, until the run itself is asked for.
 */
export const makeRequestSurvey =
  ({ reads }: Pick<Ports, 'reads'>): CommandUseCase<OfYear, YearEnd> =>
  async ({ year }, command) => {
    const plan = await openPlan(reads, year, command.at);
    if (!plan.ok) return (await reads.get('plan', { year })) ? plan : refuse('not-found');
    const stored = await reads.get('yearEnd', { year });
    const fresh = nothingYet(year, command.actor);
    if (!stored) {
      const value: YearEnd = { ...born(command.at), status: 'surveying', ...fresh };
      return ok({
        result: value,
        changes: [{ do: 'create', entity: 'yearEnd', value }, startAt('survey', value, command)],
      });
    }
    const transition = yearEndTransitions.survey;
    const status = allow(transition, stored.status);
    if (!status.ok) return status;
    const { report: _, requestedAt: _at, expectedBy: _by, refusal: _no, ...rest } = stored;
    const value = revise<YearEnd>(rest, command.at, { ...fresh, status: status.value });
    return ok({
      result: value,
      changes: [
        { do: 'update', entity: 'yearEnd', value, from: transition.from, audit: { action: transition.name } },
        startAt('survey', value, command),
      ],
    });
  };

/** The schedule of 1 January: the dry run of the year that ended, unless somebody was faster or there is nothing to close. */
export const makeSurveyLastYear =
  (ports: Pick<Ports, 'reads'>) =>
  async (_: object, command: StepCommand): Promise<Result<Decision<{ next: 'requested' | 'nothing' }>>> => {
    const year = yearOf(businessDateOf(command.at)) - 1;
    const requested = await makeRequestSurvey(ports)({ year }, command);
    return requested.ok
      ? ok({ result: { next: 'requested' }, changes: requested.value.changes })
      : ok({ result: { next: 'nothing' }, changes: [] });
  };

/**
 * The finance department asks for the run on the report it saw; both departments then approve. Refused while the year
 * goes on, or while something in the report stands in the way. A run that waits for money goes on from where it stood.
 */
export const makeRequestRun =
  (ports: Pick<Ports, 'reads' | 'calendar'>): CommandUseCase<OfYear, YearEnd> =>
  async ({ year }, command) => {
    const { reads } = ports;
    const { actor, at } = command;
    const stored = await reads.get('yearEnd', { year });
    if (!stored) return refuse('not-found');
    const seen = seenBy(command, stored);
    if (!seen.ok) return seen;
    const resuming = stored.status === 'waiting';
    const transition = resuming ? yearEndTransitions.resume : yearEndTransitions.request;
    const status = allow(transition, stored.status);
    if (!status.ok) return status;
    if (yearOf(businessDateOf(at)) <= year) return refuse('year-not-over', { values: { year } });
    const block = stored.report?.blocks.find(isRuleName);
    if (block) return refuse(block, { values: { year } });
    const asked = async () => ({
      requestedBy: actor.sub,
      requestedAt: at,
      approvals: [],
      expectedBy: await lastDayOf(ports, at, { year }),
    });
    const { refusal: _, ...rest } = stored;
    const value = revise<YearEnd>(rest, at, {
      status: status.value,
      names: named(stored.names, actor),
      ...(resuming ? { rounds: 0 } : await asked()),
    });
    return ok({
      result: value,
      changes: [
        { do: 'update', entity: 'yearEnd', value, from: transition.from, audit: { action: transition.name } },
        startAt(resuming ? 'move' : 'approve', value, command),
      ],
    });
  };
