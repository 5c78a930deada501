import { existsSync } from 'node:fs';

const BUSY_TIMEOUT_MS = 5_000;

/**
 * With every item written to a table that has a stream, the engine looks for the highest sequence number of all stream
 * records of the last day. Without an index a write costs more with every write before it. The index changes no
 * answer; an engine whose file has no such table goes on without it, and the reason is returned.
 */
export async function indexStreamRecords(database: string): Promise<string | undefined> {
  if (!existsSync(database)) return `${database} does not exist`;
  try {
    const { DatabaseSync } = await import('node:sqlite');
    const file = new DatabaseSync(database, { timeout: BUSY_TIMEOUT_MS });
    try {
      file.exec(
        'CREATE INDEX IF NOT EXISTS stream_records_by_sequence ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
      );
    } finally {
      file.close();
    }
    return undefined;
  } catch (error) {
    return String(error);
  }
}
