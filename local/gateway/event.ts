import type { IncomingMessage } from 'node:http';

/** What the event of a request is made of beside the request itself. */
export interface EventContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly stage: string;
  readonly routeKey: string;
  readonly requestId: string;
  /** Milliseconds since the epoch, by the runtime's clock. */
  readonly now: number;
  readonly path: string;
  readonly rawQuery: string;
  readonly parameters: Record<string, string> | undefined;
  readonly authorizer:
    | { readonly claims: Record<string, string>; readonly scopes: readonly string[] | null }
    | undefined;
  readonly body: Buffer | undefined;
}

/** The event of payload format 2.0 for a request, as an HTTP API hands it to a function. */
export function eventOf(request: IncomingMessage, context: EventContext): object {
  const host = request.headers.host ?? '127.0.0.1';
  const headers = headersOf(request);
  const cookie = request.headers.cookie;
  const base64 = context.body !== undefined && !isText(request);
  return {
    version: '2.0',
    routeKey: context.routeKey,
    rawPath: context.path,
    rawQueryString: context.rawQuery,
    ...(cookie && { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(context.rawQuery && { queryStringParameters: queryOf(context.rawQuery) }),
    requestContext: {
      accountId: context.accountId,
      apiId: context.apiId,
      ...(context.authorizer && { authorizer: { jwt: context.authorizer } }),
      domainName: host,
      domainPrefix: host.split('.')[0],
      http: {
        method: request.method,
        path: context.path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: context.requestId,
      routeKey: context.routeKey,
      stage: context.stage,
      time: accessTime(context.now),
      timeEpoch: context.now,
    },
    ...(context.parameters && { pathParameters: context.parameters }),
    ...(context.body && { body: context.body.toString(base64 ? 'base64' : 'utf8') }),
    isBase64Encoded: base64,
  };
}

/** Lower-case names, repeated headers joined by a comma, cookies left to their own list. */
function headersOf(request: IncomingMessage): Record<string, string> {
  const { rawHeaders } = request;
  const headers: Record<string, string> = {};
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]?.toLowerCase() ?? '';
    const value = rawHeaders[i + 1] ?? '';
    if (name === 'cookie' || name === 'connection') continue;
    headers[name] = name in headers ? `${headers[name]},${value}` : value;
  }
  headers['x-forwarded-for'] ??= request.socket.remoteAddress ?? '127.0.0.1';
  headers['x-forwarded-port'] ??= String(request.socket.localPort ?? '');
  headers['x-forwarded-proto'] ??= 'http';
  return headers;
}

function queryOf(rawQuery: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    query[name] = name in query ? `${query[name]},${value}` : value;
  }
  return query;
}

/** An HTTP API hands only a few media types over as text; everything else, forms included, is base64. */
function isText(request: IncomingMessage): boolean {
  if (request.headers['content-encoding']) return false;
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === '') return true;
  return type.startsWith('text/') || /^application\/(.*\+)?(json|xml)$/.test(type) || type === 'application/javascript';
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
let formatted = { second: -1, text: '' };

/** `12/Mar/2020:19:03:58 +0000`; the text of the current second is kept. */
function accessTime(now: number): string {
  const second = Math.floor(now / 1000);
  if (formatted.second !== second) {
    const [date = '', time = ''] = new Date(second * 1000).toISOString().split(/[T.]/);
    const [year, month, day] = date.split('-');
    formatted = { second, text: `${day}/${MONTHS[Number(month) - 1]}/${year}:${time} +0000` };
  }
  return formatted.text;
}
