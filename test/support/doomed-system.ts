import { createRequire, flushCompileCache, syncBuiltinESMExports } from 'node:module';
import type { Life } from './killing.ts';

/**
 * The whole system in a process of its own, to be killed. Its life is given as JSON; it says `ready` when it serves. With
 * a doom, the process ends itself without warning at its n-th write to a file, before, after or in the middle of it: the
 * same place in the same seed, whatever the machine's speed.
 */
const life: Life = JSON.parse(process.argv[2] ?? '');

const fs: typeof import('node:fs') = createRequire(import.meta.url)('node:fs');
const { appendFileSync, writeFileSync, renameSync } = fs;
const { doom } = life;
let left = doom?.kind === 'write' ? doom.count : Number.POSITIVE_INFINITY;

const die = () => process.kill(process.pid, 'SIGKILL');

/** Runs a write, unless it is the one not to be survived. */
function survive(write: () => void, half: (() => void) | undefined): void {
  left -= 1;
  if (left > 0 || doom?.kind !== 'write') write();
  else {
    if (doom.moment === 'after') write();
    if (doom.moment === 'half-way') half?.();
    die();
  }
}

const halfOf = (data: unknown) => (typeof data === 'string' ? data.slice(0, data.length / 2) : undefined);

Object.assign(fs, {
  appendFileSync: (...[path, data, options]: Parameters<typeof appendFileSync>) =>
    survive(
      () => appendFileSync(path, data, options),
      () => appendFileSync(path, halfOf(data) ?? '', options),
    ),
  writeFileSync: (...[path, data, options]: Parameters<typeof writeFileSync>) =>
    survive(
      () => writeFileSync(path, data, options),
      () => writeFileSync(path, halfOf(data) ?? '', options),
    ),
  renameSync: (...[from, to]: Parameters<typeof renameSync>) => survive(() => renameSync(from, to), undefined),
});
syncBuiltinESMExports();

const { startSystem } = await import('../../demo/system.ts');
const system = await startSystem({
  assembly: life.assembly,
  dataDir: life.dataDir,
  ports: life.ports,
  functionConcurrency: 2,
  onFatal(reason) {
    console.error(reason);
    process.exit(1);
  },
});
process.once('SIGTERM', () => void system.stop().then(() => process.exit(0)));
// Whoever is killed keeps nothing of what it compiled: its next life would do it all again.
flushCompileCache();
console.log('ready');
