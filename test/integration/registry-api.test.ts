import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { registryRoutes } from '../../contracts/registry.ts';
import type { AnyRouteContract } from '../../contracts/route.ts';
import { composeUscc } from '../../core/identity/uscc.ts';
import { revise } from '../../core/lifecycle/record.ts';
import type { Certification } from '../../core/registry/certification.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { registryApi } from '../../functions/registry-api/routes/index.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { type Answered, type Call, type Caller, call } from '../support/http-event.ts';
import { expectProblem } from '../support/problem.ts';
import {
  canaries,
  captureLog,
  documentOf,
  dump,
  FRIDAY,
  idOf,
  memberOf,
  organisationOf,
  portsOf,
  writtenSince,
} from '../support/registry-world.ts';

let engine: Engine;
let api: unknown;
let at = FRIDAY;
let serial = 100;
let log: ReturnType<typeof captureLog>;
/** Every answer of this file, to be searched for personal data. */
const answers: string[] = [];
const lines: string[] = [];

const city: Caller = { sub: 'city-baotou', roles: ['city-reviewer'], jurisdiction: '150200' };
const otherCity: Caller = { sub: 'city-wuhai', roles: ['city-reviewer'], jurisdiction: '150300' };
const region: Caller = { sub: 'region-1', roles: ['regional-officer'] };
const auditor: Caller = { sub: 'auditor-1', roles: ['auditor'] };
const inspector: Caller = { sub: 'inspector-1', roles: ['inspector'] };

beforeAll(async () => {
  engine = await startEngine();
  api = createApi({ store: engine.store, now: () => at, routes: registryApi(portsOf(engine)) });
});
afterAll(() => engine.stop());
beforeEach(() => {
  at = FRIDAY;
  log = captureLog();
});
afterEach(() => {
  lines.push(...log.lines);
  log.restore();
});

async function ask(contract: AnyRouteContract, caller: Caller | undefined, what: Call = {}): Promise<Answered> {
  const answered = await call(api, contract, caller, what);
  answers.push(JSON.stringify(answered));
  return answered;
}

/** Expects a refusal with a complete problem document, and that nothing at all was written. */
async function refuses(
  [status, code]: readonly [number, string],
  contract: AnyRouteContract,
  caller: Caller | undefined,
  what: Call = {},
): Promise<Answered> {
  const refusal = async () => {
    const answered = await ask(contract, caller, what);
    expectProblem(answered, status, code);
    return answered;
  };
  return watching ? refusal() : writesNothing(refusal);
}

let watching = false;

/** Compares the table before and after; many refusals are watched together. */
async function writesNothing<T>(refusals: () => Promise<T>): Promise<T> {
  const before = await dump(engine);
  watching = true;
  try {
    return await refusals();
  } finally {
    watching = false;
    expect(await writtenSince(engine, before)).toEqual([]);
  }
}

async function does(contract: AnyRouteContract, caller: Caller | undefined, what: Call = {}) {
  const answered = await ask(contract, caller, what);
  expect(answered.body?.code).toBeUndefined();
  expect(answered.status).toBe(contract.status ?? 200);
  return answered.body;
}

const registration = (fields: Record<string, unknown> = {}) => {
  serial += 1;
  return {
    kind: 'enterprise',
    uscc: composeUscc('150200', serial),
    name: `包头第${serial}机械厂`,
    jurisdiction: '150200',
    industrySection: 'C',
    address: '包头市昆都仑区钢铁大街 1 号',
    memberName: '萨仁',
    ...fields,
  };
};

const identity = (fields: Record<string, unknown> = {}) => ({
  legalRepresentative: '白音巴特尔',
  contactName: '萨仁高娃',
  contactIdNumber: canaries.idNumber,
  contactPhone: canaries.phone,
  ...fields,
});

/** A registered organisation with its owner. */
async function registered(fields: Record<string, unknown> = {}) {
  const owner: Caller = { sub: `owner-${serial}` };
  const organisation = await does(registryRoutes.registerOrganisation, owner, { body: registration(fields) });
  const params = { organisationId: organisation.id as string };
  return { owner, organisation, params };
}

/** One that has all it needs to apply. */
async function ready(fields: Record<string, unknown> = {}) {
  const world = await registered(fields);
  const account = { accountName: world.organisation.name, bank: '内蒙古银行', number: canaries.account };
  await does(registryRoutes.putIdentity, world.owner, {
    params: world.params,
    version: 0,
    body: identity(fields.kind === 'provider' ? { bankAccount: account } : {}),
  });
  const purposes = ['business-licence', 'id-card-front', 'id-card-back', 'industry-service-evidence'] as const;
  const values = purposes.map((purpose, i) => documentOf(world.params.organisationId, serial * 10 + i, purpose));
  await engine.store.commit(
    values.map((value) => ({ do: 'create' as const, entity: 'document' as const, value })),
    { actor: { sub: 'seed', role: 'system' }, at, requestId: `seed-${serial}` },
  );
  const [businessLicence, idCardFront, idCardBack, evidence] = values.map(({ id }) => id);
  return { ...world, documents: { businessLicence, idCardFront, idCardBack }, evidence };
}

describe('registering', () => {
  test('makes the person who registers the owner', async () => {
    const { owner, organisation, params } = await registered();
    expect(organisation).toMatchObject({ version: 1, status: 'registered', jurisdictionName: { en: 'Baotou' } });
    expect(await does(registryRoutes.readMemberships, owner)).toEqual({
      items: [{ organisationId: organisation.id, kind: 'enterprise', role: 'owner' }],
    });
    const members = await does(registryRoutes.listMembers, owner, { params });
    expect(members.items).toMatchObject([{ sub: owner.sub, role: 'owner', name: '萨仁' }]);
  });

  test('the same code may be one enterprise and one provider, but not two of a kind', async () => {
    const { organisation } = await registered();
    const again = registration({ uscc: organisation.uscc });
    const refused = await refuses(
      [409, 'organisation-exists'],
      registryRoutes.registerOrganisation,
      { sub: 'x-1' },
      { body: again },
    );
    expect(refused.body.clause).toBe('二-(三)');
    await does(registryRoutes.registerOrganisation, { sub: 'x-1' }, { body: { ...again, kind: 'provider' } });
  });

  test('of ten people who register the same code at once, one does', async () => {
    const body = registration();
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, i) => ask(registryRoutes.registerOrganisation, { sub: `racer-${i}` }, { body })),
    );
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const answered of all.filter(({ status }) => status !== 201)) {
      expectProblem(answered, 409, 'organisation-exists');
    }
  });

  test('a member of two organisations says which one acts', async () => {
    const { owner, params } = await registered();
    const second = await does(registryRoutes.registerOrganisation, owner, { body: registration() });
    await refuses([403, 'organisation-required'], registryRoutes.readOrganisation, owner, { params });
    const headers = { 'dengyun-organisation': second.id };
    await refuses([404, 'not-found'], registryRoutes.readOrganisation, owner, { params, headers });
    await does(registryRoutes.readOrganisation, owner, { params: { organisationId: second.id }, headers });
    const foreign = (await registered()).params.organisationId;
    await refuses([403, 'organisation-required'], registryRoutes.readOrganisation, owner, {
      params: { organisationId: foreign },
      headers: { 'dengyun-organisation': foreign },
    });
  });
});

describe('members', () => {
  test('the owner adds a clerk, who acts but neither adds nor changes', async () => {
    const { owner, params } = await registered();
    const clerk: Caller = { sub: `clerk-${serial}` };
    const body = { sub: clerk.sub, name: '其其格', role: 'clerk' };
    await does(registryRoutes.addMember, owner, { params, body });
    await does(registryRoutes.readOrganisation, clerk, { params });
    await refuses([409, 'member-exists'], registryRoutes.addMember, owner, { params, body });
    await refuses([403, 'owner-only'], registryRoutes.addMember, clerk, { params, body: { ...body, sub: 'another' } });
    await refuses([403, 'owner-only'], registryRoutes.changeMemberRole, clerk, {
      params: { ...params, sub: clerk.sub },
      body: { role: 'owner' },
      version: 1,
    });
  });

  test('a role is changed by the owner, on the version seen; the owner stays', async () => {
    const { owner, params } = await registered();
    await does(registryRoutes.addMember, owner, { params, body: { sub: 'p', name: '其其格', role: 'clerk' } });
    const of = (sub: string) => ({ params: { ...params, sub }, body: { role: 'owner' } });
    expect(await does(registryRoutes.changeMemberRole, owner, { ...of('p'), version: 1 })).toMatchObject({
      role: 'owner',
      version: 2,
    });
    const stale = await refuses([412, 'stale-version'], registryRoutes.changeMemberRole, owner, {
      ...of('p'),
      version: 1,
    });
    expect(stale.body.currentVersion).toBe(2);
    await refuses([428, 'if-match-required'], registryRoutes.changeMemberRole, owner, of('p'));
    await refuses([404, 'not-found'], registryRoutes.changeMemberRole, owner, { ...of('nobody'), version: 1 });
    await refuses([409, 'last-owner'], registryRoutes.changeMemberRole, owner, {
      params: { ...params, sub: owner.sub },
      body: { role: 'clerk' },
      version: 1,
    });
  });

  test('two owners who demote each other at once leave one owner', async () => {
    for (let round = 0; round < 5; round++) {
      const { owner, params } = await registered();
      const second: Caller = { sub: `second-${serial}` };
      await does(registryRoutes.addMember, owner, { params, body: { sub: second.sub, name: '其其格', role: 'owner' } });
      const demote = (by: Caller, whom: Caller) =>
        ask(registryRoutes.changeMemberRole, by, {
          params: { ...params, sub: whom.sub },
          body: { role: 'clerk' },
          version: 1,
        });
      const both = await Promise.all([demote(owner, second), demote(second, owner)]);
      expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
      const { items } = await engine.store.list('membersOfOrganisation', params);
      expect(items.filter(({ role }) => role === 'owner')).toHaveLength(1);
    }
  });
});

describe('a person who leaves', () => {
  const removal = (params: object, sub: string, version = 1): Call => ({
    params: { ...params, sub },
    version,
    body: {},
  });

  test('is removed by the owner, no longer reads nor acts, and may be added again', async () => {
    const { owner, params } = await registered();
    const clerk: Caller = { sub: `leaver-${serial}` };
    const body = { sub: clerk.sub, name: '其其格', role: 'owner' };
    await does(registryRoutes.addMember, owner, { params, body });
    await does(registryRoutes.readOrganisation, clerk, { params });
    await does(registryRoutes.removeMember, owner, removal(params, clerk.sub));
    await refuses([403, 'organisation-required'], registryRoutes.readOrganisation, clerk, { params });
    await refuses([403, 'organisation-required'], registryRoutes.addMember, clerk, { params, body });
    expect(await does(registryRoutes.readMemberships, clerk)).toEqual({ items: [] });
    const { items } = await does(registryRoutes.listMembers, owner, { params });
    expect(items).toMatchObject([{ sub: owner.sub }]);
    await refuses([404, 'not-found'], registryRoutes.removeMember, owner, removal(params, clerk.sub, 2));
    await refuses([404, 'not-found'], registryRoutes.changeMemberRole, owner, {
      ...removal(params, clerk.sub, 2),
      body: { role: 'owner' },
    });
    const back = await does(registryRoutes.addMember, owner, { params, body: { ...body, role: 'clerk' } });
    expect(back).toMatchObject({ role: 'clerk', version: 3 });
    await does(registryRoutes.readOrganisation, clerk, { params });
  });

  test('is removed by owners only, on the version seen; nobody removes themselves', async () => {
    const { owner, params } = await registered();
    const clerk: Caller = { sub: `clerk-${serial}` };
    await does(registryRoutes.addMember, owner, { params, body: { sub: clerk.sub, name: '其其格', role: 'clerk' } });
    await refuses([403, 'owner-only'], registryRoutes.removeMember, clerk, removal(params, owner.sub));
    await refuses([412, 'stale-version'], registryRoutes.removeMember, owner, removal(params, clerk.sub, 7));
    await refuses([409, 'last-owner'], registryRoutes.removeMember, owner, removal(params, owner.sub));
  });

  test('may leave by themselves as a clerk, though whoever added them did not ask', async () => {
    const { owner, params } = await registered();
    const clerk: Caller = { sub: `unasked-${serial}` };
    await does(registryRoutes.addMember, owner, { params, body: { sub: clerk.sub, name: '其其格', role: 'clerk' } });
    await does(registryRoutes.removeMember, clerk, removal(params, clerk.sub));
    expect(await does(registryRoutes.readMemberships, clerk)).toEqual({ items: [] });
  });

  test('whoever was added to more than a hundred others still acts for their own, by naming it', async () => {
    const { owner, params } = await registered();
    const others = Array.from({ length: 120 }, (_, i) => ({
      ...memberOf(organisationOf(50_000 + i), String(owner.sub), 'clerk'),
      createdAt: 1,
    }));
    for (let from = 0; from < others.length; from += 40) {
      const committed = await engine.store.commit(
        others.slice(from, from + 40).map((value) => ({ do: 'create' as const, entity: 'member' as const, value })),
        { actor: { sub: 'seed', role: 'system' }, at, requestId: `many-${from}` },
      );
      expect(committed).toEqual({ ok: true });
    }
    const headers = { 'dengyun-organisation': params.organisationId };
    await does(registryRoutes.readOrganisation, owner, { params, headers });
  });

  test('two owners who remove each other at once leave one', async () => {
    const { owner, params } = await registered();
    const second: Caller = { sub: `second-${serial}` };
    await does(registryRoutes.addMember, owner, { params, body: { sub: second.sub, name: '其其格', role: 'owner' } });
    const both = await Promise.all([
      ask(registryRoutes.removeMember, owner, removal(params, second.sub)),
      ask(registryRoutes.removeMember, second, removal(params, owner.sub)),
    ]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});

test('a version that the client has is not sent again, even when a cache has weakened its tag', async () => {
  const { owner, params } = await registered();
  for (const known of ['"1"', 'W/"1"', '"7", W/"1"']) {
    const answered = await ask(registryRoutes.readOrganisation, owner, { params, headers: { 'if-none-match': known } });
    expect([known, answered.status]).toEqual([known, 304]);
  }
  await does(registryRoutes.readOrganisation, owner, { params, headers: { 'if-none-match': '"11"' } });
});

describe('text', () => {
  const sent = (name: string) => JSON.stringify({ ...registration(), name: 'NAME' }).replace('NAME', name);
  const post = (name: string): Call => ({ rawBody: sent(name) });

  test('with half a character is refused before anything fails on it', async () => {
    await refuses([400, 'malformed-json'], registryRoutes.registerOrganisation, { sub: 'half' }, post('\\ud800 厂'));
    await refuses([400, 'malformed-json'], registryRoutes.registerOrganisation, { sub: 'half' }, post('厂 \\uDC00'));
    await does(registryRoutes.registerOrganisation, { sub: 'whole' }, post('\\ud842\\udfb7 厂'));
  });

  test.each(['\\u0000', '\\n', '\\u202e', '\\u2066'])(
    'with %s in a name is refused: it reads as something else',
    async (odd) => {
      const refused = await refuses(
        [422, 'invalid-request'],
        registryRoutes.registerOrganisation,
        { sub: 'odd' },
        post(`包头${odd}厂`),
      );
      expect(refused.body.errors).toMatchObject([{ pointer: '/name', code: 'wrong-format' }]);
    },
  );

  test('in Mongolian, with its separators and joiners, is a name', async () => {
    await does(registryRoutes.registerOrganisation, { sub: 'mongolian' }, post('ᠥᠪᠥᠷ\\u202fᠮᠣᠩᠭᠣᠯ\\u180eᠠ\\u200d'));
  });
});

describe('a registration by somebody without a right to the code (clause 四)', () => {
  test('is annulled by the city, and the real enterprise registers; nobody else annuls it', async () => {
    const { owner, params, organisation } = await ready();
    const body = { reason: '冒用他人统一社会信用代码登记' };
    await refuses([404, 'not-found'], registryRoutes.annulRegistration, otherCity, { params, version: 1, body });
    await refuses([403, 'role-forbidden'], registryRoutes.annulRegistration, owner, { params, version: 1, body });
    await refuses([412, 'stale-version'], registryRoutes.annulRegistration, city, { params, version: 9, body });
    const { kind, uscc, name, jurisdiction, industrySection, address } = organisation;
    const registration = { kind, uscc, name, jurisdiction, industrySection, address, memberName: '白音' };
    const real = { sub: `real-${owner.sub}` };
    await refuses([409, 'organisation-exists'], registryRoutes.registerOrganisation, real, { body: registration });
    const annulled = await does(registryRoutes.annulRegistration, city, { params, version: 1, body });
    expect(annulled).toMatchObject({ status: 'annulled', version: 2 });
    await does(registryRoutes.registerOrganisation, real, { body: registration });
    await refuses([409, 'wrong-state'], registryRoutes.annulRegistration, city, { params, version: 2, body });
  });

  test('cannot be annulled while it is under review', async () => {
    const { owner, params, documents } = await ready();
    await does(registryRoutes.submitCertification, owner, { params, version: 1, body: { documents } });
    const body = { reason: '审核中不得撤销' };
    await refuses([409, 'wrong-state'], registryRoutes.annulRegistration, city, { params, version: 2, body });
  });
});

describe('the access log of identity data (clause 四)', () => {
  test('shows every disclosure with its reason, to inspectors who it was, and to whom it is about only the office', async () => {
    const { owner, params } = await ready();
    await does(
      registryRoutes.discloseIdentity,
      { ...city, name: '苏和' },
      { params, body: { reason: '核对证件与本人' } },
    );
    const seen = await does(registryRoutes.readIdentityTrail, inspector, { params });
    expect(seen.items.at(-1)).toMatchObject({
      action: 'disclose',
      note: '核对证件与本人',
      by: { role: 'city-reviewer', name: '苏和', sub: city.sub },
    });
    const own = await does(registryRoutes.readIdentityTrail, owner, { params });
    expect(own.items.at(-1).by).toEqual({ role: 'city-reviewer' });
  });
});

describe('what was declared (clause 四)', () => {
  const declared = {
    name: '赤峰第一机械厂',
    jurisdiction: '150400',
    industrySection: 'D',
    address: '赤峰市红山区 1 号',
  };

  test('is corrected before the application, and then another city reviews it and opens its documents', async () => {
    const { owner, params, documents } = await ready();
    const corrected = await does(registryRoutes.correctOrganisation, owner, { params, version: 1, body: declared });
    expect(corrected).toMatchObject({ ...declared, version: 2, status: 'registered' });
    await refuses([412, 'stale-version'], registryRoutes.correctOrganisation, owner, {
      params,
      version: 1,
      body: declared,
    });
    await refuses([404, 'not-found'], registryRoutes.readOrganisation, city, { params });
    await does(registryRoutes.submitCertification, owner, { params, version: 2, body: { documents } });
    await does(registryRoutes.readOrganisation, { ...otherCity, jurisdiction: '150400' }, { params });
    for (const id of Object.values(documents)) {
      const document = await engine.store.get('document', { id: id ?? '' });
      expect(document?.jurisdiction).toBe('150400');
    }
  });

  test('stands while it is reviewed', async () => {
    const { owner, params, documents } = await ready();
    await does(registryRoutes.submitCertification, owner, { params, version: 1, body: { documents } });
    await refuses([409, 'wrong-state'], registryRoutes.correctOrganisation, owner, {
      params,
      version: 2,
      body: declared,
    });
  });

  test('with another name, the account given before is no longer its own', async () => {
    const { owner, params, documents } = await ready({ kind: 'provider' });
    await does(registryRoutes.correctOrganisation, owner, { params, version: 1, body: declared });
    const refused = await refuses([422, 'bank-account-not-own'], registryRoutes.submitCertification, owner, {
      params,
      version: 2,
      body: { documents },
    });
    expect(refused.body.clause).toBe('七-(一)');
  });
});

describe('identity data (clause 四)', () => {
  test('is given once as version 0, then replaced on the version seen, and answered masked', async () => {
    const { owner, params } = await registered();
    await refuses([404, 'not-found'], registryRoutes.readIdentity, owner, { params });
    const given = await does(registryRoutes.putIdentity, owner, { params, version: 0, body: identity() });
    expect(given).toMatchObject({ version: 1, masked: true, contactName: '萨*' });
    const stale = await refuses([412, 'stale-version'], registryRoutes.putIdentity, owner, {
      params,
      version: 0,
      body: identity(),
    });
    expect(stale.body.currentVersion).toBe(1);
    const replaced = { contactPhone: '0472-5551234' };
    expect(
      await does(registryRoutes.putIdentity, owner, { params, version: 1, body: identity(replaced) }),
    ).toMatchObject({
      version: 2,
    });
    expect(await does(registryRoutes.readIdentity, city, { params })).toMatchObject({ masked: true });
  });

  test('the account must be in the name of the organisation', async () => {
    const { owner, params } = await registered({ kind: 'provider' });
    const bankAccount = { accountName: '别的公司', bank: '内蒙古银行', number: canaries.account };
    const refused = await refuses([422, 'bank-account-not-own'], registryRoutes.putIdentity, owner, {
      params,
      version: 0,
      body: identity({ bankAccount }),
    });
    expect(refused.body).toMatchObject({ clause: '七-(一)', errors: [{ pointer: '/bankAccount/accountName' }] });
  });

  test('is seen in full for a quarter of an hour by the person who said why, and by nobody else', async () => {
    const { owner, params } = await registered();
    await does(registryRoutes.putIdentity, owner, { params, version: 0, body: identity() });
    const until = await does(registryRoutes.discloseIdentity, city, { params, body: { reason: '核对身份证件照片' } });
    expect(until).toEqual({ until: '2026-10-23T10:15:00.000+08:00' });
    const read = async (caller: Caller) => (await call(api, registryRoutes.readIdentity, caller, { params })).body;
    expect(await read(city)).toMatchObject({ masked: false, contactIdNumber: canaries.idNumber });
    expect(await read(region)).toMatchObject({ masked: true });
    expect(await read(owner)).toMatchObject({ masked: true });
    at = FRIDAY + 15 * 60 * 1000;
    expect(await read(city)).toMatchObject({ masked: true });
    const trail = await engine.store.list('trail', { entity: 'identityRecord', id: params });
    expect(trail.items.at(-1)).toMatchObject({
      action: 'disclose',
      note: '核对身份证件照片',
      actor: { sub: city.sub },
    });
  });

  test('stands still while it is reviewed', async () => {
    const { owner, organisation, params, documents } = await ready();
    await does(registryRoutes.submitCertification, owner, {
      params,
      version: organisation.version,
      body: { documents },
    });
    await refuses([409, 'wrong-state'], registryRoutes.putIdentity, owner, { params, version: 1, body: identity() });
  });
});

describe('applying for certification (clauses 三-(一), 四)', () => {
  test('tells the applicant until when its city has it, then by when the region is expected to decide, and no person', async () => {
    const { owner, organisation, params, documents } = await ready();
    const { id } = await does(registryRoutes.submitCertification, owner, {
      params,
      version: organisation.version,
      body: { documents },
    });
    const read = { params: { certificationId: id } };
    let stored = await engine.store.get('certification', { id });
    const becomes = async (fields: Partial<Certification>) => {
      if (!stored) throw new Error('no application');
      stored = revise(stored, at, fields);
      const origin = { actor: { sub: 'seed', role: 'system' as const }, at, requestId: `becomes-${stored.version}` };
      const change = { do: 'update', entity: 'certification', value: stored, audit: { action: 'seed' } } as const;
      expect(await engine.store.commit([change], origin)).toEqual({ ok: true });
      const { dueOn, expectedBy } = await does(registryRoutes.readCertification, owner, read);
      return [dueOn, expectedBy];
    };
    expect(await becomes({ cityDueOn: '2026-10-30' })).toEqual(['2026-10-30', undefined]);
    const atRegion = { status: 'regional-review', regionExpectedBy: '2026-11-06' } as const;
    expect(await becomes({ ...atRegion, deciders: ['city-reviewer-7'] })).toEqual([undefined, '2026-11-06']);
    const told = JSON.stringify(await does(registryRoutes.readCertification, owner, read));
    expect(told).not.toContain('city-reviewer-7');
    expect(await becomes({ status: 'approved' })).toEqual([undefined, undefined]);
  });

  test('takes the documents and asks the workflow for a review', async () => {
    const { owner, organisation, params, documents } = await ready();
    const certification = await does(registryRoutes.submitCertification, owner, {
      params,
      version: organisation.version,
      body: { documents },
    });
    expect(certification).toMatchObject({ status: 'city-review', round: 1, documents, findings: [], reasons: [] });
    const read = { params: { certificationId: certification.id } };
    for (const caller of [owner, city, region, inspector]) {
      expect(await does(registryRoutes.readCertification, caller, read)).toEqual(certification);
    }
    expect((await does(registryRoutes.listCertifications, owner, { params })).items).toEqual([certification]);
    expect(await does(registryRoutes.readOrganisation, owner, { params })).toMatchObject({
      status: 'submitted',
      certificationId: certification.id,
      version: 2,
    });
    expect(await dump(engine)).toContainEqual(
      expect.stringMatching(
        new RegExp(`"input":\\{"certificationId":"${certification.id}"\\}.*"workflow":"certification-review"`),
      ),
    );
    const trail = await does(registryRoutes.readOrganisationTrail, city, { params });
    expect(trail.items.map(({ action }: { action: string }) => action).sort()).toEqual(['create', 'create', 'submit']);
  });

  test('is not possible twice at once, nor on another version', async () => {
    const { owner, params, documents } = await ready();
    const what = { params, version: 1, body: { documents } };
    await refuses([412, 'stale-version'], registryRoutes.submitCertification, owner, { ...what, version: 7 });
    await does(registryRoutes.submitCertification, owner, what);
    const again = await refuses([409, 'wrong-state'], registryRoutes.submitCertification, owner, {
      ...what,
      version: 2,
    });
    expect(again.body.detailEn).toContain('registered');
  });

  test('needs the identity data first', async () => {
    const { owner, params } = await registered();
    const documents = { businessLicence: idOf('doc', 1), idCardFront: idOf('doc', 2), idCardBack: idOf('doc', 3) };
    const refused = await refuses([422, 'identity-required'], registryRoutes.submitCertification, owner, {
      params,
      version: 1,
      body: { documents },
    });
    expect(refused.body.clause).toBe('四');
  });

  test('a provider also needs an account', async () => {
    const { owner, params, documents } = await ready({ kind: 'provider' });
    const { bankAccount: _none, ...without } = identity() as Record<string, unknown>;
    await does(registryRoutes.putIdentity, owner, { params, version: 1, body: without });
    await refuses([422, 'bank-account-required'], registryRoutes.submitCertification, owner, {
      params,
      version: 1,
      body: { documents },
    });
  });

  test("documents must be one's own, of the right kind and checked", async () => {
    const { owner, params, documents } = await ready();
    const foreign = await ready();
    const unusable = {
      'of others': { ...documents, idCardBack: foreign.documents.idCardBack },
      'of another kind': { ...documents, idCardBack: documents.idCardFront },
      unknown: { ...documents, idCardBack: idOf('doc', 999_999) },
    };
    for (const body of Object.values(unusable)) {
      const refused = await refuses([422, 'document-not-usable'], registryRoutes.submitCertification, owner, {
        params,
        version: 1,
        body: { documents: body },
      });
      expect(refused.body.errors).toMatchObject([{ pointer: '/documents/idCardBack' }]);
    }
  });

  test('outside sections B, C and D an enterprise needs evidence of serving industry, and reviewers are told (clause 二-(一))', async () => {
    const { owner, params, documents, evidence } = await ready({ industrySection: 'I' });
    const what = { params, version: 1 };
    await refuses([422, 'industry-evidence-required'], registryRoutes.submitCertification, owner, {
      ...what,
      body: { documents },
    });
    const certification = await does(registryRoutes.submitCertification, owner, {
      ...what,
      body: { documents: { ...documents, industryService: evidence } },
    });
    expect(certification.findings).toMatchObject([{ rule: 'serves-industry', clause: '二-(一)' }]);
  });
});

describe('lists', () => {
  test('of a jurisdiction, page by page, for its own city only', async () => {
    for (let i = 0; i < 3; i++) await registered({ jurisdiction: '150300' });
    const query = { kind: 'enterprise', jurisdiction: '150300', limit: '2' };
    const first = await does(registryRoutes.listOrganisations, otherCity, { query });
    expect(first.items).toHaveLength(2);
    const rest = await does(registryRoutes.listOrganisations, otherCity, { query: { ...query, cursor: first.next } });
    expect(rest.items).toHaveLength(1);
    expect(rest.next).toBeUndefined();
    await refuses([403, 'jurisdiction-forbidden'], registryRoutes.listOrganisations, city, { query });
    expect((await does(registryRoutes.listOrganisations, region, { query })).items).toHaveLength(2);
  });

  test('a cursor of another list, or no cursor of ours, is a bad query', async () => {
    await registered();
    await registered();
    const query = { kind: 'enterprise', jurisdiction: '150200', limit: '1' };
    const { next } = await does(registryRoutes.listOrganisations, region, { query });
    for (const cursor of [next, 'nonsense', Buffer.from('{"pk":"ORG#1","sk":"ORG"}').toString('base64url')]) {
      const refused = await refuses([422, 'invalid-request'], registryRoutes.listOrganisations, region, {
        query: { ...query, kind: 'provider', cursor },
      });
      expect(refused.body.errors).toMatchObject([{ pointer: '/query/cursor' }]);
    }
  });

  test('bad queries are refused', async () => {
    const good = { kind: 'enterprise', jurisdiction: '150200' };
    const bad: [string, Record<string, string>][] = [
      ['/query/limit', { ...good, limit: '101' }],
      ['/query/limit', { ...good, limit: '0' }],
      ['/query/limit', { ...good, limit: 'ten' }],
      ['/query/kind', { ...good, kind: 'bank' }],
      ['/query/jurisdiction', { ...good, jurisdiction: '110000' }],
      ['/query/colour', { ...good, colour: 'red' }],
      ['/query/cursor', { ...good, cursor: 'x'.repeat(2001) }],
      ['/query/jurisdiction', { kind: 'enterprise' }],
    ];
    for (const [pointer, query] of bad) {
      const refused = await refuses([422, 'invalid-request'], registryRoutes.listOrganisations, region, { query });
      expect(refused.body.errors).toMatchObject([{ pointer }]);
    }
  });

  test('certified providers are public and cacheable, and a copy that is still good is not sent again (clause 八-(一))', async () => {
    const provider = organisationOf(500, {
      kind: 'provider',
      status: 'certified',
      certifiedAt: FRIDAY,
      recordNumber: 'NMYF-2026-7K3Q9XW2',
    });
    await engine.store.commit([{ do: 'create', entity: 'organisation', value: provider }], {
      actor: { sub: 'seed', role: 'system' },
      at,
      requestId: 'seed-provider',
    });
    const answered = await ask(registryRoutes.listProviders, undefined);
    expect(answered.body.items).toEqual([
      {
        id: provider.id,
        name: provider.name,
        uscc: provider.uscc,
        jurisdiction: '150200',
        recordNumber: 'NMYF-2026-7K3Q9XW2',
        certifiedAt: '2026-10-23T10:00:00.000+08:00',
      },
    ]);
    expect(answered.headers['cache-control']).toBe('public, max-age=60');
    const etag = answered.headers.etag ?? '';
    expect((await ask(registryRoutes.listProviders, undefined, { headers: { 'if-none-match': etag } })).status).toBe(
      304,
    );
  });
});

describe('a repeated request', () => {
  test('has one effect and the same answer', async () => {
    const body = registration();
    const what = { body, key: 'register-once-1' };
    const caller = { sub: 'repeater' };
    const first = await ask(registryRoutes.registerOrganisation, caller, what);
    const before = await dump(engine);
    const second = await ask(registryRoutes.registerOrganisation, caller, what);
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    expect(second.headers.etag).toBe(first.headers.etag);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(await writtenSince(engine, before)).toEqual([]);
  });

  test('sent ten times at once has one effect and one answer', async () => {
    const { owner, params, documents } = await ready();
    const what = { params, version: 1, body: { documents }, key: 'at-once-12345' };
    const all = await Promise.all(
      Array.from({ length: 10 }, () => ask(registryRoutes.submitCertification, owner, what)),
    );
    expect(all.map(({ status }) => status)).toEqual(Array(10).fill(201));
    expect(new Set(all.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect((await does(registryRoutes.listCertifications, owner, { params })).items).toHaveLength(1);
  });

  test('whose reply was lost after the commit is answered, not refused for what it did itself', async () => {
    const { owner, params, documents } = await ready();
    let lost = 0;
    const endLosses = engine.intercept(async (command, proceed) => {
      const reply = await proceed();
      if (!(command instanceof TransactWriteCommand) || lost++ > 0) return reply;
      throw Object.assign(new Error('no reply'), { name: 'TimeoutError' });
    });
    try {
      const certification = await does(registryRoutes.submitCertification, owner, {
        params,
        version: 1,
        body: { documents },
      });
      expect((await does(registryRoutes.listCertifications, owner, { params })).items).toEqual([certification]);
    } finally {
      endLosses();
    }
  });

  test('of every command is answered again', async () => {
    const { owner, params, documents } = await ready();
    const again = async (contract: AnyRouteContract, caller: Caller, what: Call) => {
      const keyed = { ...what, key: `again-${contract.operation}` };
      const first = await ask(contract, caller, keyed);
      expect(first.status).toBe(contract.status ?? 200);
      const before = await dump(engine);
      const second = await ask(contract, caller, keyed);
      expect([second.status, second.body]).toEqual([first.status, first.body]);
      expect(await writtenSince(engine, before)).toEqual([]);
    };
    await again(registryRoutes.addMember, owner, { params, body: { sub: 'p', name: '其其格', role: 'clerk' } });
    await again(registryRoutes.changeMemberRole, owner, {
      params: { ...params, sub: 'p' },
      body: { role: 'owner' },
      version: 1,
    });
    await again(registryRoutes.removeMember, owner, { params: { ...params, sub: 'p' }, version: 2, body: {} });
    await again(registryRoutes.putIdentity, owner, { params, version: 1, body: identity() });
    await again(registryRoutes.discloseIdentity, city, { params, body: { reason: '核对身份证件' } });
    await again(registryRoutes.submitCertification, owner, { params, version: 1, body: { documents } });
  });

  test('with another body, another operation or for another organisation is refused', async () => {
    const { owner, params } = await registered();
    const key = 'same-key-12345';
    const body = { sub: 'p', name: '其其格', role: 'clerk' };
    await does(registryRoutes.addMember, owner, { params, key, body });
    const code = [409, 'idempotency-key-reused'] as const;
    await refuses(code, registryRoutes.addMember, owner, { params, key, body: { ...body, role: 'owner' } });
    await refuses(code, registryRoutes.putIdentity, owner, { params, key, version: 0, body: identity() });
    await refuses(code, registryRoutes.addMember, owner, {
      params,
      key,
      body,
      headers: { 'dengyun-organisation': params.organisationId },
    });
  });

  test('of another person is another request', async () => {
    const key = 'everybodys-key';
    const one = await does(registryRoutes.registerOrganisation, { sub: 'a|b' }, { body: registration(), key });
    const two = await does(
      registryRoutes.registerOrganisation,
      { sub: 'a' },
      { body: registration(), key: `b|${key}` },
    );
    expect(one.id).not.toBe(two.id);
  });
});

/** Every route with a good call of it, by someone entitled. */
async function goodCalls(): Promise<
  { contract: AnyRouteContract; caller: Caller; what: Call; own: boolean; wrongRole: Caller }[]
> {
  const { owner, params, documents } = await ready();
  const certified = await ready();
  const certification = await does(registryRoutes.submitCertification, certified.owner, {
    params: certified.params,
    version: 1,
    body: { documents: certified.documents },
  });
  await does(registryRoutes.addMember, owner, { params, body: { sub: 'p', name: '其其格', role: 'clerk' } });
  const own = { own: true, wrongRole: { sub: 'o-1', roles: ['operator'] } };
  const person: Caller = { sub: `person-${serial}` };
  return [
    {
      contract: registryRoutes.registerOrganisation,
      caller: person,
      what: { body: registration() },
      own: false,
      wrongRole: city,
    },
    { contract: registryRoutes.readMemberships, caller: owner, what: {}, own: false, wrongRole: city },
    { contract: registryRoutes.readOrganisation, caller: owner, what: { params }, own: true, wrongRole: person },
    { contract: registryRoutes.readOrganisationTrail, caller: owner, what: { params }, own: true, wrongRole: person },
    {
      contract: registryRoutes.listOrganisations,
      caller: city,
      what: { query: { kind: 'enterprise', jurisdiction: '150200' } },
      own: false,
      wrongRole: owner,
    },
    { contract: registryRoutes.listMembers, caller: owner, what: { params }, own: true, wrongRole: auditor },
    {
      contract: registryRoutes.addMember,
      caller: owner,
      what: { params, body: { sub: 'q', name: '乌云', role: 'clerk' } },
      ...own,
    },
    {
      contract: registryRoutes.changeMemberRole,
      caller: owner,
      what: { params: { ...params, sub: 'p' }, version: 1, body: { role: 'owner' } },
      ...own,
    },
    {
      contract: registryRoutes.removeMember,
      caller: owner,
      what: { params: { ...params, sub: 'p' }, version: 1, body: {} },
      ...own,
    },
    {
      contract: registryRoutes.correctOrganisation,
      caller: owner,
      what: {
        params,
        version: 1,
        body: { name: '包头厂', jurisdiction: '150200', industrySection: 'C', address: '包头市青山区 1 号' },
      },
      ...own,
    },
    { contract: registryRoutes.putIdentity, caller: owner, what: { params, version: 1, body: identity() }, ...own },
    { contract: registryRoutes.readIdentity, caller: owner, what: { params }, own: true, wrongRole: auditor },
    {
      contract: registryRoutes.discloseIdentity,
      caller: city,
      what: { params, body: { reason: '核对身份证件' } },
      own: true,
      wrongRole: owner,
    },
    {
      contract: registryRoutes.submitCertification,
      caller: owner,
      what: { params, version: 1, body: { documents } },
      ...own,
    },
    { contract: registryRoutes.listCertifications, caller: owner, what: { params }, own: true, wrongRole: person },
    {
      contract: registryRoutes.readCertification,
      caller: certified.owner,
      what: { params: { certificationId: certification.id } },
      own: true,
      wrongRole: person,
    },
  ];
}

describe('bad input, on every route', () => {
  test('without a token, in the wrong role, of the wrong organisation or jurisdiction, with an unknown id', async () => {
    const stranger = (await registered()).owner;
    const calls = await goodCalls();
    await writesNothing(async () => {
      for (const { contract, caller, what, own, wrongRole } of calls) {
        await refuses([401, 'unauthenticated'], contract, undefined, what);
        const asWrongRole = await ask(contract, wrongRole, what);
        expect([asWrongRole.status, contract.operation]).toEqual([403, contract.operation]);
        if (!own) continue;
        const unknown = Object.fromEntries(
          Object.keys(what.params ?? {}).map((name) => [
            name,
            name === 'sub' ? 'p' : idOf(name === 'certificationId' ? 'crt' : 'org', 77_777),
          ]),
        );
        await refuses([404, 'not-found'], contract, caller, { ...what, params: unknown });
        await refuses([404, 'not-found'], contract, caller, {
          ...what,
          params: { ...unknown, organisationId: 'org_1', certificationId: 'x' },
        });
        const roles = 'roles' in contract.access ? contract.access.roles : [];
        if (roles.includes('enterprise')) await refuses([404, 'not-found'], contract, stranger, what);
        if (roles.includes('city-reviewer')) await refuses([404, 'not-found'], contract, otherCity, what);
      }
    });
  });

  test('bodies that are missing, malformed, too large, of another type, or with unknown fields', async () => {
    const commands = (await goodCalls()).filter(({ what }) => what.body !== undefined);
    expect(commands).toHaveLength(8);
    await writesNothing(async () => {
      for (const { contract, caller, what } of commands) {
        const { body, ...bare } = what;
        const fields = body as Record<string, unknown>;
        await refuses([400, 'missing-body'], contract, caller, bare);
        await refuses([400, 'malformed-json'], contract, caller, {
          ...bare,
          rawBody: `{"contactIdNumber": ${canaries.idNumber}X`,
        });
        await refuses([413, 'body-too-large'], contract, caller, {
          ...what,
          body: { ...fields, x: 'x'.repeat(256 * 1024) },
        });
        await refuses([415, 'unsupported-media-type'], contract, caller, {
          ...what,
          headers: { 'content-type': 'text/plain' },
        });
        for (const wrong of [null, [], 'text', 7]) {
          await refuses([422, 'invalid-request'], contract, caller, { ...what, body: wrong });
        }
        const unknown = await refuses([422, 'invalid-request'], contract, caller, {
          ...what,
          body: { ...fields, 'co/lour~': 1 },
        });
        expect(unknown.body.errors).toMatchObject([{ pointer: '/co~1lour~0', code: 'unknown-field' }]);
        for (const name of Object.keys(fields)) {
          const { [name]: _left, ...rest } = fields;
          const missing = await refuses([422, 'invalid-request'], contract, caller, { ...what, body: rest });
          expect(missing.body.errors).toMatchObject([
            { pointer: `/${name}`, code: expect.stringMatching(/required|wrong-/) },
          ]);
          await refuses([422, 'invalid-request'], contract, caller, { ...what, body: { ...fields, [name]: { a: 1 } } });
          await refuses([422, 'invalid-request'], contract, caller, { ...what, body: { ...fields, [name]: 12 } });
          await refuses([422, 'invalid-request'], contract, caller, {
            ...what,
            body: { ...fields, [name]: '长'.repeat(3000) },
          });
        }
      }
    });
  });

  test('without an idempotency key, or with one that is none', async () => {
    const commands = (await goodCalls()).filter(({ what }) => what.body !== undefined);
    await writesNothing(async () => {
      for (const { contract, caller, what } of commands) {
        for (const key of ['', 'short', 'x'.repeat(101), 'with a space in it']) {
          await refuses([400, 'idempotency-key-required'], contract, caller, { ...what, key });
        }
      }
    });
  });

  test('without If-Match, with a stale one, or with one that is none', async () => {
    const guarded = (await goodCalls()).filter(({ contract }) => contract.ifMatch);
    expect(guarded).toHaveLength(5);
    await writesNothing(async () => {
      for (const { contract, caller, what } of guarded) {
        const { version: _seen, ...unseen } = what;
        await refuses([428, 'if-match-required'], contract, caller, unseen);
        for (const given of ['*', '1', '"x"', '"-1"', '"1", "2"']) {
          await refuses([428, 'if-match-required'], contract, caller, { ...unseen, headers: { 'if-match': given } });
        }
        const stale = await refuses([412, 'stale-version'], contract, caller, { ...what, version: 99 });
        expect(stale.body.currentVersion).toBeGreaterThan(0);
      }
    });
  });

  test('codes and numbers that fail their own checks are refused by the reason, without repeating them', async () => {
    const { owner, params } = await registered();
    const good = registration();
    const usccs: [string, string][] = [
      ['uscc-length', '91150'],
      ['uscc-characters', `I${good.uscc.slice(1)}`],
      ['uscc-check-character', good.uscc.slice(0, 17) + (good.uscc.endsWith('1') ? '2' : '1')],
    ];
    for (const [code, uscc] of usccs) {
      const refused = await refuses(
        [422, 'invalid-request'],
        registryRoutes.registerOrganisation,
        { sub: 'u' },
        { body: { ...good, uscc } },
      );
      expect(refused.body.errors).toMatchObject([{ pointer: '/uscc', code }]);
    }
    const wrongDigit = `${canaries.idNumber.slice(0, 17)}${canaries.idNumber.endsWith('0') ? '1' : '0'}`;
    const bad: [string, Record<string, unknown>][] = [
      ['/contactIdNumber', { contactIdNumber: wrongDigit }],
      ['/contactPhone', { contactPhone: `${canaries.phone}9` }],
      ['/bankAccount/number', { bankAccount: { accountName: 'x', bank: 'y', number: `${canaries.account}-` } }],
    ];
    for (const [pointer, fields] of bad) {
      const refused = await refuses([422, 'invalid-request'], registryRoutes.putIdentity, owner, {
        params,
        version: 0,
        body: identity(fields),
      });
      expect(refused.body.errors).toMatchObject([{ pointer }]);
      expect(JSON.stringify(refused.body)).not.toContain(wrongDigit);
    }
  });

  test('a route that does not exist is a problem document too', async () => {
    await refuses([404, 'route-not-found'], { ...registryRoutes.readOrganisation, path: '/v1/nothing' }, city);
  });

  test('something that fails inside tells nothing of why', async () => {
    const failing = createApi({
      store: engine.store,
      now: () => at,
      routes: registryApi({
        ...portsOf(engine),
        reads: new Proxy(engine.store, {
          get: () => () => Promise.reject(new Error(`${canaries.idNumber}\n    at ${canaries.phone}`)),
        }),
      }),
    });
    const answered = await call(failing, registryRoutes.readOrganisation, city, {
      params: { organisationId: idOf('org', 1) },
    });
    answers.push(JSON.stringify(answered));
    expectProblem(answered, 500, 'internal-error');
    expect(log.lines.join()).toContain('request failed');
  });

  test('a city reviewer whose token names no jurisdiction of ours may do nothing', async () => {
    const { params } = await registered();
    for (const jurisdiction of [undefined, '110000', '150000']) {
      const caller: Caller = { sub: 'lost', roles: ['city-reviewer'], ...(jurisdiction ? { jurisdiction } : {}) };
      await refuses([403, 'jurisdiction-forbidden'], registryRoutes.readOrganisation, caller, { params });
    }
  });
});

describe('identity data stays where it belongs', () => {
  test('nowhere in log lines, answers, problem documents or idempotency records', async () => {
    const { owner, params, documents } = await ready({ kind: 'provider' });
    await does(registryRoutes.submitCertification, owner, { params, version: 1, body: { documents } });
    const elsewhere = (await dump(engine)).filter((item) => !item.includes('"type":"identityRecord"'));
    expect(elsewhere.some((item) => item.includes('"pk":"IDEMPOTENCY#'))).toBe(true);
    expect(answers.length).toBeGreaterThan(300);
    expect(lines.length).toBeGreaterThan(300);
    for (const canary of Object.values(canaries)) {
      for (const [place, texts] of Object.entries({ answers, lines: [...lines, ...log.lines], elsewhere })) {
        expect(
          texts.filter((text) => text.includes(canary)),
          place,
        ).toEqual([]);
      }
    }
  });
});
