import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Clock } from '../clock/clock.ts';
import { isThrottled } from '../lambda/invocation-error.ts';
import { listenOnLoopback } from '../loopback.ts';
import type { ApiModel, CorsModel } from '../template/model.ts';
import { createAuthorize } from './authorizer.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { eventOf } from './event.ts';
import { gatewayReply, type Reply, replyOf } from './response.ts';
import { createRouter } from './router.ts';
import { createSite, createStaticFiles, type Site } from './static-files.ts';
import { createThrottle } from './throttle.ts';

/** The largest body an HTTP API takes. */
const BODY_LIMIT = 10 * 1024 * 1024;

/** The HTTP API of the assembly on this machine. It answers 503 until it was told what to serve. */
export interface Gateway {
  readonly url: string;
  serve(options: GatewayOptions): void;
  stop(): Promise<void>;
}

export interface GatewayOptions {
  readonly api: ApiModel | undefined;
  readonly accountId: string;
  readonly clock: Clock;
  /** Runs a function on a JSON event and gives its JSON result. */
  readonly invoke: (functionName: string, event: string) => Promise<string>;
  /** Folders by path prefix, served before any route. */
  readonly static?: Readonly<Record<string, string>>;
  /** Served where no route answers. */
  readonly site?: Site;
  readonly log: (message: string, detail?: object) => void;
}

/** Opens the gateway's port (0: any free one), so that its address is known before the template is read. */
export async function openGateway(port: number): Promise<Gateway> {
  let handle = (_: IncomingMessage, response: ServerResponse) =>
    write(response, gatewayReply(503, 'Service Unavailable'));
  const server = createServer((request, response) => handle(request, response));
  server.keepAliveTimeout = 30_000;
  const url = await listenOnLoopback(server, port);
  return {
    url,
    serve(options) {
      handle = createHandler(options);
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function createHandler(options: GatewayOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const { api, clock } = options;
  const routes = api?.routes ?? [];
  const match = createRouter(routes);
  const authorize = createAuthorize(clock);
  const serveStatic = options.static && createStaticFiles(options.static);
  const serveSite = options.site && createSite(options.site);
  const throttles = new Map(
    routes.flatMap((route) =>
      route.throttle ? [[route, createThrottle(route.throttle, () => performance.now())] as const] : [],
    ),
  );

  const answer = async (
    request: IncomingMessage,
    path: string,
    rawQuery: string,
    requestId: string,
  ): Promise<Reply> => {
    const found = match(request.method ?? 'GET', path);
    if (!api || !found) return gatewayReply(404, 'Not Found');
    const { route } = found;
    // The cloud's gateway refuses before it looks at the token, so that a flood costs no verification.
    if (throttles.get(route)?.() === false) return gatewayReply(429, 'Too Many Requests');

    // Bodies are read while the token is checked: waiting first would lose data of requests that are refused later.
    const body = hasBody(request) ? readBody(request) : undefined;
    const authorization = route.authorizer
      ? await authorize(route.authorizer, route.scopes, request, rawQuery)
      : undefined;
    if (authorization?.kind === 'unauthorized') return unauthorizedReply(route.scopes, authorization.reason);
    if (authorization?.kind === 'forbidden') return gatewayReply(403, 'Forbidden');
    const content = await body;
    if (content === 'too-large') return gatewayReply(413, 'Request Entity Too Large', { connection: 'close' });
    if (content === 'aborted') return gatewayReply(400, 'Bad Request');

    const event = eventOf(request, {
      accountId: options.accountId,
      apiId: api.id,
      stage: api.stage,
      routeKey: route.routeKey,
      requestId,
      now: clock.now(),
      path,
      rawQuery,
      parameters: found.parameters,
      authorizer: authorization && { claims: authorization.claims, scopes: authorization.scopes },
      body: content?.length ? content : undefined,
    });
    try {
      const result = await within(route.timeoutMs, options.invoke(route.functionName, JSON.stringify(event)));
      if (result === undefined) return gatewayReply(503, 'Service Unavailable');
      const reply = replyOf(JSON.parse(result));
      if (reply) return reply;
      options.log(`${route.functionName} returned no valid response`, { routeKey: route.routeKey, requestId });
    } catch (error) {
      if (isThrottled(error)) return gatewayReply(503, 'Service Unavailable');
      options.log(`${route.functionName} failed`, { routeKey: route.routeKey, requestId, error: String(error) });
    }
    return gatewayReply(500, 'Internal Server Error');
  };

  return (request, response) => {
    const url = request.url ?? '/';
    const mark = url.indexOf('?');
    const rawQuery = mark < 0 ? '' : url.slice(mark + 1);
    const path = decodePath(mark < 0 ? url : url.slice(0, mark));
    if (path === undefined || !path.startsWith('/')) {
      write(response, gatewayReply(400, 'Bad Request'));
      return;
    }
    const requestId = randomUUID();
    const cors = api?.cors;
    if (cors && request.method === 'OPTIONS' && request.headers['access-control-request-method']) {
      write(response, { status: 204, headers: preflightHeaders(cors, request.headers), body: '' });
      return;
    }
    if (serveStatic?.(request, response, path)) return;
    if (serveSite && !match(request.method ?? 'GET', path) && serveSite(request, response, path)) return;
    answer(request, path, rawQuery, requestId)
      .catch((error: unknown) => {
        options.log('the gateway failed', { path, requestId, error: String(error) });
        return gatewayReply(500, 'Internal Server Error');
      })
      .then((reply) => {
        const { headers } = reply;
        headers['apigw-requestid'] = requestId;
        if (cors) replaceCors(headers, cors, request);
        write(response, reply);
      });
  };
}

function write(response: ServerResponse, reply: Reply): void {
  if (response.destroyed) return;
  const { headers } = reply;
  if (reply.status !== 204 && reply.status !== 304) headers['content-length'] = Buffer.byteLength(reply.body);
  try {
    response.writeHead(reply.status, headers);
  } catch {
    // A function's header that HTTP cannot carry (a line break, say).
    response.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"Internal Server Error"}');
    return;
  }
  response.end(reply.body);
}

function unauthorizedReply(scopes: readonly string[], reason: string): Reply {
  const description = reason.replace(/[^ !#-~]/g, "'");
  return gatewayReply(401, 'Unauthorized', {
    'www-authenticate': `Bearer scope="${scopes.join(' ')}" error="invalid_token" error_description="${description}"`,
  });
}

/** With CORS configured at the gateway, what the function says about it does not count. */
function replaceCors(headers: Reply['headers'], cors: CorsModel, request: IncomingMessage): void {
  for (const name in headers) if (name.startsWith('access-control-')) delete headers[name];
  if (request.headers.origin !== undefined) Object.assign(headers, corsHeaders(cors, request.headers));
}

function decodePath(path: string): string | undefined {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}

function readBody(request: IncomingMessage): Promise<Buffer | 'too-large' | 'aborted'> {
  return new Promise((resolve) => {
    if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) {
      request.resume();
      resolve('too-large');
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > BODY_LIMIT) resolve('too-large');
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('close', () => resolve('aborted'));
    request.on('error', () => resolve('aborted'));
  });
}

/** The outcome, or undefined when it takes longer than that many milliseconds. */
function within<T>(milliseconds: number, outcome: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), milliseconds);
    outcome.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
