import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeEnactLocalPolicy } from '../../core/usecases/topups/enact-local-policy.ts';
import type { Store } from '../../storage/store.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { expectPointer } from '../support/every-problem.ts';
import type { Caller } from '../support/http-event.ts';
import { cityReviewer, localPolicies } from '../support/local-policies.ts';
import { accepted, inspector, type OrdersWorld, ordersWorld } from '../support/orders-world.ts';

let engine: Engine;
let year = 2025;
let world: OrdersWorld;
let local: ReturnType<typeof localPolicies>;

beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());
beforeEach(async () => {
  year += 1;
  world = await ordersWorld(engine, year);
  local = localPolicies(world);
});

const officer: Caller = { sub: 'officer', roles: ['regional-officer'] };
const published = async (jurisdiction = '150100') =>
  (
    await local.send('readPublishedLocalPolicies', undefined, {
      params: { jurisdiction },
      query: { year: String(year) },
    })
  ).body.items;
const read = (policyId: string, by: Caller = cityReviewer('drafter')) =>
  local.send('readLocalPolicy', by, { params: { policyId } });

describe('a local policy', () => {
  test('is drafted by a city reviewer for the own jurisdiction, and nobody else sees the draft', async () => {
    const drafted = accepted(await local.draft());
    expect(drafted).toMatchObject({ ...local.terms, jurisdiction: '150100', year, status: 'draft', version: 1 });
    expect(await published()).toEqual([]);
    expect((await read(drafted.id, cityReviewer('elsewhere', '150200'))).status).toBe(404);
    expect((await local.enact(drafted, cityReviewer('elsewhere', '150200'))).status).toBe(404);
    for (const reader of [cityReviewer('colleague'), officer, inspector, { sub: 'f', roles: ['finance-officer'] }]) {
      expect((await read(drafted.id, reader)).body).toEqual(drafted);
    }
  });

  test('is put into force by a second person of the jurisdiction, and published with its money set aside', async () => {
    const drafted = accepted(await local.draft());
    expect(await local.enact(drafted, cityReviewer('drafter'))).toMatchObject({
      status: 403,
      body: { code: 'same-person' },
    });
    const enacted = accepted(await local.enact(drafted));
    expect(enacted).toMatchObject({ status: 'in-force', version: 2 });
    expect(await published()).toEqual([
      { ...local.terms, id: drafted.id, inForce: true, enactedAt: enacted.enactedAt },
    ]);
    expect(await published('150200')).toEqual([]);
    const { body } = await local.send('readLocalFund', inspector, { params: { policyId: drafted.id } });
    expect(body.balances).toEqual({
      appropriation: '-1000000.00',
      available: '1000000.00',
      granted: '0.00',
      used: '0.00',
    });
  });

  test('may be put into force by the industry department', async () => {
    expect(accepted(await local.enact(accepted(await local.draft()), officer))).toMatchObject({ status: 'in-force' });
  });

  test('is put into force by nobody who wrote a part of it', async () => {
    const drafted = accepted(await local.draft());
    const revised = accepted(
      await local.send('reviseLocalPolicy', cityReviewer('second'), {
        params: { policyId: drafted.id },
        version: 1,
        body: { ...local.terms, ratio: '0.2' },
      }),
    );
    expect(revised).toMatchObject({ ratio: '0.2', version: 2, status: 'draft' });
    for (const writer of ['drafter', 'second'])
      expect((await local.enact(revised, cityReviewer(writer))).body.code).toBe('same-person');
    const enacted = accepted(await local.enact(revised, { ...cityReviewer('third'), name: '苏日娜' }));
    expect(enacted).toMatchObject({
      drafters: ['drafter', 'second'],
      enactedBy: 'third',
      names: { drafter: 'drafter', second: 'second', third: '苏日娜' },
    });
    expect(JSON.stringify(await published())).not.toMatch(/drafter|second|third|苏日娜/);
    const { body: journal } = await local.send('readLocalJournal', inspector, { params: { policyId: drafted.id } });
    expect(journal.items).toMatchObject([{ actor: 'third', by: { role: 'city-reviewer', name: '苏日娜' } }]);
    // What is in force is changed by nobody.
    const again = await local.send('reviseLocalPolicy', cityReviewer('fourth'), {
      params: { policyId: drafted.id },
      version: 3,
      body: local.terms,
    });
    expect(again.body.code).toBe('wrong-state');
  });

  test('is put into force by two people whatever was read: the write itself asks for it', async () => {
    const drafted = accepted(await local.draft());
    const stored = await world.store.get('localPolicy', { id: drafted.id });
    if (!stored) throw new Error('no draft');
    const reads = {
      ...world.store,
      // As if somebody else had written it.
      get: async (entity: string) => (entity === 'localPolicy' ? { ...stored, drafters: ['another'] } : undefined),
    } as unknown as Store;
    const actor = { sub: 'drafter', role: 'city-reviewer' as const, jurisdiction: '150100' as const };
    const command = { actor, at: world.clock.at, newId: (prefix: string) => prefix };
    const decided = await makeEnactLocalPolicy({ reads })({ policyId: drafted.id }, command);
    if (!decided.ok) throw new Error(decided.failure.rule);
    const origin = { actor, at: world.clock.at, requestId: 'req-two-people' };
    expect(await world.store.commit(decided.value.changes, origin)).toMatchObject({
      ok: false,
      reason: 'condition',
      failure: { rule: 'same-person' },
    });
    expect(await published()).toEqual([]);
  });

  test('put into force by two at once has its money once', async () => {
    const drafted = accepted(await local.draft());
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((sub) => local.enact(drafted, cityReviewer(sub))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await world.store.localFund(drafted.id)).toMatchObject({ available: 100_000_000 });
    expect(await published()).toHaveLength(1);
  });

  test('ends with a reason, stays published, and cannot end twice', async () => {
    const enacted = await local.inForce();
    const ended = accepted(await local.end(enacted));
    expect(ended).toMatchObject({ status: 'ended', endReason: '资金调整' });
    expect(await published()).toMatchObject([{ id: enacted.id, inForce: false, endedAt: ended.endedAt }]);
    expect((await local.end(ended)).body.code).toBe('wrong-state');
  });

  test('has a priority of its own among those in force', async () => {
    const first = await local.inForce();
    const second = accepted(await local.draft());
    expect((await local.enact(second)).body).toMatchObject({ code: 'local-priority-taken', clause: '一-(三)' });
    // Another jurisdiction has priorities of its own.
    await local.inForce({}, '150200');
    accepted(await local.end(first));
    accepted(await local.enact(second));
  });

  test('is one of ten at most that a jurisdiction publishes for a year', async () => {
    for (let priority = 1; priority <= 10; priority += 1) await local.inForce({ priority });
    expect((await local.enact(accepted(await local.draft({ priority: 11 })))).body.code).toBe(
      'local-policies-too-many',
    );
  });

  test('has money and maxima above zero, and a year that is not over', async () => {
    for (const field of ['fund', 'orderMaximum', 'enterpriseMaximum'])
      expectPointer(await local.draft({ [field]: '0.00' }), `/${field}`, field);
    const late = await local.draft({ year: year - 1 });
    expect(late).toMatchObject({ status: 422, body: { code: 'local-year-past' } });
    const drafted = accepted(await local.draft());
    world.clock.at += 366 * 86_400_000;
    expect((await local.enact(drafted)).body.code).toBe('local-year-past');
  });

  test('is listed for its jurisdiction with its drafts, and has a trail', async () => {
    const enacted = await local.inForce();
    const drafted = accepted(await local.draft({ priority: 2 }));
    const query = { jurisdiction: '150100', year: String(year) };
    const { body } = await local.send('listLocalPolicies', cityReviewer('colleague'), { query });
    expect(body.items.map(({ id }: { id: string }) => id).sort()).toEqual([enacted.id, drafted.id].sort());
    expect((await local.send('listLocalPolicies', cityReviewer('x', '150200'), { query })).status).toBe(403);
    const trail = await local.send('readLocalPolicyTrail', officer, { params: { policyId: enacted.id } });
    expect(trail.body.items.map(({ action }: { action: string }) => action)).toEqual(['create', 'enact']);
  });
});
