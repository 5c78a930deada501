import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDate } from '../../../../core/calendar/business-date.ts';
import { forecastOf } from '../../../../core/progress/forecast.ts';

const day = businessDate;
const forecast = (left: number, months: [string, number][], today = '2026-06-30', since = '2026-01-05') =>
  forecastOf(2026, day(today), day(since), left, new Map(months));

describe('a forecast', () => {
  it('goes on at the pace of this month and the two before', () => {
    // 91 days from 1 April to 30 June: 9,100 fen are 100 a day.
    const months: [string, number][] = [
      ['2026-01', 1_000_000],
      ['2026-04', 4_100],
      ['2026-06', 5_000],
    ];
    expect(forecast(1_050, months)).toEqual({ days: 91, issued: 9_100, left: 1_050, exhaustedOn: '2026-07-10' });
    expect(forecast(99, months).exhaustedOn).toBe('2026-06-30');
  });

  it('takes no pace from before issuing began', () => {
    expect(forecast(300, [['2026-06', 3_000]], '2026-06-30', '2026-06-01')).toMatchObject({
      days: 30,
      exhaustedOn: '2026-07-03',
    });
    expect(forecast(300, [['2026-06', 3_000]], '2026-06-30', '2026-07-15').days).toBe(1);
  });

  it('looks back over the turn of a year', () => {
    expect(forecast(0, [['2025-12', 5]], '2026-01-31', '2025-01-01')).toMatchObject({ days: 92, issued: 5 });
  });

  it('says nothing where nothing was issued, or where it lasts beyond the year', () => {
    expect(forecast(500, [])).toEqual({ days: 91, issued: 0, left: 500 });
    expect(forecast(500, [['2026-06', 1]])).toEqual({ days: 91, issued: 1, left: 500 });
  });

  it('is never before today, and never promises more days than there is money for', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 10 ** 12 }), fc.integer({ min: 1, max: 10 ** 10 }), (left, issued) => {
        const { exhaustedOn, days } = forecast(left, [['2026-06', issued]]);
        if (exhaustedOn === undefined) expect(left * days).toBeGreaterThanOrEqual(issued * 184);
        else expect(exhaustedOn >= '2026-06-30' && exhaustedOn <= '2026-12-31').toBe(true);
      }),
    );
  });
});
