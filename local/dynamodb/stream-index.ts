import { DatabaseSync } from 'node:sqlite';

const RECORDS = '_stream_records';

/**
 * Gives the engine's stream records an index. With every write the engine asks for the highest sequence number of the
 * table's stream, and looks through all of the last day's records for it: after 6,000 of them a transaction of nine
 * items costs 33 ms instead of 2. The index is in the engine's own file, is kept up by the engine, and changes no answer.
 * An engine that keeps its records otherwise is left alone.
 */
export function indexStreamRecords(database: string): void {
  const file = new DatabaseSync(database, { timeout: 5000 });
  try {
    const columns = file.prepare(`SELECT name FROM pragma_table_info('${RECORDS}')`).all();
    const names = new Set(columns.map(({ name }) => name));
    if (!names.has('table_name') || !names.has('sequence_number')) return;
    file.exec(
      `CREATE INDEX IF NOT EXISTS stream_records_by_sequence
       ON ${RECORDS} (table_name, CAST(sequence_number AS INTEGER))`,
    );
  } finally {
    file.close();
  }
}
