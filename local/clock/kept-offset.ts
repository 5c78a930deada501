import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileOf = (dataDir: string) => join(dataDir, 'clock.json');

/** By how many milliseconds the clock of a data folder had been moved when it was last heard of; 0 at the first start. */
export function readOffset(dataDir: string): number {
  try {
    return Number(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')).offset) || 0;
  } catch {
    return 0;
  }
}

export function keepOffset(dataDir: string, offset: number): void {
  writeFileSync(`${fileOf(dataDir)}.new`, JSON.stringify({ offset }));
  renameSync(`${fileOf(dataDir)}.new`, fileOf(dataDir));
}
