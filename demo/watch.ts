import { createHash } from 'node:crypto';
import { existsSync, type FSWatcher, readdirSync, readFileSync, statSync, watch } from 'node:fs';
import { join, relative } from 'node:path';

/** Editors write a file in several steps; what comes within this time came at once. */
const GATHERED_MS = 30;

/** Calls `changed` with the files below these folders whose content is another than before, relative to `root`. */
export function watchFiles(root: string, folders: readonly string[], changed: (files: string[]) => void): () => void {
  const contents = new Map<string, string>();
  let gathered = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    const files = [...gathered].filter((file) => {
      const content = contentOf(join(root, file));
      const same = contents.get(file) === content;
      contents.set(file, content);
      return !same;
    });
    gathered = new Set();
    timer = undefined;
    if (files.length > 0) changed(files);
  };
  const watchers = new Map<string, FSWatcher>();
  // Folders one by one: Node's recursive watching loses files that an editor replaces instead of writing into them.
  const look = (path: string) => {
    if (watchers.has(path) || !existsSync(path)) return;
    const isFolder = statSync(path).isDirectory();
    const watcher = watch(path, (_, name) => {
      const file = isFolder && name ? join(path, name) : path;
      if (/\.(ts|json)$/.test(file)) {
        gathered.add(relative(root, file));
        timer ??= setTimeout(tell, GATHERED_MS);
      } else if (isFolder) look(file);
    });
    watcher.on('error', () => watchers.delete(path));
    watchers.set(path, watcher);
    if (!isFolder) return;
    for (const entry of readdirSync(path, { withFileTypes: true }))
      if (entry.isDirectory()) look(join(path, entry.name));
  };
  for (const folder of folders) look(join(root, folder));
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}

/** A file that is gone has content of its own kind. */
function contentOf(path: string): string {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return 'gone';
  }
}
