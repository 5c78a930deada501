// The data file, not the package's entry: it is what the entry computes at import, costs a tenth of the time, and
// shows which years it covers. The entry also reads days in the host's time zone.
import announced from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { businessDate, isWeekday } from './business-date.ts';
import type { HolidayTable } from './holiday-table.ts';

/** Corrections of single days by "YYYY-MM-DD", which go before the announced data. */
export type DayOverrides = Readonly<Record<string, 'workday' | 'holiday'>>;

const holidays: ReadonlySet<string> = new Set(Object.keys(announced.holidays));
const makeUpDays: ReadonlySet<string> = new Set(Object.keys(announced.workdays));

/** Every arrangement has the National Day; a year that only has days of the arrangement before has not been announced. */
const announcedYears = [...holidays]
  .filter((date) => date.endsWith('-10-01'))
  .map((date) => Number(date.slice(0, 4)))
  .sort((a, b) => a - b);

/**
 * The mainland's working days as the State Council announced them, corrected by `overrides`. `coversMore` are years
 * that the overrides describe completely, before the data does. Throws a RangeError for an override of a day that
 * doesn't exist.
 */
export const mainlandHolidays = (overrides: DayOverrides = {}, coversMore: readonly number[] = []): HolidayTable => {
  const corrected = new Map(Object.entries(overrides).map(([date, kind]) => [businessDate(date), kind]));
  return {
    years: [...new Set([...announcedYears, ...coversMore])].sort((a, b) => a - b),
    isWorkday: (date) => {
      const correction = corrected.get(date);
      if (correction) return correction === 'workday';
      if (makeUpDays.has(date)) return true;
      return !holidays.has(date) && isWeekday(date);
    },
  };
};
