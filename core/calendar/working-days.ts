import { addDays, type BusinessDate, endOfDay, yearOf } from './business-date.ts';
import type { HolidayTable } from './holiday-table.ts';

export type { HolidayTable } from './holiday-table.ts';
export { mainlandHolidays } from './mainland-holidays.ts';

/** The shortest publicity window in working days (clause 七-(一): 不少于5个工作日). */
export const SHORTEST_PUBLICITY = 5;

/**
 * Whether the day may still become a holiday or a working day by an arrangement that is not published: its year is not
 * covered, or it lies in the last days of December, which the arrangement of the next year may claim for New Year
 * (as for 29 and 31 December 2018).
 */
export const isProvisional = (date: BusinessDate, table: HolidayTable): boolean => {
  const year = yearOf(date);
  return !table.years.includes(year) || (date.slice(5) >= '12-28' && !table.years.includes(year + 1));
};

/** A longest way to the next working day; more means a table that has no working days. */
const LONGEST_BREAK = 366;

function nextWorkingDay(after: BusinessDate, table: HolidayTable): BusinessDate {
  let date = after;
  for (let days = 0; days < LONGEST_BREAK; days += 1) {
    date = addDays(date, 1);
    if (table.isWorkday(date)) return date;
  }
  throw new RangeError(`no working day within a year after ${after}`);
}

/**
 * The first `n` working days after `from`; the day `from` itself never counts.
 * @throws RangeError unless `n` is a whole number from 0 to 1,000, or when the table has a year without working days.
 */
export const workingDaysAfter = (from: BusinessDate, n: number, table: HolidayTable): BusinessDate[] => {
  if (!Number.isInteger(n) || n < 0 || n > 1000) throw new RangeError(`not a number of working days: ${n}`);
  const days: BusinessDate[] = [];
  for (let last = from; days.length < n; ) {
    last = nextWorkingDay(last, table);
    days.push(last);
  }
  return days;
};

/** Working days after `from` up to and including `to`; 0 when that is no later day. */
export function workingDaysBetween(from: BusinessDate, to: BusinessDate, table: HolidayTable): number {
  let days = 0;
  for (let date = from; date < to; ) {
    date = addDays(date, 1);
    if (table.isWorkday(date)) days += 1;
  }
  return days;
}

/** Working days left until a last day: 0 on that day, below 0 by the working days that have passed since. */
export const workingDaysLeft = (today: BusinessDate, lastDay: BusinessDate, table: HolidayTable): number =>
  today <= lastDay ? workingDaysBetween(today, lastDay, table) : 0 - workingDaysBetween(lastDay, today, table);

/** The calendar days after `from` up to and including `to`: all of them decide how many working days lie between. */
const anyProvisional = (from: BusinessDate, to: BusinessDate, table: HolidayTable): boolean => {
  for (let date = from; date < to; ) {
    date = addDays(date, 1);
    if (isProvisional(date, table)) return true;
  }
  return false;
};

/**
 * The `n`-th working day after `from`, whose own day does not count; `from` itself for 0. `provisional`: a day on the
 * way may still change, see {@link isProvisional}.
 * @throws RangeError as {@link workingDaysAfter}
 */
export const addWorkingDays = (
  from: BusinessDate,
  n: number,
  table: HolidayTable,
): { date: BusinessDate; provisional: boolean } => {
  const date = workingDaysAfter(from, n, table).at(-1) ?? from;
  return { date, provisional: anyProvisional(from, date, table) };
};

/** A time for objections (clause 七-(一)). */
export interface PublicityWindow {
  /** The working days that count, in order. */
  readonly days: readonly BusinessDate[];
  readonly lastDay: BusinessDate;
  /** 24:00 of the last day, epoch ms: the first moment at which it is too late to object. */
  readonly endsAt: number;
  /** It may grow when an arrangement is published, and the notice says so. */
  readonly provisional: boolean;
}

/**
 * The window of a notice published on that day: the day of publication does not count, and it ends at 24:00 of the
 * last working day (clause 七-(一)).
 * @throws RangeError for fewer than five working days, which the clause forbids
 */
export const publicityWindow = (
  publishedOn: BusinessDate,
  workingDays: number,
  table: HolidayTable,
): PublicityWindow => {
  if (!(workingDays >= SHORTEST_PUBLICITY))
    throw new RangeError(`a publicity window has at least ${SHORTEST_PUBLICITY} working days, not ${workingDays}`);
  const days = workingDaysAfter(publishedOn, workingDays, table);
  const lastDay = days.at(-1) ?? publishedOn;
  return { days, lastDay, endsAt: endOfDay(lastDay), provisional: anyProvisional(publishedOn, lastDay, table) };
};

/**
 * The window under the calendar as it is known now. What was promised to the public stands: the end may move to a
 * later day and never to an earlier one, whatever the new calendar or length says (clause 七-(一)). `days` are all
 * working days up to the end, so they may be more than `workingDays`.
 * @throws RangeError as {@link publicityWindow}
 */
export const reviseWindow = (
  current: Pick<PublicityWindow, 'lastDay' | 'endsAt'>,
  publishedOn: BusinessDate,
  workingDays: number,
  table: HolidayTable,
): PublicityWindow => {
  const revised = publicityWindow(publishedOn, workingDays, table);
  if (revised.endsAt >= current.endsAt) return revised;
  const days = [...revised.days];
  for (let date = addDays(revised.lastDay, 1); date <= current.lastDay; date = addDays(date, 1)) {
    if (table.isWorkday(date)) days.push(date);
  }
  return {
    days,
    lastDay: current.lastDay,
    endsAt: current.endsAt,
    // Days up to the kept end may still become holidays, so the fifth working day may yet move behind it.
    provisional: anyProvisional(publishedOn, current.lastDay, table),
  };
};
