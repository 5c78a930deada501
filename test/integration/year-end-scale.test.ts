import { afterAll, beforeAll, expect, test } from 'vitest';
import { FACE, makeUpYear } from '../../bench/made-up-year.ts';
import { born } from '../../core/lifecycle/record.ts';
import { fen } from '../../core/money/money.ts';
import type { Change } from '../../core/ports/store.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { createSteps } from '../../functions/_runtime/steps.ts';
import { yearEndSteps } from '../../functions/year-end-steps/steps.ts';
import { noon } from '../support/claims-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { captureLog } from '../support/registry-world.ts';

/** Vouchers of the smaller of two years; the larger has ten times as many. How long real years take, the bench measures. */
const SMALL = 30;

let engine: Engine;
let log: ReturnType<typeof captureLog>;
beforeAll(async () => {
  log = captureLog();
  engine = await startEngine();
});
afterAll(async () => {
  await engine.stop();
  log.restore();
});

const at = noon('2031-01-02');
/** A year with its vouchers, of which both departments have approved the close. */
async function seed(year: number, count: number): Promise<void> {
  await makeUpYear(engine.store, { year, count, at });
  const yearEnd: Change = {
    do: 'create',
    entity: 'yearEnd',
    value: {
      year,
      ...born(at),
      status: 'moving',
      requestedBy: 'treasurer',
      survey: {},
      approvals: [],
      reservations: { count: 0, amount: fen(0) },
      moved: { count: 0, active: fen(0), accrued: fen(0), deferred: fen(0) },
      oldestVoucherYear: year,
      rounds: 0,
    },
  };
  const origin = { actor: { sub: 'seed', role: 'system' as const }, at, requestId: `year-end-${year}` };
  expect(await engine.store.commit([yearEnd], origin)).toEqual({ ok: true });
}

/** The close as its execution takes it, killed half-way after a step whose reply was lost, and resumed. */
async function close(year: number, count: number): Promise<void> {
  const { store } = engine;
  const start = () =>
    createSteps('year-end', {
      store,
      now: () => at,
      steps: yearEndSteps({ reads: store, calendar: () => storedCalendar(store, at) }),
    });
  let steps = start();
  let step = 'end-reservations';
  let input: Record<string, unknown> = { year };
  let visits = 0;
  let killed = false;
  const visit = () =>
    steps(
      { step, execution: `close-${year}`, state: step, entered: `visit-${visits}`, input },
      { awsRequestId: `step-${year}-${visits}-${killed}` },
    ) as Promise<Record<string, unknown>>;
  while (step !== 'done') {
    visits += 1;
    let output = await visit();
    const moved = (await store.get('yearEnd', { year }))?.moved.count ?? 0;
    if (!killed && moved >= count / 2) {
      killed = true;
      steps = start();
      output = await visit();
    }
    const following: Readonly<Record<string, string>> = {
      'end-reservations done': 'move-vouchers',
      'move-vouchers done': 'close-year',
      'close-year closed': 'done',
    };
    step = following[`${step} ${output.next}`] ?? step;
    // A new execution begins with the position only.
    const { pages, ...position } = output;
    input = output.next === 'continue' ? position : { ...position, ...(pages === undefined ? {} : { pages }) };
  }
  expect(killed).toBe(true);
}

test('a year with ten times as many vouchers is closed like a small one, killed half-way, and to the fen', async () => {
  for (const [year, count] of [
    [2026, SMALL],
    [2029, SMALL * 10],
  ] as const) {
    await seed(year, count);
    await close(year, count);
    const [closed, next] = [await engine.store.fund(year), await engine.store.fund(year + 1)];
    expect(closed).toMatchObject({ available: 0, active: 0, carryIn: FACE * count, appropriation: -FACE * count });
    expect(next).toMatchObject({ available: 0, active: FACE * count, carryIn: -FACE * count });
    expect(await engine.store.get('yearEnd', { year })).toMatchObject({ status: 'closed', moved: { count } });
  }
});
