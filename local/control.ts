import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isAbsolute } from 'node:path';
import * as z from 'zod';
import { BackupError } from './backup/backup-error.ts';
import type { Clock } from './clock/clock.ts';
import { isLoopback, listenOnLoopback } from './loopback.ts';
import { type Answer, createOperations } from './operations/serve.ts';
import type { Sources } from './operations/views.ts';
import { ServiceError } from './stepfunctions/errors.ts';

/** What the control server can tell and do. */
export interface Controls {
  readonly clock: Clock;
  executions(): readonly object[];
  deadLetters(): readonly object[];
  /** Addresses of the parts. */
  addresses(): object;
  /** What the operations page shows. */
  readonly operations: Omit<Sources, 'clock' | 'addresses'>;
  /** Copies all that is kept into a new or empty folder. @throws BackupError */
  backup(folder: string): Promise<object>;
}

const clockOrder = z.union([
  z.strictObject({ to: z.iso.datetime({ offset: true }) }),
  z.strictObject({ advanceMs: z.number().int().nonnegative() }),
]);

/** Nothing of other places is loaded by the page, nothing inline is run, and no page of another place may hold it. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Sent by the page with every command: a page of another place cannot send it without asking, and is refused then. */
const COMMAND_HEADER = 'x-operations';

/** This process may stand in another folder than whoever asks. */
const backupOrder = z.strictObject({ to: z.string().refine(isAbsolute, 'an absolute path') });

/**
 * The runtime's own interface: the operations page, and for tests, scripts and the demo the clock, executions, dead
 * letters, waiting for rest and a backup. For this machine only, and not for web pages of other places that are open on it.
 */
export async function startControl(port: number, controls: Controls): Promise<{ url: string; stop(): Promise<void> }> {
  const { clock } = controls;
  const operations = createOperations({ ...controls.operations, clock, addresses: () => controls.addresses() });
  const handle = async (request: IncomingMessage): Promise<Answer> => {
    if (!fromThisMachine(request)) return { status: 403, json: { message: 'Forbidden' } };
    const url = URL.parse(request.url ?? '/', 'http://localhost');
    if (!url) return { status: 400, json: { message: 'Bad Request' } };
    const [status, json] = (await control(controls, request, url.pathname)) ?? [];
    if (status !== undefined && json) return { status, json };
    if (request.method !== 'GET' && request.headers[COMMAND_HEADER] === undefined) {
      return { status: 403, json: { message: 'Forbidden' } };
    }
    return (await operations(request.method ?? '', url)) ?? { status: 404, json: { message: 'Not Found' } };
  };
  const server = createServer((request, response) => {
    handle(request).then(
      (answer) => respond(response, answer),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        respond(response, { status: statusOf(error), json: { message } });
      },
    );
  });
  const url = await listenOnLoopback(server, port);
  return {
    url,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function statusOf(error: unknown): number {
  if (error instanceof BackupError) return 409;
  const refused =
    error instanceof RangeError ||
    error instanceof SyntaxError ||
    error instanceof URIError ||
    error instanceof ServiceError ||
    error instanceof z.ZodError;
  return refused ? 400 : 500;
}

function respond(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  const type = 'json' in answer ? 'application/json' : answer.type;
  response.writeHead(answer.status, { ...HEADERS, 'content-type': type });
  response.end('json' in answer ? JSON.stringify(answer.json) : answer.content);
}

/** What scripts ask; undefined when it is none of that. */
async function control(
  controls: Controls,
  request: IncomingMessage,
  path: string,
): Promise<[number, object] | undefined> {
  const { clock } = controls;
  const time = () => ({ now: new Date(clock.now()).toISOString(), epochMs: clock.now() });
  switch (`${request.method} ${path}`) {
    case 'GET /health':
      return [200, { status: 'ok', ...time(), ...controls.addresses() }];
    case 'GET /clock':
      return [200, time()];
    case 'POST /clock': {
      const order = clockOrder.parse(JSON.parse(await text(request)));
      await ('to' in order ? clock.advanceTo(Date.parse(order.to)) : clock.advanceBy(order.advanceMs));
      return [200, time()];
    }
    case 'POST /settle':
      await clock.settled();
      return [200, time()];
    case 'POST /backup':
      return [200, await controls.backup(backupOrder.parse(JSON.parse(await text(request))).to)];
    case 'GET /executions':
      return [200, { executions: controls.executions() }];
    case 'GET /dead-letters':
      return [200, { deadLetters: controls.deadLetters() }];
    default:
      return undefined;
  }
}

/** A page of another place could send requests here, under its own origin or under a name that it made point here. */
function fromThisMachine(request: IncomingMessage): boolean {
  const { host = '', origin } = request.headers;
  const own = URL.parse(`http://${host}`);
  return isLoopback(own?.hostname ?? '') && (origin === undefined || origin === own?.origin);
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
