import * as z from 'zod';
import { problemSchema } from './problem.ts';
import type { AnyRouteContract } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

/** The OpenAPI 3.1 document of these routes, from the schemas that parse their requests and validate their answers. */
export function openApiDocument(routes: readonly AnyRouteContract[]): Json & { openapi: string; paths: Json } {
  const byPath = Map.groupBy(routes, ({ path }) => path);
  const paths = [...byPath].map(([path, ofPath]) => [
    path,
    Object.fromEntries(ofPath.map((route) => [route.method.toLowerCase(), operationOf(route)])),
  ]);
  return {
    openapi: '3.1.0',
    info: {
      title: '登云 Dengyun',
      version: '1',
      description:
        '内蒙古自治区云服务券系统接口。金额为以元计的字符串（“1234.50”），时间带 +08:00，日期为上海时间。\n\n' +
        'Cloud service vouchers of Inner Mongolia. Money is yuan as a string ("1234.50"), times carry +08:00, dates are of Asia/Shanghai.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(({ context }) => context))].map((name) => ({ name })),
    security: [{ signedIn: [] }],
    paths: Object.fromEntries(paths),
    components: {
      securitySchemes: {
        signedIn: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'A token of the OpenID Connect issuer of this deployment.',
        },
      },
      parameters: sharedParameters,
      headers: sharedHeaders,
      responses: Object.fromEntries(
        Object.entries(problems).map(([status, description]) => [
          `Problem${status}`,
          {
            description,
            ...(status === '429' || status === '503'
              ? { headers: { 'Retry-After': ref('headers', 'RetryAfter') } }
              : {}),
            content: { 'application/problem+json': { schema: ref('schemas', 'Problem') } },
          },
        ]),
      ),
      schemas: { Problem: schemaOf(problemSchema, 'output') },
    },
  };
}

const ref = (kind: 'parameters' | 'headers' | 'responses' | 'schemas', name: string): Json => ({
  $ref: `#/components/${kind}/${name}`,
});

/** Refusals by status, and what each is for (RFC 9457 documents). */
const problems = {
  400: 'Malformed JSON, a missing body, or a missing Idempotency-Key.',
  401: 'No token, or one that is not valid.',
  403: 'Role, organisation or jurisdiction do not allow it.',
  404: 'There is no such record, or you may not know that there is.',
  409: 'Not possible in this state, or over a limit, or the idempotency key was used for another request.',
  412: 'Somebody has changed it since; `currentVersion` says which version is current.',
  413: 'The body is too large.',
  415: 'The body is not application/json.',
  422: 'A field is not as it must be, or a rule of the scheme refused; `errors` says which and why.',
  428: 'If-Match is missing.',
  429: 'Too many requests.',
  500: 'Something failed inside; nothing was changed.',
  503: 'Too many people act on this at once; try again with the same idempotency key.',
} as const;

const sharedParameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'Of your choice, new for each request: the same key and body get the same answer, however often sent.',
    schema: { type: 'string', minLength: 8, maxLength: 100, pattern: '^[\\x21-\\x2b\\x2d-\\x7e]{8,100}$' },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'The ETag of the version you saw.',
    schema: { type: 'string', pattern: '^(W/)?"\\d{1,15}"$' },
  },
  Organisation: {
    name: 'Dengyun-Organisation',
    in: 'header',
    description: 'The organisation you act for, if you are a member of several.',
    schema: { type: 'string', maxLength: 40 },
  },
} as const;

const sharedHeaders = {
  ETag: { description: 'The version, or a hash of what is public.', schema: { type: 'string' } },
  RetryAfter: { description: 'Seconds to wait.', schema: { type: 'integer' } },
  RequestId: { description: 'Names this request, for questions to the operator.', schema: { type: 'string' } },
  IdempotencyReplayed: {
    description: '`true` on the stored answer of an earlier request.',
    schema: { type: 'string' },
  },
} as const;

function operationOf(route: AnyRouteContract): Json {
  const { operation, context, summary, clause, access, throttle } = route;
  const isPublic = 'public' in access;
  return {
    operationId: operation,
    tags: [context],
    summary: summary.zh,
    description: summary.en,
    ...(isPublic ? { security: [] } : { 'x-roles': access.roles }),
    ...(clause ? { 'x-clause': clause } : {}),
    ...(throttle ? { 'x-throttle': throttle } : {}),
    parameters: parametersOf(route),
    ...(route.body ? { requestBody: { required: true, content: json(schemaOf(route.body, 'input')) } } : {}),
    responses: responsesOf(route),
  };
}

function parametersOf({ params, query, method, ifMatch, access }: AnyRouteContract): Json[] {
  const members = 'roles' in access && access.roles.some((role) => role === 'enterprise' || role === 'provider');
  return [
    ...fieldsOf(params).map((field) => ({ ...field, in: 'path', required: true })),
    ...fieldsOf(query).map((field) => ({ ...field, in: 'query' })),
    ...(method === 'GET' ? [] : [ref('parameters', 'IdempotencyKey')]),
    ...(ifMatch ? [ref('parameters', 'IfMatch')] : []),
    ...(members ? [ref('parameters', 'Organisation')] : []),
  ];
}

/** The fields of an object schema as parameters. */
function fieldsOf(schema: z.ZodType): { name: string; required: boolean; schema: unknown }[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, unknown>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, field]) => ({
    name,
    required: required.includes(name),
    schema: field,
  }));
}

function responsesOf(route: AnyRouteContract): Json {
  const { method, params, query, answer, ifMatch, cacheFor, summary } = route;
  const command = method !== 'GET';
  const takesParameters = fieldsOf(params).length > 0;
  // Records are named in paths, in queries and in bodies.
  const namesRecord =
    takesParameters ||
    [query, route.body].some((schema) => schema && /"\w+Ids?":/.test(JSON.stringify(schemaOf(schema, 'input'))));
  const statuses: readonly (readonly [keyof typeof problems, boolean])[] = [
    [400, command],
    [401, !('public' in route.access)],
    [403, !('public' in route.access)],
    [404, namesRecord],
    [409, command || takesParameters],
    [412, ifMatch === true],
    [413, command],
    [415, command],
    [422, true],
    [428, ifMatch === true],
    [429, true],
    [500, true],
    [503, true],
  ];
  const success = {
    description: summary.en,
    headers: {
      ETag: ref('headers', 'ETag'),
      'X-Request-Id': ref('headers', 'RequestId'),
      ...(command ? { 'Idempotency-Replayed': ref('headers', 'IdempotencyReplayed') } : {}),
      ...(cacheFor === undefined ? {} : { 'Cache-Control': { schema: { const: `public, max-age=${cacheFor}` } } }),
    },
    content: json(schemaOf(answer, 'output')),
  };
  return {
    [String(route.status ?? 200)]: success,
    ...(command ? {} : { 304: { description: 'What you have is still current (If-None-Match).' } }),
    ...Object.fromEntries(
      statuses.filter(([, given]) => given).map(([status]) => [status, ref('responses', `Problem${status}`)]),
    ),
  };
}

const json = (schema: Json) => ({ 'application/json': { schema } });

/** JSON Schema of what is sent (`input`) or answered (`output`). */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' });
  return rest;
}
