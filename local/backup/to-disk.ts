import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Takes what was written to a folder through to the disk. All at once: file by file it costs more than all the copying.
 * Windows has no such command and is left to itself.
 */
export async function toDisk(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  await run('sync', process.platform === 'linux' ? ['-f', folder] : []);
}
