import { createHash } from 'node:crypto';
import { toShanghaiIso } from '../../core/calendar/business-date.ts';

/** Everything that happened, in its order, one line each. Two runs are the same when their hashes are. */
export interface Trace {
  /** Writes a line: who did what, and what came of it. */
  write(who: string, what: string): void;
  /** As somebody reads it. */
  lines(): readonly string[];
  hash(): string;
}

export function createTrace(now: () => number): Trace {
  const moments: number[] = [];
  const written: string[] = [];
  return {
    write(who, what) {
      moments.push(now());
      written.push(`${who}: ${what}`);
    },
    lines: () => written.map((line, at) => `${toShanghaiIso(moments[at] ?? 0)} ${line}`),
    hash: () =>
      createHash('sha256')
        .update(written.map((line, at) => `${moments[at]} ${line}`).join('\n'))
        .digest('hex'),
  };
}
