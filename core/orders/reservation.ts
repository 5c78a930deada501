import { type BusinessDate, earlier, lastDayOf } from '../calendar/business-date.ts';
import { addWorkingDays, type HolidayTable } from '../calendar/working-days.ts';
import type { Plan } from '../policy/plan.ts';

/** The last day of a reservation made or filled today: after the plan's working days, and never beyond its year (clause 六). */
export const reservedUntil = (
  today: BusinessDate,
  { year, parameters }: Pick<Plan, 'year' | 'parameters'>,
  calendar: HolidayTable,
): BusinessDate => earlier(addWorkingDays(today, parameters.reservationWorkingDays, calendar).date, lastDayOf(year));
