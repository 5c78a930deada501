/**
 * The days off of the months that a run lives in, as the State Council announced them: an own list, so that the product's
 * calendar is checked and not believed.
 */
const holidays = new Set([
  ...['2019-09-13', '2019-10-01', '2019-10-02', '2019-10-03', '2019-10-04', '2019-10-07', '2020-01-01'],
  ...['2020-01-24', '2020-01-27', '2020-01-28', '2020-01-29', '2020-01-30'],
]);
const madeUp = new Set(['2019-09-29', '2019-10-12', '2020-01-19', '2020-02-01']);

const DAY = 86_400_000;
const SHANGHAI = 8 * 3_600_000;

export const dayOf = (at: number): string => new Date(at + SHANGHAI).toISOString().slice(0, 10);

function isWorkingDay(day: string): boolean {
  if (holidays.has(day) || madeUp.has(day)) return madeUp.has(day);
  return ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

/** The moment at which so many whole working days have passed after the day of `at`: 24:00 of the last one. */
export function afterWorkingDays(at: number, count: number): number {
  let midnight = Date.parse(`${dayOf(at)}T00:00:00Z`) - SHANGHAI + DAY;
  for (let left = count; left > 0; midnight += DAY) if (isWorkingDay(dayOf(midnight))) left -= 1;
  return midnight;
}
