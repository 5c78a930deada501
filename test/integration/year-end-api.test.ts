import { afterEach, beforeEach, expect, test } from 'vitest';
import { born, revise } from '../../core/lifecycle/record.ts';
import { fen } from '../../core/money/money.ts';
import { createSteps } from '../../functions/_runtime/steps.ts';
import { scheduledSteps, yearEndSteps } from '../../functions/year-end-steps/steps.ts';
import { inspector, noon } from '../support/claims-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { accepted } from '../support/orders-world.ts';
import { industry } from '../support/payouts-world.ts';
import { captureLog } from '../support/registry-world.ts';
import { treasurer, type YearEndWorld, yearEndWorld } from '../support/year-end-world.ts';

let engine: Engine;
let world: YearEndWorld;
let log: ReturnType<typeof captureLog>;
let steps: ReturnType<typeof createSteps>;
beforeEach(async () => {
  log = captureLog();
  engine = await startEngine();
  world = await yearEndWorld(engine);
  const { ports, store, clock } = world;
  steps = createSteps('year-end', {
    store,
    now: () => clock.at,
    steps: { ...yearEndSteps(ports), ...scheduledSteps(ports) },
  });
});
afterEach(async () => {
  await engine.stop();
  log.restore();
});

let visits = 0;
const step = (name: string, input: object = { year: 2019 }, entered?: string) => {
  visits += 1;
  return steps(
    { step: name, execution: 'execution', state: name, entered: entered ?? `visit-${visits}`, input },
    { awsRequestId: `step-${visits}` },
  );
};

/** The dry run, as the state machine takes it. */
async function survey(): Promise<number> {
  accepted(await world.yearEnd('requestSurvey', treasurer, 2019));
  await step('survey-vouchers');
  await step('report-year-end');
  return accepted(await world.yearEnd('readReport', treasurer, 2019)).version;
}

test('the dry run may be made before the year is over, the run may not (一-(二))', async () => {
  world.clock.at = noon('2019-12-20');
  await world.live(2);
  const version = await survey();
  expect(await world.yearEnd('requestRun', treasurer, 2019, { version })).toMatchObject({
    status: 409,
    body: { code: 'year-not-over', clause: '一-(二)' },
  });
  world.clock.at = noon('2020-01-01');
  expect(await world.yearEnd('requestRun', treasurer, 2019, { version })).toMatchObject({
    status: 202,
    body: {
      status: 'industry-approval',
      surveyedBy: treasurer.sub,
      requestedBy: treasurer.sub,
      names: { [treasurer.sub]: treasurer.sub },
      expectedBy: '2020-01-08',
    },
  });
  expect(accepted(await world.yearEnd('readReport', inspector, 2019))).toMatchObject({
    expectedBy: '2020-01-08',
    workingDaysLeft: 5,
  });
});

test('the run is asked for on the report that was seen, and once', async () => {
  world.clock.at = noon('2020-01-02');
  const version = await survey();
  expect(await world.yearEnd('requestRun', treasurer, 2019)).toMatchObject({ status: 428 });
  expect(await world.yearEnd('requestRun', treasurer, 2019, { version: version - 1 })).toMatchObject({ status: 412 });
  const what = { version, key: 'year-end-of-2019' };
  const first = await world.yearEnd('requestRun', treasurer, 2019, what);
  expect(first.status).toBe(202);
  const again = await world.yearEnd('requestRun', treasurer, 2019, what);
  expect([again.status, again.body, again.headers['idempotency-replayed']]).toEqual([202, first.body, 'true']);
  expect(await world.yearEnd('requestRun', treasurer, 2019, { version: first.body.version })).toMatchObject({
    status: 409,
    body: { code: 'wrong-state' },
  });
  expect(await world.yearEnd('requestSurvey', treasurer, 2019)).toMatchObject({ body: { code: 'wrong-state' } });
});

test('money that belongs to no voucher stands in the way of the run', async () => {
  world.clock.at = noon('2020-01-02');
  await world.live(1);
  await world.post(2019, { appropriation: -700, active: 700 });
  const version = await survey();
  expect(accepted(await world.yearEnd('readReport', inspector, 2019)).report.blocks).toMatchObject([
    { rule: 'year-end-differs' },
  ]);
  expect(await world.yearEnd('requestRun', treasurer, 2019, { version })).toMatchObject({
    status: 409,
    body: { code: 'year-end-differs' },
  });
});

test('years are closed in their order', async () => {
  world.clock.at = noon('2021-01-02');
  await world.nextPlan(1_000_000);
  const next = await world.store.get('plan', { year: 2020 });
  if (!next) throw new Error('no plan');
  const value = revise(next, world.clock.at, { status: 'open' });
  await world.seed({ do: 'update', entity: 'plan', value, audit: { action: 'open' } });
  accepted(await world.yearEnd('requestSurvey', treasurer, 2020));
  await step('survey-vouchers', { year: 2020 });
  await step('report-year-end', { year: 2020 });
  const { version } = accepted(await world.yearEnd('readReport', treasurer, 2020));
  expect(await world.yearEnd('requestRun', treasurer, 2020, { version })).toMatchObject({
    body: { code: 'earlier-year-open' },
  });
});

test('only finance asks, the other department and inspectors read, and the public sees nothing before it is done', async () => {
  world.clock.at = noon('2020-01-02');
  expect(await world.yearEnd('requestSurvey', industry, 2019)).toMatchObject({ status: 403 });
  await survey();
  for (const reader of [industry, inspector]) {
    expect(await world.yearEnd('readReport', reader, 2019)).toMatchObject({ status: 200 });
  }
  expect(await world.yearEnd('readYearEnd', undefined, 2019)).toMatchObject({ status: 404 });
  expect(await world.yearEnd('requestSurvey', treasurer, 2050)).toMatchObject({ status: 404 });
});

test('the schedule of 1 January asks for the dry run of the year that ended, once', async () => {
  world.clock.at = noon('2020-01-01');
  expect(await step('survey-last-year', {}, '2019-12-31T16:05:00Z')).toEqual({ next: 'requested' });
  expect(await step('survey-last-year', {}, '2019-12-31T16:05:00Z')).toEqual({ next: 'requested' });
  expect(await step('survey-last-year', {})).toEqual({ next: 'nothing' });
  expect(await world.store.get('yearEnd', { year: 2019 })).toMatchObject({ status: 'surveying', version: 1 });
  world.clock.at = noon('2022-01-01');
  expect(await step('survey-last-year', {})).toEqual({ next: 'nothing' });
});

test('money carried in that was not used in time goes back to the treasury, by a posting of its own', async () => {
  world.clock.at = noon('2020-01-02');
  await world.seed({
    do: 'create',
    entity: 'yearEnd',
    value: {
      year: 2018,
      ...born(world.clock.at),
      status: 'closed',
      requestedBy: 'treasurer',
      survey: {},
      approvals: [],
      reservations: { count: 0, amount: fen(0) },
      moved: { count: 0, active: fen(0), accrued: fen(0), deferred: fen(0) },
      oldestVoucherYear: 2018,
      rounds: 1,
      carried: {
        live: [],
        free: [
          { originYear: 2017, amount: fen(300) },
          { originYear: 2018, amount: fen(500) },
        ],
        lapsed: [],
        shortfall: fen(0),
      },
    },
  });
  await world.post(2019, { carryIn: -800, available: 800 }, 'carry-in');
  await world.post(2019, { appropriation: -1000, available: 900, paid: 100 });
  const version = await survey();
  accepted(await world.yearEnd('requestRun', treasurer, 2019, { version }));
  const stored = await world.store.get('yearEnd', { year: 2019 });
  if (!stored) throw new Error('no record');
  await world.seed({
    do: 'update',
    entity: 'yearEnd',
    value: revise(stored, world.clock.at, { status: 'moving' }),
    audit: { action: 'approve' },
  });
  expect(await step('close-year')).toEqual({ year: 2019, next: 'closed' });
  expect(await world.store.get('yearEnd', { year: 2019 })).toMatchObject({
    carried: {
      free: [
        { originYear: 2018, amount: 500 },
        { originYear: 2019, amount: 1000 },
      ],
      lapsed: [{ originYear: 2017, amount: 200 }],
    },
  });
  expect((await world.journalOf(2019)).filter(({ reason }) => reason === 'lapse')).toMatchObject([
    { entries: { available: -200, appropriation: 200 } },
  ]);
  expect(await world.store.fund(2019)).toMatchObject({ available: 0, paid: 100 });
  expect(await world.store.fund(2020)).toMatchObject({ available: 1500, carryIn: -1500 });
});
