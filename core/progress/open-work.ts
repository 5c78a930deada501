import type { BusinessDate } from '../calendar/business-date.ts';
import type { DecidingRole } from '../inbox/task.ts';
import type { Jurisdiction } from '../registry/jurisdictions.ts';
import { WITHOUT_LAST_DAY } from './figures.ts';
import { jurisdictionCodes } from './summary.ts';
import { type Counted, WHOLE_REGION } from './tally.ts';

/** Whoever decides together: the reviewers of a city, a department, the auditors. */
export interface Office {
  readonly role: DecidingRole;
  /** Of cities only. */
  readonly jurisdiction?: Jurisdiction;
}

export const offices: readonly Office[] = [
  ...jurisdictionCodes.map((jurisdiction): Office => ({ role: 'city-reviewer', jurisdiction })),
  { role: 'regional-officer' },
  { role: 'finance-officer' },
  { role: 'auditor' },
];

/** What waits for a decision on a day. */
export interface Waiting {
  readonly open: number;
  /** Of these, those whose last day was before. */
  readonly overdue: number;
}

export interface OpenWork extends Waiting {
  readonly offices: readonly (Office &
    Waiting & {
      /** The first last day of what waits; absent where nothing waits that has one. */
      readonly earliest?: BusinessDate;
    })[];
}

/** What waits now, by office, from the book of open tasks. */
export function openWorkOf(counted: readonly Counted[], today: BusinessDate): OpenWork {
  const byOffice = offices.map((office) => {
    const place = office.jurisdiction ?? WHOLE_REGION;
    const days = counted
      .filter(({ cell: [, of, role] }) => of === place && role === office.role)
      .flatMap(({ measures }) => Object.entries(measures))
      .filter(([, count]) => count > 0);
    const dated = days.filter(([day]) => day !== WITHOUT_LAST_DAY);
    const [earliest] = dated.map(([day]) => day as BusinessDate).sort();
    return {
      ...office,
      open: sum(days),
      overdue: sum(dated.filter(([day]) => day < today)),
      ...(earliest === undefined ? {} : { earliest }),
    };
  });
  return {
    open: byOffice.reduce((all, { open }) => all + open, 0),
    overdue: byOffice.reduce((all, { overdue }) => all + overdue, 0),
    offices: byOffice,
  };
}

const sum = (days: readonly (readonly [day: string, count: number])[]): number =>
  days.reduce((all, [, count]) => all + count, 0);
