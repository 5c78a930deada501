import { createHash } from 'node:crypto';
import type { Journal, Place } from '../../local/stepfunctions/journal.ts';
import type { JournalRecord } from '../../local/stepfunctions/records.ts';
import type { ExecutionSummary } from '../../local/stepfunctions/summary.ts';

const keyOf = ({ machine, execution }: Place) => `${machine}/${execution}`;
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);

/**
 * The journal of the workflow engine in memory: what outlives a killed engine. `toDisk` stands for the wait until a
 * record is safe.
 */
export function memoryJournal(toDisk: (place: Place) => Promise<void>): Journal {
  const running = new Map<string, { readonly place: Place; readonly records: JournalRecord[] }>();
  const finished = new Map<string, { readonly summary: ExecutionSummary; readonly records: JournalRecord[] }>();
  const definitions = new Map<string, string>();
  let written = 0;
  const recordsOf = (place: Place): JournalRecord[] => {
    const { records } = running.get(keyOf(place)) ?? finished.get(keyOf(place)) ?? {};
    if (!records) throw new Error(`no journal of ${keyOf(place)}`);
    return records;
  };
  return {
    load: () => ({
      // Read back as from a file: nobody shares a record with the engine before.
      running: structuredClone([...running.values()]),
      finished: [...finished.values()].map(({ summary }) => summary),
    }),
    begin(place, record) {
      running.set(keyOf(place), { place, records: [record] });
      written += 1;
    },
    append(place, record) {
      recordsOf(place).push(record);
      written += 1;
    },
    sync: toDisk,
    finish(place, summary) {
      finished.set(keyOf(place), { summary, records: recordsOf(place) });
      running.delete(keyOf(place));
    },
    reopen(place, record) {
      running.set(keyOf(place), { place, records: [...recordsOf(place), record] });
      finished.delete(keyOf(place));
      written += 1;
    },
    // In memory there are no files.
    frozen: () => [],
    read: (place) => structuredClone(recordsOf(place)),
    written: () => written,
    // The definitions are those that are deployed: the tests of the state machines validate them.
    knowsDefinition: () => true,
    saveDefinition(text) {
      definitions.set(hashOf(text), text);
      return hashOf(text);
    },
    readDefinition(hash) {
      const text = definitions.get(hash);
      if (text === undefined) throw new Error(`no definition ${hash}`);
      return text;
    },
  };
}
