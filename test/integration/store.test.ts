import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Task } from '../../core/inbox/task.ts';
import type { Posting } from '../../core/ledger/posting.ts';
import { revise } from '../../core/lifecycle/record.ts';
import type { Change } from '../../core/ports/store.ts';
import type { Organisation } from '../../core/registry/organisation.ts';
import { decideAndCommit } from '../../functions/_runtime/commit.ts';
import { type CommitResult, createStore } from '../../storage/store.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { dump, FRIDAY, idOf, memberOf, organisationOf, writtenSince } from '../support/registry-world.ts';

let engine: Engine;
let number = 1000;
const next = () => (number += 1);

beforeAll(async () => {
  // Over the SDK, as the functions have it.
  const started = await startEngine();
  engine = { ...started, client: started.sdk, store: createStore(started.sdk, started.table) };
});
afterAll(() => engine.stop());

const origin = () => ({
  actor: { sub: 'tester', role: 'system' as const },
  at: FRIDAY,
  requestId: `req-${next()}`,
});
const commit = (...changes: Change[]) => engine.store.commit(changes, origin());
const refused = (result: CommitResult) => (!result.ok && result.reason === 'condition' ? result.failure : undefined);

async function stored(fields: Partial<Organisation> = {}): Promise<Organisation> {
  const organisation = organisationOf(next(), fields);
  expect(await commit({ do: 'create', entity: 'organisation', value: organisation })).toEqual({ ok: true });
  return organisation;
}

const rename = (organisation: Organisation, name: string): Extract<Change, { do: 'update' }> => ({
  do: 'update',
  entity: 'organisation',
  value: revise(organisation, FRIDAY, { name }),
  audit: { action: 'rename' },
});

/** Expects a refusal by this rule, and that nothing at all was written. */
async function refusesWith(rule: string, ...changes: Change[]) {
  const before = await dump(engine);
  const failure = refused(await commit(...changes));
  expect(failure?.rule).toBe(rule);
  expect(await writtenSince(engine, before)).toEqual([]);
  return failure;
}

describe('entities', () => {
  test('what is created is read back the same, with an entry in its trail', async () => {
    const organisation = await stored();
    expect(await engine.store.get('organisation', { id: organisation.id })).toEqual(organisation);
    const trail = await engine.store.list('trail', { entity: 'organisation', id: { id: organisation.id } });
    expect(trail.items).toMatchObject([
      { entity: 'organisation', action: 'create', version: 1, toStatus: 'registered', actor: { sub: 'tester' } },
    ]);
  });

  test('the same entity is not created twice', async () => {
    const organisation = await stored();
    await refusesWith('organisation-exists', {
      do: 'create',
      entity: 'organisation',
      value: organisation,
      rule: 'organisation-exists',
    });
  });

  test('an entity that is not as its schema says is not written', async () => {
    const before = await dump(engine);
    const wrong = { ...organisationOf(next()), nickname: 'x' } as Organisation;
    await expect(commit({ do: 'create', entity: 'organisation', value: wrong })).rejects.toThrow();
    expect(await writtenSince(engine, before)).toEqual([]);
  });

  test('an update needs the version before it, and says which one is current', async () => {
    const organisation = await stored();
    expect(await commit(rename(organisation, 'A'))).toEqual({ ok: true });
    const failure = await refusesWith('stale-version', rename(organisation, 'B'));
    expect(failure).toMatchObject({ currentVersion: 2, values: { current: 2 } });
  });

  test('an update of what does not exist is refused', async () => {
    await refusesWith('try-again', rename(organisationOf(next()), 'A'));
  });

  test('an update starts only from the named states', async () => {
    const organisation = await stored({ status: 'certified' });
    const failure = await refusesWith('wrong-state', {
      ...rename(organisation, 'A'),
      from: ['registered', 'returned'],
    });
    expect(failure?.values).toEqual({ state: 'certified', allowed: 'registered、returned' });
    expect(await commit({ ...rename(organisation, 'A'), from: ['certified'] })).toEqual({ ok: true });
    const { items } = await engine.store.list('trail', { entity: 'organisation', id: { id: organisation.id } });
    expect(items.at(-1)).toMatchObject({
      action: 'rename',
      fromStatus: 'certified',
      toStatus: 'certified',
      version: 2,
    });
  });

  test('an update leaves the lists that it no longer belongs to', async () => {
    const provider = await stored({ kind: 'provider', status: 'certified', certifiedAt: 5, recordNumber: 'N-1' });
    const listed = async () =>
      (await engine.store.list('certifiedProviders', {}, { limit: 100 })).items.map(({ id }) => id);
    expect(await listed()).toContain(provider.id);
    const value = revise(provider, FRIDAY, { status: 'returned' });
    await commit({ do: 'update', entity: 'organisation', value, audit: { action: 'return' } });
    expect(await listed()).not.toContain(provider.id);
  });

  test('the person excluded from a task is refused by the storage itself, in whatever attribute they stand', async () => {
    const task: Task = {
      id: idOf('tsk', next()),
      version: 1,
      createdAt: FRIDAY,
      updatedAt: FRIDAY,
      kind: 'provider-selection',
      status: 'open',
      role: 'regional-officer',
      subject: { entity: 'certification', id: 'c', label: 'c' },
      excluded: ['first-person'],
      token: 't',
      executionName: 'e',
    };
    await commit({ do: 'create', entity: 'task', value: task });
    const update = (sub: string): Change => ({
      do: 'update',
      entity: 'task',
      value: revise(task, FRIDAY, { status: 'decided' }),
      from: ['open'],
      unlessSubject: { sub, attributes: ['excluded'] },
      audit: { action: 'decide' },
    });
    await refusesWith('same-person', update('first-person'));
    expect(await commit(update('second-person'))).toEqual({ ok: true });
  });

  test('a check fails when the entity has moved on, and takes the whole transaction with it', async () => {
    const [a, b] = [await stored(), await stored()];
    const check = (version: number): Change => ({ do: 'check', entity: 'organisation', id: { id: a.id }, version });
    await refusesWith('try-again', check(2), rename(b, 'B'));
    expect(await commit(check(1), rename(b, 'B'))).toEqual({ ok: true });
  });

  test('entities are read together, each once, however many are asked for', async () => {
    const some = await Promise.all(Array.from({ length: 3 }, () => stored()));
    const missing = Array.from({ length: 120 }, (_, i) => ({ id: idOf('org', 900_000 + i) }));
    const ids = [...some.map(({ id }) => ({ id })), ...missing, { id: some[0]?.id ?? '' }];
    const found = await engine.store.getMany('organisation', ids);
    expect(found.map(({ id }) => id).sort()).toEqual(some.map(({ id }) => id).sort());
    expect(await engine.store.getMany('organisation', [])).toEqual([]);
  });
});

describe('things that count once, ever', () => {
  const claim = (key: string, owner: string): Change => ({
    do: 'claim-unique',
    kind: 'invoice',
    key,
    owner,
    rule: 'record-number-taken',
  });

  test('the first owner has it, may repeat it, and no other gets it', async () => {
    const key = `K${next()}`;
    expect(await commit(claim(key, 'a'))).toEqual({ ok: true });
    expect(await commit(claim(key, 'a'))).toEqual({ ok: true });
    const failure = await refusesWith('record-number-taken', claim(key, 'b'));
    expect(failure?.values).toEqual({ key });
    expect(await engine.store.uniqueOwner('invoice', key)).toBe('a');
    expect(await engine.store.uniqueOwner('bank-serial', key)).toBeUndefined();
  });

  test('of twenty that claim it at once, one has it', async () => {
    const key = `K${next()}`;
    const results = await Promise.all(Array.from({ length: 20 }, (_, i) => commit(claim(key, `owner-${i}`))));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe('the ledger', () => {
  const SPEC = 'spec-1';
  const USCC = 'ENTERPRISE';
  let year = 2030;
  beforeEach(async () => {
    year += 1;
    const open = post({ entries: { appropriation: -100_000, available: 100_000 } });
    const spec: Change = { do: 'open-spec', year, specId: SPEC, amount: 60_000, count: 3 };
    expect(await commit(open, spec)).toEqual({ ok: true });
  });

  const post = (fields: Partial<Posting>): Extract<Change, { do: 'post' }> => ({
    do: 'post',
    posting: {
      id: `led_${next()}`,
      year,
      at: FRIDAY,
      reason: 'test',
      reference: { entity: 'order', id: 'o' },
      actor: 'tester',
      entries: {},
      specs: [],
      ...fields,
    },
  });
  const issue = (amount: number, cap = 20_000) =>
    post({
      entries: { available: -amount, active: amount },
      specs: [{ specId: SPEC, amount, count: 1 }],
      cap: { uscc: USCC, amount, cap },
    });

  test('a posting moves the fund, the spec and the cap together', async () => {
    expect(await commit(issue(15_000))).toEqual({ ok: true });
    expect(await engine.store.fund(year)).toMatchObject({ appropriation: -100_000, available: 85_000, active: 15_000 });
    expect(await engine.store.spec(year, SPEC)).toEqual({
      specId: SPEC,
      leftAmount: 45_000,
      leftCount: 2,
      usedAmount: 15_000,
      usedCount: 1,
    });
    expect(await engine.store.capUsed(year, USCC)).toBe(15_000);
  });

  test('money of an order that came before the plan opened is found by what comes after', async () => {
    const next = year + 500;
    const moved = { year: next, orderId: `ord_${next}` };
    const carryIn = post({ ...moved, entries: { carryIn: -5_000, active: 5_000 } });
    expect(await commit(carryIn)).toEqual({ ok: true });
    expect(await commit({ do: 'open-spec', year: next, specId: SPEC, amount: 1, count: 1 })).toEqual({ ok: true });
    for (const entries of [
      { active: -5_000, accrued: 5_000 },
      { accrued: -5_000, paid: 5_000 },
    ]) {
      expect(await commit(post({ ...moved, entries }))).toEqual({ ok: true });
    }
    expect(await engine.store.fund(next)).toMatchObject({ carryIn: -5_000, active: 0, accrued: 0, paid: 5_000 });
  });

  test('nothing is there before a plan opens', async () => {
    expect(Object.values(await engine.store.fund(1999)).every((balance) => balance === 0)).toBe(true);
    expect(await engine.store.spec(1999, SPEC)).toBeUndefined();
    expect(await engine.store.capUsed(1999, USCC)).toBe(0);
  });

  test('a posting that does not sum to zero, or is not in whole fen, is not written', async () => {
    const before = await dump(engine);
    await expect(commit(post({ entries: { available: -100, active: 99 } }))).rejects.toThrow(/sum to zero/);
    await expect(commit(post({ entries: { available: -0.5, active: 0.5 } }))).rejects.toThrow();
    await expect(commit(post({ entries: { available: Number.NaN, active: 1 } }))).rejects.toThrow();
    expect(await writtenSince(engine, before)).toEqual([]);
  });

  test('not one fen over the fund', async () => {
    const move = (amount: number) => post({ entries: { available: -amount, reserved: amount } });
    const failure = await refusesWith('fund-exhausted', move(100_001));
    expect(failure?.values).toEqual({ year, left: '1000.00' });
    expect(await commit(move(100_000))).toEqual({ ok: true });
    await refusesWith('fund-exhausted', move(1));
  });

  test('an account gives only what it holds, whichever it is', async () => {
    const failure = await refusesWith('ledger-account-short', post({ entries: { reserved: -1, active: 1 } }));
    expect(failure?.values).toEqual({ account: 'reserved' });
  });

  test('a fund that was never opened gives nothing', async () => {
    await refusesWith('fund-exhausted', post({ year: 1999, entries: { available: -1, reserved: 1 } }));
  });

  test('not one fen over the yearly cap, not even with the first voucher', async () => {
    const failure = await refusesWith('yearly-cap-reached', issue(20_001));
    expect(failure?.values).toMatchObject({ cap: '200.00', left: '200.00' });
    expect(await commit(issue(15_000))).toEqual({ ok: true });
    expect((await refusesWith('yearly-cap-reached', issue(5_001)))?.values).toMatchObject({ left: '50.00' });
    expect(await commit(issue(5_000))).toEqual({ ok: true });
  });

  test('not one fen and not one voucher over the spec, and it says which', async () => {
    const wide = 1_000_000;
    expect((await refusesWith('spec-amount-exhausted', issue(60_001, wide)))?.values).toEqual({ left: '600.00' });
    expect(await commit(issue(100, wide), issue(100, wide), issue(100, wide))).toEqual({ ok: true });
    await refusesWith('spec-count-exhausted', issue(100, wide));
  });

  test('what is given back may not exceed what was taken', async () => {
    await commit(issue(1_000));
    const back = (amount: number) =>
      post({
        entries: { active: -amount, available: amount },
        specs: [{ specId: SPEC, amount: -amount, count: -1 }],
        cap: { uscc: USCC, amount: -amount, cap: 20_000 },
      });
    await refusesWith('ledger-account-short', back(1_001));
    expect(await commit(back(1_000))).toEqual({ ok: true });
    expect(await engine.store.spec(year, SPEC)).toMatchObject({ leftAmount: 60_000, leftCount: 3, usedCount: 0 });
    expect(await engine.store.capUsed(year, USCC)).toBe(0);
  });

  test('a posting is written once, whoever repeats it', async () => {
    const posting = issue(1_000);
    await commit(posting);
    await refusesWith('try-again', posting);
  });

  test('of thirty that want the last of the cap at once, exactly those that fit get it', async () => {
    const wide: Change = { do: 'open-spec', year, specId: 'wide', amount: 100_000, count: 100 };
    await commit(wide);
    const one = () =>
      post({
        entries: { available: -1_000, active: 1_000 },
        specs: [{ specId: 'wide', amount: 1_000, count: 1 }],
        cap: { uscc: USCC, amount: 1_000, cap: 20_000 },
      });
    const results = await Promise.all(Array.from({ length: 30 }, () => commit(one())));
    expect(results.filter(({ ok }) => ok)).toHaveLength(20);
    expect(await engine.store.capUsed(year, USCC)).toBe(20_000);
    expect(await engine.store.fund(year)).toMatchObject({ available: 80_000, active: 20_000 });
  });
});

describe('a commit', () => {
  const answer = (hash: string) => ({ hash, requestHash: 'h', status: 201, headers: {}, body: '{"a":1}' });

  test('stores the answer with the effect, and gives it instead of a second effect', async () => {
    const [a, b] = [await stored(), await stored()];
    const hash = `hash-${next()}`;
    expect(await engine.store.commit([rename(a, 'A')], origin(), answer(hash))).toEqual({ ok: true });
    expect(await engine.store.answered(hash)).toEqual(answer(hash));
    const before = await dump(engine);
    const again = await engine.store.commit([rename(b, 'B')], origin(), answer(hash));
    expect(again).toEqual({ ok: false, reason: 'answered', answer: answer(hash) });
    expect(await writtenSince(engine, before)).toEqual([]);
  });

  test('stores no answer when it is refused', async () => {
    const organisation = await stored();
    const hash = `hash-${next()}`;
    const change = { ...rename(organisation, 'A'), from: ['certified'] };
    expect(await engine.store.commit([change], origin(), answer(hash))).toMatchObject({ reason: 'condition' });
    expect(await engine.store.answered(hash)).toBeUndefined();
  });

  test('is all or nothing: one change that fails undoes every other', async () => {
    const [a, b] = [await stored(), await stored()];
    await commit(rename(b, 'moved on'));
    const member = memberOf(a, 'someone');
    await refusesWith(
      'stale-version',
      rename(a, 'A'),
      { do: 'create', entity: 'member', value: member },
      { do: 'claim-unique', kind: 'invoice', key: `K${next()}`, owner: 'x', rule: 'not-found' },
      {
        do: 'event',
        event: {
          id: `evt_${next()}`,
          at: 1,
          type: 'workflow-requested',
          workflow: 'payout',
          input: {},
        },
      },
      rename(b, 'B'),
    );
  });

  test('of nothing is nothing', async () => {
    const before = await dump(engine);
    expect(await commit()).toEqual({ ok: true });
    expect(await writtenSince(engine, before)).toEqual([]);
  });

  test('of one event happens once', async () => {
    const event: Change = {
      do: 'event',
      event: { id: `evt_${next()}`, at: 1, type: 'task-answered', token: 't', output: {} },
    };
    expect(await commit(event)).toEqual({ ok: true });
    await refusesWith('try-again', event);
  });

  test('reports a busy storage as a conflict, to be tried again', async () => {
    const organisation = await stored();
    engine.client.middlewareStack.add(
      (proceed, context) => async (args) => {
        if (context.commandName !== 'TransactWriteItemsCommand') return proceed(args);
        throw Object.assign(new Error('busy'), { name: 'ThrottlingException' });
      },
      { step: 'initialize', name: 'busy' },
    );
    try {
      expect(await commit(rename(organisation, 'A'))).toEqual({ ok: false, reason: 'conflict' });
    } finally {
      engine.client.middlewareStack.remove('busy');
    }
    expect(await commit(rename(organisation, 'A'))).toEqual({ ok: true });
  });

  test('whose reply is lost has its one effect', async () => {
    const organisation = await stored();
    const hash = `hash-${next()}`;
    let lost = 0;
    engine.client.middlewareStack.add(
      (proceed, context) => async (args) => {
        const reply = await proceed(args);
        if (context.commandName !== 'TransactWriteItemsCommand' || lost++ > 0) return reply;
        throw Object.assign(new Error('no reply'), { name: 'TimeoutError' });
      },
      { step: 'initialize', name: 'lossy' },
    );
    try {
      const committed = await decideAndCommit(
        engine.store,
        origin(),
        async () => ({ ok: true, value: { result: 1, changes: [rename(organisation, 'A')] } }),
        () => answer(hash),
      );
      expect(committed).toEqual({ ok: true, value: { answered: answer(hash) } });
    } finally {
      engine.client.middlewareStack.remove('lossy');
    }
    expect(await engine.store.get('organisation', { id: organisation.id })).toMatchObject({ version: 2, name: 'A' });
  });
});

describe('twenty at once', () => {
  test('that saw the same version: one of them changes it', async () => {
    const organisation = await stored();
    const results = await Promise.all(Array.from({ length: 20 }, (_, i) => commit(rename(organisation, `N${i}`))));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await engine.store.get('organisation', { id: organisation.id })).toMatchObject({ version: 2 });
  });

  test('that decide anew each time: every one that was accepted is in the entity, and nothing else', async () => {
    const organisation = await stored();
    const results = await Promise.all(
      Array.from({ length: 20 }, () =>
        decideAndCommit(engine.store, origin(), async () => {
          const current = await engine.store.get('organisation', { id: organisation.id });
          return current
            ? { ok: true, value: { result: 1, changes: [rename(current, `${current.name}x`)] } }
            : { ok: false, failure: { rule: 'not-found' } };
        }),
      ),
    );
    const accepted = results.filter(({ ok }) => ok).length;
    const current = await engine.store.get('organisation', { id: organisation.id });
    expect(current?.version).toBe(1 + accepted);
    expect(current?.name).toBe(`${organisation.name}${'x'.repeat(accepted)}`);
    for (const result of results) if (!result.ok) expect(result.failure.rule).toBe('try-again');
  });
});

describe('a list', () => {
  const seven = { kind: 'enterprise', jurisdiction: '150700' } as const;
  const nine = { kind: 'enterprise', jurisdiction: '150900' } as const;
  beforeAll(async () => {
    for (let i = 0; i < 7; i++) await stored({ jurisdiction: '150700', createdAt: FRIDAY + i });
    for (let i = 0; i < 3; i++) await stored({ jurisdiction: '150900', createdAt: FRIDAY + i });
  });

  test('comes page by page, in order, each item once', async () => {
    const seen: number[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await engine.store.list('organisationsIn', seven, { limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ createdAt }) => createdAt - FRIDAY));
      cursor = page.next;
      pages += 1;
    } while (cursor);
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0]);
    expect(pages).toBe(3);
  });

  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const cursorOf = async (args: typeof seven | typeof nine) =>
    (await engine.store.list('organisationsIn', args, { limit: 1 })).next ?? '';
  const decode = (cursor: string) => JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Record<string, string>;

  test('refuses a cursor that is none of ours, without asking the engine', async () => {
    const own = decode(await cursorOf(seven));
    const { gsi1sk: _sort, ...withoutSort } = own;
    const forged = [
      'nonsense',
      '',
      encode(null),
      encode([]),
      encode('text'),
      encode({}),
      encode({ foo: 'bar' }),
      encode(withoutSort),
      encode({ ...own, extra: 'x' }),
      encode({ ...own, gsi1pk: 'ORGS#enterprise#150900' }),
      encode({ ...own, gsi1pk: { S: own.gsi1pk } }),
      encode({ ...own, gsi1sk: 7 }),
      encode({ pk: own.pk, sk: own.sk }),
      encode({ ...own, __proto__: null, constructor: 'x' }),
    ];
    for (const cursor of forged) {
      await expect(engine.store.list('organisationsIn', seven, { cursor }), cursor).rejects.toThrow(
        new RangeError('cursor'),
      );
    }
  });

  test('refuses the cursor of another list', async () => {
    const foreign = await cursorOf(nine);
    await expect(engine.store.list('organisationsIn', seven, { cursor: foreign })).rejects.toThrow(RangeError);
    const trail = await engine.store.list('organisationsIn', nine, { limit: 1 });
    const id = trail.items[0]?.id ?? '';
    await expect(
      engine.store.list('trail', { entity: 'organisation', id: { id } }, { cursor: foreign }),
    ).rejects.toThrow(RangeError);
  });

  test('whose keys begin with a word does not go beyond it with a forged cursor', async () => {
    const organisation = await stored();
    await commit({ do: 'create', entity: 'member', value: memberOf(organisation, 'someone') });
    const cursor = encode({ pk: `ORG#${organisation.id}`, sk: 'AUDIT#' });
    const args = { organisationId: organisation.id };
    await expect(engine.store.list('membersOfOrganisation', args, { cursor })).rejects.toThrow(RangeError);
    expect((await engine.store.list('membersOfOrganisation', args)).items).toHaveLength(1);
  });

  test('of what is due includes the whole last day and nothing after it', async () => {
    const task = (dueOn: string): Change => ({
      do: 'create',
      entity: 'task',
      value: {
        id: idOf('tsk', next()),
        version: 1,
        createdAt: FRIDAY,
        updatedAt: FRIDAY,
        kind: 'offering-review',
        status: 'open',
        role: 'regional-officer',
        subject: { entity: 'offering', id: 'o', label: 'o' },
        dueOn,
        excluded: [],
        token: 't',
        executionName: 'e',
      },
    });
    await commit(task('2026-10-22'), task('2026-10-23'), task('2026-10-23'), task('2026-10-24'));
    const first = await engine.store.list('due', { kind: 'task', upTo: '2026-10-23' }, { limit: 2 });
    const args = { kind: 'task', upTo: '2026-10-23' } as const;
    const rest = await engine.store.list('due', args, { limit: 100, cursor: first.next ?? '' });
    expect([...first.items, ...rest.items].map(({ dueOn }) => dueOn)).toEqual([
      '2026-10-22',
      '2026-10-23',
      '2026-10-23',
    ]);
    expect(first.items[0]?.kind).toBe('task');
    expect(first.items[0]?.id).toMatch(/^tsk_/);
  });

  test('of the journal gives every posting of a year over its partitions', async () => {
    const ids = Array.from({ length: 30 }, () => `led_${next()}`);
    const changes = ids.map(
      (id): Change => ({
        do: 'post',
        posting: {
          id,
          year: 2077,
          at: 1,
          reason: 'appropriate',
          reference: { entity: 'plan', id: '2077' },
          actor: 't',
          entries: { appropriation: -1, available: 1 },
          specs: [],
        },
      }),
    );
    expect(await commit(...changes)).toEqual({ ok: true });
    const pages = await Promise.all(
      Array.from({ length: 16 }, (_, partition) =>
        engine.store.list('journal', { year: 2077, partition }, { limit: 100 }),
      ),
    );
    expect(pages.flatMap(({ items }) => items.map(({ id }) => id)).sort()).toEqual([...ids].sort());
  });
});
