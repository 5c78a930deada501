import { businessDateOf, yearOf } from '../calendar/business-date.ts';
import { mainlandHolidays, workingDaysBetween } from '../calendar/working-days.ts';
import type { Stage } from './names.ts';
import type { Tally } from './tally.ts';

/** What took longer counts as this long. */
export const LONGEST = 250;

/** The announced calendar, without later corrections of single days: what is counted must count the same again. */
const calendar = mainlandHolidays();

/** Working days after the day of `from` up to the day of `to`; 0 on the same day, and at most the longest that is told apart. */
export const workingTime = (from: number, to: number): number =>
  Math.min(LONGEST, workingDaysBetween(businessDateOf(from), businessDateOf(to), calendar));

/** One case of a stage, counted in the year in which it ended; none while it has not. */
export const passed = (
  stage: Stage,
  jurisdiction: string,
  from: number | undefined,
  to: number | undefined,
): readonly Tally[] =>
  from === undefined || to === undefined || to < from
    ? []
    : [
        {
          book: yearOf(businessDateOf(to)),
          table: 'times',
          cell: [stage, jurisdiction],
          measure: `days-${workingTime(from, to)}`,
          amount: 1,
        },
      ];

/** How long a stage takes: of all cases the middle one, and the one that nine of ten don't exceed. */
export interface StageTime {
  readonly stage: Stage;
  readonly cases: number;
  /** Working days; absent without cases. */
  readonly median?: number;
  readonly ninetieth?: number;
}

/** The figures of a stage, from how many cases took how many working days. */
export function stageTime(stage: Stage, histogram: ReadonlyMap<number, number>): StageTime {
  const taken = [...histogram].filter(([, count]) => count > 0).toSorted(([a], [b]) => a - b);
  const cases = taken.reduce((sum, [, count]) => sum + count, 0);
  if (cases === 0) return { stage, cases };
  /** The smallest time that so many hundredths of the cases don't exceed. */
  const at = (hundredths: number): number => {
    let seen = 0;
    for (const [days, count] of taken) {
      seen += count;
      if (seen * 100 >= cases * hundredths) return days;
    }
    return LONGEST;
  };
  return { stage, cases, median: at(50), ninetieth: at(90) };
}
