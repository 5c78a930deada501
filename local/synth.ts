import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { glob, readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Lies in the assembly and says of which inputs it was made. */
const HASH_FILE = '.inputs-hash';

/**
 * Synthesizes the app at `entry` into `out`, unless the content of `inputs` (globs of files and folders, relative to the
 * working directory) and the context are those that the assembly there was made of. Two processes at once do it once.
 * Returns the folder. Rejects with the app's own output when it fails.
 */
export async function ensureAssembly(options: {
  entry: string;
  out: string;
  inputs: readonly string[];
  /** CDK context, as `cdk --context` would give it. */
  context?: Readonly<Record<string, unknown>>;
  log?: (message: string) => void;
}): Promise<string> {
  const out = resolve(options.out);
  const log = options.log ?? console.log;
  const context = JSON.stringify(options.context ?? {});
  const hash = await hashOf([options.entry, ...options.inputs], context);
  if (madeOf(out) === hash) return out;

  mkdirSync(dirname(out), { recursive: true });
  const unlock = await lock(`${out}.lock`);
  try {
    if (madeOf(out) === hash) return out;
    log(`synthesizing ${options.entry} …`);
    const started = performance.now();
    // Of this process alone: a synthesis whose starter was killed may still be writing to its own.
    const fresh = `${out}.new-${process.pid}`;
    for await (const left of glob(`${out}.new*`)) rmSync(left, { recursive: true, force: true });
    await run(options.entry, { CDK_OUTDIR: fresh, CDK_CONTEXT_JSON: context });
    writeFileSync(resolve(fresh, HASH_FILE), hash);
    rmSync(out, { recursive: true, force: true });
    renameSync(fresh, out);
    log(`synthesized in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return out;
  } finally {
    unlock();
  }
}

function madeOf(out: string): string | undefined {
  try {
    return readFileSync(resolve(out, HASH_FILE), 'utf8');
  } catch {
    return undefined;
  }
}

async function hashOf(patterns: readonly string[], context: string): Promise<string> {
  const files = new Set<string>();
  for (const pattern of patterns) {
    for await (const path of glob(pattern)) {
      if (!(await stat(path)).isDirectory()) files.add(path);
      else for await (const inner of glob(`${path}/**/*`)) if ((await stat(inner)).isFile()) files.add(inner);
    }
  }
  const hash = createHash('sha256').update(context).update(process.version);
  for (const file of [...files].sort()) {
    hash.update(`\0${file}\0`).update(await readFile(file));
  }
  return hash.digest('hex');
}

/** Waits until nobody else holds the lock; that of a process which is gone counts for nothing. */
async function lock(file: string): Promise<() => void> {
  for (;;) {
    try {
      const handle = openSync(file, 'wx');
      writeFileSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (!holderIsAlive(file)) rmSync(file, { force: true });
    await delay(100);
  }
}

/** Longer than anybody needs to write a number into a file. */
const WRITING_MS = 2_000;

function holderIsAlive(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // Empty: its holder is just writing its number, unless it was killed before it could.
    if (pid === 0) return Date.now() - statSync(file).mtimeMs < WRITING_MS;
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function run(entry: string, environment: Record<string, string>): Promise<void> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, [entry], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) done();
      else reject(new Error(`synthesis of ${entry} failed (${code}):\n${output.trim()}`));
    });
  });
}
