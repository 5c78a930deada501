import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  type BusinessDate,
  businessDate,
  businessDateOf,
  businessDateSchema,
  compareDates,
  daysBetween,
  endOfDay,
  isBusinessDate,
  periodOverlap,
  startOfDay,
  toShanghaiIso,
  yearOf,
} from '../../../../core/calendar/business-date.ts';
import { businessDates } from '../../../support/arbitraries.ts';

const at = (iso: string): number => Date.parse(iso);
const days = (from: string, to: string) => ({ from: businessDate(from), to: businessDate(to) });

describe('a business date is an existing day in Asia/Shanghai', () => {
  test.each(['2019-09-27', '2020-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s is one', (text) => {
    expect(businessDateSchema.parse(text)).toBe(text);
    expect(businessDate(text)).toBe(text);
  });

  test.each([
    '2019-02-29',
    '1900-02-29',
    '2019-13-01',
    '2019-00-10',
    '2019-04-31',
    '2019-1-1',
    '0000-01-01',
    '20190927',
    '2019-09-27T00:00:00Z',
    ' 2019-09-27',
    '2019-09-27\n',
    '２０１９-09-27',
    '',
  ])('%j is none', (text) => {
    expect(isBusinessDate(text)).toBe(false);
    expect(businessDateSchema.safeParse(text).success).toBe(false);
    expect(() => businessDate(text)).toThrow(RangeError);
  });

  test('the day changes at midnight in Shanghai, which is 16:00 UTC', () => {
    expect(businessDateOf(at('2019-12-31T15:59:59.999Z'))).toBe('2019-12-31');
    expect(businessDateOf(at('2019-12-31T16:00:00.000Z'))).toBe('2020-01-01');
    expect(businessDateOf(at('1969-12-31T15:59:59.999Z'))).toBe('1969-12-31');
  });

  test('it agrees with the time zone data of the platform', () => {
    const shanghai = new Intl.DateTimeFormat('en-CA', {
      timeZone: 'Asia/Shanghai',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    fc.assert(
      fc.property(fc.integer({ min: at('1992-01-01T00:00:00Z'), max: at('2100-01-01T00:00:00Z') }), (epochMs) => {
        expect(businessDateOf(epochMs)).toBe(shanghai.format(epochMs));
      }),
    );
  });

  test('a day holds the moments from its start up to, and not including, its end', () => {
    fc.assert(
      fc.property(businessDates(), (date) => {
        expect(businessDateOf(startOfDay(date))).toBe(date);
        expect(businessDateOf(startOfDay(date) - 1)).toBe(addDays(date, -1));
        expect(businessDateOf(endOfDay(date) - 1)).toBe(date);
        expect(endOfDay(date)).toBe(startOfDay(addDays(date, 1)));
      }),
    );
  });

  test('moments are written with the offset of Shanghai and milliseconds', () => {
    expect(toShanghaiIso(at('2019-12-31T16:00:00.007Z'))).toBe('2020-01-01T00:00:00.007+08:00');
    expect(toShanghaiIso(startOfDay(businessDate('2019-09-27')))).toBe('2019-09-27T00:00:00.000+08:00');
  });

  test('a written moment is read back to the millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: at('2100-01-01T00:00:00Z') }), (epochMs) => {
        expect(at(toShanghaiIso(epochMs))).toBe(epochMs);
      }),
    );
  });
});

describe('counting days', () => {
  test('leap days, year ends and leap years count as the calendar has them', () => {
    expect(addDays(businessDate('2020-02-28'), 1)).toBe('2020-02-29');
    expect(addDays(businessDate('2019-12-31'), 60)).toBe('2020-02-29');
    expect(addDays(businessDate('2020-01-01'), -1)).toBe('2019-12-31');
    expect(daysBetween(businessDate('2020-01-01'), businessDate('2021-01-01'))).toBe(366);
    expect(daysBetween(businessDate('2020-01-01'), businessDate('2019-12-31'))).toBe(-1);
    expect(yearOf(businessDate('2019-12-31'))).toBe(2019);
  });

  test.each([0.5, Number.NaN, 10_000_000])('%d days lead nowhere', (n) => {
    expect(() => addDays(businessDate('2019-09-27'), n)).toThrow(RangeError);
  });

  test('adding the days between two dates leads from one to the other, and order agrees', () => {
    fc.assert(
      fc.property(businessDates(), businessDates(), (a, b) => {
        expect(addDays(a, daysBetween(a, b))).toBe(b);
        expect(Math.sign(compareDates(a, b))).toBe(Math.sign(daysBetween(b, a)));
      }),
    );
  });
});

describe('overlapping periods of the same service (clause 五-(三))', () => {
  test.each([
    ['follow each other', days('2019-01-01', '2019-06-30'), days('2019-07-01', '2019-12-31'), 0],
    ['share one day', days('2019-01-01', '2019-07-01'), days('2019-07-01', '2019-12-31'), 1],
    ['lie in each other', days('2019-01-01', '2019-12-31'), days('2019-03-01', '2019-03-10'), 10],
    ['are the same', days('2019-03-01', '2019-03-10'), days('2019-03-01', '2019-03-10'), 10],
    ['are apart', days('2019-01-01', '2019-01-31'), days('2020-01-01', '2020-01-31'), 0],
    ['have a backward one', days('2019-01-31', '2019-01-01'), days('2019-01-01', '2019-12-31'), 0],
  ])('periods that %s', (_, a, b, overlap) => {
    expect(periodOverlap(a, b)).toBe(overlap);
    expect(periodOverlap(b, a)).toBe(overlap);
  });

  test('the overlap is the number of days that lie in both', () => {
    const period = fc
      .tuple(businessDates('2019-01-01', '2019-03-31'), fc.integer({ min: -3, max: 60 }))
      .map(([from, length]) => ({ from, to: addDays(from, length) }));
    const lies = (date: BusinessDate, in_: { from: BusinessDate; to: BusinessDate }) =>
      in_.from <= date && date <= in_.to;
    fc.assert(
      fc.property(period, period, (a, b) => {
        const all = Array.from({ length: 200 }, (_, index) => addDays(businessDate('2018-12-15'), index));
        expect(periodOverlap(a, b)).toBe(all.filter((date) => lies(date, a) && lies(date, b)).length);
      }),
    );
  });
});
