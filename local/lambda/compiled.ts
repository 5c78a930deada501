import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const WEEK = 7 * 86_400_000;

/**
 * Where this process keeps what it compiled (Node's own `NODE_COMPILE_CACHE`, which `npm start` sets); undefined when it keeps
 * nothing. Function instances keep theirs there too: loading one then takes half the time.
 */
export const compiledFolder = (): string | undefined => process.env.NODE_COMPILE_CACHE || undefined;

/** What a thread begins with: Node's cache has to be on before the first file is compiled, and is so per thread. */
export const beginning = (file: string, folder = compiledFolder()): string =>
  [
    ...(folder === undefined ? [] : [`require('node:module').enableCompileCache(${JSON.stringify(folder)});`]),
    `import(${JSON.stringify(file)});`,
  ].join('\n');

/** Deletes what was compiled more than a week ago: code that is still in use is compiled again, all other is gone for good. */
export async function forgetOldCode(folder = compiledFolder()): Promise<void> {
  if (folder === undefined) return;
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const file of files) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    // Somebody else may be tidying up as well.
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (mtimeMs < Date.now() - WEEK) await rm(path, { force: true });
  }
}
