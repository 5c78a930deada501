import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import * as z from 'zod';
import { BackupError } from './backup-error.ts';

const MANIFEST = 'manifest.json';

/** The version of what this program writes and reads: the layout of the data folder, and of the manifest. */
const VERSION = 1;

/** A path that stays below the folder it is joined to. */
const innerPath = z.string().refine((path) => !isAbsolute(path) && normalize(path) === path && !path.startsWith('..'));

const entrySchema = z.strictObject({
  path: innerPath,
  size: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Milliseconds since the epoch. Objects are dated by it. */
  modified: z.number().int(),
});

const contentSchema = z.strictObject({
  format: z.literal('local-runtime-backup'),
  version: z.number().int(),
  /** The instant that the backup shows: by the machine's clock, and by the runtime's. */
  takenAt: z.iso.datetime(),
  clock: z.iso.datetime(),
  files: z.array(entrySchema).min(1),
});

/** What a backup consists of. It is written last: a folder without it is no backup. */
export type Manifest = z.infer<typeof contentSchema>;
export type Entry = z.infer<typeof entrySchema>;

export async function writeManifest(folder: string, about: Pick<Manifest, 'takenAt' | 'clock' | 'files'>) {
  const content: Manifest = { format: 'local-runtime-backup', version: VERSION, ...about };
  const file = await open(join(folder, MANIFEST), 'wx', 0o600);
  try {
    await file.writeFile(JSON.stringify({ ...content, sha256: digest(content) }, undefined, 1));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** @throws BackupError when the folder holds no backup, a damaged one, or one of another version. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch((error: unknown) => {
    throw new BackupError(`${folder} holds no finished backup (${MANIFEST}: ${String(error)})`);
  });
  const { sha256, ...content } = parseObject(text);
  const manifest = contentSchema.safeParse(content);
  if (manifest.success && manifest.data.version !== VERSION) {
    throw new BackupError(`the backup has version ${manifest.data.version}; this program reads version ${VERSION}`);
  }
  if (!manifest.success || sha256 !== digest(manifest.data)) throw new BackupError(`${MANIFEST} is damaged`);
  return manifest.data;
}

function parseObject(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new BackupError(`${MANIFEST} is damaged`);
  }
}

const digest = (content: Manifest) => createHash('sha256').update(JSON.stringify(content)).digest('hex');
