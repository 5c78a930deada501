import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BackupError } from './backup-error.ts';
import { type Entry, readManifest } from './manifest.ts';
import type { BackupSummary } from './take.ts';
import { toDisk } from './to-disk.ts';
import { type Digest, writeDigested } from './write-digested.ts';

/**
 * Makes the data folder that a backup shows, for a runtime to start on. All is copied and checked beside it first, so
 * that it is there whole or not at all.
 *
 * @throws BackupError when the folder is not empty, or a file of the backup is missing or not what was backed up.
 */
export async function restoreBackup(from: string, dataDir: string): Promise<BackupSummary> {
  const target = resolve(dataDir);
  const left = await readdir(target).catch(() => []);
  if (left.length > 0) throw new BackupError(`${target} is not empty: restore into a new folder`);
  const { files, takenAt, clock } = await readManifest(from);
  const fresh = `${target}.restoring`;
  await rm(fresh, { recursive: true, force: true });
  try {
    await mkdir(fresh, { recursive: true, mode: 0o700 });
    for (const entry of files) await put(entry, from, fresh);
    await toDisk(fresh);
    // Replaces an empty folder, and no other.
    await rename(fresh, target);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
  return { files: files.length, bytes: files.reduce((total, { size }) => total + size, 0), takenAt, clock };
}

/** Opened when it is read: a file that isn't there is told to whoever reads, and to nobody before. */
async function* contentOf(path: string): AsyncGenerator<Buffer> {
  yield* createReadStream(path);
}

async function put(entry: Entry, from: string, to: string): Promise<void> {
  const { path, size, sha256, modified } = entry;
  const damaged = (reason: string) => new BackupError(`the backup is damaged: ${path} ${reason}`);
  let found: Digest;
  try {
    found = await writeDigested(join(to, path), contentOf(join(from, path)), new Date(modified));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw damaged('is missing');
    throw error;
  }
  if (found.size !== size) throw damaged(`has ${found.size} bytes instead of ${size}`);
  if (found.sha256 !== sha256) throw damaged('is not what was backed up');
}
