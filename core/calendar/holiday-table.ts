import type { BusinessDate } from './business-date.ts';

/** Which days are working days, and for which years that is settled. */
export interface HolidayTable {
  /** Years whose arrangement is announced and complete. Outside them a day is taken by its weekday and is provisional. */
  readonly years: readonly number[];
  isWorkday(date: BusinessDate): boolean;
}
