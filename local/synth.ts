import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { glob, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** What an assembly is made of. Whatever can change it must be named here: everything else is not looked at. */
export interface AssemblySource {
  readonly entry: string;
  /** Globs of files and folders whose content matters, relative to the working directory. */
  readonly inputs: readonly string[];
  /** CDK context, as `cdk --context` would give it. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Variables of the environment that the app reads, by name; none matter otherwise. */
  readonly variables?: RegExp;
}

/** Assemblies that were not used for so long are deleted, but never the latest ones. */
const UNUSED_MS = 7 * 86_400_000;
const KEPT = 3;

/**
 * Synthesizes the app into a folder of `out` named after everything it is made of, unless it is there, and returns that
 * folder. It appears whole or not at all and is never written to again, so a runtime keeps its assembly however often the
 * sources change meanwhile. Rejects with the app's own output when it fails.
 */
export async function ensureAssembly(
  options: AssemblySource & { out: string; log?: (message: string) => void },
): Promise<string> {
  const out = resolve(options.out);
  const log = options.log ?? console.log;
  mkdirSync(out, { recursive: true });
  for (;;) {
    const hash = await hashOf(options);
    const folder = join(out, hash);
    if (isThere(folder)) return folder;
    // The lock only spares the machine: two that synthesize at once would both be right.
    const unlock = await lock(`${folder}.lock`);
    try {
      if (isThere(folder)) return folder;
      log(`synthesizing ${options.entry} …`);
      const started = performance.now();
      const fresh = mkdtempSync(join(out, 'new-'));
      try {
        await run(options.entry, { CDK_OUTDIR: fresh, CDK_CONTEXT_JSON: JSON.stringify(options.context ?? {}) });
        // Sources that changed meanwhile are in it or not, nobody knows: it is made again under its true name.
        if ((await hashOf(options)) !== hash) continue;
        if (!isThere(folder)) renameSync(fresh, folder);
      } finally {
        rmSync(fresh, { recursive: true, force: true });
      }
      log(`synthesized in ${((performance.now() - started) / 1000).toFixed(1)} s`);
      forgetOthers(out, hash);
      return folder;
    } finally {
      unlock();
    }
  }
}

/** Notes the use of what is there: its time of change says when it was used last. */
function isThere(folder: string): boolean {
  try {
    utimesSync(folder, new Date(), new Date());
    return true;
  } catch {
    return false;
  }
}

function forgetOthers(out: string, hash: string): void {
  const used = readdirSync(out)
    .filter((name) => name !== hash && !name.endsWith('.lock'))
    .map((name) => ({ folder: join(out, name), at: statSync(join(out, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { folder, at } of used.slice(KEPT)) {
    if (at < Date.now() - UNUSED_MS) rmSync(folder, { recursive: true, force: true });
  }
}

async function hashOf({ entry, inputs, context, variables }: AssemblySource): Promise<string> {
  const files = new Set<string>();
  for (const pattern of [entry, ...inputs]) {
    for await (const path of glob(pattern)) {
      if (!(await stat(path)).isDirectory()) files.add(path);
      else for await (const inner of glob(`${path}/**/*`)) if ((await stat(inner)).isFile()) files.add(inner);
    }
  }
  const settings = Object.entries(process.env).filter(([name]) => variables?.test(name));
  const hash = createHash('sha256').update(JSON.stringify([process.version, context ?? {}, settings.sort()]));
  // By where it lies from the entry: a copy of the sources elsewhere is of the same content.
  const from = dirname(resolve(entry));
  for (const file of [...files].sort()) {
    hash.update(`\0${relative(from, resolve(file))}\0`).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 32);
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
