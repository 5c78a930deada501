import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as z from 'zod';
import type { Clock } from './clock/clock.ts';
import { isLoopback, listenOnLoopback } from './loopback.ts';

/** What the control server can tell and do. */
export interface Controls {
  readonly clock: Clock;
  executions(): readonly object[];
  deadLetters(): readonly object[];
  /** Addresses of the parts. */
  addresses(): object;
}

const clockOrder = z.union([
  z.strictObject({ to: z.iso.datetime({ offset: true }) }),
  z.strictObject({ advanceMs: z.number().int().nonnegative() }),
]);

/**
 * The runtime's own interface, for tests, scripts and the demo: look at the clock and move it, see executions and dead
 * letters, wait for rest. For this machine only, and not for web pages of other places that are open on it.
 */
export async function startControl(port: number, controls: Controls): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    handle(controls, request).then(
      ([status, body]) => respond(response, status, body),
      (error: unknown) => {
        const refused = error instanceof RangeError || error instanceof SyntaxError || error instanceof z.ZodError;
        respond(response, refused ? 400 : 500, { message: error instanceof Error ? error.message : String(error) });
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

function respond(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function handle(controls: Controls, request: IncomingMessage): Promise<[number, object]> {
  if (!fromThisMachine(request)) return [403, { message: 'Forbidden' }];
  const { clock } = controls;
  const time = () => ({ now: new Date(clock.now()).toISOString(), epochMs: clock.now() });
  const path = (request.url ?? '/').split('?')[0];
  switch (`${request.method} ${path}`) {
    case 'GET /':
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
    case 'GET /executions':
      return [200, { executions: controls.executions() }];
    case 'GET /dead-letters':
      return [200, { deadLetters: controls.deadLetters() }];
    default:
      return [404, { message: 'Not Found' }];
  }
}

/** A page of another place could send requests here, under its own origin or under a name that it made point here. */
function fromThisMachine(request: IncomingMessage): boolean {
  const { host = '', origin } = request.headers;
  const local = (address: string) => isLoopback(URL.parse(address)?.hostname ?? '');
  return local(`http://${host}`) && (origin === undefined || local(origin));
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
