import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { progressRoutes } from '../../contracts/progress.ts';
import { type BusinessDate, businessDate, businessDateOf, startOfDay } from '../../core/calendar/business-date.ts';
import { handOverTask, takeTask } from '../../core/inbox/holding.ts';
import { decideTask, lapseTask } from '../../core/inbox/open-task.ts';
import { lastDayOfTask, type Task } from '../../core/inbox/task.ts';
import type { Change } from '../../core/ports/store.ts';
import { openWorkOf } from '../../core/progress/open-work.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { idsOf } from '../../functions/_runtime/ids.ts';
import { planApi } from '../../functions/plan-api/routes/index.ts';
import { countEverything, countingOn } from '../support/counting.ts';
import { faultyClient } from '../support/faulty-client.ts';
import { type Caller, call } from '../support/http-event.ts';
import { openInboxWorld } from '../support/inbox-world.ts';
import { everything, findingsIn } from '../support/money-findings.ts';
import { accepted } from '../support/orders-world.ts';
import { captureLog, FRIDAY } from '../support/registry-world.ts';
import { seeded } from '../support/seeded.ts';

const { engine, opened } = await openInboxWorld();
let log: ReturnType<typeof captureLog>;
beforeEach(() => {
  log = captureLog();
});
afterEach(() => log.restore());
afterAll(() => engine.stop());

const wulan = { sub: 'wulan', name: '乌兰', at: FRIDAY };
const findings = () => findingsIn(everything(engine), ['progress']);
const workOn = async (day: BusinessDate) => openWorkOf(await engine.store.progress('tasks'), day);
const region = { role: 'regional-officer', jurisdiction: undefined } as const;

describe('what waits now', () => {
  test('is counted by office and last day, so that what is overdue follows from the day alone', async () => {
    const task = await opened({ dueOn: '2026-10-22' });
    await opened({ dueOn: '2026-10-23', jurisdiction: '150400', heldBy: 'wulan', heldByName: '乌兰' });
    await opened({ ...region, expectedBy: '2026-11-02', dueOn: undefined });
    await opened({ role: 'finance-officer', jurisdiction: undefined, dueOn: undefined });
    await opened({ dueOn: '2026-10-01', status: 'decided' });
    await countEverything(engine);

    const all = { open: 4, overdue: 1 };
    expect(await workOn(businessDate('2026-10-23'))).toMatchObject(all);
    const { offices, ...total } = await workOn(businessDate('2026-10-24'));
    expect(total).toEqual({ open: 4, overdue: 2 });
    expect(offices).toHaveLength(17);
    expect(offices.filter(({ open }) => open > 0)).toEqual([
      { role: 'city-reviewer', jurisdiction: '150200', open: 1, overdue: 1, earliest: '2026-10-22' },
      { role: 'city-reviewer', jurisdiction: '150400', open: 1, overdue: 1, earliest: '2026-10-23' },
      { role: 'regional-officer', open: 1, overdue: 0, earliest: '2026-11-02' },
      // What has no day is never overdue.
      { role: 'finance-officer', open: 1, overdue: 0 },
    ]);
    expect((await workOn(businessDate('2030-01-01'))).overdue).toBe(3);

    const changes = lapseTask(task, { at: FRIDAY, newId: idsOf('lapse') });
    const origin = { actor: { sub: 'system:deadlines', role: 'system' as const }, at: FRIDAY, requestId: 'lapse' };
    expect(await engine.store.commit(changes, origin)).toEqual({ ok: true });
    await countEverything(engine);
    expect(await workOn(businessDate('2026-10-24'))).toMatchObject({ open: 3, overdue: 1 });
    expect(await findings()).toEqual([]);
  });

  test('is told to both departments and inspectors, without anybody’s name', async () => {
    const at = startOfDay(businessDate('2026-10-24'));
    const routes = planApi({ reads: engine.store, calendar: () => storedCalendar(engine.store, at) });
    const api = createApi({ store: engine.store, now: () => at, routes });
    const ask = (role: string) => call(api, progressRoutes.readOpenWork, { sub: 'somebody', roles: [role] } as Caller);
    const body = accepted(await ask('inspector'));
    expect(body).toMatchObject({ today: '2026-10-24', open: 3, overdue: 1 });
    expect(body.offices).toHaveLength(17);
    expect(JSON.stringify([body, await engine.store.progress('tasks')])).not.toMatch(/wulan|乌兰|包头第一/);
    for (const role of ['city-reviewer', 'auditor', 'operator']) expect((await ask(role)).status).toBe(403);
  });

  const offices = [{ jurisdiction: '150100' }, { jurisdiction: '150700' }, region] as const;
  const days = ['2026-09-30', '2026-10-22', '2026-10-23', '2027-01-04'] as const;
  const deed = fc.oneof(
    fc.record({
      do: fc.constant('open' as const),
      office: fc.constantFrom(...offices),
      day: fc.option(fc.constantFrom(...days)),
      expected: fc.boolean(),
    }),
    fc.record({ do: fc.constantFrom('take', 'hand-over', 'decide', 'lapse'), which: fc.nat(20) }),
  );

  test('comes to what there is, whatever is done with tasks, told late, twice, and counted by several at once', async () => {
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 15, maxLength: 30 }), fc.nat(), async (deeds, seed) => {
        const random = seeded(seed);
        const faulty = faultyClient(engine.client, random, { rate: 0.3 });
        const count = countingOn(engine.table, faulty.client);
        const told: string[] = [];
        const tasks: Task[] = [];
        const done = async (task: Task, changes: readonly Change[]) => {
          changed += 1;
          const origin = { actor: { sub: wulan.sub, role: 'system' as const }, at: FRIDAY, requestId: `r-${changed}` };
          const committed = await engine.store.commit(changes, origin);
          expect(committed).toEqual({ ok: true });
          const stored = await engine.store.get('task', { id: task.id });
          if (stored) tasks.splice(tasks.indexOf(task), 1, stored);
        };
        for (const next of deeds) {
          if (next.do === 'open') {
            const { office, day, expected } = next;
            const lastDay = { dueOn: undefined, ...(day ? { [expected ? 'expectedBy' : 'dueOn']: day } : {}) };
            tasks.push(await opened({ ...office, ...lastDay, excluded: [] }));
          } else {
            const open = tasks.filter(({ status }) => status === 'open');
            const task = open[next.which % Math.max(1, open.length)];
            if (!task) continue;
            const command = { at: FRIDAY, newId: idsOf(`${task.id}-${task.version}`) };
            const decision = { outcome: 'approve', reasons: [], decidedBy: wulan.sub, decidedAt: FRIDAY };
            if (next.do === 'take') await done(task, takeTask(task, wulan).changes);
            if (next.do === 'hand-over') await done(task, handOverTask(task, { ...wulan, note: '一半' }).changes);
            if (next.do === 'decide') await done(task, decideTask(task, decision, command));
            if (next.do === 'lapse') await done(task, lapseTask(task, command));
          }
          told.push(...tasks.map(({ id }) => `task/${id}`));
          if (random() < 0.3) {
            const some = () => told.filter(() => random() < 0.5);
            await faulty.drive(
              Promise.all([some(), some(), some()].map((recount) => count({ recount }, 'some').catch(() => 0))),
            );
          }
        }
        await countEverything(engine);
        expect(await findings()).toEqual([]);
      }),
      { numRuns: 5, endOnFailure: true },
    );
    expect(changed).toBeGreaterThan(20);

    // What is counted is what lies in the table.
    const open: Task[] = [];
    for await (const { type, data } of everything(engine)) {
      if (type === 'task' && (data as Task).status === 'open') open.push(data as Task);
    }
    const today = businessDateOf(FRIDAY);
    const late = open.filter((task) => (lastDayOfTask(task) ?? '9') < today);
    expect(await workOn(today)).toMatchObject({ open: open.length, overdue: late.length });
    expect(late.length).toBeGreaterThan(0);
  }, 60_000);
});
