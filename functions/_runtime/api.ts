import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { fieldErrors } from '../../contracts/field-errors.ts';
import type { Actor } from '../../core/actors/actor.ts';
import { ok, refuse } from '../../core/result.ts';
import type { Store } from '../../storage/store.ts';
import type { StoredAnswer } from '../../storage/transaction.ts';
import { isTransient } from '../../storage/transient.ts';
import { authorize, ORGANISATION_HEADER } from './authorization.ts';
import { decideAndCommit } from './commit.ts';
import { idsOf, sha256 } from './ids.ts';
import { describeError, log } from './log.ts';
import { principalOf } from './principal.ts';
import { type ProblemAnswer, problemOf, protocolProblem } from './problems.ts';
import type { Route } from './route.ts';

const MOST_BODY_BYTES = 256 * 1024;
/** Without a comma: the gateway joins a header that is sent twice with one, and two keys are none. */
const IDEMPOTENCY_KEY = /^[\x21-\x2b\x2d-\x7e]{8,100}$/;

/** What the wiring of an API function gives. */
export interface ApiDependencies {
  readonly store: Store;
  readonly routes: readonly Route[];
  /** The clock: only wiring reads it. */
  readonly now: () => number;
}

type Answer = APIGatewayProxyStructuredResultV2;

/** Serves the routes of one context behind the HTTP API. */
export function createApi(dependencies: ApiDependencies) {
  const routes = new Map(
    dependencies.routes.map((route) => [`${route.contract.method} ${route.contract.path}`, route]),
  );
  return middy<APIGatewayProxyEventV2, Answer, Error, Context>()
    .use({
      onError: (request) => {
        const requestId = request.event.requestContext.requestId;
        log('error', 'request failed', {
          requestId,
          operation: request.event.routeKey,
          ...describeError(request.error),
        });
        // Storage that is busy or away says nothing about the request: the same one may be sent again.
        request.response = problemAnswer(
          isTransient(request.error)
            ? problemOf(refuse('try-again').failure, requestId)
            : protocolProblem('internal-error', requestId),
        );
      },
    })
    .handler(async (event) => {
      const started = dependencies.now();
      const { requestId } = event.requestContext;
      const route = routes.get(event.routeKey);
      const answer = route
        ? await serve(dependencies, route, event)
        : problemAnswer(protocolProblem('route-not-found', requestId));
      log('info', 'request', {
        requestId,
        operation: route?.contract.operation ?? event.routeKey,
        status: answer.statusCode ?? 200,
        milliseconds: dependencies.now() - started,
      });
      return answer;
    });
}

async function serve(dependencies: ApiDependencies, route: Route, event: APIGatewayProxyEventV2): Promise<Answer> {
  const { contract } = route;
  const { requestId } = event.requestContext;
  const claims = (event.requestContext as { authorizer?: { jwt?: { claims?: Record<string, unknown> } } }).authorizer
    ?.jwt?.claims;

  let actor: Actor | undefined;
  if (!('public' in contract.access)) {
    const principal = principalOf(claims);
    if (!principal) return problemAnswer(protocolProblem('unauthenticated', requestId));
    const authorized = await authorize(
      contract.access,
      principal,
      event.headers[ORGANISATION_HEADER],
      dependencies.store,
    );
    if (!authorized.ok) return problemAnswer(problemOf(authorized.failure, requestId));
    actor = authorized.value;
  }

  const params = contract.params.safeParse(event.pathParameters ?? {}, { reportInput: true });
  // An id that cannot be one of ours names nothing.
  if (!params.success) return problemAnswer(problemOf(refuse('not-found').failure, requestId));

  const query = contract.query.safeParse(event.queryStringParameters ?? {}, { reportInput: true });
  if (!query.success) {
    return problemAnswer(protocolProblem('invalid-request', requestId, { errors: fieldErrors(query.error, '/query') }));
  }

  return route.kind === 'read'
    ? serveRead(dependencies, route, event, { params: params.data, query: query.data }, actor)
    : serveCommand(dependencies, route, event, params.data, actor ?? { sub: 'public', role: 'person' });
}

async function serveRead(
  dependencies: ApiDependencies,
  route: Extract<Route, { kind: 'read' }>,
  event: APIGatewayProxyEventV2,
  asked: { readonly params: unknown; readonly query: unknown },
  actor: Actor | undefined,
): Promise<Answer> {
  const { requestId } = event.requestContext;
  const found = await route.run({ ...asked, actor, at: dependencies.now() }).catch((error: unknown) => {
    if (error instanceof RangeError && error.message === 'cursor') return undefined;
    throw error;
  });
  if (!found) {
    return problemAnswer(
      protocolProblem('invalid-request', requestId, {
        errors: [
          {
            pointer: '/query/cursor',
            code: 'wrong-format',
            detail: '游标无效，请从第一页重新读取。',
            detailEn: 'This is no cursor of ours; start from the first page.',
          },
        ],
      }),
    );
  }
  if (!found.ok) return problemAnswer(problemOf(found.failure, requestId));
  const rendered = render(route, found.value, requestId);
  const etag = rendered.headers.etag;
  const cache =
    route.contract.cacheFor === undefined ? 'private, no-cache' : `public, max-age=${route.contract.cacheFor}`;
  const headers = { ...rendered.headers, 'cache-control': cache };
  if (etag && isKnown(event.headers['if-none-match'], etag))
    return { statusCode: 304, headers: { etag, 'cache-control': cache } };
  return { statusCode: 200, headers, body: rendered.body };
}

async function serveCommand(
  dependencies: ApiDependencies,
  route: Extract<Route, { kind: 'command' }>,
  event: APIGatewayProxyEventV2,
  params: unknown,
  actor: Actor,
): Promise<Answer> {
  const { contract } = route;
  const { requestId } = event.requestContext;
  const parsed = parseBody(event, contract.body !== undefined);
  if (!parsed.ok) return problemAnswer(parsed.problem);
  const body = (contract.body ?? contract.query).safeParse(parsed.value, { reportInput: true });
  if (!body.success) {
    return problemAnswer(protocolProblem('invalid-request', requestId, { errors: fieldErrors(body.error, '') }));
  }
  const key = event.headers['idempotency-key'];
  if (!key || !IDEMPOTENCY_KEY.test(key)) return problemAnswer(protocolProblem('idempotency-key-required', requestId));
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(event.headers['if-match'] ?? '')?.[1];
  if (contract.ifMatch && version === undefined) return problemAnswer(protocolProblem('if-match-required', requestId));

  const at = dependencies.now();
  // Strangers without an account share no name: their key counts together with what they ask.
  const seed = sha256(
    JSON.stringify(
      'public' in contract.access ? ['public', key, contract.operation, params, parsed.value] : [actor.sub, key],
    ),
  );
  // The key, which is stored nowhere, keeps the hash of a body with personal data from being guessed. The header, not
  // the organisation found: registering changes what is found for the retry of the same request.
  const requestHash = sha256(
    JSON.stringify([key, contract.operation, event.headers[ORGANISATION_HEADER] ?? null, params, parsed.value]),
  );
  const decide = async () => {
    const decision = await route.run({
      params,
      body: body.data,
      // Ids start anew with each attempt, so that every attempt makes the same ones.
      command: {
        actor,
        at,
        newId: idsOf(seed),
        ...(version === undefined ? {} : { expectedVersion: Number(version) }),
      },
    });
    // What is stored with it is what is answered.
    return decision.ok ? ok({ ...decision.value, result: render(route, decision.value.result, requestId) }) : decision;
  };
  // A decision writes nothing, so the first begins together with the question whether there is an answer already.
  const answered = dependencies.store.answered(seed);
  let begun: ReturnType<typeof decide> | undefined = decide();
  begun.catch(() => undefined);
  const earlier = await answered;
  if (earlier) return replay(earlier, requestHash, requestId);

  const committed = await decideAndCommit(
    dependencies.store,
    { actor, at, requestId },
    () => {
      const decision = begun ?? decide();
      begun = undefined;
      return decision;
    },
    (rendered) => ({ hash: seed, requestHash, ...rendered }),
  );
  if (!committed.ok) {
    // Perhaps it was this very request that changed what now refuses it: repeated at the same time, or its reply lost.
    const meanwhile = await dependencies.store.answered(seed);
    return meanwhile
      ? replay(meanwhile, requestHash, requestId)
      : problemAnswer(problemOf(committed.failure, requestId));
  }
  if ('answered' in committed.value) return replay(committed.value.answered, requestHash, requestId);
  const { status, headers, body: text } = committed.value.result;
  return { statusCode: status, headers, body: text };
}

/** The answer in its contract's form: what leaves is validated, not only what enters. */
function render(
  route: Route,
  result: unknown,
  requestId: string,
): { status: number; headers: Record<string, string>; body: string } {
  const answer = route.contract.answer.parse(route.answer(result)) as { version?: unknown };
  const body = JSON.stringify(answer);
  const etag = typeof answer.version === 'number' ? `"${answer.version}"` : `"${sha256(body).slice(0, 32)}"`;
  return {
    status: route.contract.status ?? 200,
    headers: { 'content-type': 'application/json; charset=utf-8', etag, 'x-request-id': requestId },
    body,
  };
}

/** The stored answer of the same request; another request under the same key is refused. */
function replay(stored: StoredAnswer, requestHash: string, requestId: string): Answer {
  if (stored.requestHash !== requestHash) return problemAnswer(protocolProblem('idempotency-key-reused', requestId));
  return {
    statusCode: stored.status,
    headers: { ...stored.headers, 'x-request-id': requestId, 'idempotency-replayed': 'true' },
    body: stored.body,
  };
}

type ParsedBody = { ok: true; value: unknown } | { ok: false; problem: ProblemAnswer };

function parseBody(event: APIGatewayProxyEventV2, expected: boolean): ParsedBody {
  const { requestId } = event.requestContext;
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? '', 'base64').toString('utf8') : (event.body ?? '');
  if (Buffer.byteLength(text) > MOST_BODY_BYTES) {
    return { ok: false, problem: protocolProblem('body-too-large', requestId, { values: { limit: MOST_BODY_BYTES } }) };
  }
  if (text === '')
    return expected ? { ok: false, problem: protocolProblem('missing-body', requestId) } : { ok: true, value: {} };
  if (!/^application\/json\s*(?:;|$)/i.test(event.headers['content-type'] ?? '')) {
    return { ok: false, problem: protocolProblem('unsupported-media-type', requestId) };
  }
  try {
    // What was not UTF-8 reads as this sign; stored, the name of a company would be lost for good.
    if (text.includes('\ufffd')) throw new SyntaxError('not UTF-8');
    const value: unknown = JSON.parse(text);
    // Half a character (`"\\ud800"`) is nothing that can be stored; only an escape can smuggle one in.
    if (/\\u[dD][89a-fA-F]/.test(text) && !isWellFormed(value)) throw new SyntaxError('half a character');
    return { ok: true, value };
  } catch {
    return { ok: false, problem: protocolProblem('malformed-json', requestId) };
  }
}

/** Whether the client has this version: a list, each perhaps weakened by a cache that packed it (RFC 9110, 13.1.2). */
const isKnown = (header = '', etag: string): boolean =>
  header.split(',').some((known) => known.trim().replace(/^W\//, '') === etag);

/** Whether every text and every name in it is whole. */
const isWellFormed = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.isWellFormed()
    : typeof value !== 'object' || value === null || Object.entries(value).flat().every(isWellFormed);

function problemAnswer({ status, problem, headers }: ProblemAnswer): Answer {
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      'x-request-id': problem.requestId,
      ...headers,
    },
    body: JSON.stringify(problem),
  };
}
