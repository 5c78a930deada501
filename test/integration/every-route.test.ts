import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { AnyRouteContract } from '../../contracts/route.ts';
import { routes } from '../../contracts/routes.ts';
import { faultsOf, type JsonSchema, OVER_LONG, unseenPlaces } from '../support/body-faults.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { expectPointer, expectRefusal } from '../support/every-problem.ts';
import type { Call, Caller } from '../support/http-event.ts';
import { canaries, captureLog, dump, writtenSince } from '../support/registry-world.ts';
import { bodySamples, querySamples, unknownIds } from '../support/route-samples.ts';
import { paramNames } from '../support/whole-api.ts';
import { callingRoles, type WholeWorld, wholeWorld } from '../support/whole-world.ts';

const schemaOf = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
const fieldsOf = (schema: z.ZodType): readonly string[] => Object.keys(schemaOf(schema).properties ?? {});
const hasFields = (schema: z.ZodType) => fieldsOf(schema).length > 0 || (schemaOf(schema).oneOf ?? []).length > 0;

const rolesOf = ({ access }: AnyRouteContract): readonly string[] => ('public' in access ? [] : access.roles);
const isPublic = ({ access }: AnyRouteContract) => 'public' in access;
const isCommand = ({ method }: AnyRouteContract) => method !== 'GET';
const table = routes.map((route) => [route.operation, route] as const);
const questions = table.filter(([, route]) => !isCommand(route) && fieldsOf(route.query).length > 0);
const commands = table.filter(([, route]) => isCommand(route));

const samplesOf = ({ operation, body }: AnyRouteContract): readonly unknown[] =>
  bodySamples[operation] ?? (body && !hasFields(body) ? [{}] : []);

/** Years and jurisdictions of which there is always something to tell: a calendar, a fund without money, no policy. */
const ofEveryYear = [
  'read-fund',
  'read-journal',
  'list-corrections',
  'trial-balance',
  'read-statement',
  'announce-calendar',
  'read-calendar',
  'draft-plan',
  'read-published-local-policies',
];

let engine: Engine;
let world: WholeWorld;
let log: ReturnType<typeof captureLog>;
let before: readonly string[];
let sent = 0;

beforeAll(async () => {
  engine = await startEngine();
  world = await wholeWorld(engine);
  log = captureLog();
  before = await dump(engine);
});
afterAll(async () => {
  log.restore();
  console.info(`${sent} requests to ${routes.length} routes, nothing written`);
  await world.stop();
  await engine.stop();
});

/** Someone whom the route lets in. */
const entitled = (route: AnyRouteContract) => {
  const [role] = callingRoles.filter((known) => rolesOf(route).includes(known));
  return role && world.callerOf(role, world.own);
};

/** Sends what the route takes, with something changed. */
const send = (route: AnyRouteContract, what: Call = {}) => sendAs(entitled(route), route, what);

const sendAs = (caller: Caller | undefined, route: AnyRouteContract, what: Call = {}) => {
  sent += 1;
  const [body] = samplesOf(route);
  return world.send(route, caller, {
    params: unknownIds,
    query: querySamples[route.operation] ?? {},
    ...(isCommand(route) && what.rawBody === undefined ? { body } : {}),
    ...(route.ifMatch ? { version: 1 } : {}),
    ...what,
  });
};

describe('the table of routes', () => {
  test.each(table)('%s is served by exactly one function, the one it names', (_operation, route) => {
    const serving = Object.entries(world.served).flatMap(([context, served]) =>
      served
        .filter(({ contract }) => contract.method === route.method && contract.path === route.path)
        .map(({ contract, kind }) => ({ context, contract, kind })),
    );
    expect(serving).toEqual([{ context: route.context, contract: route, kind: isCommand(route) ? 'command' : 'read' }]);
  });

  test('names every route that a function serves, and no operation twice', () => {
    const served = Object.values(world.served).flatMap((group) => group.map(({ contract }) => contract.operation));
    const named = routes.map(({ operation }) => operation);
    expect([...served].sort()).toEqual([...named].sort());
    expect(new Set(named).size).toBe(named.length);
  });

  test('has samples for what is there and for nothing else', () => {
    const operations = routes.map(({ operation }) => operation);
    for (const operation of [...Object.keys(bodySamples), ...Object.keys(querySamples)])
      expect(operations).toContain(operation);
    expect(Object.keys(unknownIds).sort()).toEqual([...new Set(routes.flatMap(paramNames))].sort());
  });
});

describe.each(table)('%s', (operation, route) => {
  test('refuses what it does not know in a query', async () => {
    for (const name of ['unexpected', 'Limit', '__proto__', 'limit[]']) {
      const query = Object.fromEntries([...Object.entries(querySamples[operation] ?? {}), [name, '1']]);
      expectPointer(await send(route, { query }), `/query/${name}`, name);
    }
  });

  if (!isPublic(route))
    test('refuses odd tokens', async () => {
      const odd = {
        'a role that does not exist': { sub: 'odd', roles: ['administrator'] },
        'the role of the system': { sub: 'odd', roles: ['system'] },
        'membership by token': { sub: 'odd', roles: ['enterprise', 'provider'] },
        'a city without a jurisdiction': { sub: 'odd', roles: ['city-reviewer'] },
        'a city of another region': { sub: 'odd', roles: ['city-reviewer'], jurisdiction: '110000' },
      };
      for (const [what, caller] of Object.entries(odd)) {
        if (!what.includes('city') && rolesOf(route).includes('person')) continue;
        expectRefusal(await sendAs(caller, route), [403], what);
      }
      const member = entitled(route);
      if (rolesOf(route).includes('person') || member?.roles) return;
      const headers = { 'dengyun-organisation': world.foreign.enterprise.organisationId };
      expectRefusal(await send(route, { headers }), [403], 'for another organisation');
    });

  if (paramNames(route).length > 0)
    test('knows no record by an id of nothing, nor by what is no id', async () => {
      if (!ofEveryYear.includes(operation)) expectRefusal(await send(route), [404], 'unknown');
      for (const name of Object.keys(impossible(route))) {
        for (const id of ['x', '..', "' OR 1=1", 'x'.repeat(300), '%00']) {
          const answered = await send(route, { params: { ...unknownIds, [name]: id } });
          expectRefusal(answered, [404], `${name} ${id}`);
        }
      }
    });
});

/** Params of a route that no record can have. */
function impossible(route: AnyRouteContract): Record<string, string> {
  return Object.fromEntries(paramNames(route).map((name) => [name, 'x']));
}

describe.each(commands)('%s', (operation, route) => {
  const samples = samplesOf(route);
  const body = schemaOf(route.body ?? z.never());

  test('has samples that it takes and that show every field', () => {
    expect(samples).not.toEqual([]);
    for (const sample of samples) expect(route.body?.safeParse(sample).error).toBeUndefined();
    expect(unseenPlaces(body, samples)).toEqual([]);
  });

  test('refuses a request whose frame is wrong', async () => {
    expectRefusal(await send(route, { rawBody: '' }), [400], 'no body');
    for (const rawBody of ['{', '{"a":1,}', "{'a':1}", 'undefined', '\u0000', '{"a":1}{"b":2}'])
      expectRefusal(await send(route, { rawBody }), [400], `malformed ${rawBody}`);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])
      expectRefusal(await send(route, { headers: { 'content-type': type } }), [415], `content type ${type}`);
    expectRefusal(await send(route, { rawBody: `{"x":"${'x'.repeat(256 * 1024)}"}` }), [413], 'too large');
    expectRefusal(await send(route, { rawBody: `{"x":"${'云'.repeat(90_000)}"}` }), [413], 'too many bytes');
    for (const key of ['', 'short', 'with blanks in it', 'x'.repeat(101), '云服务券云服务券']) {
      const answered = await send(route, { headers: { 'idempotency-key': key } });
      expectRefusal(answered, [400], `key ${key}`);
      expect(answered.body.code).toBe('idempotency-key-required');
    }
  });

  if (route.ifMatch)
    test('refuses a request that does not say which version was seen', async () => {
      for (const version of ['', '*', '1', 'W/1', '"one"', '"-1"', '"1", "2"'])
        expectRefusal(await send(route, { headers: { 'if-match': version } }), [428], `If-Match ${version}`);
    });

  test('refuses a body that is no object, and fields that it does not know', async () => {
    for (const given of [null, 1, 'text', [], true])
      expectPointer(await send(route, { rawBody: JSON.stringify(given) }), '', JSON.stringify(given));
    for (const rawBody of ['{"unexpected":1}', `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`])
      expectRefusal(await send(route, { rawBody }), [422], rawBody.slice(0, 20));
    const sample = JSON.stringify(samples[0]).slice(1, -1);
    for (const name of ['unexpected', '__proto__', 'constructor', 'a~b/c']) {
      const rawBody = `{${[sample, `"${name}":{}`].filter((part) => part).join(',')}}`;
      const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      expectPointer(await send(route, { rawBody }), pointer, name);
    }
  });

  if (operation in bodySamples)
    test('refuses every fault of every field, and points at it', async () => {
      for (const fault of samples.flatMap((sample) => faultsOf(body, sample)))
        expectPointer(await send(route, { body: fault.body }), fault.pointer, fault.name);
    });
});

describe.each(questions)('%s', (operation, route) => {
  const fields = fieldsOf(route.query);
  const given = querySamples[operation] ?? {};

  test('refuses wrong values in a query, and points at them', async () => {
    for (const name of fields) {
      const query = { ...given, [name]: OVER_LONG };
      expectPointer(await send(route, { query }), `/query/${name}`, `over-long ${name}`);
    }
    for (const name of Object.keys(given)) {
      const { [name]: _without, ...query } = given;
      expectPointer(await send(route, { query }), `/query/${name}`, `without ${name}`);
    }
    for (const limit of fields.includes('limit') ? ['0', '101', 'abc', '-1', '1.5', '', '1e9', 'Infinity'] : [])
      expectPointer(await send(route, { query: { ...given, limit } }), '/query/limit', `limit ${limit}`);
  });

  if (fields.includes('cursor'))
    test('refuses a cursor that is not of this list', async () => {
      const { own } = world;
      const role = callingRoles.find((known) => rolesOf(route).includes(known));
      const of = role === 'provider' ? own.provider : own.enterprise;
      const task = role && role in own.tasks ? own.tasks[role as keyof typeof own.tasks] : '';
      const params = { ...own.shared, ...of, taskId: task };
      const query = operation === 'list-objections' ? { noticeId: own.shared.noticeId } : given;
      expect((await send(route, { params, query: { ...query, ...party(route, of.organisationId) } })).status).toBe(200);
      const key = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const forged = [
        'abc',
        key([]),
        key(null),
        key({}),
        key({ pk: 'PLAN#2019', sk: 'PLAN' }),
        key({ pk: `ORDER#${own.shared.orderId}`, sk: 'ORDER', gsi1pk: 'DOCS_OF#x', gsi1sk: '1' }),
        '{"pk":1}',
        '../../etc/passwd',
      ];
      for (const cursor of forged) {
        const answered = await send(route, { params, query: { ...query, ...party(route, of.organisationId), cursor } });
        expectPointer(answered, '/query/cursor', `cursor ${cursor}`);
      }
    });
});

/** Lists of a party need one when staff ask. */
const party = (route: AnyRouteContract, enterpriseId: string): Record<string, string> =>
  fieldsOf(route.query).includes('enterpriseId') ? { enterpriseId } : {};

describe('after all that', () => {
  test('nothing is written, not even a key', async () => {
    expect(await writtenSince(engine, before)).toEqual([]);
  });

  test('no log line shows personal data, a body or a failure of ours', () => {
    expect(log.lines.length).toBeGreaterThan(1_000);
    const all = log.lines.join('\n');
    for (const canary of Object.values(canaries)) expect(all).not.toContain(canary);
    expect(log.lines.filter((line) => JSON.parse(line).level !== 'info')).toEqual([]);
  });
});
