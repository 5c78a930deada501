import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyRouteContract } from '../../contracts/route.ts';
import { routes } from '../../contracts/routes.ts';
import {
  type CallerName,
  callerNamed,
  declarations,
  idsOfSubject,
  queryOfOwn,
} from '../support/authorization-table.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { expectRefusal } from '../support/every-problem.ts';
import type { Call } from '../support/http-event.ts';
import { canaries } from '../support/registry-world.ts';
import { bodySamples, querySamples } from '../support/route-samples.ts';
import { paramNames } from '../support/whole-api.ts';
import { decidingRoles, type WholeWorld, wholeWorld } from '../support/whole-world.ts';

let engine: Engine;
let world: WholeWorld;

beforeAll(async () => {
  engine = await startEngine();
  world = await wholeWorld(engine);
});
afterAll(async () => {
  await world.stop();
  await engine.stop();
});

const named = (operation: string): AnyRouteContract => {
  const route = routes.find((one) => one.operation === operation);
  if (!route) throw new Error(`${operation} is gone`);
  return route;
};
const isRead = ({ method }: AnyRouteContract) => method === 'GET';
const mayCall = (operation: string, caller: CallerName) =>
  declarations.some((one) => one.operation === operation && one.expected[caller] === 'allowed');

const send = (route: AnyRouteContract, name: CallerName, call: Call = {}) => {
  const { caller, headers } = callerNamed(name, world);
  const [body = {}] = bodySamples[route.operation] ?? [];
  return world.send(route, caller, {
    query: querySamples[route.operation] ?? {},
    ...(isRead(route) ? {} : { body }),
    ...(route.ifMatch ? { version: 999 } : {}),
    ...(headers ? { headers } : {}),
    ...call,
  });
};

describe('lists', () => {
  const bound = ['enterprise-foreign', 'provider-foreign', 'city-foreign'] as const;
  const pairs = routes
    .filter((route) => isRead(route) && !('public' in route.access) && paramNames(route).length === 0)
    .flatMap(({ operation }) => bound.map((caller) => [operation, caller] as const));
  const ofOneCity = ['list-organisations', 'list-local-policies'];
  const ofOneParty = ['list-orders', 'list-vouchers'];
  // A list of one place or party is refused for the own side; the foreign one may ask for its own.
  const asked = pairs.filter(([operation, caller]) => {
    const ofPlaceOrParty = [...ofOneCity, ...ofOneParty].includes(operation);
    return mayCall(operation, ofPlaceOrParty ? (caller.replace('-foreign', '') as CallerName) : caller);
  });

  test.each(asked)('%s shows a %s nothing of the own side', async (operation, caller) => {
    const { foreign, own } = world;
    const query = {
      ...querySamples[operation],
      ...(ofOneCity.includes(operation) ? { jurisdiction: foreign.jurisdiction } : {}),
      ...(ofOneParty.includes(operation) && caller === 'city-foreign'
        ? { enterpriseId: own.enterprise.organisationId }
        : {}),
    };
    const { status, body } = await send(named(operation), caller, { query });
    expect(status, JSON.stringify(body)).toBe(200);
    const { year: _year, number: _number, jurisdiction: _jurisdiction, ...shared } = own.shared;
    const ids = [shared, own.enterprise, own.provider, own.tasks].flatMap((group) => Object.values(group));
    for (const id of ids) expect(JSON.stringify(body)).not.toContain(id);
  });

  test('is not an empty set of cases', () => {
    expect(asked.length).toBeGreaterThan(10);
  });

  test.each(decidingRoles)(
    'the inbox of another city, or of another role than %s, is nobody’s to read',
    async (role) => {
      const caller = { sub: `the-${role}`, roles: [role], jurisdiction: world.own.jurisdiction };
      const list = named('list-tasks');
      const { body } = await world.send(list, caller, {});
      expect(body.items.length).toBeGreaterThan(0);
      for (const item of body.items) expect(item.role).toBe(role);
      for (const other of decidingRoles.filter((one) => one !== role))
        expectRefusal(await world.send(list, caller, { query: { role: other } }), [403], other);
      if (role === 'city-reviewer') {
        const elsewhere = { jurisdiction: world.foreign.jurisdiction };
        expectRefusal(await world.send(list, caller, { query: elsewhere }), [403], 'another city');
      }
    },
  );
});

describe('a part', () => {
  const withParts = declarations.filter(({ operation }) => {
    const [first, second] = paramNames(named(operation));
    // A year's journal is everybody's who may read it: its postings are of no side.
    return first !== 'year' && second !== undefined && second !== 'number' && !('public' in named(operation).access);
  });

  test.each(withParts.map((one) => [one.operation, one.subject, one] as const))(
    'of another record is not reached by %s through an own one (%s)',
    async (operation, subject, { expected }) => {
      const route = named(operation);
      const second = paramNames(route)[1] ?? '';
      const [own, foreign] = [idsOfSubject(subject, world.own), idsOfSubject(subject, world.foreign)];
      const callers = (Object.keys(expected) as CallerName[]).filter((caller) => expected[caller] === 'allowed');
      expect(callers).not.toEqual([]);
      for (const caller of callers) {
        const params = { ...own, [second]: foreign[second] ?? '' };
        const answered = await send(route, caller, { params, query: queryOfOwn(operation, world.own) });
        // Whoever may leave may still not touch others.
        expectRefusal(answered, operation === 'remove-member' ? [403, 404] : [404], `${operation} by ${caller}`);
      }
    },
  );
});

describe('identity data in full', () => {
  test('is shown to whoever gave a reason, and to no colleague', async () => {
    const [read, disclose] = [named('read-identity'), named('disclose-identity')];
    const params = { organisationId: world.own.enterprise.organisationId };
    const readers = ['city', 'regional', 'finance', 'inspector'] as const;
    for (const name of readers) {
      const reader = { ...callerNamed(name, world).caller, sub: `reader-${name}` };
      expect((await world.send(read, reader, { params })).body).toMatchObject({ masked: true });
      const given = await world.send(disclose, reader, { params, body: { reason: '核对联系人身份' } });
      expect(given.status).toBe(201);
      expect((await world.send(read, reader, { params })).body).toMatchObject({
        masked: false,
        contactIdNumber: canaries.idNumber,
        contactPhone: canaries.phone,
        bankAccount: { number: canaries.account },
      });
      const colleague = await world.send(read, { ...reader, sub: `colleague-${name}` }, { params });
      for (const canary of Object.values(canaries)) expect(JSON.stringify(colleague.body)).not.toContain(canary);
    }
  });
});
