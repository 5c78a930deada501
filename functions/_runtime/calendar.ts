import { businessDateOf, yearOf } from '../../core/calendar/business-date.ts';
import { type HolidayTable, mainlandHolidays } from '../../core/calendar/working-days.ts';
import type { Reads } from '../../core/ports/store.ts';

/**
 * The mainland calendar with the overrides stored for these years. Read anew per request: an announcement counts at once.
 */
export async function storedCalendar(reads: Pick<Reads, 'getMany'>, at: number): Promise<HolidayTable> {
  const year = yearOf(businessDateOf(at));
  const stored = await reads.getMany('calendarOverrides', [{ year: year - 1 }, { year }, { year: year + 1 }]);
  const days = Object.assign({}, ...stored.map((overrides) => overrides.days));
  return mainlandHolidays(
    days,
    stored.filter((overrides) => overrides.complete).map((overrides) => overrides.year),
  );
}
