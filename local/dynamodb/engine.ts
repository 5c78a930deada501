import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

export interface Engine {
  readonly endpoint: string;
  readonly call: DynamoCall;
  stop(): Promise<void>;
}

/**
 * Starts the DynamoDB engine on a file under `dataDir`, or connects to the one that the environment names, and waits
 * until it answers. `onExit` is called when the engine ends without having been told to.
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
  const pidFile = join(folder, 'engine.pid');
  await endOrphan(pidFile, database);

  const port = options.port || (await freePort());
  const child = spawn(binary, ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', database], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH ?? '' },
    // Its own process group: Ctrl-C in the terminal is for the runtime, which ends the engine last.
    detached: true,
  });
  const endWithProcess = () => child.kill();
  process.once('exit', endWithProcess);
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk).slice(-2000);
  });
  let stopping = false;
  let failure: string | undefined;
  child.on('error', (error) => {
    failure = error.message;
  });
  child.on('exit', (code, signal) => {
    failure = `the DynamoDB engine ended (${signal ?? code}): ${complaint.trim()}`;
    if (!stopping) options.onExit(failure);
  });
  if (child.pid) writeFileSync(pidFile, String(child.pid));

  const endpoint = `http://127.0.0.1:${port}`;
  const api = createDynamoApi(endpoint);
  const stop = async () => {
    stopping = true;
    api.close();
    await end(child);
    process.off('exit', endWithProcess);
    rmSync(pidFile, { force: true });
  };
  try {
    await untilHealthy(api.call, () => failure);
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
async function endOrphan(pidFile: string, database: string): Promise<void> {
  let pid: number;
  try {
    pid = Number(readFileSync(pidFile, 'utf8'));
    // The number may belong to another program by now: only a process that was given our file is ours.
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(database)) return;
    process.kill(pid, 'SIGTERM');
  } catch {
    return;
  }
  for (const deadline = Date.now() + STOP_TIMEOUT_MS; Date.now() < deadline; await delay(10)) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
  }
  process.kill(pid, 'SIGKILL');
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
