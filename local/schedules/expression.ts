import { Cron } from 'croner';

/** Gives the first time after `from` (milliseconds since the epoch) at which a schedule fires; undefined when never again. */
export type NextFiring = (from: number) => number | undefined;

const UNIT_MS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads a schedule expression: `cron(minutes hours day-of-month month day-of-week year)`, `rate(2 hours)` or
 * `at(2026-01-01T00:00:00)`, in the given time zone. A rate counts from `start`. Throws on anything else.
 */
export function parseSchedule(expression: string, timeZone: string, start: number): NextFiring {
  const [, kind, body = ''] = /^(cron|rate|at)\((.+)\)$/.exec(expression.trim()) ?? [];
  switch (kind) {
    case 'cron': {
      const cron = new Cron(cronPattern(body), { timezone: timeZone, paused: true, sloppyRanges: true });
      return (from) => cron.nextRun(new Date(from))?.getTime();
    }
    case 'rate': {
      const [, count, unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(body) ?? [];
      const period = Number(count) * (UNIT_MS[unit] ?? Number.NaN);
      if (!(period > 0)) break;
      return (from) => start + Math.max(0, Math.floor((from - start) / period) + 1) * period;
    }
    case 'at': {
      // croner reads a date without offset in the time zone of its options.
      const at = new Cron(body, { timezone: timeZone, paused: true });
      return (from) => at.nextRun(new Date(from))?.getTime();
    }
  }
  throw new Error(`not a schedule expression: ${expression}`);
}

/**
 * The six fields of AWS as croner's seven: seconds first, `?` as any, `0/15` (croner: a sloppy range) allowed, days of the week counted from 1 (Sunday) instead of 0.
 */
function cronPattern(body: string): string {
  const fields = body.trim().split(/\s+/);
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = fields;
  if (fields.length !== 6 || !dayOfMonth || !dayOfWeek) throw new Error(`cron(${body}) needs six fields`);
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw new Error(`cron(${body}): exactly one of day of month and day of week is "?"`);
  }
  return ['0', minutes, hours, any(dayOfMonth), month, weekday(any(dayOfWeek)), year].join(' ');
}

function any(field: string): string {
  return field === '?' ? '*' : field;
}

function weekday(field: string): string {
  return field
    .split(',')
    .map((part) => {
      const [days = '', ...occurrence] = part.split('#');
      const [range = '', ...step] = days.split('/');
      const shifted = range.replace(/\d/g, (day) => String(Number(day) - 1));
      return [[shifted, ...step].join('/'), ...occurrence].join('#');
    })
    .join(',');
}
