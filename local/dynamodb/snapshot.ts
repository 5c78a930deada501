import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The file of all tables. */
export const databaseFile = (dataDir: string) => join(dataDir, 'dynamodb', 'tables.sqlite');

/** The database of the engine, which may be writing to it, as it is at one instant. */
export interface Snapshot {
  /** From now on it is seen as it is now: every write that was acknowledged is in, none that comes later. */
  fix(): void;
  /** Copies what was fixed into a new file. Writers go on meanwhile; their journal grows until `close`. */
  copyTo(path: string): Promise<void>;
  close(): void;
}

const BUSY_TIMEOUT_MS = 5_000;
const PAGES_AT_ONCE = 1_000;

/** @throws Error when there is no database, or one whose readers would hold up its writers. */
export async function openSnapshot(database: string): Promise<Snapshot> {
  if (!existsSync(database)) throw new Error(`${database} does not exist`);
  const { backup, DatabaseSync } = await import('node:sqlite');
  const file = new DatabaseSync(database, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  const close = () => {
    if (file.isOpen) file.close();
  };
  try {
    const mode = file.prepare('PRAGMA journal_mode').get()?.journal_mode;
    // Only a write-ahead log lets one process read an old state while another writes.
    if (mode !== 'wal') throw new Error(`the database has the journal mode ${mode}, not wal`);
  } catch (error) {
    close();
    throw error;
  }
  return {
    fix() {
      file.exec('BEGIN');
      // A transaction sees the state in which it first reads.
      file.prepare('SELECT count(*) FROM sqlite_schema').get();
    },
    async copyTo(path) {
      // Inside an open transaction the copy is of what that sees, and is not begun again by each write of the engine.
      await backup(file, path, { rate: PAGES_AT_ONCE });
    },
    close,
  };
}
