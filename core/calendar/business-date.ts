import * as z from 'zod';

/** A day in Asia/Shanghai as `YYYY-MM-DD`. Dates of this form sort as text. */
export type BusinessDate = string & { readonly __brand: 'business-date' };

const DAY = 86_400_000;

/**
 * Asia/Shanghai is eight hours ahead of UTC, all year, since 1991. The summer time of 1986 to 1991 is left out on
 * purpose: nothing here is older than the notice of 2019, and a fixed offset needs no time zone data on the host.
 */
const OFFSET = 8 * 3_600_000;

const utcMidnight = (date: BusinessDate): number => Date.parse(`${date}T00:00:00Z`);

const fromUtcMidnight = (epochMs: number): BusinessDate => {
  const text = new Date(epochMs).toISOString().slice(0, 10);
  if (!isBusinessDate(text)) throw new RangeError(`not a day of the years 1 to 9999: ${text}`);
  return text;
};

/** Whether `text` is an existing day written `YYYY-MM-DD`. */
export function isBusinessDate(text: string): text is BusinessDate {
  if (!/^(?!0000)\d{4}-\d\d-\d\d$/.test(text)) return false;
  const epochMs = Date.parse(`${text}T00:00:00Z`);
  // Date.parse takes 31 February for 3 March: only a date that survives the way back exists.
  return !Number.isNaN(epochMs) && new Date(epochMs).toISOString().startsWith(text);
}

/** An existing day, written `YYYY-MM-DD`. */
export const businessDateSchema = z.string().refine(isBusinessDate, { error: 'date-format' }).meta({ format: 'date' });

/** @throws RangeError if `text` is not an existing day written `YYYY-MM-DD`. */
export const businessDate = (text: string): BusinessDate => {
  if (!isBusinessDate(text)) throw new RangeError(`not a date: ${text}`);
  return text;
};

/** The day it is in Asia/Shanghai at that moment. @throws RangeError outside the years 1 to 9999. */
export const businessDateOf = (epochMs: number): BusinessDate =>
  fromUtcMidnight(Math.floor((epochMs + OFFSET) / DAY) * DAY);

/** 00:00 in Asia/Shanghai, epoch ms. */
export const startOfDay = (date: BusinessDate): number => utcMidnight(date) - OFFSET;

/** 24:00 in Asia/Shanghai, epoch ms: the start of the next day, the first moment that is no longer this day. */
export const endOfDay = (date: BusinessDate): number => startOfDay(date) + DAY;

/** `days` may be negative. @throws RangeError for a fraction or outside the years 1 to 9999. */
export const addDays = (date: BusinessDate, days: number): BusinessDate => {
  if (!Number.isSafeInteger(days)) throw new RangeError(`not a number of days: ${days}`);
  return fromUtcMidnight(utcMidnight(date) + days * DAY);
};

/** Days from `from` to `to`: 0 for the same day, negative when `to` is earlier. */
export const daysBetween = (from: BusinessDate, to: BusinessDate): number =>
  (utcMidnight(to) - utcMidnight(from)) / DAY;

/** For sorting: negative when `a` is earlier, 0 for the same day, positive when `a` is later. */
export const compareDates = (a: BusinessDate, b: BusinessDate): number => (a === b ? 0 : a < b ? -1 : 1);

export const earlier = (a: BusinessDate, b: BusinessDate): BusinessDate => (a < b ? a : b);
export const later = (a: BusinessDate, b: BusinessDate): BusinessDate => (a > b ? a : b);

export const yearOf = (date: BusinessDate): number => Number(date.slice(0, 4));

/** 31 December. @throws RangeError outside the years 1000 to 9999. */
export const lastDayOf = (year: number): BusinessDate => businessDate(`${year}-12-31`);

/** Monday to Friday; which of them are working days is for the calendar to say. */
export const isWeekday = (date: BusinessDate): boolean => {
  const day = new Date(utcMidnight(date)).getUTCDay();
  return day >= 1 && day <= 5;
};

/** Both days belong to the period. */
export interface Period {
  readonly from: BusinessDate;
  readonly to: BusinessDate;
}

/** Calendar days of a period, both ends included; 0 if it ends before it begins. */
export const daysOf = ({ from, to }: Period): number => Math.max(0, daysBetween(from, to) + 1);

/** The days that both periods have; undefined without any. */
export function intersection(a: Period, b: Period): Period | undefined {
  const from = later(a.from, b.from);
  const to = earlier(a.to, b.to);
  return from <= to ? { from, to } : undefined;
}

/** Days that both periods have, inclusive: 1 when one ends on the day the other begins. 0 if a period ends before it begins. */
export const periodOverlap = (a: Period, b: Period): number => {
  const common = intersection(a, b);
  return common ? daysOf(common) : 0;
};

/** RFC 3339 with milliseconds and offset, as the API answers: `2019-09-27T16:00:00.000+08:00`. */
export const toShanghaiIso = (epochMs: number): string =>
  new Date(epochMs + OFFSET).toISOString().replace(/Z$/, '+08:00');
