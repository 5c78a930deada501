import { afterAll, beforeAll, expect, test } from 'vitest';
import { composeUscc } from '../../core/identity/uscc.ts';
import { born } from '../../core/lifecycle/record.ts';
import { fen } from '../../core/money/money.ts';
import type { Voucher } from '../../core/orders/voucher.ts';
import { defaultParameters } from '../../core/policy/default-parameters.ts';
import type { Change } from '../../core/ports/store.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { createSteps } from '../../functions/_runtime/steps.ts';
import { yearEndSteps } from '../../functions/year-end-steps/steps.ts';
import { noon } from '../support/claims-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { captureLog } from '../support/registry-world.ts';

/**
 * Vouchers of the smaller of two years; the larger has ten times as many. `YEAR_END_VOUCHERS=10000` closes 10,000 and
 * 100,000 vouchers of 1,000 and 10,000 enterprises, and says how far it is.
 */
const SMALL = Number(process.env.YEAR_END_VOUCHERS ?? '30');
const PER_ENTERPRISE = 10;
const FACE = fen(150_000);
const CHUNK = 20;
const told = process.env.YEAR_END_VOUCHERS !== undefined;

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
const commit = async (changes: readonly Change[], requestId: string) => {
  const committed = await engine.store.commit(changes, { actor: { sub: 'seed', role: 'system' }, at, requestId });
  if (!committed.ok) throw new Error(JSON.stringify(committed));
};

const voucherOf = (year: number, n: number): Voucher => {
  const id = `${year}_${String(n).padStart(8, '0')}`;
  const buyer = Math.floor(n / PER_ENTERPRISE);
  return {
    id: `vch_${id}`,
    ...born(at),
    status: n % 3 === 0 ? 'active' : 'used',
    number: `YQ${id}`,
    year,
    policyVersion: 1,
    enterpriseId: `org_${year}_${buyer}`,
    enterpriseName: '草原工业',
    enterpriseUscc: composeUscc('150100', buyer),
    jurisdiction: '150100',
    providerId: 'org_provider',
    providerName: '云帆科技',
    orderId: `ord_${id}`,
    contractSha256: '0'.repeat(64),
    face: FACE,
    issuedFace: FACE,
    parts: [],
    activeAt: at - 1000 * n,
    expiresOn: '2032-12-31',
    receipt: [],
  };
};

async function seed(year: number, count: number): Promise<void> {
  const spec = { id: 'inf', category: 'infrastructure' as const, ratio: '0.15', amount: FACE, count: 1 };
  await commit(
    [
      {
        do: 'create',
        entity: 'plan',
        value: {
          year,
          ...born(at),
          status: 'open',
          policyVersion: 1,
          title: String(year),
          appropriation: fen(FACE * count),
          parameters: defaultParameters,
          specs: [spec],
          signatures: [],
          draftedBy: 'seed',
        },
      },
      {
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
      },
    ],
    `plan-${year}`,
  );
  for (let first = 0; first < count; first += CHUNK) {
    const vouchers = Array.from({ length: Math.min(CHUNK, count - first) }, (_, n) => voucherOf(year, first + n));
    await commit(
      vouchers.flatMap((voucher): Change[] => [
        { do: 'create', entity: 'voucher', value: voucher },
        {
          do: 'post',
          posting: {
            id: `led_issue_${voucher.id}`,
            year,
            at,
            reason: 'issue',
            reference: { entity: 'voucher', id: voucher.id },
            orderId: voucher.orderId,
            actor: 'seed',
            entries: { appropriation: -FACE, active: FACE },
            specs: [],
          },
        },
      ]),
      `seed-${year}-${first}`,
    );
  }
}

/** The close as its execution takes it, killed half-way after a step whose reply was lost, and resumed. */
async function close(year: number, count: number): Promise<{ pages: number; milliseconds: number }> {
  const { store } = engine;
  const start = () =>
    createSteps('year-end', {
      store,
      now: () => at,
      steps: yearEndSteps({ reads: store, calendar: () => storedCalendar(store, at) }),
    });
  let steps = start();
  const began = performance.now();
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
    if (told && visits % 200 === 0) process.stdout.write(`${year}: ${moved} of ${count} vouchers moved\n`);
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
  return { pages: visits, milliseconds: performance.now() - began };
}

test('ten times as many vouchers are closed in about ten times the time, killed half-way, and to the fen', async () => {
  const measured: { count: number; pages: number; milliseconds: number }[] = [];
  for (const [year, count] of [
    [2026, SMALL],
    [2029, SMALL * 10],
  ] as const) {
    await seed(year, count);
    measured.push({ count, ...(await close(year, count)) });
    const [closed, next] = [await engine.store.fund(year), await engine.store.fund(year + 1)];
    expect(closed).toMatchObject({ available: 0, active: 0, carryIn: FACE * count, appropriation: -FACE * count });
    expect(next).toMatchObject({ available: 0, active: FACE * count, carryIn: -FACE * count });
    expect(await engine.store.get('yearEnd', { year })).toMatchObject({ status: 'closed', moved: { count } });
  }
  const [small, large] = measured;
  if (told && small && large) {
    for (const { count, pages, milliseconds } of measured) {
      process.stdout.write(`${count} vouchers: ${pages} steps, ${(milliseconds / 1000).toFixed(1)} s\n`);
    }
    process.stdout.write(`ratio ${(large.milliseconds / small.milliseconds).toFixed(1)} (target: no more than 12)\n`);
  }
}, 3_600_000);
