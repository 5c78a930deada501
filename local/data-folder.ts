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
  const holder = holderOf(path);
  if (claimed.has(path) || holder) {
    throw new Error(`the data folder ${path} is in use by process ${holder?.pid ?? process.pid}`);
  }
  claimed.add(path);
  write(path, {});
  return () => {
    claimed.delete(path);
    rmSync(fileOf(path), { force: true });
  };
}

/** A runtime that is alive. */
export interface Holder {
  readonly pid: number;
  readonly startedAt: string;
  /** Its control server, once that answers. */
  readonly controlUrl?: string;
}

/** Tells other processes where to find the runtime that holds this folder. */
export function announceControl(folder: string, controlUrl: string): void {
  write(resolve(folder), { controlUrl });
}

/** The runtime that holds a data folder; undefined when nobody does. */
export function holderOf(folder: string): Holder | undefined {
  const path = resolve(folder);
  const holder = readHolder(fileOf(path));
  if (!holder) return undefined;
  const alive = holder.pid === process.pid ? claimed.has(path) : startOf(holder.pid) === holder.startedAt;
  return alive ? holder : undefined;
}

const fileOf = (path: string) => join(path, 'runtime.pid');

function write(path: string, more: Pick<Holder, 'controlUrl'>): void {
  const holder: Holder = { pid: process.pid, startedAt: startOf(process.pid), ...more };
  writeFileSync(fileOf(path), JSON.stringify(holder));
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
