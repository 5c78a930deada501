import { afterAll, beforeAll, expect } from 'vitest';
import { registryRoutes } from '../../contracts/registry.ts';
import type { DocumentPurpose } from '../../core/documents/document.ts';
import type { Change } from '../../core/ports/store.ts';
import type { OrganisationKind } from '../../core/registry/organisation.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { registryApi } from '../../functions/registry-api/routes/index.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { type Caller, call } from '../support/http-event.ts';
import { canaries, documentOf, FRIDAY, idOf, memberOf, organisationOf, portsOf } from '../support/registry-world.ts';
import { openWorkflowBench, type WorkflowBench } from '../support/workflow-bench.ts';
import { testPaths } from '../support/workflow-paths.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const city: Caller = { sub: 'city-1', roles: ['city-reviewer'], jurisdiction: '150200' };
const region: Caller = { sub: 'region-1', roles: ['regional-officer'] };
const approve = { outcome: 'approve' };
const sendBack = {
  outcome: 'return',
  reasons: [{ pointer: '/documents/idCardBack', reasonCode: 'document-illegible', note: '看不清' }],
};
const reject = { outcome: 'reject', reasonCode: 'not-operating', note: '已停业' };

let number = 0;

/** An organisation with everything an application needs, that applies. Gives a look at what became of it. */
async function apply(kind: OrganisationKind, bench: WorkflowBench) {
  const documentId = (purpose: DocumentPurpose): string => {
    number += 1;
    changes.push({ do: 'create', entity: 'document', value: documentOf(organisation.id, number, purpose) });
    return idOf('doc', number);
  };
  const changes: Change[] = [];
  number += 1;
  const organisation = organisationOf(number, { kind });
  const owner = memberOf(organisation, `owner-${number}`);
  const documents = {
    businessLicence: documentId('business-licence'),
    idCardFront: documentId('id-card-front'),
    idCardBack: documentId('id-card-back'),
  };
  const committed = await engine.store.commit(
    [
      ...changes,
      { do: 'create', entity: 'organisation', value: organisation },
      { do: 'create', entity: 'member', value: owner },
      {
        do: 'create',
        entity: 'identityRecord',
        value: {
          organisationId: organisation.id,
          version: 1,
          createdAt: FRIDAY,
          updatedAt: FRIDAY,
          legalRepresentative: '李四',
          contactName: '张三',
          contactIdNumber: canaries.idNumber,
          contactPhone: canaries.phone,
          bankAccount: { accountName: organisation.name, bank: '工商银行', number: canaries.account },
          accountVersion: 1,
          disclosures: [],
        },
      },
    ],
    { actor: { sub: 'seed', role: 'system' }, at: FRIDAY, requestId: `seed-${number}` },
  );
  expect(committed).toEqual({ ok: true });
  const api = createApi({ store: engine.store, now: bench.now, routes: registryApi(portsOf(engine)) });
  const submitted = await call(
    api,
    registryRoutes.submitCertification,
    { sub: owner.sub },
    { params: { organisationId: organisation.id }, version: 1, body: { documents } },
  );
  expect(submitted.body).toMatchObject({ status: 'city-review' });
  await bench.rest();
  return async () => {
    const certification = await engine.store.get('certification', { id: submitted.body.id });
    return {
      certification,
      organisation: await engine.store.get('organisation', { id: organisation.id }),
    };
  };
}

const reviewed = (certification: string, organisation: string, deciders: readonly string[]) => ({
  certification: { status: certification, deciders },
  organisation: { status: organisation },
});

testPaths('certification-review', ({ loseReplies = false }) => openWorkflowBench(engine, { at: FRIDAY, loseReplies }), {
  'enterprise, city approves': async (bench) => {
    const after = await apply('enterprise', bench);
    await bench.decide(city, approve);
    expect(await after()).toMatchObject(reviewed('approved', 'certified', [city.sub]));
    expect((await after()).organisation).not.toHaveProperty('recordNumber');
  },
  'enterprise, city returns with reasons per field': async (bench) => {
    const after = await apply('enterprise', bench);
    await bench.decide(city, sendBack);
    expect(await after()).toMatchObject(reviewed('returned', 'returned', [city.sub]));
    expect((await after()).certification).toMatchObject({ reasons: sendBack.reasons });
  },
  'enterprise, city rejects': async (bench) => {
    const after = await apply('enterprise', bench);
    await bench.decide(city, reject);
    expect(await after()).toMatchObject(reviewed('rejected', 'rejected', [city.sub]));
  },
  'enterprise, city lets the time limit pass, region approves': async (bench) => {
    const after = await apply('enterprise', bench);
    await bench.letLapse();
    expect(await after()).toMatchObject(reviewed('regional-review', 'submitted', []));
    expect((await bench.decide(region, approve)).dueOn).toBeUndefined();
    expect(await after()).toMatchObject(reviewed('approved', 'certified', [region.sub]));
  },
  'enterprise, city lets the time limit pass, region returns': async (bench) => {
    const after = await apply('enterprise', bench);
    await bench.letLapse();
    await bench.decide(region, sendBack);
    expect(await after()).toMatchObject(reviewed('returned', 'returned', [region.sub]));
  },
  'enterprise, city lets the time limit pass, region rejects': async (bench) => {
    const after = await apply('enterprise', bench);
    await bench.letLapse();
    await bench.decide(region, reject);
    expect(await after()).toMatchObject(reviewed('rejected', 'rejected', [region.sub]));
  },
  'provider, city recommends, region selects and files': async (bench) => {
    const after = await apply('provider', bench);
    expect((await bench.decide(city, approve)).kind).toBe('provider-recommendation');
    expect((await bench.decide(region, approve)).excluded).toContain(city.sub);
    expect(await after()).toMatchObject(reviewed('approved', 'certified', [city.sub, region.sub]));
    expect((await after()).organisation?.recordNumber).toMatch(/^NMYF-2026-/);
  },
  'provider, city recommends, region returns': async (bench) => {
    const after = await apply('provider', bench);
    await bench.decide(city, approve);
    await bench.decide(region, sendBack);
    expect(await after()).toMatchObject(reviewed('returned', 'returned', [city.sub, region.sub]));
  },
  'provider, city recommends, region rejects': async (bench) => {
    const after = await apply('provider', bench);
    await bench.decide(city, approve);
    await bench.decide(region, reject);
    expect(await after()).toMatchObject(reviewed('rejected', 'rejected', [city.sub, region.sub]));
  },
  'provider, city returns': async (bench) => {
    const after = await apply('provider', bench);
    await bench.decide(city, sendBack);
    expect(await after()).toMatchObject(reviewed('returned', 'returned', [city.sub]));
  },
  'provider, city rejects': async (bench) => {
    const after = await apply('provider', bench);
    await bench.decide(city, reject);
    expect(await after()).toMatchObject(reviewed('rejected', 'rejected', [city.sub]));
  },
  'provider, city lets the time limit pass, region selects': async (bench) => {
    const after = await apply('provider', bench);
    await bench.letLapse();
    expect((await bench.decide(region, approve)).kind).toBe('provider-selection');
    expect(await after()).toMatchObject(reviewed('approved', 'certified', [region.sub]));
    expect((await after()).organisation?.recordNumber).toMatch(/^NMYF-2026-/);
  },
});
