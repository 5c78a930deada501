import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  type BusinessDate,
  businessDate,
  businessDateOf,
  endOfDay,
  startOfDay,
  yearOf,
} from '../../../../core/calendar/business-date.ts';
import {
  addWorkingDays,
  type HolidayTable,
  mainlandHolidays,
  publicityWindow,
  reviseWindow,
  workingDaysAfter,
  workingDaysLeft,
} from '../../../../core/calendar/working-days.ts';
import { businessDates, holidayTables } from '../../../support/arbitraries.ts';

const day = businessDate;
const mainland = mainlandHolidays();

/** The mainland's calendar as it was known before the arrangements from `year` on were published. */
const knownBefore = (year: number): HolidayTable => ({
  years: mainland.years.filter((known) => known < year),
  isWorkday: (date) => (yearOf(date) < year ? mainland.isWorkday(date) : plainWeek.isWorkday(date)),
});
const plainWeek: HolidayTable = {
  years: [],
  isWorkday: (date) => ![0, 6].includes(new Date(`${date}T12:00:00Z`).getUTCDay()),
};

describe("the mainland's working days", () => {
  test('the arrangements of 2018 to 2026 at least are known', () => {
    expect(mainland.years).toEqual(expect.arrayContaining([2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]));
  });

  test.each([
    ['2019-02-02', true, 'make-up Saturday before Spring Festival'],
    ['2019-05-02', false, 'Labour Day, extended to four days'],
    ['2019-05-05', true, 'make-up Sunday after Labour Day'],
    ['2019-09-29', true, 'make-up Sunday before National Day'],
    ['2019-10-12', true, 'make-up Saturday after National Day'],
    ['2020-01-19', true, 'make-up Sunday before Spring Festival'],
    ['2020-01-31', false, 'Spring Festival, extended in 2020'],
    ['2020-02-03', true, 'first working day after the extended festival'],
    ['2020-10-01', false, 'National Day and Mid-Autumn on one day'],
    ['2021-02-20', true, 'make-up Saturday after Spring Festival'],
    ['2021-09-20', false, 'Monday before Mid-Autumn'],
    ['2022-01-30', true, 'make-up Sunday before Spring Festival'],
    ['2022-10-07', false, 'National Day week'],
    ['2023-01-02', false, 'New Year, taken on Monday'],
    ['2023-06-25', true, 'make-up Sunday after Dragon Boat'],
    ['2023-10-08', true, 'make-up Sunday after National Day'],
    ['2024-02-09', true, "New Year's Eve of the lunar year was a working day"],
    ['2024-02-18', true, 'make-up Sunday after Spring Festival'],
    ['2025-01-26', true, 'make-up Sunday before Spring Festival'],
    ['2025-05-05', false, 'Labour Day, five days'],
    ['2025-10-08', false, 'eighth day of National Day and Mid-Autumn'],
    ['2025-10-11', true, 'make-up Saturday'],
    ['2026-01-04', true, 'make-up Sunday after New Year'],
    ['2026-02-14', true, 'make-up Saturday before Spring Festival'],
    ['2026-02-23', false, 'ninth day of Spring Festival'],
    ['2026-02-28', true, 'make-up Saturday after Spring Festival'],
    ['2026-03-02', true, 'an ordinary Monday'],
    ['2026-03-01', false, 'an ordinary Sunday'],
  ])('%s: working day %s (%s)', (date, expected) => {
    expect(mainland.isWorkday(day(date))).toBe(expected);
  });

  test('an override goes before the announced arrangement', () => {
    const table = mainlandHolidays({ '2019-09-29': 'holiday', '2019-10-07': 'workday' });
    expect(table.isWorkday(day('2019-09-29'))).toBe(false);
    expect(table.isWorkday(day('2019-10-07'))).toBe(true);
    expect(table.isWorkday(day('2019-09-30'))).toBe(true);
  });

  test('an override of a day that does not exist is an error', () => {
    expect(() => mainlandHolidays({ '2027-02-29': 'holiday' })).toThrow(RangeError);
  });

  test('outside the known years a day is taken by its weekday', () => {
    expect(mainland.years).not.toContain(2090);
    expect(mainland.isWorkday(day('2090-10-02'))).toBe(true); // a Monday in the National Day week
    expect(mainland.isWorkday(day('2090-10-01'))).toBe(false); // a Sunday
  });

  test('overrides can complete a year before the data does', () => {
    expect(addWorkingDays(day('2090-06-01'), 5, mainland).provisional).toBe(true);
    expect(addWorkingDays(day('2090-06-01'), 5, mainlandHolidays({}, [2090])).provisional).toBe(false);
    expect(mainlandHolidays({}, [2090, 2019]).years.filter((year) => year === 2019)).toHaveLength(1);
  });
});

describe('counting working days', () => {
  test('the first day itself does not count, and 0 days stay where they are', () => {
    expect(addWorkingDays(day('2019-09-27'), 1, mainland)).toEqual({ date: '2019-09-29', provisional: false });
    expect(addWorkingDays(day('2019-10-01'), 0, mainland)).toEqual({ date: '2019-10-01', provisional: false });
    expect(workingDaysAfter(day('2019-09-27'), 2, mainland)).toEqual(['2019-09-29', '2019-09-30']);
  });

  test.each([-1, 1.5, 1001, Number.NaN])('%d is no number of working days', (n) => {
    expect(() => addWorkingDays(day('2019-09-27'), n, mainland)).toThrow(RangeError);
  });

  test('a calendar without working days is an error, not an endless search', () => {
    expect(() => addWorkingDays(day('2019-09-27'), 1, { years: [], isWorkday: () => false })).toThrow(RangeError);
  });

  test('exactly n working days lie between, whatever the calendar', () => {
    fc.assert(
      fc.property(businessDates(), fc.integer({ min: 1, max: 30 }), holidayTables, (from, n, table) => {
        const { date } = addWorkingDays(from, n, table);
        expect(table.isWorkday(date)).toBe(true);
        let counted = 0;
        for (let next = addDays(from, 1); next <= date; next = addDays(next, 1))
          if (table.isWorkday(next)) counted += 1;
        expect(counted).toBe(n);
      }),
    );
  });
});

describe('working days left until a last day', () => {
  test.each([
    ['2026-02-13', '2026-02-14', 1], // a make-up Saturday
    ['2026-02-14', '2026-02-24', 1], // the Spring Festival lies between
    ['2026-10-30', '2026-10-30', 0],
    ['2026-11-02', '2026-10-30', -1],
    ['2026-10-31', '2026-10-30', 0], // a Saturday after the last day
  ])('on %s, with %s as the last: %d', (today, last, left) => {
    expect(workingDaysLeft(day(today), day(last), mainland)).toBe(left);
  });

  test('are as many as were given, on the day they were given, and one fewer each working day', () => {
    fc.assert(
      fc.property(businessDates(), fc.integer({ min: 1, max: 30 }), holidayTables, (from, n, table) => {
        const { date } = addWorkingDays(from, n, table);
        expect(workingDaysLeft(from, date, table)).toBe(n);
        expect(workingDaysLeft(addWorkingDays(from, 1, table).date, date, table)).toBe(n - 1);
      }),
    );
  });
});

describe('the publicity window of clause 七-(一)', () => {
  test.each([
    [
      '2019-09-27',
      ['2019-09-29', '2019-09-30', '2019-10-08', '2019-10-09', '2019-10-10'],
      'Friday before a make-up Sunday and National Day',
    ],
    [
      '2020-01-20',
      ['2020-01-21', '2020-01-22', '2020-01-23', '2020-02-03', '2020-02-04'],
      'over the extended Spring Festival',
    ],
    ['2020-12-31', ['2021-01-04', '2021-01-05', '2021-01-06', '2021-01-07', '2021-01-08'], 'over New Year'],
    ['2021-02-09', ['2021-02-10', '2021-02-18', '2021-02-19', '2021-02-20', '2021-02-22'], 'with a make-up Saturday'],
    ['2022-04-29', ['2022-05-05', '2022-05-06', '2022-05-07', '2022-05-09', '2022-05-10'], 'over Labour Day'],
    [
      '2023-09-28',
      ['2023-10-07', '2023-10-08', '2023-10-09', '2023-10-10', '2023-10-11'],
      'both days of a weekend are made up',
    ],
    ['2024-02-08', ['2024-02-09', '2024-02-18', '2024-02-19', '2024-02-20', '2024-02-21'], 'over Spring Festival'],
    [
      '2025-09-30',
      ['2025-10-09', '2025-10-10', '2025-10-11', '2025-10-13', '2025-10-14'],
      'over National Day with Mid-Autumn',
    ],
    [
      '2026-02-13',
      ['2026-02-14', '2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27'],
      'make-up Saturday, then Spring Festival',
    ],
    ['2026-03-02', ['2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-09'], 'ordinary weeks'],
    ['2019-10-03', ['2019-10-08', '2019-10-09', '2019-10-10', '2019-10-11', '2019-10-12'], 'published on a holiday'],
  ])('published %s: %j (%s)', (publishedOn, expected) => {
    const window = publicityWindow(day(publishedOn), 5, mainland);
    expect(window.days).toEqual(expected);
    expect(window.lastDay).toBe(expected.at(-1));
    expect(window.provisional).toBe(false);
  });

  test('it ends at 24:00 in Shanghai of the last day', () => {
    const { endsAt } = publicityWindow(day('2019-09-27'), 5, mainland);
    expect(endsAt).toBe(Date.parse('2019-10-11T00:00:00+08:00'));
    expect(businessDateOf(endsAt - 1)).toBe('2019-10-10');
  });

  test.each([4, 0, -5, Number.NaN, 5.5])('%d working days are refused', (n) => {
    expect(() => publicityWindow(day('2019-09-27'), n, mainland)).toThrow(RangeError);
  });

  test('the window holds exactly its working days, and never fewer than five full ones after publication', () => {
    fc.assert(
      fc.property(businessDates(), fc.integer({ min: 5, max: 30 }), holidayTables, (publishedOn, n, table) => {
        const { days, lastDay, endsAt } = publicityWindow(publishedOn, n, table);
        expect(days).toHaveLength(n);
        expect(new Set(days).size).toBe(n);
        expect(days.every((date) => table.isWorkday(date) && date > publishedOn && endOfDay(date) <= endsAt)).toBe(
          true,
        );
        expect(endsAt).toBe(endOfDay(lastDay));
        // No working day on the way was left out.
        for (let next = addDays(publishedOn, 1); next <= lastDay; next = addDays(next, 1)) {
          if (table.isWorkday(next)) expect(days).toContain(next);
        }
      }),
    );
  });
});

describe('a window over days that are not announced yet', () => {
  test('it is provisional, grows when the arrangement comes, and then is settled', () => {
    const first = publicityWindow(day('2026-02-13'), 5, knownBefore(2026));
    expect(first).toMatchObject({ lastDay: '2026-02-20', provisional: true });
    const revised = reviseWindow(first, day('2026-02-13'), 5, mainland);
    expect(revised).toMatchObject({ lastDay: '2026-02-27', provisional: false });
  });

  test('an arrangement that adds working days does not shorten it', () => {
    const first = publicityWindow(day('2026-01-01'), 5, knownBefore(2026)); // the make-up Sunday 01-04 is not known yet
    expect(first.lastDay).toBe('2026-01-08');
    const table = mainlandHolidays({ '2026-01-02': 'workday', '2026-01-03': 'workday' });
    const revised = reviseWindow(first, day('2026-01-01'), 5, table);
    expect(revised).toMatchObject({ lastDay: '2026-01-08', endsAt: first.endsAt, provisional: false });
    expect(revised.days).toEqual([
      '2026-01-02',
      '2026-01-03',
      '2026-01-04',
      '2026-01-05',
      '2026-01-06',
      '2026-01-07',
      '2026-01-08',
    ]);
  });

  test('the last days of December wait for the arrangement of the next year, which may claim them', () => {
    const known2018 = knownBefore(2019);
    expect(publicityWindow(day('2018-12-20'), 5, known2018).provisional).toBe(false);
    expect(publicityWindow(day('2018-12-24'), 5, known2018).provisional).toBe(true);
    // 2018-12-29 became a working day and 2018-12-31 a holiday.
    expect(publicityWindow(day('2018-12-24'), 5, mainland)).toMatchObject({
      lastDay: '2018-12-29',
      provisional: false,
    });
  });

  test('a day that only lies between still makes the window provisional', () => {
    const table: HolidayTable = { ...mainland, years: [2021] };
    expect(publicityWindow(day('2020-12-31'), 5, table).provisional).toBe(false);
    expect(publicityWindow(day('2020-12-30'), 5, table).provisional).toBe(true);
  });

  test('nothing shortens a window: revision never ends earlier, never holds fewer working days, and is stable', () => {
    fc.assert(
      fc.property(
        businessDates(),
        fc.integer({ min: 5, max: 20 }),
        fc.integer({ min: 5, max: 20 }),
        fc.array(holidayTables, { minLength: 2, maxLength: 5 }),
        (publishedOn, n, later, [first, ...announcements]) => {
          if (!first) return;
          let window = publicityWindow(publishedOn, n, first);
          for (const table of announcements) {
            const revised = reviseWindow(window, publishedOn, later, table);
            expect(revised.endsAt).toBeGreaterThanOrEqual(window.endsAt);
            expect(revised.endsAt).toBe(endOfDay(revised.lastDay));
            expect(revised.days.length).toBeGreaterThanOrEqual(later);
            expect(
              revised.days.every(
                (date: BusinessDate) =>
                  table.isWorkday(date) && startOfDay(date) >= endOfDay(publishedOn) && date <= revised.lastDay,
              ),
            ).toBe(true);
            expect(reviseWindow(revised, publishedOn, later, table)).toEqual(revised);
            window = revised;
          }
        },
      ),
    );
  });

  test('a revision to fewer than five working days is refused', () => {
    const window = publicityWindow(day('2019-09-27'), 5, mainland);
    expect(() => reviseWindow(window, day('2019-09-27'), 4, mainland)).toThrow(RangeError);
  });
});
