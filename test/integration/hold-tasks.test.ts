import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inboxRoutes } from '../../contracts/inbox.ts';
import { holderOf } from '../../core/inbox/holding.ts';
import { decideTask } from '../../core/inbox/open-task.ts';
import type { Task } from '../../core/inbox/task.ts';
import { idsOf } from '../../functions/_runtime/ids.ts';
import type { Call, Caller } from '../support/http-event.ts';
import { openInboxWorld } from '../support/inbox-world.ts';
import { expectProblem } from '../support/problem.ts';
import { captureLog, dump, FRIDAY, writtenSince } from '../support/registry-world.ts';

let log: ReturnType<typeof captureLog>;

const reviewer = (sub: string, name: string): Caller => ({
  sub,
  name,
  roles: ['city-reviewer'],
  jurisdiction: '150200',
});
const wulan = reviewer('city-1', 'Wulan');
const suhe = reviewer('city-2', 'Suhe');
const gaowa = reviewer('city-3', 'Gaowa');
const otherCity: Caller = { ...reviewer('city-wuhai', 'Chen Jing'), jurisdiction: '150300' };
const region: Caller = { sub: 'region-1', roles: ['regional-officer'] };
const inspector: Caller = { sub: 'inspector-1', roles: ['inspector'] };
const operator: Caller = { sub: 'operator-1', roles: ['operator'] };

const { engine, does, ask, refuses, opened } = await openInboxWorld();
afterAll(() => engine.stop());
beforeEach(() => {
  log = captureLog();
});
afterEach(() => log.restore());

const { takeTask, handOverTask, takeOverTask, readTask, listTasks, readTaskTrail, decideTask: decide } = inboxRoutes;
const approve = { outcome: 'approve' };
const note = '已核对执照，身份证待核';
const absent = { reasonCode: 'absent' };
const at = ({ id }: { readonly id: string }, version = 1, body: object = {}): Call => ({
  params: { taskId: id },
  version,
  body,
});
/** A task that Wulan has taken. */
const taken = async (fields: Partial<Task> = {}) => {
  const task = await opened(fields);
  await does(takeTask, wulan, at(task));
  return task;
};

describe('taking a task', () => {
  test('gives it into one pair of hands: colleagues and inspectors see whose, and what they may do', async () => {
    const task = await opened();
    expect(await does(takeTask, wulan, at(task))).toMatchObject({
      version: 2,
      mayDecide: true,
      mayTake: false,
      workingDaysLeft: 5,
      holder: { name: 'Wulan', isMe: true, since: '2026-10-23T10:00:00.000+08:00' },
    });
    for (const [who, mayTake] of [
      [suhe, true],
      [inspector, false],
    ] as const) {
      const seen = { mayDecide: false, mayTake, holder: { name: 'Wulan', isMe: false } };
      expect(await does(readTask, who, at(task))).toMatchObject(seen);
      const query = { query: who === inspector ? { role: 'city-reviewer', jurisdiction: '150200' } : {} };
      const { items } = await does(listTasks, who, query);
      expect(items.find(({ id }: Task) => id === task.id)).toMatchObject(seen);
    }
    await does(decide, wulan, at(task, 2, approve));
    const ended = await does(readTask, suhe, at(task));
    expect(ended).toMatchObject({ status: 'decided', mayTake: false, holder: { name: 'Wulan' } });
  });

  test('keeps everybody else from deciding it, and says who has it and what to do', async () => {
    const task = await taken();
    for (const version of [1, 2]) {
      const refused = await refuses([409, 'task-held'], decide, suhe, at(task, version, approve));
      expect(refused.body.detail).toContain('Wulan');
      expect(refused.body.detail).toContain('接手');
      expect(refused.body.detailEn).toContain('take it over');
    }
    await refuses([409, 'task-held'], takeTask, suhe, at(task, 2));
    await refuses([409, 'task-held'], handOverTask, suhe, at(task, 2, { note }));
  });

  test('is a condition of the write itself: whoever read it before it was taken cannot decide it either', async () => {
    const task = await opened({ heldBy: wulan.sub, heldByName: 'Wulan', heldSince: FRIDAY });
    const decision = { ...approve, reasons: [], decidedBy: suhe.sub, decidedAt: FRIDAY };
    const command = { at: FRIDAY, newId: idsOf('past-the-use-case') };
    const origin = { actor: { sub: suhe.sub, role: 'city-reviewer' as const }, at: FRIDAY, requestId: 'past' };
    expect(await engine.store.commit(decideTask(task, decision, command), origin)).toMatchObject({
      ok: false,
      failure: { rule: 'task-held', values: { holder: 'Wulan' } },
    });
    const own = decideTask(task, { ...decision, decidedBy: wulan.sub }, command);
    expect(await engine.store.commit(own, origin)).toEqual({ ok: true });
  });

  test('of twenty people who take it at once one has it, and the others are told who', async () => {
    const task = await opened();
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, i) => ask(takeTask, reviewer(`taker-${i}`, `Taker ${i}`), at(task))),
    );
    const [winner, ...more] = all.filter(({ status }) => status === 200);
    expect(more).toEqual([]);
    for (const answered of all.filter((each) => each !== winner)) {
      expectProblem(answered, 409, 'task-held');
      expect(answered.body.detail).toContain(winner?.body.holder.name);
    }
    const stored = await engine.store.get('task', { id: task.id });
    expect(stored && holderOf(stored)?.name).toBe(winner?.body.holder.name);
  });

  test('while another decides it: either the decision counts or the hold does', async () => {
    for (let round = 0; round < 6; round++) {
      const task = await opened();
      const [decided, took] = await Promise.all([
        ask(decide, suhe, at(task, 1, approve)),
        ask(takeTask, wulan, at(task)),
      ]);
      const outcome = [decided.body.code ?? 200, took.body.code ?? 200];
      expect([
        [200, 'task-closed'],
        ['task-held', 200],
      ]).toContainEqual(outcome);
    }
  });

  test('is for whoever may decide it: not for who took part before, another role, city or the public', async () => {
    const task = await opened({ excluded: [wulan.sub] });
    expect(await does(readTask, wulan, at(task))).toMatchObject({ mayDecide: false, mayTake: false });
    await refuses([403, 'same-person'], takeTask, wulan, at(task));
    const held = await opened({ excluded: [wulan.sub], heldBy: suhe.sub, heldByName: 'Suhe', heldSince: FRIDAY });
    await refuses([403, 'same-person'], takeOverTask, wulan, at(held, 1, absent));
    const calls = [
      [takeTask, at(task)],
      [handOverTask, at(task, 1, { note })],
      [takeOverTask, at(task, 1, absent)],
    ] as const;
    for (const [contract, what] of calls) {
      await refuses([401, 'unauthenticated'], contract, undefined, what);
      for (const who of [operator, inspector, { sub: 'nobody' }])
        await refuses([403, 'role-forbidden'], contract, who, what);
      for (const who of [otherCity, region]) await refuses([404, 'not-found'], contract, who, what);
    }
  });

  test('again by the same person is no second hold, and the same request is answered again', async () => {
    const task = await opened();
    const what = { ...at(task), key: 'take-only-once' };
    const first = await ask(takeTask, wulan, what);
    const before = await dump(engine);
    const second = await ask(takeTask, wulan, what);
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect(await writtenSince(engine, before)).toEqual([]);
    await refuses([409, 'task-in-your-hands'], takeTask, wulan, at(task, 2));
    await refuses([409, 'task-in-your-hands'], takeOverTask, wulan, at(task, 2, absent));
  });

  test('needs a task that is open, is decided by one person, and is as it was seen', async () => {
    for (const status of ['decided', 'overdue', 'cancelled'] as const) {
      const closed = await opened({ status });
      await refuses([409, 'task-closed'], takeTask, wulan, at(closed));
      await refuses([409, 'task-closed'], handOverTask, wulan, at(closed, 1, { note }));
      await refuses([409, 'task-closed'], takeOverTask, wulan, at(closed, 1, absent));
    }
    const shared = await opened({ kind: 'claim-audit' });
    expect(await does(readTask, wulan, at(shared))).toMatchObject({ mayTake: false });
    await refuses([409, 'task-shared'], takeTask, wulan, at(shared));
    const task = await opened();
    await refuses([412, 'stale-version'], takeTask, wulan, at(task, 3));
    await refuses([428, 'if-match-required'], takeTask, wulan, { params: { taskId: task.id }, body: {} });
    await refuses([400, 'idempotency-key-required'], takeTask, wulan, { ...at(task), key: '' });
  });

  test('a task that nobody has taken is decided as ever', async () => {
    const task = await opened();
    await does(decide, suhe, at(task, 1, approve));
  });
});

describe('handing over', () => {
  test('gives the task back to all who may decide it, with the note in front of them and in the trail', async () => {
    const task = await taken();
    const given = await does(handOverTask, wulan, at(task, 2, { note }));
    expect(given).toMatchObject({ version: 3, mayDecide: true, mayTake: true, handOver: { name: 'Wulan', note } });
    expect(given).not.toHaveProperty('holder');
    expect((await does(readTask, inspector, at(task))).handOver).toMatchObject({ note });
    await does(takeTask, suhe, at(task, 3));
    // Who takes it up reads it on, and after the decision it is still known.
    await does(decide, suhe, at(task, 4, approve));
    expect(await does(readTask, wulan, at(task))).toMatchObject({
      holder: { name: 'Suhe', isMe: false },
      handOver: { name: 'Wulan', note },
    });
    const { items } = await does(readTaskTrail, suhe, at(task));
    const actions = items.map(({ action }: { action: string }) => action).sort();
    expect(actions).toEqual(['create', 'decide', 'hand-over', 'take', 'take']);
    const handedOver = items.find(({ action }: { action: string }) => action === 'hand-over');
    expect(handedOver).toMatchObject({ note, by: { role: wulan.roles?.[0], name: 'Wulan' } });
    expect(handedOver.by).not.toHaveProperty('sub');
  });

  test('is for whoever has it, and says where things stand', async () => {
    const task = await opened();
    await refuses([409, 'task-in-no-hands'], handOverTask, wulan, at(task, 1, { note }));
    await does(takeTask, wulan, at(task));
    await refuses([412, 'stale-version'], handOverTask, wulan, at(task, 1, { note }));
    const bad: [string, string, object][] = [
      ['/note', 'required', {}],
      ['/note', 'too-short', { note: '  ' }],
      ['/note', 'too-long', { note: '长'.repeat(1001) }],
      ['/to', 'unknown-field', { note, to: 'Suhe' }],
    ];
    for (const [pointer, code, body] of bad) {
      const refused = await refuses([422, 'invalid-request'], handOverTask, wulan, at(task, 2, body));
      expect(refused.body.errors).toMatchObject([{ pointer, code }]);
    }
    await refuses([400, 'missing-body'], handOverTask, wulan, { params: { taskId: task.id }, version: 2 });
    const what = { ...at(task, 2, { note }), key: 'hand-over-once' };
    const first = await ask(handOverTask, wulan, what);
    expect((await ask(handOverTask, wulan, what)).body).toEqual(first.body);
    await refuses([409, 'idempotency-key-reused'], handOverTask, wulan, { ...what, body: { note: '另一说明' } });
  });
});

describe('taking over', () => {
  test('moves it from one pair of hands to another, for a reason that is on record', async () => {
    const task = await taken();
    const body = { reasonCode: 'absent', note: '本周休假' };
    expect(await does(takeOverTask, suhe, at(task, 2, body))).toMatchObject({
      version: 3,
      mayDecide: true,
      mayTake: false,
      holder: { name: 'Suhe', isMe: true },
    });
    await refuses([409, 'task-held'], decide, wulan, at(task, 3, approve));
    await refuses([409, 'task-held'], handOverTask, wulan, at(task, 3, { note }));
    const entry = async (who: Caller) =>
      (await does(readTaskTrail, who, at(task))).items.find(({ action }: { action: string }) => action === 'take-over');
    expect(await entry(wulan)).toMatchObject(body);
    // Who it was by name of sign-in is for inspectors.
    expect((await entry(wulan)).by).not.toHaveProperty('sub');
    expect((await entry(inspector)).by).toMatchObject({ sub: suhe.sub });
    await does(decide, suhe, at(task, 3, approve));
  });

  test('needs somebody who has it, a reason, and the hold that was seen', async () => {
    const free = await opened();
    await refuses([409, 'task-in-no-hands'], takeOverTask, suhe, at(free, 1, absent));
    const task = await taken();
    await refuses([412, 'stale-version'], takeOverTask, suhe, at(task, 1, absent));
    const bad: [string, string, object][] = [
      ['/reasonCode', 'required', {}],
      ['/reasonCode', 'wrong-value', { reasonCode: 'because' }],
      ['/note', 'too-long', { ...absent, note: '长'.repeat(1001) }],
    ];
    for (const [pointer, code, body] of bad) {
      const refused = await refuses([422, 'invalid-request'], takeOverTask, suhe, at(task, 2, body));
      expect(refused.body.errors).toMatchObject([{ pointer, code }]);
    }
    const other = at(task, 2, { reasonCode: 'other' });
    const refused = await refuses([422, 'take-over-note-required'], takeOverTask, suhe, other);
    expect(refused.body.errors).toMatchObject([{ pointer: '/note', code: 'take-over-note-required' }]);
    const what = { ...at(task, 2, absent), key: 'take-over-once' };
    const first = await ask(takeOverTask, suhe, what);
    expect((await ask(takeOverTask, suhe, what)).body).toEqual(first.body);
    await refuses([409, 'idempotency-key-reused'], takeOverTask, suhe, { ...what, body: { reasonCode: 'agreed' } });
  });

  test('by two at once gives it to one of them', async () => {
    const task = await taken();
    const both = await Promise.all([suhe, gaowa].map((who) => ask(takeOverTask, who, at(task, 2, absent))));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});

test('names that a token does not give, or gives too long, are told as well as they can be', async () => {
  const nameless = { ...wulan, name: '  ' };
  const task = await opened();
  expect((await does(takeTask, nameless, at(task))).holder.name).toBe(wulan.sub);
  const long = await opened();
  const told = (await does(takeTask, { ...wulan, name: '𠮷'.repeat(300) }, at(long))).holder.name;
  expect([...told]).toHaveLength(60);
});

/** What three people may do to one task, in any order. */
const deeds = fc.array(
  fc.record({
    who: fc.constantFrom(wulan, suhe, gaowa),
    deed: fc.constantFrom('take', 'hand over', 'take over', 'decide'),
  }),
  { minLength: 1, maxLength: 8 },
);

test('whatever people do in whatever order: only the holder decides, and the trail tells every hand it went through', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, async (story) => {
      const task = await opened();
      let version = 1;
      let holder: string | undefined;
      let decided = false;
      let done = 0;
      for (const { who, deed } of story) {
        const mine = holder === who.sub;
        const expected = {
          take: !decided && holder === undefined,
          'hand over': !decided && mine,
          'take over': !decided && holder !== undefined && !mine,
          decide: !decided && (holder === undefined || mine),
        }[deed];
        const [contract, body] = {
          take: [takeTask, {}] as const,
          'hand over': [handOverTask, { note }] as const,
          'take over': [takeOverTask, absent] as const,
          decide: [decide, approve] as const,
        }[deed];
        const { status } = await ask(contract, who, at(task, version, body));
        expect([deed, status === 200]).toEqual([deed, expected]);
        if (!expected) continue;
        version += 1;
        done += 1;
        if (deed === 'decide') decided = true;
        else holder = deed === 'hand over' ? undefined : who.sub;
      }
      const stored = await engine.store.get('task', { id: task.id });
      expect(stored && holderOf(stored)?.sub).toBe(holder);
      const { items } = await does(readTaskTrail, inspector, at(task));
      expect(items).toHaveLength(done + 1);
    }),
    { numRuns: 40 },
  );
});
