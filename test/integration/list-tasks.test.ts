import { PutCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inboxRoutes } from '../../contracts/inbox.ts';
import { lastDayOfTask, type Task } from '../../core/inbox/task.ts';
import { jurisdictionCodes } from '../../core/progress/summary.ts';
import { entityItem } from '../../storage/transaction.ts';
import type { Caller } from '../support/http-event.ts';
import { openInboxWorld } from '../support/inbox-world.ts';
import { expectProblem } from '../support/problem.ts';
import { captureLog, FRIDAY, idOf } from '../support/registry-world.ts';

const { engine, ask, does, opened } = await openInboxWorld();
let log: ReturnType<typeof captureLog>;
beforeEach(() => {
  log = captureLog();
});
afterEach(() => log.restore());
afterAll(() => engine.stop());

const { listTasks, takeTask, takeOverTask, handOverTask, decideTask } = inboxRoutes;
const inspector: Caller = { sub: 'inspector-1', roles: ['inspector'] };
const reviewer = (sub: string, jurisdiction: string): Caller => ({ sub, roles: ['city-reviewer'], jurisdiction });

/** Every page of a list, each of so many. */
async function pagesOf(who: Caller, query: Readonly<Record<string, string>>, size: number): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await does(listTasks, who, {
      query: { ...query, limit: String(size), ...(cursor ? { cursor } : {}) },
    });
    pages.push(items.map(({ id }: Task) => id));
    cursor = next;
  } while (cursor);
  return pages;
}

const NEVER = 'z';
/** The more urgent first: by last day, those without one last, then by opening. */
const urgentFirst = (a: Task, b: Task): number => {
  const [left, right] = [a, b].map((task) => [lastDayOfTask(task) ?? NEVER, String(task.createdAt), task.id].join());
  return (left ?? '') < (right ?? '') ? -1 : 1;
};
const newestFirst = (a: Task, b: Task): number => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1);

const days = ['2026-10-21', '2026-10-22', '2026-10-23', '2026-10-26', '2026-12-31', '2027-01-04'];
const made = fc.record({
  kind: fc.constantFrom('enterprise-certification' as const, 'provider-recommendation' as const),
  status: fc.constantFrom('open' as const, 'open' as const, 'open' as const, 'decided' as const, 'overdue' as const),
  lastDay: fc.option(fc.record({ expected: fc.boolean(), day: fc.constantFrom(...days) })),
  /** Several are opened in the same moment. */
  opened: fc.nat(9),
  heldBy: fc.option(fc.constantFrom('wulan', 'suhe')),
});

type Made = typeof made extends fc.Arbitrary<infer T> ? T : never;

const places = jurisdictionCodes.values();
const anyPlace = () => places.next().value ?? '';
let number = 1_000;

/** Tasks as they are generated, in a city of their own. */
async function stored(all: readonly Made[], jurisdiction: string): Promise<Task[]> {
  const tasks = all.map(({ kind, status, lastDay, opened: at, heldBy }): Task => {
    number += 1;
    return {
      id: idOf('tsk', number),
      version: 1,
      createdAt: FRIDAY + at,
      updatedAt: FRIDAY + at,
      kind,
      status,
      role: 'city-reviewer',
      jurisdiction,
      subject: { entity: 'certification', id: idOf('crt', number), label: '某单位' },
      ...(lastDay ? { [lastDay.expected ? 'expectedBy' : 'dueOn']: lastDay.day } : {}),
      excluded: [],
      ...(heldBy ? { heldBy, heldByName: heldBy, heldSince: FRIDAY } : {}),
      token: 't',
      executionName: 'e',
    };
  });
  await Promise.all(
    tasks.map((task) =>
      engine.client.send(new PutCommand({ TableName: engine.table, Item: entityItem('task', task) })),
    ),
  );
  return tasks;
}

interface Filter {
  readonly query: Readonly<Record<string, string>>;
  readonly takes: (task: Task) => boolean;
}

const open = ({ status }: Task) => status === 'open';
const within =
  (from: string, upTo: string) =>
  (task: Task): boolean => {
    const day = lastDayOfTask(task);
    return day !== undefined && day >= from && day <= upTo;
  };
/** Filters of what is open that go together with a kind, or with what somebody has in hand. */
const ofDays: readonly Filter[] = [
  { query: {}, takes: () => true },
  { query: { lastDayUpTo: '2026-10-22' }, takes: within('', '2026-10-22') },
  { query: { lastDayFrom: '2026-10-23' }, takes: within('2026-10-23', '9999-12-31') },
  { query: { lastDayFrom: '2026-10-22', lastDayUpTo: '2026-12-31' }, takes: within('2026-10-22', '2026-12-31') },
  { query: { lastDayFrom: '2026-10-24', lastDayUpTo: '2026-10-25' }, takes: () => false },
  { query: { withoutLastDay: 'true' }, takes: (task) => lastDayOfTask(task) === undefined },
];
const ofWhat: readonly Filter[] = [
  { query: {}, takes: () => true },
  { query: { kind: 'provider-recommendation' }, takes: ({ kind }) => kind === 'provider-recommendation' },
  { query: { mine: 'true' }, takes: ({ heldBy }) => heldBy === 'wulan' },
];
const filters: readonly Filter[] = [
  ...ofWhat.flatMap((what) =>
    ofDays.map(
      (day): Filter => ({
        query: { ...what.query, ...day.query },
        takes: (task) => open(task) && what.takes(task) && day.takes(task),
      }),
    ),
  ),
  ...['decided', 'overdue'].flatMap((status) =>
    ofWhat
      .filter(({ query }) => !query.mine)
      .map(
        (what): Filter => ({
          query: { ...what.query, status },
          takes: (task) => task.status === status && what.takes(task),
        }),
      ),
  ),
];

describe('the list of tasks', () => {
  test('gives each task once by any filter and any size of page, the most urgent first, what has ended newest first', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(made, { minLength: 12, maxLength: 30 }),
        fc.integer({ min: 1, max: 13 }),
        async (all, size) => {
          const jurisdiction = anyPlace();
          const tasks = await stored(all, jurisdiction);
          for (const { query, takes } of filters) {
            const order = query.status ? newestFirst : urgentFirst;
            const expected = tasks.filter(takes).sort(order);
            const pages = await pagesOf(reviewer('wulan', jurisdiction), query, size);
            expect([query, pages.flat()]).toEqual([query, expected.map(({ id }) => id)]);
            // None is short but the last, whatever is filtered.
            for (const page of pages.slice(0, -1)) expect(page).toHaveLength(size);
            taken += expected.length;
          }
        },
      ),
      { numRuns: 5, endOnFailure: true },
    );
    expect(taken).toBeGreaterThan(100);
  }, 60_000);

  test('follows a task from hand to hand, until it is decided', async () => {
    const jurisdiction = anyPlace();
    const [wulan, suhe] = [reviewer('wulan', jurisdiction), reviewer('suhe', jurisdiction)];
    const task = await opened({ jurisdiction, excluded: [] });
    const other = await opened({ jurisdiction, excluded: [], dueOn: '2026-10-22' });
    const at = (version: number, body: object = {}) => ({ params: { taskId: task.id }, version, body });
    const lists = async () =>
      Promise.all(
        [
          [wulan, { mine: 'true' }],
          [suhe, { mine: 'true' }],
          [suhe, {}],
          [suhe, { kind: task.kind }],
          [suhe, { status: 'decided', kind: task.kind }],
        ].map(async ([who, query]) => (await pagesOf(who as Caller, query as Record<string, string>, 5)).flat()),
      );
    const [both, one] = [[other.id, task.id], [task.id]];
    expect(await lists()).toEqual([[], [], both, both, []]);
    await does(takeTask, wulan, at(1));
    expect(await lists()).toEqual([one, [], both, both, []]);
    await does(takeOverTask, suhe, at(2, { reasonCode: 'absent' }));
    expect(await lists()).toEqual([[], one, both, both, []]);
    await does(handOverTask, suhe, at(3, { note: '材料已核对' }));
    expect(await lists()).toEqual([[], [], both, both, []]);
    await does(takeTask, wulan, at(4));
    await does(decideTask, wulan, at(5, { outcome: 'approve' }));
    expect(await lists()).toEqual([[], [], [other.id], [other.id], one]);
  });

  test('of what I have in hand is my own: by my role and my city, and inspectors have nothing in hand', async () => {
    const jurisdiction = anyPlace();
    const mine = { query: { mine: 'true' } };
    const held = { jurisdiction, heldBy: 'wulan', heldByName: '乌兰', heldSince: FRIDAY };
    const task = await opened(held);
    const ids = async (who: Caller) => (await does(listTasks, who, mine)).items.map(({ id }: Task) => id);
    expect(await ids(reviewer('wulan', jurisdiction))).toEqual([task.id]);
    // The same person, moved to another city or another office.
    expect(await ids(reviewer('wulan', anyPlace()))).toEqual([]);
    expect(await ids({ sub: 'wulan', roles: ['regional-officer'] })).toEqual([]);
    expect(await ids({ ...inspector, sub: 'wulan' })).toEqual([]);
  });

  test('refuses filters that say nothing together, each at its place', async () => {
    const who = reviewer('wulan', '150200');
    for (const [query, pointer, code] of [
      [{ mine: 'true', kind: 'provider-recommendation' }, '/query/kind', 'other-filter'],
      [{ withoutLastDay: 'true', lastDayUpTo: '2026-10-22' }, '/query/withoutLastDay', 'other-filter'],
      [{ lastDayFrom: '2026-10-23', lastDayUpTo: '2026-10-22' }, '/query/lastDayFrom', 'from-after-to'],
      [{ status: 'decided', mine: 'true' }, '/query/mine', 'only-of-open'],
      [{ status: 'overdue', lastDayUpTo: '2026-10-22' }, '/query/lastDayUpTo', 'only-of-open'],
      [{ status: 'cancelled', withoutLastDay: 'true' }, '/query/withoutLastDay', 'only-of-open'],
      [{ lastDayUpTo: '2026-02-30' }, '/query/lastDayUpTo', 'date-format'],
      [{ mine: 'yes' }, '/query/mine', 'wrong-value'],
    ] as const) {
      const refused = await ask(listTasks, who, { query });
      expectProblem(refused, 422, 'invalid-request');
      expect(refused.body.errors).toMatchObject([{ pointer, code }]);
    }
    // What is asked for with "no" is not asked for.
    expect((await ask(listTasks, who, { query: { status: 'decided', mine: 'false' } })).status).toBe(200);
  });

  test('takes no cursor of one list for another, nor of days that were not asked for', async () => {
    const jurisdiction = anyPlace();
    const who = reviewer('wulan', jurisdiction);
    for (const dueOn of ['2026-10-20', '2026-10-27', '2026-10-28'])
      await opened({ jurisdiction, dueOn, heldBy: 'wulan', heldByName: '乌兰', heldSince: FRIDAY });
    const lists: readonly Readonly<Record<string, string>>[] = [
      {},
      { kind: 'enterprise-certification' },
      { kind: 'provider-recommendation' },
      { mine: 'true' },
      { lastDayUpTo: '2026-10-19' },
      { lastDayFrom: '2026-10-21' },
      { withoutLastDay: 'true' },
      { status: 'decided' },
    ];
    for (const from of lists.slice(0, 2)) {
      const { next } = await does(listTasks, who, { query: { ...from, limit: '1' } });
      for (const query of lists.filter((each) => each !== from)) {
        expectProblem(await ask(listTasks, who, { query: { ...query, cursor: next } }), 422, 'invalid-request');
      }
    }
  });
});
