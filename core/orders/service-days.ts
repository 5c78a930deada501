import { addDays, businessDate, daysOf, intersection, type Period } from '../calendar/business-date.ts';

/** A period as it is stored. */
export interface StoredPeriod {
  readonly from: string;
  readonly to: string;
}

/** Days of periods that don't overlap. */
export const daysOfAll = (periods: readonly Period[]): number =>
  periods.reduce((days, period) => days + daysOf(period), 0);

export const storedPeriod = ({ from, to }: StoredPeriod): Period => ({
  from: businessDate(from),
  to: businessDate(to),
});

/**
 * What is left of a period when others are taken out of it, as periods in order that don't overlap. However the others
 * overlap each other, a day is taken out once (clause 五-(三)).
 */
export function without(whole: Period, others: readonly Period[]): Period[] {
  let left: Period[] = daysOf(whole) > 0 ? [{ from: whole.from, to: whole.to }] : [];
  for (const other of others) {
    left = left.flatMap((period) => {
      const common = intersection(period, other);
      if (!common) return [period];
      return [
        { from: period.from, to: addDays(common.from, -1) },
        { from: addDays(common.to, 1), to: period.to },
      ].filter((rest) => rest.from <= rest.to);
    });
  }
  return left;
}
