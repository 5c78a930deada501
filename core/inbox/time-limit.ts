import { type BusinessDate, businessDateOf, yearOf } from '../calendar/business-date.ts';
import { addWorkingDays } from '../calendar/working-days.ts';
import { parametersOf } from '../policy/current-plan.ts';
import type { PlanParameters } from '../policy/plan.ts';
import type { Ports } from '../ports/context.ts';

/** Until when somebody has a task: at a due date it goes to the next level; past what is expected of the last, it stays. */
export type TimeLimit = { readonly dueOn: BusinessDate } | { readonly expectedBy: BusinessDate };

type Limit = 'reviewWorkingDays' | 'objectionWorkingDays';

/** The last day of a time limit of the plan that begins today, in working days after it; `times` as long for an audit. */
export async function lastDayOf(
  { reads, calendar }: Pick<Ports, 'reads' | 'calendar'>,
  at: number,
  { limit = 'reviewWorkingDays', times = 1, year }: { limit?: Limit; times?: number; year?: number } = {},
): Promise<BusinessDate> {
  const today = businessDateOf(at);
  const parameters: Pick<PlanParameters, Limit> = await parametersOf(reads, year ?? yearOf(today), at);
  return addWorkingDays(today, times * parameters[limit], await calendar()).date;
}
