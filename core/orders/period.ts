import { type BusinessDate, daysOf } from '../calendar/business-date.ts';
import type { Issue } from '../result.ts';

/** Whether a period of service can be: not reversed, and not longer than the plan allows (clause 六). */
export function periodIssues(from: BusinessDate, to: BusinessDate, longestDays: number, pointer: string): Issue[] {
  if (to < from) return [{ pointer, rule: 'period-reversed' }];
  return daysOf({ from, to }) > longestDays
    ? [{ pointer, rule: 'period-too-long', values: { days: longestDays } }]
    : [];
}
