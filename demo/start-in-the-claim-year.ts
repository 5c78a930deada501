import { businessDate, businessDateOf, startOfDay, yearOf } from '../core/calendar/business-date.ts';
import type { Narrator } from './narrator.ts';
import type { System } from './system.ts';

/** Claims are filed from 1 November: the clock goes there, and past a December too late for a window to end in its year. */
export async function startInTheClaimYear(system: System, tell: Narrator): Promise<void> {
  const today = businessDateOf(system.clock.now());
  const year = yearOf(today);
  const opens = businessDate(`${today > `${year}-12-15` ? year + 1 : year}-11-02`);
  if (today >= opens) return;
  await system.clock.advanceTo(startOfDay(opens) + 9 * 3_600_000);
  tell.line(`时钟拨至 ${opens} 09:00 · the clock goes to the claim window`);
}
