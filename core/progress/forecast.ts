import { addDays, type BusinessDate, businessDate, daysBetween, lastDayOf } from '../calendar/business-date.ts';

/** Until when money lasts if it goes on being issued as in the last months. A picture of the future, which decides nothing. */
export interface Forecast {
  /** Days that the pace is taken from, up to and including today. */
  readonly days: number;
  /** Fen issued in them that still count. */
  readonly issued: number;
  readonly left: number;
  /** The day on which nothing is left; absent where nothing was issued, or where it lasts beyond the year. */
  readonly exhaustedOn?: BusinessDate;
}

/** Months before the present one whose pace counts too: long enough for a quiet week, short enough for a change. */
const MONTHS_BACK = 2;

/** The first day of the month so many months before. */
function monthsBefore(today: BusinessDate, months: number): BusinessDate {
  const [year = 0, month = 0] = today.split('-').map(Number);
  const first = year * 12 + (month - 1) - months;
  return businessDate(`${Math.floor(first / 12)}-${String((first % 12) + 1).padStart(2, '0')}-01`);
}

/**
 * @param byMonth fen issued by month, `2026-11`
 * @param since when issuing began: no pace is taken from before
 */
export function forecastOf(
  year: number,
  today: BusinessDate,
  since: BusinessDate,
  left: number,
  byMonth: ReadonlyMap<string, number>,
): Forecast {
  const back = monthsBefore(today, MONTHS_BACK);
  const from = since > back ? since : back;
  const days = Math.max(1, daysBetween(from, today) + 1);
  const issued = [...byMonth].reduce((sum, [month, fen]) => (month >= from.slice(0, 7) ? sum + fen : sum), 0);
  const rest = Math.max(0, left);
  const told = { days, issued, left: rest };
  if (issued <= 0) return told;
  // So many whole days does it last; a year's money is not asked to last longer than the year.
  const lasts = Number((BigInt(rest) * BigInt(days)) / BigInt(issued));
  const ends = daysBetween(today, lastDayOf(year));
  return lasts > ends ? told : { ...told, exhaustedOn: addDays(today, lasts) };
}
