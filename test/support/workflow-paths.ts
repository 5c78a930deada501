import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { WorkflowName } from '../../core/ports/events.ts';
import { captureLog } from './registry-world.ts';
import type { WorkflowBench } from './workflow-bench.ts';

/** A row of a workflow's page: a path in words, and where it ends. */
export interface PathRow {
  readonly path: string;
  /** Name of the final state; undefined for an execution that is stopped or fails. */
  readonly exit: string | undefined;
  /** Where its executions end, when it takes several. */
  readonly exits: readonly string[];
  readonly status: 'SUCCEEDED' | 'ABORTED' | 'FAILED';
}

/** The rows of the table in `statemachines/<workflow>.md`. */
export function pathsOf(workflow: WorkflowName): PathRow[] {
  const page = readFileSync(new URL(`../../statemachines/${workflow}.md`, import.meta.url), 'utf8');
  const cells = page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  return cells.slice(2).map(([path = '', ending = '']) => {
    if (ending.includes('stopped')) return { path, exit: undefined, exits: [], status: 'ABORTED' };
    if (ending.includes('failed')) return { path, exit: undefined, exits: [], status: 'FAILED' };
    const named = [...ending.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
    const exits = named.length > 0 ? named : (/\w+/.exec(ending) ?? []);
    return { path, exit: exits.at(-1), exits: [...exits], status: 'SUCCEEDED' };
  });
}

/** What happens on a path: people act on the bench, and what they leave behind is asserted. */
export type PathCase = (bench: WorkflowBench) => Promise<void>;

/**
 * A test for each row of the workflow's page, named by the row: it ends in the row's state, and nobody is left with a
 * task. A row without a case fails, and so does a case without a row. The main path is taken once more with the first
 * reply of every step lost, and must leave the same behind.
 */
export function testPaths(
  workflow: WorkflowName,
  open: (options: { loseReplies?: boolean }) => Promise<WorkflowBench>,
  cases: Readonly<Record<string, PathCase>>,
): void {
  const rows = pathsOf(workflow);

  const take = async (row: PathRow, options: { loseReplies?: boolean } = {}) => {
    const log = captureLog();
    const bench = await open(options).catch((error) => {
      log.restore();
      throw error;
    });
    try {
      const follow = cases[row.path];
      if (!follow) throw new Error(`no test of the path "${row.path}"`);
      await follow(bench);
      const executions = await bench.executions(workflow);
      expect(executions.length).toBeGreaterThan(0);
      for (const { status } of executions) expect(status).toBe(row.status);
      if (row.exits.length > 0) expect([...new Set(executions.map(({ exit }) => exit))]).toEqual(row.exits);
      expect(await bench.openTasks()).toEqual([]);
      expect(bench.failures()).toEqual([]);
      return { effects: await bench.effects(), lost: bench.lostReplies(), executions };
    } finally {
      await bench.close();
      log.restore();
    }
  };

  describe(`each path of ${workflow}`, () => {
    for (const row of rows) test(`${row.path} → ${row.exit ?? row.status}`, () => take(row).then(() => undefined));

    test('no path is tested that the page does not know', () => {
      const known = new Set(rows.map(({ path }) => path));
      expect(rows.length).toBeGreaterThan(0);
      expect(Object.keys(cases).filter((path) => !known.has(path))).toEqual([]);
    });
  });

  test(`${workflow} does nothing twice when the first reply of every step is lost`, async () => {
    const [main] = rows;
    if (!main) throw new Error('no paths');
    const once = await take(main);
    const repeated = await take(main, { loseReplies: true });
    const visited = repeated.executions.flatMap(({ states }) => states);
    expect(repeated.lost).toBeGreaterThan(0);
    expect(visited).toEqual(once.executions.flatMap(({ states }) => states));
    expect(repeated.effects).toEqual(once.effects);
  });
}
