import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyRouteContract } from '../../contracts/route.ts';
import { routes } from '../../contracts/routes.ts';
import { type CallerName, callerNamed, callerNames, declarations } from '../support/authorization-table.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { expectRefusal } from '../support/every-problem.ts';
import type { Answered, Call } from '../support/http-event.ts';
import { canaries, captureLog, dump, writtenSince } from '../support/registry-world.ts';
import { bodySamples } from '../support/route-samples.ts';
import { type Schema, valuesOf, withOneThingOdd } from '../support/schema-arbitraries.ts';
import { type WholeWorld, wholeWorld } from '../support/whole-world.ts';

/**
 * Requests to each operation, of each kind. More on demand: `FUZZ_RUNS=500 FUZZ_SEED=… npx vitest run …`. The seed is the
 * same each time, so that what turns red is the doing of a change.
 */
const runs = Number(process.env.FUZZ_RUNS ?? 6);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_126);

/** Readings that leave a trace of who read: accounts in full. */
const recorded = ['read-payment-file'];

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}
interface Operation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, object>>;
}
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<'parameters' | 'responses', Readonly<Record<string, unknown>>>>;
}

let engine: Engine;
let world: WholeWorld;
let log: ReturnType<typeof captureLog>;
let document: OpenApi;
let known: readonly string[];
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
const validators = new Map<string, ValidateFunction>();
/** Transactions and single writes that the engine took. */
let writes = 0;
const counted = { valid: 0, odd: 0, broken: 0 };
const statuses = new Map<number, number>();

beforeAll(async () => {
  engine = await startEngine();
  world = await wholeWorld(engine);
  document = (await world.send(named('read-openapi'), undefined)).body;
  ajv.addSchema({ $id: 'openapi', ...document });
  known = [
    ...new Set([
      ...textsIn([world.own.shared, world.own.enterprise, world.own.provider, world.own.tasks]),
      ...textsIn(world.foreign.shared),
      ...textsIn(bodySamples),
    ]),
  ];
  log = captureLog();
  engine.intercept(async (command, proceed) => {
    const answer = await proceed();
    if (/Write|Put|Update|Delete/.test((command as object).constructor.name)) writes += 1;
    return answer;
  });
});
afterAll(async () => {
  log.restore();
  console.info(
    `fuzz: seed ${seed}, ${routes.length} operations, ${counted.valid} valid, ${counted.odd} nearly valid, ` +
      `${counted.broken} broken requests; answers by status: ` +
      `${[...statuses]
        .sort(([a], [b]) => a - b)
        .map(([status, count]) => `${status} × ${count}`)
        .join(', ')}`,
  );
  await world.stop();
  await engine.stop();
});

function named(operation: string): AnyRouteContract {
  const route = routes.find((one) => one.operation === operation);
  if (!route) throw new Error(`${operation} is gone`);
  return route;
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const operationOf = ({ path, method }: AnyRouteContract): Operation => {
  const found = document.paths[path]?.[method.toLowerCase()];
  if (!found) throw new Error(`${method} ${path} is not in the document`);
  return found;
};
const bodySchemaOf = (operation: Operation) => operation.requestBody?.content['application/json']?.schema;

/** A request as the document describes it: what stands in path, query, headers and body, and who sends it. */
interface Request {
  readonly caller: CallerName;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly version?: unknown;
}

function requestsOf(operation: Operation): fc.Arbitrary<Request> {
  const parameters = operation.parameters.map((parameter) =>
    parameter.$ref ? (document.components.parameters[parameter.$ref.split('/').at(-1) ?? ''] as Parameter) : parameter,
  );
  const recordOf = (place: 'path' | 'query') => {
    const own = parameters.filter((parameter) => parameter.in === place);
    const fields = Object.fromEntries(own.map(({ name, schema }) => [name, valuesOf(schema, known)]));
    return fc.record(fields, { requiredKeys: own.filter(({ required }) => required).map(({ name }) => name) });
  };
  const welcome = callerNames.filter((caller) =>
    declarations.some((one) => one.operation === operation.operationId && one.expected[caller] === 'allowed'),
  );
  const body = bodySchemaOf(operation);
  return fc.record({
    caller: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...welcome) },
      { weight: 1, arbitrary: fc.constantFrom(...callerNames) },
    ),
    params: recordOf('path'),
    query: recordOf('query'),
    body: body ? valuesOf(body, known) : fc.constant(undefined),
    ...(parameters.some(({ name }) => name === 'If-Match') ? { version: fc.constantFrom(1, 1, 1, 2, 3) } : {}),
  });
}

/** As an address can carry them: half a character it cannot. */
const texts = (values: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      (typeof value === 'string' ? value : String(JSON.stringify(value))).toWellFormed(),
    ]),
  );

const callOf = ({ params, query, body, version, caller }: Request): Call => {
  const ifMatch =
    typeof version === 'number' || version === undefined ? {} : { 'if-match': texts({ version }).version ?? '' };
  return {
    params: texts(params),
    query: texts(query),
    ...(body === undefined ? {} : { body }),
    ...(typeof version === 'number' ? { version } : {}),
    headers: { ...callerNamed(caller, world).headers, ...ifMatch },
  };
};

/** Sends it and holds the answer against everything the document promises. */
async function check(route: AnyRouteContract, caller: CallerName, call: Call, what: string): Promise<Answered> {
  writes = 0;
  const answered = await world.send(route, callerNamed(caller, world).caller, call);
  const { status, body } = answered;
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const text = `seed ${seed}, ${what} by ${caller}: ${JSON.stringify(call).slice(0, 1_500)} → ${status} ${JSON.stringify(body)?.slice(0, 500)}`;

  expect(status, text).toBeLessThan(500);
  expect(Object.keys(operationOf(route).responses), text).toContain(String(status));
  const validate = validatorOf(route, status);
  expect(validate(body) ? [] : validate.errors, text).toEqual([]);
  if (status >= 400) expectRefusal(answered, [status], text);
  // One transaction or none: nothing is ever stored by half, and what is refused or read leaves nothing at all.
  const mayWrite = status < 400 && (route.method !== 'GET' || recorded.includes(route.operation));
  expect(writes, text).toBeLessThanOrEqual(mayWrite ? 1 : 0);
  return answered;
}

/** The schema that the document gives for this answer. */
function validatorOf({ path, method }: AnyRouteContract, status: number): ValidateFunction {
  const pointer = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
  const response = document.paths[path]?.[method.toLowerCase()]?.responses[status] as { $ref?: string } | undefined;
  const place = response?.$ref?.slice(1) ?? `/paths/${pointer(path)}/${method.toLowerCase()}/responses/${status}`;
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  const ref = `openapi#${place}/content/${pointer(type)}/schema`;
  const made = validators.get(ref) ?? ajv.compile({ $ref: ref });
  validators.set(ref, made);
  return made;
}

/** The same requests for the same seed, others for each operation. */
const sample = <T>(arbitrary: fc.Arbitrary<T>, operation: string, numRuns = runs): T[] =>
  fc.sample(arbitrary, {
    numRuns,
    seed: seed ^ [...operation].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) | 0, 0),
  });

describe.each(routes.map((route) => [route.operation, route] as const))('%s', (operation, route) => {
  test('answers what is valid as the document says, once', async () => {
    for (const request of sample(requestsOf(operationOf(route)), operation)) {
      counted.valid += 1;
      const key = `fuzz-${operation}-${counted.valid}`;
      const call = { ...callOf(request), key };
      const { status, body } = await check(route, request.caller, call, 'valid');
      // Whatever is a valid request has a valid frame.
      expect([400, 413, 415, 428]).not.toContain(status);
      if (route.method === 'GET' || status >= 400) continue;
      const again = await check(route, request.caller, call, 'repeated');
      expect(again, operation).toMatchObject({ status, body, headers: { 'idempotency-replayed': 'true' } });
      expect(writes).toBe(0);
    }
  });

  test('answers what is nearly valid as the document says', async () => {
    const oddOnes = requestsOf(operationOf(route)).chain(({ caller, ...request }) =>
      withOneThingOdd(request).map((changed) => ({ ...request, ...(changed as object), caller })),
    );
    const schema = bodySchemaOf(operationOf(route));
    const takesBody = schema && ajv.compile(schema);
    for (const request of sample(oddOnes, operation)) {
      counted.odd += 1;
      const { params, query } = request;
      if (!isRecord(params) || !isRecord(query)) continue;
      const { status } = await check(route, request.caller, callOf(request), 'nearly valid');
      if (takesBody && !takesBody(request.body ?? {}))
        expect(status, JSON.stringify(request)).toBeGreaterThanOrEqual(400);
    }
  });

  test('refuses what is broken, and stores nothing of it', async () => {
    if (route.method === 'GET') return;
    const before = await dump(engine);
    const broken = fc.tuple(
      requestsOf(operationOf(route)),
      fc.oneof(
        fc.jsonValue().map((value) => JSON.stringify(value)),
        fc.string(),
        fc.constantFrom('', '{', '{"a":1}{', '\ufeff{}', '[[[[', '{"a":1,"a":2}', '"\\ud800"', 'x'.repeat(300_000)),
      ),
      fc.constantFrom<Readonly<Record<string, string>>>(
        {},
        {},
        { 'content-type': 'text/html' },
        { 'idempotency-key': 'a' },
        { 'if-match': 'x' },
        { 'dengyun-organisation': '__proto__' },
      ),
    );
    for (const [request, rawBody, headers] of sample(broken, operation, Math.ceil(runs / 2))) {
      counted.broken += 1;
      const { body: _body, ...call } = callOf(request);
      const all = { 'content-type': 'application/json', ...call.headers, ...headers };
      // An empty object is what a command without fields takes.
      if (rawBody.trim() === '{}' || (rawBody === '' && !route.body)) continue;
      const { status } = await check(route, request.caller, { ...call, rawBody, headers: all }, 'broken');
      expect(status).toBeGreaterThanOrEqual(400);
    }
    expect(await writtenSince(engine, before)).toEqual([]);
  });
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

describe('after all that', () => {
  test('commands were taken and refused, so that both were looked at', () => {
    expect(statuses.get(201) ?? 0).toBeGreaterThan(5);
    for (const status of [200, 400, 403, 404, 409, 422])
      expect(statuses.get(status) ?? 0, `${status}`).toBeGreaterThan(5);
  });

  test('no log line tells of a failure, nor of anybody', () => {
    expect(log.lines.filter((line) => JSON.parse(line).level !== 'info')).toEqual([]);
    const all = log.lines.join('\n');
    for (const canary of Object.values(canaries)) expect(all).not.toContain(canary);
  });
});
