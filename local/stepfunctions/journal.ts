import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { FrozenFile } from '../backup/frozen-file.ts';
import type { JournalRecord, RedrivenRecord, StartedRecord } from './records.ts';
import type { ExecutionSummary } from './summary.ts';

/**
 * What the engine knows, on disk:
 * - `running/<machine>/<execution>.jsonl`, one line per record, appended as things happen;
 * - `finished/<machine>/<execution>.jsonl`, the same file once the execution has ended;
 * - `finished.jsonl`, one line per ended execution, so that a start reads one file and not thousands;
 * - `definitions/<hash>.json`: an execution goes on with the definition it was started with.
 *
 * Lines are written at once, in order; `sync` also takes them through the operating system to the disk.
 */
export interface Journal {
  /** Reads what is there; repairs a line that a crash has cut. */
  load(): { running: RunningFile[]; finished: ExecutionSummary[] };
  begin(place: Place, record: StartedRecord): void;
  append(place: Place, record: JournalRecord): void;
  /** `created`: the file is new, so its name has to reach the disk as well. */
  sync(place: Place, options?: { created?: boolean }): Promise<void>;
  finish(place: Place, summary: ExecutionSummary): void;
  /** Takes an execution that has ended back among the running ones. */
  reopen(place: Place, record: RedrivenRecord): void;
  read(place: Place): JournalRecord[];
  /** How many records were written so far: grows exactly when some execution does something. */
  written(): number;
  knowsDefinition(text: string): boolean;
  /** Keeps a definition and gives the hash by which it is read. */
  saveDefinition(text: string): string;
  readDefinition(hash: string): string;
  /** Every file as it is now. */
  frozen(): FrozenFile[];
}

/** Where the journal of an execution stands: names that were checked to be good for a path. */
export interface Place {
  readonly machine: string;
  readonly execution: string;
}

export interface RunningFile {
  readonly place: Place;
  readonly records: JournalRecord[];
}

const SUFFIX = '.jsonl';

export function createJournal(dataDir: string): Journal {
  const index = join(dataDir, 'finished.jsonl');
  const pathOf = (state: 'running' | 'finished', place: Place) =>
    join(dataDir, state, place.machine, `${place.execution}${SUFFIX}`);
  let written = 0;
  const definitionPath = (hash: string) => join(dataDir, 'definitions', `${hash}.json`);

  const places = (state: 'running' | 'finished'): Place[] => {
    const folder = join(dataDir, state);
    if (!existsSync(folder)) return [];
    return readdirSync(folder).flatMap((machine) =>
      readdirSync(join(folder, machine))
        .filter((file) => file.endsWith(SUFFIX))
        .map((file) => ({ machine, execution: file.slice(0, -SUFFIX.length) })),
    );
  };

  const finish = (place: Place, summary: ExecutionSummary) => {
    appendFileSync(index, `${JSON.stringify(summary)}\n`);
    const target = pathOf('finished', place);
    mkdirSync(dirname(target), { recursive: true });
    renameSync(pathOf('running', place), target);
  };

  return {
    load() {
      mkdirSync(dataDir, { recursive: true });
      const finished = new Map<string, ExecutionSummary>();
      for (const summary of readLines<ExecutionSummary>(index)) finished.set(keyOf(placeOf(summary)), summary);
      // The line of the index may have been lost with the power although the file was moved.
      for (const place of places('finished')) {
        if (finished.has(keyOf(place))) continue;
        const summary = summaryOf(readLines<JournalRecord>(pathOf('finished', place)));
        if (!summary) continue;
        appendFileSync(index, `${JSON.stringify(summary)}\n`);
        finished.set(keyOf(place), summary);
      }
      const running: RunningFile[] = [];
      for (const place of places('running')) {
        const records = readLines<JournalRecord>(pathOf('running', place));
        const summary = summaryOf(records);
        if (summary) {
          // Ended, but killed before it was put away.
          finish(place, summary);
          finished.set(keyOf(place), summary);
        } else if (records.length > 0) {
          running.push({ place, records });
          // It ended once and was sent on again.
          finished.delete(keyOf(place));
        }
      }
      return { running, finished: [...finished.values()] };
    },
    begin(place, record) {
      const path = pathOf('running', place);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify(record)}\n`);
      written += 1;
    },
    append(place, record) {
      appendFileSync(pathOf('running', place), `${JSON.stringify(record)}\n`);
      written += 1;
    },
    written: () => written,
    async sync(place, options) {
      const path = pathOf('running', place);
      // An execution that ends while this waits is put away.
      const file = await open(path, 'r+').catch(() => open(pathOf('finished', place), 'r+'));
      try {
        await file.datasync();
      } finally {
        await file.close();
      }
      if (options?.created) await syncFolder(dirname(path));
    },
    finish,
    reopen(place, record) {
      // Moved first: a crash in between leaves an ended execution in the wrong place, which the next start puts away.
      renameSync(pathOf('finished', place), pathOf('running', place));
      appendFileSync(pathOf('running', place), `${JSON.stringify(record)}\n`);
      written += 1;
    },
    read(place) {
      const running = pathOf('running', place);
      return readLines<JournalRecord>(existsSync(running) ? running : pathOf('finished', place));
    },
    knowsDefinition: (text) => existsSync(definitionPath(hashOf(text))),
    saveDefinition(text) {
      const hash = hashOf(text);
      const path = definitionPath(hash);
      if (!existsSync(path)) {
        mkdirSync(dirname(path), { recursive: true });
        // Renamed into place, so that a crash leaves a whole definition or none.
        writeFileSync(`${path}.new`, text, { flush: true });
        renameSync(`${path}.new`, path);
      }
      return hash;
    },
    readDefinition: (hash) => readFileSync(definitionPath(hash), 'utf8'),
    frozen() {
      const path = (place: string) => relative(dataDir, place);
      const growing = (place: string, ...moved: string[]): FrozenFile => ({
        path: path(place),
        places: [place, ...moved],
        length: statSync(place).size,
      });
      const whole = (place: string): FrozenFile => ({ path: path(place), places: [place] });
      const definitions = join(dataDir, 'definitions');
      return [
        ...(existsSync(index) ? [growing(index)] : []),
        ...places('running').map((place) => growing(pathOf('running', place), pathOf('finished', place))),
        ...places('finished').map((place) => whole(pathOf('finished', place))),
        ...readdirSync(definitions).map((file) => whole(join(definitions, file))),
      ];
    },
  };
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);

const keyOf = (place: Place) => `${place.machine}/${place.execution}`;

const placeOf = (summary: ExecutionSummary): Place => ({
  machine: summary.stateMachineArn.slice(summary.stateMachineArn.lastIndexOf(':') + 1),
  execution: summary.name,
});

/** The summary of an ended execution, from its records; undefined while it has not ended. */
function summaryOf(records: JournalRecord[]): ExecutionSummary | undefined {
  const first = records[0];
  const last = records.findLast(({ type }) => type === 'ended' || type === 'redriven');
  if (first?.type !== 'started' || last?.type !== 'ended') return undefined;
  const redriveCount = redrivesOf(records);
  return {
    executionArn: first.executionArn,
    stateMachineArn: first.stateMachineArn,
    name: first.name,
    status: last.status,
    startedAt: first.at,
    stoppedAt: last.at,
    ...(redriveCount > 0 && { redriveCount }),
  };
}

/** How often an execution was sent on again. */
export const redrivesOf = (records: readonly JournalRecord[]): number =>
  records.filter(({ type }) => type === 'redriven').length;

/** The lines of a file; what a crash left of the last one is cut off, so that the next line starts afresh. */
function readLines<T>(path: string): T[] {
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) truncateSync(path, whole);
  return bytes
    .toString('utf8', 0, whole)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

/** Makes the name of a new file as durable as its content, where the platform can. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (process.platform !== 'win32') throw error;
  }
}
