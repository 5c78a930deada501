import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { AnyRouteContract } from '../../contracts/route.ts';

/** Someone who calls: the claims of a token that the gateway has verified. */
export interface Caller {
  readonly sub: string;
  readonly name?: string;
  readonly roles?: readonly string[];
  readonly jurisdiction?: string;
}

export interface Call {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Sent as it is, for malformed bodies. */
  readonly rawBody?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: string;
  readonly version?: number;
  /** Given by the gateway; a number that grows unless the caller wants to know it. */
  readonly requestId?: string;
}

let requests = 0;

/** An API Gateway event (payload format 2.0) for a route, as the gateway would hand it over. */
export function httpEvent(
  contract: AnyRouteContract,
  caller: Caller | undefined,
  call: Call = {},
): APIGatewayProxyEventV2 {
  requests += 1;
  const body = call.rawBody ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
  const pathParameters = Object.fromEntries(
    Object.entries(call.params ?? {}).map(([name, value]) => [name, String(value)]),
  );
  const command = contract.method !== 'GET';
  const headers: Record<string, string> = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(command
      ? {
          'idempotency-key':
            call.key ?? `key-${requests}-${createHash('sha256').update(String(requests)).digest('hex').slice(0, 8)}`,
        }
      : {}),
    ...(call.version === undefined ? {} : { 'if-match': `"${call.version}"` }),
    ...call.headers,
  };
  const rawPath = contract.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(pathParameters[name] ?? ''),
  );
  return {
    version: '2.0',
    routeKey: `${contract.method} ${contract.path}`,
    rawPath,
    rawQueryString: new URLSearchParams(call.query ?? {}).toString(),
    headers,
    queryStringParameters: { ...call.query },
    pathParameters,
    isBase64Encoded: false,
    ...(body === undefined ? {} : { body }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'test',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: { method: contract.method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: call.requestId ?? `req-${requests}`,
      routeKey: `${contract.method} ${contract.path}`,
      stage: '$default',
      time: '',
      timeEpoch: 0,
      ...(caller
        ? {
            authorizer: {
              jwt: {
                claims: {
                  sub: caller.sub,
                  name: caller.name ?? caller.sub,
                  ...(caller.roles ? { roles: `[${caller.roles.join(' ')}]` } : {}),
                  ...(caller.jurisdiction ? { jurisdiction: caller.jurisdiction } : {}),
                },
                scopes: [],
              },
            },
          }
        : {}),
    },
  } as unknown as APIGatewayProxyEventV2;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** Calls a handler made by `createApi` and parses its answer. */
export async function call(
  handler: Handler | unknown,
  contract: AnyRouteContract,
  caller: Caller | undefined,
  what: Call = {},
): Promise<Answered> {
  const answer = await (handler as Handler)(httpEvent(contract, caller, what), { awsRequestId: 'test' } as Context);
  return {
    status: answer.statusCode ?? 200,
    headers: (answer.headers ?? {}) as Record<string, string>,
    body: answer.body ? JSON.parse(answer.body) : undefined,
  };
}
