import { linkSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { openSnapshot } from '../dynamodb/snapshot.ts';
import { BackupError } from './backup-error.ts';
import type { FrozenFile } from './frozen-file.ts';
import { type Entry, writeManifest } from './manifest.ts';
import { toDisk } from './to-disk.ts';
import { digestOf, writeDigested } from './write-digested.ts';

/** What the runtime keeps in its data folder, as a backup asks for it. */
export interface Stores {
  readonly dataDir: string;
  /** The file of the table, below `dataDir`; undefined when the table is kept elsewhere. */
  readonly database: string | undefined;
  /** The files of executions in `dataDir/stepfunctions` as they are now. Synchronous: nothing may happen meanwhile. */
  journals(): FrozenFile[];
  /** Runs work while no object is put or deleted; whoever wants to waits. */
  whileObjectsRest<T>(work: () => Promise<T>): Promise<T>;
  /** Time by the runtime's clock. */
  now(): number;
}

export interface BackupSummary {
  readonly files: number;
  readonly bytes: number;
  /** The instant that the backup shows, by the machine's clock and by the runtime's. */
  readonly takenAt: string;
  readonly clock: string;
}

/** Links to objects stand here while a backup copies them. */
export const STAGING = 'backup-staging';

/** Kept otherwise, of this process alone, or of no use elsewhere. */
const APART = ['dynamodb', 'objects', 'stepfunctions', 'logs', STAGING];

/** Between two turns of the event loop. */
const LINKS_AT_ONCE = 500;

/** Takes one backup at a time. */
export function createBackups(stores: Stores): (to: string) => Promise<BackupSummary> {
  let underWay = false;
  return async (to) => {
    if (underWay) throw new BackupError('another backup is under way');
    underWay = true;
    try {
      return await takeBackup(stores, to);
    } finally {
      underWay = false;
    }
  };
}

/**
 * Copies a running system into the new or empty folder `to`, as it stood at one instant (ADR 26): what a power cut at
 * that instant would have left. Nothing stands still for it but uploads and deletions of objects, for a moment.
 *
 * @throws BackupError when the folder is not empty, or the table is not in the data folder.
 */
async function takeBackup(stores: Stores, to: string): Promise<BackupSummary> {
  const { dataDir, database } = stores;
  const target = resolve(to);
  if (database === undefined) throw new BackupError('the table is kept by another program: back it up there');
  if (!relative(dataDir, target).startsWith('..')) throw new BackupError(`${target} is part of what is backed up`);
  const staging = join(dataDir, STAGING);
  await rm(staging, { recursive: true, force: true });
  const table = await openSnapshot(database);
  try {
    await makeEmptyFolder(target);
    try {
      const { files: frozen, ...instant } = await stores.whileObjectsRest(async () => {
        // The instant. All that this process keeps is written by this thread, which does nothing else up to the next
        // await; the table is fixed in between.
        table.fix();
        const takenAt = new Date().toISOString();
        const clock = new Date(stores.now()).toISOString();
        const files = [...smallFiles(dataDir), ...below('stepfunctions', stores.journals())];
        const objects = await linkAll(join(dataDir, 'objects'), join(staging, 'objects'));
        return { takenAt, clock, files: [...files, ...below('objects', objects)] };
      });

      const copy = relative(dataDir, database);
      await mkdir(dirname(join(target, copy)), { mode: 0o700 });
      await table.copyTo(join(target, copy));
      table.close();
      await chmod(join(target, copy), 0o600);
      const files: Entry[] = [
        { path: copy, ...(await digestOf(join(target, copy))), modified: Date.parse(instant.takenAt) },
      ];
      for (const file of frozen) files.push(await keep(file, target));
      await toDisk(target);
      await writeManifest(target, { ...instant, files });
      return { files: files.length, bytes: files.reduce((total, { size }) => total + size, 0), ...instant };
    } catch (error) {
      await rm(target, { recursive: true, force: true });
      throw error;
    }
  } finally {
    table.close();
    await rm(staging, { recursive: true, force: true });
  }
}

async function makeEmptyFolder(target: string): Promise<void> {
  await mkdir(target, { recursive: true, mode: 0o700 });
  if ((await readdir(target)).length > 0) throw new BackupError(`${target} is not empty`);
  // Signing keys and identity data will lie in it.
  await chmod(target, 0o700);
}

const below = (folder: string, files: readonly FrozenFile[]): FrozenFile[] =>
  files.map((file) => ({ ...file, path: join(folder, file.path) }));

/** Clock, stream positions, queues, keys: read at once. Numbers of processes and what a crash left half written stay. */
function smallFiles(dataDir: string): FrozenFile[] {
  return readdirSync(dataDir, { withFileTypes: true })
    .filter(({ name }) => !APART.includes(name))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(dataDir, entry.name) : [entry.name]))
    .filter((path) => !/\.(pid|new|tmp)$/.test(path))
    .map((path) => ({ path, content: readFileSync(join(dataDir, path)) }));
}

/** Paths of all files in a folder below `base`, relative to `base`. */
function filesBelow(base: string, folder: string): string[] {
  return readdirSync(join(base, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(base, join(entry.parentPath, entry.name)));
}

/** Objects' files are never written again once they have their name, so a second name keeps them as they are. */
async function linkAll(folder: string, staging: string): Promise<FrozenFile[]> {
  const links: FrozenFile[] = [];
  for (const path of filesBelow(folder, '.')) {
    if (path.endsWith('.tmp')) continue;
    const link = join(staging, path);
    mkdirSync(dirname(link), { recursive: true });
    linkSync(join(folder, path), link);
    if (links.push({ path, places: [link] }) % LINKS_AT_ONCE === 0) await turn();
  }
  return links;
}

async function keep(file: FrozenFile, target: string): Promise<Entry> {
  const { path } = file;
  const copy = join(target, path);
  if ('content' in file) {
    const modified = new Date();
    return { path, ...(await writeDigested(copy, [file.content], modified)), modified: modified.getTime() };
  }
  const source = await openFirst(file.places);
  try {
    const { mtime } = await source.stat();
    const bytes = file.length === 0 ? [] : source.createReadStream(range(file.length));
    const digest = await writeDigested(copy, bytes, mtime);
    if (digest.size !== (file.length ?? digest.size)) throw new Error(`${path} has become shorter`);
    return { path, ...digest, modified: mtime.getTime() };
  } finally {
    await source.close();
  }
}

const range = (length: number | undefined) => ({
  start: 0,
  autoClose: false,
  ...(length !== undefined && { end: length - 1 }),
});

async function openFirst(places: readonly string[]): Promise<FileHandle> {
  for (const place of places.slice(0, -1)) {
    const file = await open(place).catch(() => undefined);
    if (file) return file;
  }
  return open(places.at(-1) ?? '');
}
