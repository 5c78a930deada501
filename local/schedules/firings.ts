import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScheduleModel } from '../template/model.ts';

/** What is known of one schedule. Times are milliseconds of the runtime's clock. */
export interface Fired {
  /** Another expression is another schedule: nothing of it was missed. */
  readonly expression: string;
  /** When it was first seen: a rate counts from there. */
  readonly since: number;
  /** The firing that was handed over or given up last; before the first, `since`. */
  readonly last: number;
}

/** How far each schedule has come, kept in a small file that is replaced whole. */
export interface Firings {
  of(schedule: ScheduleModel): Fired;
  handled(schedule: ScheduleModel, due: number): void;
}

export function openFirings(dataDir: string, now: number): Firings {
  const folder = join(dataDir, 'schedules');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'firings.json');
  const firings = new Map<string, Fired>(Object.entries(readStored(file)));
  const put = ({ arn }: ScheduleModel, fired: Fired) => {
    firings.set(arn, fired);
    writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(firings)));
    renameSync(`${file}.new`, file);
    return fired;
  };
  const of = (schedule: ScheduleModel) => {
    const { arn, timeZone } = schedule;
    const expression = `${schedule.expression} ${timeZone}`;
    const known = firings.get(arn);
    return known?.expression === expression ? known : put(schedule, { expression, since: now, last: now });
  };
  return {
    of,
    handled(schedule, due) {
      const fired = of(schedule);
      if (due > fired.last) put(schedule, { ...fired, last: due });
    },
  };
}

function readStored(file: string): Record<string, Fired> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
