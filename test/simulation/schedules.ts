import {
  addDays,
  type BusinessDate,
  businessDate,
  businessDateOf,
  startOfDay,
  yearOf,
} from '../../core/calendar/business-date.ts';
import { indexes } from '../../storage/table.ts';
import type { SimulatedClock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Written } from './history.ts';

const MINUTE = 60_000;

interface Options {
  readonly clock: SimulatedClock;
  readonly faults: Faults;
  readonly sweep: (id: string) => Promise<unknown>;
  readonly serve: (id: string) => Promise<unknown>;
  readonly survey: (id: string, scheduledFor: number) => Promise<unknown>;
  readonly gaveUp: (id: string) => void;
}

/** As in `lib/schedules.ts`: a call that fails is repeated so often. */
const MOST_RETRIES = 10;

/**
 * The schedules: deadlines at 00:05, waiting lists at 00:15, and the year that ended on 1 January. A night on which nothing
 * fell due is left out, as a sweep that finds nothing does nothing.
 */
export function createSchedules({ clock, faults, sweep, serve, survey, gaveUp }: Options) {
  const planned = new Set<string>();

  const repeated = async (id: string, run: (id: string) => Promise<unknown>): Promise<void> => {
    for (let attempt = 0; attempt <= MOST_RETRIES; attempt++) {
      try {
        await run(`${id}.${attempt}`);
        break;
      } catch {
        await clock.sleep(MINUTE * 2 ** Math.min(attempt, 5));
        if (attempt === MOST_RETRIES) gaveUp(id);
      }
    }
    if (faults.at(`${id}/again`, ['record-duplicated'])) await run(`${id}.again`).catch(() => undefined);
  };

  const plan = (morning: BusinessDate): void => {
    if (planned.has(morning)) return;
    planned.add(morning);
    const midnight = startOfDay(morning);
    if (midnight < clock.now()) return;
    clock.at(midnight + 5 * MINUTE, () => repeated(`deadlines.${morning}`, sweep));
    clock.at(midnight + 15 * MINUTE, () => repeated(`serving.${morning}`, serve));
  };

  const newYear = startOfDay(businessDate(`${yearOf(businessDateOf(clock.now())) + 1}-01-01`)) + 5 * MINUTE;
  clock.at(newYear, () => repeated('year-end', (id) => survey(id, newYear)));
  plan(businessDate(`${yearOf(businessDateOf(clock.now())) + 1}-01-01`));

  return {
    /** Looks for deadlines in what a transaction has written. */
    take(written: readonly Written[]): void {
      for (const { item } of written) {
        const due = item[indexes.due.sort];
        if (typeof due === 'string') plan(addDays(businessDate(due.slice(0, 10)), 1));
      }
    },
  };
}
