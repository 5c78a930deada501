import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyRouteContract } from '../../contracts/route.ts';
import { routes } from '../../contracts/routes.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { expectRefusal } from '../support/every-problem.ts';
import type { Answered, Call, Caller } from '../support/http-event.ts';
import { canaries, captureLog, dump, writtenSince } from '../support/registry-world.ts';
import { bodySamples, querySamples, unknownIds } from '../support/route-samples.ts';
import { paramNames } from '../support/whole-api.ts';
import {
  type CallingRole,
  callingRoles,
  decidingRoles,
  type Side,
  type WholeWorld,
  wholeWorld,
} from '../support/whole-world.ts';

/** Who may know of a record besides the staff of the region: whose members, and whether the city of its jurisdiction. */
interface Circle {
  readonly members: readonly ('enterprise' | 'provider')[];
  readonly city: boolean;
}
const both = ['enterprise', 'provider'] as const;

/** By the first parameter of a route, which names the record. A route with a new one has no circle, and fails. */
const circles: Readonly<Record<string, Circle | 'everybody' | 'by task'>> = {
  organisationId: { members: both, city: true },
  certificationId: { members: both, city: true },
  documentId: { members: both, city: true },
  offeringId: { members: ['provider'], city: false },
  orderId: { members: both, city: true },
  voucherId: { members: both, city: true },
  claimId: { members: ['provider'], city: false },
  objectionId: { members: [], city: false },
  payoutId: { members: [], city: false },
  policyId: { members: [], city: true },
  jurisdiction: { members: [], city: true },
  providerId: { members: ['provider'], city: false },
  noticeId: 'everybody',
  year: 'everybody',
  taskId: 'by task',
};

/** What is public anyway: the price of a published offering. */
const circleOfRoute: Readonly<Record<string, 'everybody'>> = { 'preview-entitlement': 'everybody' };

/** Readings of what is there, refused for the state it is in. */
const refusedForState: Readonly<Record<string, number>> = { 'preview-signing': 409, 'read-place': 409 };

/** Lists of one jurisdiction, which is named. */
const ofOneCity = ['list-organisations', 'list-local-policies'];

const circleOf = (route: AnyRouteContract) => circleOfRoute[route.operation] ?? circles[paramNames(route)[0] ?? ''];

const rolesOf = ({ access }: AnyRouteContract): readonly CallingRole[] =>
  'public' in access ? [] : callingRoles.filter((role) => access.roles.includes(role));
const isRead = ({ method }: AnyRouteContract) => method === 'GET';
const recordRoutes = routes.filter((route) => rolesOf(route).length > 0 && paramNames(route).length > 0);

/** Whether somebody of this role and side may know of a record of the own side. */
function maySee(circle: Circle | 'everybody', role: CallingRole, side: 'own' | 'foreign'): boolean {
  if (circle === 'everybody') return true;
  if (role === 'enterprise' || role === 'provider') return side === 'own' && circle.members.includes(role);
  if (role === 'city-reviewer') return side === 'own' && circle.city;
  return role !== 'person';
}

interface Case {
  readonly route: AnyRouteContract;
  readonly role: CallingRole;
  readonly side: 'own' | 'foreign';
  readonly seen: boolean;
  readonly what: string;
  readonly ids: (own: Side) => Readonly<Record<string, string>>;
}

/** The ids of a side as its enterprise or its provider has them; staff look at the enterprise's. */
const idsOf = ({ shared, enterprise, provider }: Side, role: CallingRole, { operation }: AnyRouteContract) => {
  const standing = role === 'provider' ? provider : enterprise;
  return { ...shared, ...standing, ...(operation === 'complete-upload' ? { documentId: standing.requestedId } : {}) };
};

const sides = ['own', 'foreign'] as const;
const counterpart = { enterprise: 'provider', provider: 'enterprise' } as const;

/** Every route with a record × every role that it admits × own or foreign organisation or jurisdiction. */
const cases: readonly Case[] = recordRoutes.flatMap((route) => {
  const { operation } = route;
  const circle = circleOf(route);
  return rolesOf(route).flatMap((role) =>
    sides.flatMap((side): Case[] => {
      const what = `${operation} by ${role} of the ${side} side`;
      if (circle === undefined) throw new Error(`${operation}: nobody decided who may see its record`);
      if (circle === 'by task') {
        return decidingRoles.map((of) => ({
          route,
          role,
          side,
          seen: role === 'inspector' || (role === of && (role !== 'city-reviewer' || side === 'own')),
          what: `${what}, a task of ${of}`,
          ids: (own) => ({ taskId: own.tasks[of] }),
        }));
      }
      const plain = { route, role, side, seen: maySee(circle, role, side), what };
      const found: Case[] = [{ ...plain, ids: (own) => idsOf(own, role, route) }];
      const [first = '', second] = paramNames(route);
      // The other party of an order knows nothing of what is the organisation's alone.
      if (['organisationId', 'certificationId', 'documentId'].includes(first) && role in counterpart) {
        const other = counterpart[role as keyof typeof counterpart];
        found.push({ ...plain, seen: false, what: `${what}, the ${other}'s`, ids: (own) => idsOf(own, other, route) });
      }
      if (first === 'documentId' && operation !== 'complete-upload') {
        found.push({
          ...plain,
          seen: plain.seen && !['auditor', 'operator', 'finance-officer'].includes(role),
          what: `${what}, an identity card`,
          ids: (own) => ({ documentId: (role === 'provider' ? own.provider : own.enterprise).idCardId }),
        });
      }
      // Both sides have the same years, and versions of the same numbers.
      if (second !== undefined && !['number', 'postingId'].includes(second)) {
        found.push({
          ...plain,
          seen: false,
          what: `${what}, a part of another record`,
          ids: (own) => ({ ...idsOf(own, role, route), [second]: foreignIds(role, route)[second] ?? '' }),
        });
      }
      return found;
    }),
  );
});

let engine: Engine;
let world: WholeWorld;
let log: ReturnType<typeof captureLog>;
/** Every answer of this file, to look for what must be in none. */
const answers: { what: string; operation: string; text: string }[] = [];

beforeAll(async () => {
  engine = await startEngine();
  world = await wholeWorld(engine);
  log = captureLog();
});
afterAll(async () => {
  log.restore();
  const seen = cases.filter((one) => one.seen).length;
  console.info(
    `${cases.length} cases of ${recordRoutes.length} routes by role and side: ${seen} see the record, ${cases.length - seen} do not; none undecided`,
  );
  await world.stop();
  await engine.stop();
});

const foreignIds = (role: CallingRole, route: AnyRouteContract): Readonly<Record<string, string>> =>
  idsOf(world.foreign, role, route);

async function send(route: AnyRouteContract, caller: Caller | undefined, what: string, call: Call): Promise<Answered> {
  const [body = {}] = bodySamples[route.operation] ?? [];
  const answered = await world.send(route, caller, {
    query: querySamples[route.operation] ?? {},
    ...(isRead(route) ? {} : { body }),
    // A version that nothing has: whoever may change the record is told so, and changes nothing.
    ...(route.ifMatch ? { version: 999 } : {}),
    ...call,
  });
  answers.push({ what, operation: route.operation, text: JSON.stringify([answered.headers, answered.body]) });
  return answered;
}

const sendCase = ({ route, role, side, what, ids }: Case) =>
  send(route, world.callerOf(role, world[side]), what, { params: ids(world.own) });

const withoutRequest = ({ body }: Answered) => ({ ...body, requestId: '' });

describe.each(recordRoutes.map((route) => [route.operation, route] as const))('%s', (operation, route) => {
  const own = cases.filter((one) => one.route.operation === operation);

  test('is decided for every role it admits, with own and foreign records', () => {
    for (const role of rolesOf(route))
      for (const side of sides) expect(own.some((one) => one.role === role && one.side === side)).toBe(true);
  });

  if (own.some(({ seen }) => !seen))
    test('says of a record one may not know of what it says of none', async () => {
      const before = await dump(engine);
      for (const one of own.filter(({ seen }) => !seen)) {
        const answered = await sendCase(one);
        expectRefusal(answered, [404], one.what);
        const unknown = await sendCase({ ...one, ids: () => unknownIds });
        expect(withoutRequest(answered), one.what).toEqual(withoutRequest(unknown));
      }
      expect(await writtenSince(engine, before)).toEqual([]);
    });

  if (isRead(route))
    test('shows a record to those who may know of it', async () => {
      for (const one of own.filter(({ seen }) => seen)) {
        const { status, body } = await sendCase(one);
        const card = one.what.endsWith('an identity card') && operation === 'read-document-content';
        const expected = card ? 403 : (refusedForState[operation] ?? 200);
        expect(status, `${one.what}: ${JSON.stringify(body).slice(0, 300)}`).toBe(expected);
      }
    });
});

describe('lists', () => {
  const lists = routes.filter((route) => isRead(route) && rolesOf(route).length > 0 && paramNames(route).length === 0);
  const bound = ['enterprise', 'provider', 'city-reviewer'] as const;
  const pairs = lists.flatMap((route) =>
    bound.filter((role) => rolesOf(route).includes(role)).map((role) => [route.operation, role, route] as const),
  );

  test.each(pairs)('%s shows a %s nothing of another organisation or jurisdiction', async (operation, role, route) => {
    const { foreign, own } = world;
    const caller = world.callerOf(role, foreign);
    const party = operation === 'list-orders' || operation === 'list-vouchers';
    const query = {
      ...querySamples[operation],
      ...(ofOneCity.includes(operation) ? { jurisdiction: foreign.jurisdiction } : {}),
      ...(party && role === 'city-reviewer' ? { enterpriseId: own.enterprise.organisationId } : {}),
    };
    const { status, body } = await send(route, caller, `${operation} by ${role}`, { query });
    expect(status).toBe(200);
    const { year: _year, number: _number, jurisdiction: _jurisdiction, ...shared } = own.shared;
    const ids = [shared, own.enterprise, own.provider, own.tasks].flatMap((group) => Object.values(group));
    for (const id of ids) expect(JSON.stringify(body)).not.toContain(id);

    if (party && role !== 'city-reviewer') {
      const named = { enterpriseId: own.enterprise.organisationId };
      expectRefusal(await send(route, caller, `${operation} by ${role}, of another`, { query: named }), [404], role);
    }
    if (ofOneCity.includes(operation) || operation === 'list-tasks') {
      const elsewhere = { ...query, jurisdiction: own.jurisdiction };
      expectRefusal(await send(route, caller, `${operation} of another city`, { query: elsewhere }), [403], role);
    }
  });

  test.each(decidingRoles)('the inbox shows a %s no task of another role', async (role) => {
    const list = routes.find(({ operation }) => operation === 'list-tasks');
    if (!list) throw new Error('list-tasks');
    const caller = world.callerOf(role, world.own);
    const { body } = await send(list, caller, `inbox of ${role}`, {});
    expect(body.items.length).toBeGreaterThan(0);
    for (const item of body.items) expect(item.role).toBe(role);
    for (const other of decidingRoles.filter((one) => one !== role))
      expectRefusal(await send(list, caller, `inbox of ${other}`, { query: { role: other } }), [403], other);
  });
});

describe('identity data', () => {
  const open = routes.filter((route) => isRead(route) && rolesOf(route).length === 0);

  test('is in no public answer', async () => {
    const pages = await Promise.all(
      open.map(async (route) => {
        const params = { ...world.own.shared, ...world.own.provider };
        const answered = await send(route, undefined, `${route.operation} in public`, { params });
        expect(answered.status, route.operation).toBe(200);
        // The pages about the system itself speak of such fields.
        return route.context === 'public-api' ? '' : JSON.stringify(answered.body);
      }),
    );
    for (const canary of Object.values(canaries)) expect(pages.join('\n')).not.toContain(canary);
    // Not even masked, nor the people behind an organisation.
    expect(pages.join('\n')).not.toMatch(
      /contactName|legalRepresentative|idCard|objector|phone|bankAccount|uploadedBy/,
    );
  });
});

describe('commands', () => {
  const commands = cases.filter(({ route, seen }) => seen && !isRead(route));

  test.each(commands.map((one) => [one.what, one] as const))('%s reaches its rules', async (what, one) => {
    const { status, body } = await sendCase(one);
    const text = `${what}: ${status} ${JSON.stringify(body).slice(0, 300)}`;
    if (one.route.ifMatch) expect([409, 412, 422], text).toContain(status);
    else expect([200, 201, 202, 409, 422], text).toContain(status);
  });
});

describe('after all that', () => {
  test('identity data was in no answer, but the account in the payment file of the finance department', () => {
    expect(answers.length).toBeGreaterThan(500);
    for (const { what, operation, text } of answers) {
      for (const [name, canary] of Object.entries(canaries)) {
        const meant = operation === 'read-payment-file' && name === 'account' && what.includes('finance-officer');
        if (!meant) expect(text.includes(canary), `${name} in ${what}`).toBe(false);
      }
    }
    const files = answers.filter(({ operation, text }) => operation === 'read-payment-file' && text.includes('csv'));
    expect(files.length).toBeGreaterThan(0);
    for (const { text } of files) expect(text).toContain(canaries.account);
  });

  test('whoever gives a reason sees it in full, and nobody else', async () => {
    const [read, disclose] = ['read-identity', 'disclose-identity'].map((name) =>
      routes.find(({ operation }) => operation === name),
    );
    if (!read || !disclose) throw new Error('the routes of identity data are gone');
    const params = { organisationId: world.own.enterprise.organisationId };
    for (const role of rolesOf(disclose)) {
      const reader = { ...world.callerOf(role, world.own), sub: `reader-${role}` };
      expect((await world.send(read, reader, { params })).body).toMatchObject({ masked: true });
      const given = await world.send(disclose, reader, { params, body: { reason: '核对联系人身份' } });
      expect(given.status).toBe(201);
      expect((await world.send(read, reader, { params })).body).toMatchObject({
        masked: false,
        contactIdNumber: canaries.idNumber,
        contactPhone: canaries.phone,
        bankAccount: { number: canaries.account },
      });
      const colleague = await world.send(read, { ...reader, sub: `colleague-${role}` }, { params });
      for (const canary of Object.values(canaries)) expect(JSON.stringify(colleague.body)).not.toContain(canary);
    }
  });

  test('identity data is in no log line', () => {
    expect(log.lines.length).toBeGreaterThan(500);
    const all = log.lines.join('\n');
    for (const canary of Object.values(canaries)) expect(all).not.toContain(canary);
    expect(log.lines.filter((line) => JSON.parse(line).level !== 'info')).toEqual([]);
  });
});
