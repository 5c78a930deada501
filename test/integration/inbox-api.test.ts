import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inboxRoutes } from '../../contracts/inbox.ts';
import type { AnyRouteContract } from '../../contracts/route.ts';
import type { Task } from '../../core/inbox/task.ts';
import type { Call, Caller } from '../support/http-event.ts';
import { openInboxWorld } from '../support/inbox-world.ts';
import { expectProblem } from '../support/problem.ts';
import { captureLog, dump, idOf, writtenSince } from '../support/registry-world.ts';

let log: ReturnType<typeof captureLog>;

const city: Caller = { sub: 'city-baotou', roles: ['city-reviewer'], jurisdiction: '150200' };
const cityToo: Caller = { ...city, sub: 'city-baotou-2' };
const otherCity: Caller = { sub: 'city-wuhai', roles: ['city-reviewer'], jurisdiction: '150300' };
const region: Caller = { sub: 'region-1', roles: ['regional-officer'] };
const finance: Caller = { sub: 'finance-1', roles: ['finance-officer'] };
const inspector: Caller = { sub: 'inspector-1', roles: ['inspector'] };
const operator: Caller = { sub: 'operator-1', roles: ['operator'] };

const { engine, ended, ask, does, refuses, opened } = await openInboxWorld();
afterAll(() => engine.stop());
beforeEach(() => {
  log = captureLog();
});
afterEach(() => log.restore());

const at = ({ id }: Task) => ({ taskId: id });
const approve = { outcome: 'approve' };
const reject = { outcome: 'reject', reasonCode: 'bad-credit', note: '有不良信用记录' };
const giveBack = {
  outcome: 'return',
  reasons: [{ pointer: '/documents/idCardFront', reasonCode: 'document-illegible' }],
};

/** The event that resumes the execution of a task, as it waits in the outbox. */
const eventsFor = async ({ token }: Task) =>
  (await dump(engine)).map((item) => JSON.parse(item)).filter(({ event }) => event?.token === token);

describe('reading', () => {
  test('a task is in the inbox of its role and jurisdiction, and of inspectors', async () => {
    const task = await opened();
    for (const caller of [city, cityToo, inspector]) {
      expect(await does(inboxRoutes.readTask, caller, { params: at(task) })).toMatchObject({
        id: task.id,
        status: 'open',
        version: 1,
        dueOn: '2026-10-30',
        mayDecide: caller !== inspector,
      });
    }
    for (const caller of [otherCity, region, finance]) {
      await refuses([404, 'not-found'], inboxRoutes.readTask, caller, { params: at(task) });
      await refuses([404, 'not-found'], inboxRoutes.readTaskTrail, caller, { params: at(task) });
      const decision = { params: at(task), version: 1, body: approve };
      await refuses([404, 'not-found'], inboxRoutes.decideTask, caller, decision);
    }
    await refuses([403, 'role-forbidden'], inboxRoutes.decideTask, inspector, {
      params: at(task),
      version: 1,
      body: approve,
    });
  });

  test('an open task says how many working days are left, a closed one no longer', async () => {
    const left = async (fields: Partial<Task>) =>
      (await does(inboxRoutes.readTask, city, { params: at(await opened(fields)) })).workingDaysLeft;
    expect([await left({}), await left({ dueOn: '2026-11-02' }), await left({ status: 'overdue' })]).toEqual([
      5,
      6,
      undefined,
    ]);
  });

  test('who took part before sees the task, and that another person must decide', async () => {
    const task = await opened({ excluded: [city.sub] });
    expect(await does(inboxRoutes.readTask, city, { params: at(task) })).toMatchObject({ mayDecide: false });
    expect(await does(inboxRoutes.readTask, cityToo, { params: at(task) })).toMatchObject({ mayDecide: true });
  });

  test('neither the token, nor the execution, nor who is excluded leaves the system', async () => {
    const task = await opened();
    const { body } = await ask(inboxRoutes.readTask, city, { params: at(task) });
    const { body: list } = await ask(inboxRoutes.listTasks, inspector, {
      query: { role: 'city-reviewer', jurisdiction: '150200' },
    });
    await does(inboxRoutes.decideTask, city, { params: at(task), version: 1, body: approve });
    for (const text of [JSON.stringify(body), JSON.stringify(list), log.lines.join()]) {
      expect(text).not.toMatch(/secret-token|execution-\d|the-applicant/);
    }
  });

  test('the list is by role, jurisdiction, state and kind, closed ones newest first, page by page', async () => {
    const jurisdiction = '150400';
    const chifeng: Caller = { sub: 'city-chifeng', roles: ['city-reviewer'], jurisdiction };
    const tasks = [
      await opened({ jurisdiction }),
      await opened({ jurisdiction, kind: 'provider-recommendation' }),
      await opened({ jurisdiction }),
    ];
    await opened({ jurisdiction, status: 'overdue' });
    const first = await does(inboxRoutes.listTasks, chifeng, { query: { limit: '2' } });
    const rest = await does(inboxRoutes.listTasks, chifeng, { query: { limit: '2', cursor: first.next } });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(tasks.map(({ id }) => id));
    const kind = await does(inboxRoutes.listTasks, chifeng, { query: { kind: 'provider-recommendation' } });
    expect(kind.items.map(({ id }: Task) => id)).toEqual([tasks[1]?.id]);
    expect((await does(inboxRoutes.listTasks, chifeng, { query: { status: 'overdue' } })).items).toHaveLength(1);
    const later = await opened({ jurisdiction, status: 'overdue' });
    const closed = await does(inboxRoutes.listTasks, chifeng, { query: { status: 'overdue', limit: '1' } });
    expect(closed.items).toMatchObject([{ id: later.id }]);
    const inspected = await does(inboxRoutes.listTasks, inspector, { query: { role: 'city-reviewer', jurisdiction } });
    expect(inspected.items).toHaveLength(3);
    expect((await does(inboxRoutes.listTasks, otherCity)).items).toHaveLength(0);
    const foreign = { query: { limit: '2', cursor: first.next } };
    await refuses([422, 'invalid-request'], inboxRoutes.listTasks, otherCity, foreign);
    await refuses([403, 'jurisdiction-forbidden'], inboxRoutes.listTasks, chifeng, {
      query: { jurisdiction: '150300' },
    });
    await refuses([403, 'role-forbidden'], inboxRoutes.listTasks, chifeng, { query: { role: 'auditor' } });
    for (const query of [{ status: 'lost' }, { kind: 'x' }, { limit: '0' }, { colour: 'red' }, { role: 'inspector' }]) {
      await refuses([422, 'invalid-request'], inboxRoutes.listTasks, chifeng, {
        query: query as Record<string, string>,
      });
    }
  });
});

describe('deciding', () => {
  test('closes the task, answers its execution, and is in the trail', async () => {
    const task = await opened();
    const decided = await does(inboxRoutes.decideTask, city, { params: at(task), version: 1, body: giveBack });
    expect(decided).toMatchObject({
      status: 'decided',
      version: 2,
      mayDecide: false,
      decision: { outcome: 'return', byMe: true, reasons: giveBack.reasons },
    });
    expect(await does(inboxRoutes.readTask, city, { params: at(task) })).toEqual(decided);
    expect((await does(inboxRoutes.readTask, cityToo, { params: at(task) })).decision.byMe).toBe(false);
    expect(await eventsFor(task)).toMatchObject([
      { event: { type: 'task-answered', output: { taskId: task.id, outcome: 'return' } } },
    ]);
    const trail = await does(inboxRoutes.readTaskTrail, city, { params: at(task) });
    const entries = trail.items.sort((a: { version: number }, b: { version: number }) => a.version - b.version);
    expect(entries).toMatchObject([
      { action: 'create', version: 1 },
      { action: 'decide', version: 2, toStatus: 'decided', by: { role: 'city-reviewer' } },
    ]);
  });

  test('a decided, overdue or cancelled task is not decided again, and says so', async () => {
    const task = await opened();
    await does(inboxRoutes.decideTask, city, { params: at(task), version: 1, body: approve });
    const again = await refuses([409, 'task-closed'], inboxRoutes.decideTask, cityToo, {
      params: at(task),
      version: 2,
      body: reject,
    });
    expect(again.body.detailEn).toContain('decided');
    for (const status of ['overdue', 'cancelled'] as const) {
      const closed = await opened({ status });
      await refuses([409, 'task-closed'], inboxRoutes.decideTask, city, {
        params: at(closed),
        version: 1,
        body: approve,
      });
    }
  });

  test('the same person sending the same decision again gets the same answer', async () => {
    const task = await opened();
    const what = { params: at(task), version: 1, body: approve, key: 'decide-once-1' };
    const first = await ask(inboxRoutes.decideTask, city, what);
    const before = await dump(engine);
    const second = await ask(inboxRoutes.decideTask, city, what);
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect(await writtenSince(engine, before)).toEqual([]);
    await refuses([409, 'idempotency-key-reused'], inboxRoutes.decideTask, city, { ...what, body: reject });
  });

  test('of twenty decisions at once by many people one counts, and the execution is told once', async () => {
    const task = await opened();
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        ask(
          inboxRoutes.decideTask,
          { ...city, sub: `reviewer-${i}` },
          { params: at(task), version: 1, body: i % 2 ? approve : reject },
        ),
      ),
    );
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answered of all.filter(({ status }) => status !== 200)) expectProblem(answered, 409, 'task-closed');
    expect(await eventsFor(task)).toHaveLength(1);
  });

  test('who took part before does not decide (two-person rule)', async () => {
    const task = await opened({ excluded: ['someone', city.sub] });
    const what = { params: at(task), version: 1, body: approve };
    const refused = await refuses([403, 'same-person'], inboxRoutes.decideTask, city, what);
    expect(refused.body.clause).toBe('七-(一)');
    await does(inboxRoutes.decideTask, cityToo, what);
  });

  test('nobody decides into the void after the execution ended', async () => {
    const task = await opened();
    ended.add(task.executionName);
    const what = { params: at(task), version: 1, body: approve };
    await refuses([409, 'task-execution-ended'], inboxRoutes.decideTask, city, what);
  });

  test('an outcome must be one of its kind, with the reasons it needs', async () => {
    const task = await opened();
    const what = (body: unknown) => ({ params: at(task), version: 1, body });
    const unknown = await refuses([422, 'outcome-unknown'], inboxRoutes.decideTask, city, what({ outcome: 'maybe' }));
    expect(unknown.body.detail).toContain('approve、return、reject');
    await refuses([422, 'outcome-unknown'], inboxRoutes.decideTask, city, what({ outcome: 'toString' }));
    await refuses([422, 'outcome-unknown'], inboxRoutes.decideTask, city, what({ outcome: 'constructor' }));
    await refuses([422, 'reason-required'], inboxRoutes.decideTask, city, what({ outcome: 'reject' }));
    await refuses(
      [422, 'reason-required'],
      inboxRoutes.decideTask,
      city,
      what({ outcome: 'reject', reasonCode: 'other' }),
    );
    await refuses([422, 'reason-required'], inboxRoutes.decideTask, city, what({ outcome: 'reject', note: '说明' }));
    const fields = await refuses(
      [422, 'field-reasons-required'],
      inboxRoutes.decideTask,
      city,
      what({ outcome: 'return' }),
    );
    expect(fields.body).toMatchObject({ clause: '四', errors: [{ pointer: '/reasons' }] });
  });

  test('audits, bank answers and corrections are decided on their own pages', async () => {
    for (const kind of ['claim-audit', 'bank-answer', 'payout-correction'] as const) {
      const task = await opened({ kind });
      expect((await does(inboxRoutes.readTask, city, { params: at(task) })).outcomes).toEqual([]);
      const what = { params: at(task), version: 1, body: approve };
      await refuses([409, 'task-decided-elsewhere'], inboxRoutes.decideTask, city, what);
    }
  });

  test('the version seen must be the stored one', async () => {
    const task = await opened();
    const stale = await refuses([412, 'stale-version'], inboxRoutes.decideTask, city, {
      params: at(task),
      version: 3,
      body: approve,
    });
    expect(stale.body.currentVersion).toBe(1);
    await refuses([428, 'if-match-required'], inboxRoutes.decideTask, city, { params: at(task), body: approve });
  });
});

describe('bad input', () => {
  test('without a token, in another role, with an unknown id', async () => {
    const task = await opened();
    const decision = { params: at(task), version: 1, body: approve };
    const calls: [AnyRouteContract, Call][] = [
      [inboxRoutes.listTasks, {}],
      [inboxRoutes.readTask, { params: at(task) }],
      [inboxRoutes.readTaskTrail, { params: at(task) }],
      [inboxRoutes.decideTask, decision],
    ];
    for (const [contract, what] of calls) {
      await refuses([401, 'unauthenticated'], contract, undefined, what);
      await refuses([403, 'role-forbidden'], contract, operator, what);
      await refuses([403, 'role-forbidden'], contract, { sub: 'nobody' }, what);
      if (!what.params) continue;
      for (const taskId of [idOf('tsk', 99_999), idOf('ord', 1), 'tsk_', '../x']) {
        await refuses([404, 'not-found'], contract, city, { ...what, params: { taskId } });
      }
    }
  });

  test('bodies that are missing, malformed, of wrong types, too long, or with unknown fields', async () => {
    const task = await opened();
    const what = { params: at(task), version: 1 };
    const refusing = (code: readonly [number, string], more: Call) =>
      refuses(code, inboxRoutes.decideTask, city, { ...what, ...more });
    await refusing([400, 'missing-body'], {});
    await refusing([400, 'malformed-json'], { rawBody: '{"outcome":' });
    await refusing([415, 'unsupported-media-type'], { body: approve, headers: { 'content-type': 'text/xml' } });
    await refusing([413, 'body-too-large'], { body: { ...approve, note: 'x'.repeat(300_000) } });
    await refusing([400, 'idempotency-key-required'], { body: approve, key: '' });
    const bad: [string, string, unknown][] = [
      ['/colour', 'unknown-field', { ...approve, colour: 'red' }],
      ['/outcome', 'required', {}],
      ['/outcome', 'wrong-type', { outcome: 1 }],
      ['/outcome', 'too-long', { outcome: 'x'.repeat(41) }],
      ['/note', 'too-long', { ...approve, note: '长'.repeat(1001) }],
      ['/note', 'too-short', { ...approve, note: '  ' }],
      ['/reasonCode', 'wrong-value', { ...approve, reasonCode: 'because' }],
      ['/reasons', 'wrong-type', { ...approve, reasons: {} }],
      ['/reasons', 'too-long', { ...approve, reasons: Array(31).fill(giveBack.reasons[0]) }],
      ['/reasons/0/pointer', 'wrong-format', { ...approve, reasons: [{ pointer: 'x', reasonCode: 'other' }] }],
      ['/corrected', 'amount-decimals', { ...approve, corrected: '1.234' }],
      ['/corrected', 'amount-negative', { ...approve, corrected: '-1.00' }],
      ['/corrected', 'amount-format', { ...approve, corrected: '1e3' }],
      ['/corrected', 'wrong-type', { ...approve, corrected: 12 }],
    ];
    for (const [pointer, code, body] of bad) {
      const refused = await refusing([422, 'invalid-request'], { body });
      expect(refused.body.errors).toMatchObject([{ pointer, code }]);
    }
    expect(await engine.store.get('task', { id: task.id })).toEqual(task);
  });
});
