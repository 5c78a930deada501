import fc from 'fast-check';
import { addDays, type BusinessDate, businessDate, isWeekday } from '../../core/calendar/business-date.ts';
import type { HolidayTable } from '../../core/calendar/working-days.ts';
import { composeIdCard, type IdCard } from '../../core/identity/id-card.ts';
import { composeUscc, type Uscc } from '../../core/identity/uscc.ts';
import { type Fen, fen, type Ratio } from '../../core/money/money.ts';
import { type Jurisdiction, jurisdictions } from '../../core/registry/jurisdictions.ts';

/** Amounts that the API can carry: 0 to 10¹¹ yuan, small ones and round ones more often than chance would. */
export const amounts = (max = 10_000_000_000_000): fc.Arbitrary<Fen> =>
  fc
    .oneof(
      { weight: 2, arbitrary: fc.integer({ min: 0, max: Math.min(max, 200) }) },
      {
        weight: 1,
        arbitrary: fc.integer({ min: 0, max: Math.min(Math.floor(max / 100), 1_000_000) }).map((yuan) => yuan * 100),
      },
      { weight: 3, arbitrary: fc.integer({ min: 0, max }) },
    )
    .map(fen);

/** Ratios with up to four decimals: those of the notice and any other above 0 and up to 1. */
export const ratios: fc.Arbitrary<Ratio> = fc.oneof(
  fc.constantFrom('0.15', '0.2', '0.20', '0.25', '1', '0.0001', '0.9999'),
  fc.integer({ min: 1, max: 9999 }).map((tenThousandths) => `0.${String(tenThousandths).padStart(4, '0')}`),
);

/** Days from `first` to `last`, by default of the years that the notice can concern. */
export const businessDates = (first = '2019-01-01', last = '2030-12-31'): fc.Arbitrary<BusinessDate> => {
  const start = businessDate(first);
  const days = Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000);
  return fc.integer({ min: 0, max: days }).map((offset) => addDays(start, offset));
};

/** One of the 14 jurisdictions of the region. */
export const jurisdictionCodes: fc.Arbitrary<Jurisdiction> = fc.constantFrom(
  ...(Object.keys(jurisdictions) as Jurisdiction[]),
);

/** Valid codes of enterprises registered in the region. */
export const usccs: fc.Arbitrary<Uscc> = fc
  .tuple(jurisdictionCodes, fc.integer({ min: 0, max: 99_999_999 }))
  .map(([division, serial]) => composeUscc(division, serial));

/** Valid identity numbers of adults. */
export const idCards: fc.Arbitrary<IdCard> = fc
  .tuple(jurisdictionCodes, businessDates('1940-01-01', '2007-12-31'), fc.integer({ min: 0, max: 999 }))
  .map(([division, birthDate, sequence]) => composeIdCard(division, birthDate, sequence));

/**
 * Any calendar at all: each day is a working day or not by a pattern that need not resemble a week, with holidays of
 * up to 40 days in a row, and any set of settled years.
 */
export const holidayTables: fc.Arbitrary<HolidayTable> = fc
  .record({
    years: fc.uniqueArray(fc.integer({ min: 2018, max: 2032 }), { maxLength: 15 }),
    pattern: fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }).filter((days) => days.includes(true)),
    followsTheWeek: fc.boolean(),
  })
  .map(({ years, pattern, followsTheWeek }) => ({
    years,
    isWorkday: (date: BusinessDate) => {
      const day = Math.round(Date.parse(date) / 86_400_000);
      const turn = pattern[day % pattern.length] === true;
      // Following the week, the pattern only takes days off or makes up for them now and then.
      return followsTheWeek && day % 7 !== 0 ? isWeekday(date) : turn;
    },
  }));
