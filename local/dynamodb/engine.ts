import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isLoopback, listenOnLoopback } from '../loopback.ts';
import { createDynamoApi, type DynamoCall } from './api.ts';
import { databaseFile } from './snapshot.ts';
import { indexStreamRecords } from './stream-index.ts';

/** Names an endpoint that is used instead of the engine of this package (another platform's emulator, say). */
export const ENDPOINT_VARIABLE = 'DENGYUN_DYNAMODB_ENDPOINT';

const START_TIMEOUT_MS = 10_000;
const STOP_TIMEOUT_MS = 5_000;

/** An engine that ends more often than this within a minute is not started again: something is wrong that lasts. */
const MOST_RESTARTS = 5;
const RESTARTS_WITHIN_MS = 60_000;

export interface Engine {
  readonly endpoint: string;
  readonly call: DynamoCall;
  stop(): Promise<void>;
}

/**
 * Starts the DynamoDB engine on a file under `dataDir`, or connects to the one that the environment names, and waits
 * until it answers. An engine that ends without having been told to is started again on the same port: what it
 * acknowledged is in its file, and whoever asked it meanwhile meets a lost connection, as anywhere. `onExit` is called
 * when that does not help.
 */
export async function startEngine(options: {
  dataDir: string;
  port: number;
  onExit: (reason: string) => void;
  log?: (message: string, detail?: object) => void;
}): Promise<Engine> {
  const given = process.env[ENDPOINT_VARIABLE];
  if (given) {
    if (!isLoopback(new URL(given).hostname))
      throw new Error(`${ENDPOINT_VARIABLE} must be an address of this machine`);
    const api = createDynamoApi(given);
    await untilHealthy(api.call, () => undefined);
    return { endpoint: given, call: api.call, stop: async () => api.close() };
  }

  const binary = findBinary();
  const database = databaseFile(options.dataDir);
  const folder = dirname(database);
  mkdirSync(folder, { recursive: true });
  /** For scripts that have to find the engine; nothing here relies on it. */
  const pidFile = join(folder, 'engine.pid');
  await endOrphans(database);

  const port = options.port || (await freePort());
  const endpoint = `http://127.0.0.1:${port}`;
  const api = createDynamoApi(endpoint);
  let stopping = false;
  let healthy = false;
  let failure: string | undefined;
  const restarts: number[] = [];

  const launch = (): ChildProcess => {
    const launched = spawn(binary, ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', database], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env.PATH ?? '' },
      // Its own process group: Ctrl-C in the terminal is for the runtime, which ends the engine last.
      detached: true,
    });
    if (launched.pid) writeFileSync(pidFile, String(launched.pid));
    let complaint = '';
    launched.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk).slice(-2000);
    });
    launched.on('error', (error) => {
      failure = error.message;
    });
    launched.on('exit', (code, signal) => {
      const reason = `the DynamoDB engine ended (${signal ?? code}): ${complaint.trim()}`;
      if (!stopping) ended(reason);
    });
    return launched;
  };

  const ended = (reason: string) => {
    const now = Date.now();
    while (restarts[0] !== undefined && restarts[0] < now - RESTARTS_WITHIN_MS) restarts.shift();
    // Before it ever answered, it is the start that failed.
    if (!healthy || restarts.push(now) > MOST_RESTARTS) {
      failure = reason;
      if (healthy) options.onExit(reason);
      return;
    }
    options.log?.('started the DynamoDB engine again', { reason });
    child = launch();
  };

  let child = launch();
  const endWithProcess = () => child.kill();
  process.once('exit', endWithProcess);
  const stop = async () => {
    stopping = true;
    api.close();
    await end(child);
    process.off('exit', endWithProcess);
    rmSync(pidFile, { force: true });
  };
  try {
    await untilHealthy(api.call, () => failure);
    healthy = true;
    const missing = await indexStreamRecords(database);
    if (missing) options.log?.('no index on stream records: writing grows slower', { reason: missing });
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, call: api.call, stop };
}

function findBinary(): string {
  const name = `@dynoxide/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return join(dirname(manifest), process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
  } catch {
    throw new Error(`no DynamoDB engine: install ${name}, or name an endpoint in ${ENDPOINT_VARIABLE}`);
  }
}

/** An engine outlives a runtime that was killed: it still holds the file and has to go first. */
async function endOrphans(database: string): Promise<void> {
  const signalAll = (signal: NodeJS.Signals) => {
    for (const pid of holdersOf(database)) {
      try {
        process.kill(pid, signal);
      } catch {
        // It ended in the meantime.
      }
    }
  };
  signalAll('SIGTERM');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (holdersOf(database).length > 0) {
    if (Date.now() > deadline) signalAll('SIGKILL');
    await delay(10);
  }
}

/**
 * Processes that were given this file. They are looked for among all, where the system shows them: a file with the number
 * of the process would miss an engine whose runtime was killed before it could write it.
 */
function holdersOf(database: string): number[] {
  let processes: string[] = [];
  try {
    processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return processes.map(Number).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(database);
    } catch {
      return false;
    }
  });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  const url = await listenOnLoopback(probe, 0);
  await new Promise((resolve) => probe.close(resolve));
  return Number(new URL(url).port);
}

async function untilHealthy(call: DynamoCall, failed: () => string | undefined): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      await call('DynamoDB_20120810.ListTables', { Limit: 1 });
      return;
    } catch (error) {
      const failure = failed();
      if (failure) throw new Error(failure);
      if (Date.now() > deadline) throw new Error(`the DynamoDB engine does not answer: ${String(error)}`);
    }
    await delay(5);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(force);
}
