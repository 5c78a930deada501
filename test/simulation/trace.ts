import { createHash } from 'node:crypto';
import { toShanghaiIso } from '../../core/calendar/business-date.ts';

/** Everything that happened, in its order, one line each. Two runs are the same when their hashes are. */
export interface Trace {
  /** Writes a line: who did what, and what came of it. */
  write(who: string, what: string): void;
  readonly lines: readonly string[];
  hash(): string;
}

export function createTrace(now: () => number): Trace {
  const lines: string[] = [];
  return {
    lines,
    write: (who, what) => void lines.push(`${toShanghaiIso(now())} ${who}: ${what}`),
    hash: () => createHash('sha256').update(lines.join('\n')).digest('hex'),
  };
}
