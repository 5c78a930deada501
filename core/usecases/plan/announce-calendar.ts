import { born, revise } from '../../lifecycle/record.ts';
import { seenBy } from '../../lifecycle/version.ts';
import type { CalendarOverrides } from '../../policy/plan.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok, type Result, refuseAll } from '../../result.ts';

/** What the departments say of a year's working days. */
export interface CalendarAnnouncement {
  readonly year: number;
  readonly days: CalendarOverrides['days'];
  /** Whether the State Council's arrangement of the year is known completely. */
  readonly complete: boolean;
}

/** A year's overrides; version 0 while nothing was announced, so that the first announcement has something to match. */
export type Calendar = Pick<CalendarOverrides, 'year' | 'version' | 'complete' | 'days'>;

const unannounced = (year: number): Calendar => ({ year, version: 0, complete: false, days: {} });

/**
 * The industry department corrects the working-day calendar of a year as it was announced (clause 七-(一)). It replaces
 * the year's earlier overrides. Windows that run may grow by it, never shrink.
 */
export const makeAnnounceCalendar =
  ({ reads }: Ports): CommandUseCase<CalendarAnnouncement, Calendar> =>
  async ({ year, days, complete }, command) => {
    const stored = await reads.get('calendarOverrides', { year });
    const seen = seenBy(command, stored ?? unannounced(year));
    if (!seen.ok) return seen;
    const checked = daysBelongTo(year, days);
    if (!checked.ok) return checked;
    const announced: CalendarOverrides = stored
      ? revise(stored, command.at, { days, complete })
      : { year, ...born(command.at), days, complete };
    return ok({
      result: announced,
      changes: [
        stored
          ? { do: 'update', entity: 'calendarOverrides', value: announced, audit: { action: 'announce-calendar' } }
          : { do: 'create', entity: 'calendarOverrides', value: announced, rule: 'stale-version' },
      ],
    });
  };

const daysBelongTo = (year: number, days: CalendarAnnouncement['days']): Result<void> =>
  refuseAll(
    Object.keys(days)
      .filter((date) => !date.startsWith(`${year}-`))
      .map((date) => ({ pointer: `/days/${date}`, rule: 'calendar-day-outside-year', values: { date, year } })),
  );

/** The overrides of a year, for everybody. */
export const makeReadCalendar =
  ({ reads }: Ports) =>
  async ({ year }: { readonly year: number }): Promise<Result<Calendar>> =>
    ok((await reads.get('calendarOverrides', { year })) ?? unannounced(year));
