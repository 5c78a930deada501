import { type BusinessDate, businessDateOf } from '../../core/calendar/business-date.ts';
import { workingDaysLeft } from '../../core/calendar/working-days.ts';
import type { Ports } from '../../core/ports/context.ts';

/** Working days from today to a day, where there is one. */
export type DaysLeft = (day: BusinessDate | undefined) => number | undefined;

/** Working days until the days by which something is expected, by the calendar as it is known now. */
export async function daysLeftUntil(
  days: readonly (BusinessDate | undefined)[],
  { calendar }: Pick<Ports, 'calendar'>,
  at: number,
): Promise<DaysLeft> {
  if (days.every((day) => day === undefined)) return () => undefined;
  const [table, today] = [await calendar(), businessDateOf(at)];
  return (day) => (day === undefined ? undefined : workingDaysLeft(today, day, table));
}
