import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDate, startOfDay } from '../../../../core/calendar/business-date.ts';
import { LONGEST, passed, stageTime, workingTime } from '../../../../core/progress/stages.ts';

const at = (date: string, hour = 9) => startOfDay(businessDate(date)) + hour * 3_600_000;

describe('working time', () => {
  it.each([
    ['2026-03-02', '2026-03-02', 0],
    ['2026-03-06', '2026-03-09', 1],
    // A make-up Saturday counts, the Spring Festival does not.
    ['2026-02-13', '2026-02-24', 2],
    ['2019-09-27', '2019-10-08', 3],
  ])('from %s to %s is %i working days', (from, to, days) => {
    expect(workingTime(at(from), at(to))).toBe(days);
  });

  it('does not count forever', () => {
    expect(workingTime(at('2019-01-01'), at('2039-01-01'))).toBe(LONGEST);
  });
});

describe('a stage', () => {
  it('counts in the year in which it ended, and not while it has not', () => {
    expect(passed('signing', '150100', at('2026-12-30'), at('2027-01-04'))).toMatchObject([
      { book: 2027, cell: ['signing', '150100'] },
    ]);
    expect(passed('signing', '150100', at('2026-12-30'), undefined)).toEqual([]);
    expect(passed('signing', '150100', undefined, at('2026-12-30'))).toEqual([]);
    expect(passed('signing', '150100', at('2026-12-30'), at('2026-12-29'))).toEqual([]);
  });

  it('has no figures without cases', () => {
    expect(stageTime('audit', new Map([[3, 0]]))).toEqual({ stage: 'audit', cases: 0 });
  });

  it('takes half of the cases no longer than its median, and nine of ten no longer than its ninetieth', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 60 }), (days) => {
        const histogram = new Map<number, number>();
        for (const one of days) histogram.set(one, (histogram.get(one) ?? 0) + 1);
        const sorted = days.toSorted((a, b) => a - b);
        expect(stageTime('audit', histogram)).toEqual({
          stage: 'audit',
          cases: days.length,
          median: sorted[Math.ceil(days.length * 0.5) - 1],
          ninetieth: sorted[Math.ceil((days.length * 90) / 100) - 1],
        });
      }),
    );
  });
});
