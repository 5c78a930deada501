/**
 * One function instance: a thread that loads the bundled handler and runs one invocation at a time, with the clock,
 * the environment and the reach of the network that the runtime gives it.
 */
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createRequire, flushCompileCache, Module } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { followClock } from '../clock/follow.ts';
import { stayOnLoopback } from './loopback-only.ts';
import { type FunctionError, REQUEST_ID_LENGTH, type WorkerData, type WorkerMessage } from './protocol.ts';

type Handler = (event: unknown, context: object) => unknown;

if (!parentPort) throw new Error('this file runs in a worker thread');
const port = parentPort;
const data: WorkerData = workerData;
const send = (message: WorkerMessage) => port.postMessage(message);

followClock(data.clockOffset);
stayOnLoopback();

let requestId = '-';
const log = openSync(data.logFile, 'a');
const writeLog = (line: string) => {
  writeSync(log, line);
  if (data.forwardLog) send({ kind: 'log', line });
};
captureOutput();
process.on('exit', () => closeSync(log));

try {
  const handler = await loadHandler();
  port.on('message', (message: string) => {
    requestId = message.slice(0, REQUEST_ID_LENGTH);
    void run(handler, message.slice(REQUEST_ID_LENGTH));
  });
  send({ kind: 'ready' });
  // A thread is ended without warning, and would keep nothing of what it compiled.
  flushCompileCache();
} catch (error) {
  writeLog(`${new Date().toISOString()}\t-\tERROR\t${format(error)}\n`);
  send({ kind: 'init-failed', error: describe(error) });
}

async function run(handler: Handler, payload: string): Promise<void> {
  const started = performance.now();
  try {
    const result = await handler(JSON.parse(payload), {
      awsRequestId: requestId,
      functionName: data.functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: data.functionArn,
      memoryLimitInMB: String(data.memoryMb),
      logGroupName: `/aws/lambda/${data.functionName}`,
      logStreamName: 'local',
      callbackWaitsForEmptyEventLoop: false,
      getRemainingTimeInMillis: () => Math.max(0, Math.floor(data.timeoutMs - (performance.now() - started))),
    });
    send(JSON.stringify(result) ?? 'null');
  } catch (error) {
    const described = describe(error);
    writeLog(`${new Date().toISOString()}\t${requestId}\tERROR\tInvoke Error\t${JSON.stringify(described)}\n`);
    send({ kind: 'error', error: described });
  } finally {
    requestId = '-';
  }
}

/** `index.handler` of the asset: CommonJS unless the file or the asset's own package.json says otherwise. */
async function loadHandler(): Promise<Handler> {
  const dot = data.handler.lastIndexOf('.');
  const stem = join(data.assetDirectory, data.handler.slice(0, dot));
  const file = ['.js', '.mjs', '.cjs'].map((extension) => stem + extension).find(existsSync);
  if (!file) throw namedError('Runtime.ImportModuleError', `cannot find module ${data.handler.slice(0, dot)}`);
  const exported = isModule(file) ? await import(pathToFileURL(file).href) : loadCommonJs(file);
  const handler: unknown = exported?.[data.handler.slice(dot + 1)];
  if (!isHandler(handler)) throw namedError('Runtime.HandlerNotFound', `${data.handler} is not exported as a function`);
  return handler;
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}

function isModule(file: string): boolean {
  if (file.endsWith('.mjs')) return true;
  const manifest = join(data.assetDirectory, 'package.json');
  return file.endsWith('.js') && existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
}

/** What Node's own loader compiles a CommonJS file with, cache included. */
type Compiling = Module & { _compile(code: string, file: string, format: 'commonjs'): void };

/**
 * Compiled by hand, because Node would ask the nearest package.json how to read the file: in the cloud there is none
 * above the bundle, here it is that of the project the assembly lies in, which may say "module".
 */
function loadCommonJs(file: string): Record<string, unknown> {
  const paths = createRequire(file).resolve.paths('any');
  const module = Object.assign(new Module(file), { filename: file, paths });
  (module as Compiling)._compile(readFileSync(file, 'utf8'), file, 'commonjs');
  return module.exports;
}

/** Everything printed goes to the function's log file with time and request id, as the cloud's log group has it. */
function captureOutput(): void {
  const levels = { log: 'INFO', info: 'INFO', debug: 'DEBUG', warn: 'WARN', error: 'ERROR', trace: 'TRACE' } as const;
  for (const [method, level] of Object.entries(levels)) {
    Object.assign(console, {
      [method]: (...values: unknown[]) =>
        writeLog(`${new Date().toISOString()}\t${requestId}\t${level}\t${format(...values)}\n`),
    });
  }
  const write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    writeLog(String(typeof chunk === 'string' ? chunk : Buffer.from(chunk)));
    const done = rest.find((argument) => typeof argument === 'function');
    if (typeof done === 'function') queueMicrotask(() => done());
    return true;
  };
  Object.assign(process.stdout, { write });
  Object.assign(process.stderr, { write });
}

function describe(error: unknown): FunctionError {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: typeof error === 'string' ? error : format(error), trace: [] };
  }
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function namedError(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
