import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const claimed = new Set<string>();

/**
 * Claims a data folder for this runtime and gives the function that releases it. Throws when another runtime that is alive
 * holds it: two would end each other's engine and write over each other's files.
 */
export function claimDataFolder(folder: string): () => void {
  const path = resolve(folder);
  mkdirSync(path, { recursive: true });
  const file = join(path, 'runtime.pid');
  const holder = readHolder(file);
  if (claimed.has(path) || (holder && holder.pid !== process.pid && startOf(holder.pid) === holder.startedAt)) {
    throw new Error(`the data folder ${path} is in use by process ${holder?.pid ?? process.pid}`);
  }
  claimed.add(path);
  writeFileSync(file, JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) }));
  return () => {
    claimed.delete(path);
    rmSync(file, { force: true });
  };
}

interface Holder {
  readonly pid: number;
  readonly startedAt: string;
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Tells a process from a later one with the same number, where the system says when it started; empty when it is gone. */
function startOf(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch {
    return '';
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The 22nd field; the second, the program's name, may contain spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'alive';
  } catch {
    return 'alive';
  }
}
