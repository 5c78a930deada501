import type { JournalRecord } from '../stepfunctions/records.ts';
import type { ExecutionStatus } from '../stepfunctions/summary.ts';
import { pathIn } from './graph.ts';

/** What happened in one state of the drawing, over all its visits. */
export interface Mark {
  /** `caught`: it failed and went on elsewhere; `stopped`: it was left when the execution ended. */
  readonly status: 'current' | 'done' | 'caught' | 'failed' | 'stopped';
  readonly visits: number;
  readonly retries: number;
}

interface Tally {
  entered: number;
  exited: number;
  retries: number;
  /** The last visit failed and was not retried. */
  failed: boolean;
}

/** How each state that was reached stands, by its path in the drawing. */
export function marksOf(records: readonly JournalRecord[], status: ExecutionStatus): Record<string, Mark> {
  const tallies = new Map<string, Tally>();
  /** What a scope is called in the drawing, as the beginning of its states' paths. */
  const places = new Map<string, (state: string) => string>([['', (state) => state]]);
  const current = new Map<string, string>();
  const tallyOf = (path: string) => {
    const tally = tallies.get(path) ?? { entered: 0, exited: 0, retries: 0, failed: false };
    tallies.set(path, tally);
    return tally;
  };
  for (const record of records) {
    if (record.type === 'started' || record.type === 'ended') continue;
    if (record.type === 'redriven') {
      // What failed is done again.
      for (const path of current.values()) tallyOf(path).failed = false;
      continue;
    }
    if (record.type === 'branch-started') {
      const parent = places.get(record.parent)?.(record.state) ?? record.state;
      // All items of a Map go through the one processor that is drawn.
      const branch = record.kind === 'Map' ? 0 : record.index;
      places.set(record.scope, (state) => pathIn(parent, branch, state));
      continue;
    }
    if (record.type === 'entered') {
      const path = places.get(record.scope)?.(record.state) ?? record.state;
      current.set(record.scope, path);
      const tally = tallyOf(path);
      tally.entered += 1;
      tally.failed = false;
      continue;
    }
    const at = current.get(record.scope);
    if (at === undefined) continue;
    const tally = tallyOf(at);
    if (record.type === 'exited') tally.exited += 1;
    else if (record.type === 'failed') tally.failed = true;
    else if (record.type === 'joined' && !record.succeeded) tally.failed = true;
    else if (record.type === 'retrying') {
      tally.retries += 1;
      tally.failed = false;
    } else if (record.type === 'branch-ended' && 'error' in record.answer && tally.exited < tally.entered) {
      tally.failed = true;
    }
  }
  return Object.fromEntries(
    [...tallies].map(([path, { entered, exited, retries, failed }]) => [
      path,
      { status: standing(entered > exited, failed, status), visits: entered, retries },
    ]),
  );
}

function standing(inside: boolean, failed: boolean, status: ExecutionStatus): Mark['status'] {
  if (!inside) return failed ? 'caught' : 'done';
  if (status === 'RUNNING' && !failed) return 'current';
  // A Fail state has no failed record of its own: that the execution failed in it says so.
  return failed || status === 'FAILED' ? 'failed' : 'stopped';
}
