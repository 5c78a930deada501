import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogueRoutes } from '../../contracts/catalogue.ts';
import { planRoutes as routes } from '../../contracts/plan.ts';
import { businessDate } from '../../core/calendar/business-date.ts';
import { addWorkingDays } from '../../core/calendar/working-days.ts';
import { composeUscc } from '../../core/identity/uscc.ts';
import { combine, move, type Posting } from '../../core/ledger/posting.ts';
import { openPlan } from '../../core/policy/current-plan.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { catalogueWorld, financier, inspector, officer } from '../support/catalogue-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { type Caller, call } from '../support/http-event.ts';

let engine: Engine;
let world: ReturnType<typeof catalogueWorld>;

beforeAll(async () => {
  engine = await startEngine();
  world = catalogueWorld(engine);
});
afterAll(() => engine.stop());

const specs = [
  { category: 'infrastructure', amount: '300000.00', count: 100 },
  { category: 'business-application', amount: '400000.00', count: 200 },
  { category: 'platform-system', amount: '300000.00', count: 50 },
];
const content = (more: Record<string, unknown> = {}) => ({
  title: '云服务券发放规模计划',
  appropriation: '1000000.00',
  specs,
  ...more,
});

const draft = (year: number, more: Record<string, unknown> = {}, caller: Caller = officer) =>
  call(world.plans, routes.draftPlan, caller, { body: { year, ...content(more) } });
const revise = (year: number, version: number, more: Record<string, unknown> = {}) =>
  call(world.plans, routes.revisePlan, officer, { params: { year }, body: content(more), version });
const sign = (year: number, version: number, caller: Caller) =>
  call(world.plans, routes.signPlan, caller, { params: { year }, body: {}, version });
const open = (year: number, version: number, key?: string) =>
  call(world.plans, routes.openPlan, financier, { params: { year }, body: {}, version, ...(key ? { key } : {}) });
const read = (contract: Parameters<typeof call>[1], year: number, query: Record<string, string> = {}) =>
  call(world.plans, contract, inspector, { params: { year }, query });

/** A plan of the year, opened; its version is 4 then. */
const opened = async (year: number, more: Record<string, unknown> = {}) => {
  await draft(year, more);
  await sign(year, 1, officer);
  await sign(year, 2, financier);
  return open(year, 3);
};

describe('drafting', () => {
  test('what the draft leaves out has the defaults of the policy, and specs the ratios of clause 5-2', async () => {
    const drafted = await draft(2030);
    expect(drafted).toMatchObject({ status: 201, body: { status: 'draft', version: 1, signatures: [] } });
    expect(drafted.body.specs.map((s: { id: string; ratio: string }) => [s.id, s.ratio])).toEqual([
      ['infrastructure', '0.15'],
      ['business-application', '0.20'],
      ['platform-system', '0.25'],
    ]);
    expect(drafted.body.parameters).toMatchObject({
      yearlyCap: '20000.00',
      ownShareFloor: '0.01',
      publicityWorkingDays: 5,
      voucherValidityDays: 60,
      claimWindow: { from: '11-01', to: '12-31' },
    });
  });

  test('a year has one plan', async () => {
    await draft(2031);
    expect(await draft(2031)).toMatchObject({ status: 409, body: { code: 'plan-exists' } });
  });

  test('two drafts at once make one plan', async () => {
    const answers = await Promise.all([draft(2032), draft(2032, { title: '另一份' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test.each([
    ['specs above the appropriation', { appropriation: '999999.99' }, 'specs-exceed-fund', '一-(二)'],
    ['a publicity of four working days', { parameters: { publicityWorkingDays: 4 } }, 'publicity-too-short', '七-(一)'],
    ['two specs of a category', { specs: [specs[0], specs[0]] }, 'spec-category-twice', '五-(一)'],
    [
      'a claim window that ends before it begins',
      { parameters: { claimWindow: { from: '12-31', to: '11-01' } } },
      'claim-window-invalid',
      '七-(一)',
    ],
  ])('%s are refused by rule and clause', async (_, more, code, clause) => {
    expect(await draft(2033, more)).toMatchObject({ status: 422, body: { code, clause } });
    expect((await read(routes.readPlanDraft, 2033)).status).toBe(404);
  });

  test('a plan of the year before the last is refused', async () => {
    world.clock.at = Date.UTC(2021, 0, 1, 4);
    expect(await draft(2019)).toMatchObject({ status: 422, body: { code: 'plan-year-past' } });
    world.clock.at = Date.UTC(2019, 8, 27, 4);
  });

  test('only the industry department drafts', async () => {
    expect((await draft(2034, {}, financier)).status).toBe(403);
    expect((await draft(2034, {}, inspector)).status).toBe(403);
  });

  test('wrong amounts and unknown parameters are told by field', async () => {
    const refused = await draft(2034, { appropriation: '1.234', parameters: { cap: 1 } });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/appropriation',
      '/parameters/cap',
    ]);
  });
});

describe('signing', () => {
  test('a change of the draft drops the signatures; both departments sign, then it is co-signed', async () => {
    await draft(2035);
    expect((await sign(2035, 1, officer)).body).toMatchObject({
      status: 'draft',
      signatures: [{ department: 'industry' }],
    });
    expect((await revise(2035, 2, { title: '新标题' })).body).toMatchObject({
      title: '新标题',
      signatures: [],
      version: 3,
    });
    expect(await sign(2035, 2, financier)).toMatchObject({ status: 412 });
    await sign(2035, 3, financier);
    const cosigned = await sign(2035, 4, { ...officer, name: '乌兰' });
    expect(cosigned.body).toMatchObject({
      status: 'co-signed',
      draftedBy: officer.sub,
      signatures: [
        { department: 'finance', sub: financier.sub },
        { department: 'industry', sub: officer.sub },
      ],
      names: { [officer.sub]: '乌兰', [financier.sub]: financier.sub },
    });
    expect(await revise(2035, 5)).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
    expect(await sign(2035, 5, officer)).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
  });

  test('a department signs once', async () => {
    await draft(2036);
    await sign(2036, 1, officer);
    const colleague = { sub: 'officer-2', roles: ['regional-officer'] };
    expect(await sign(2036, 2, colleague)).toMatchObject({ status: 409, body: { code: 'plan-already-signed' } });
  });

  test('one person cannot sign for both departments, whatever their roles', async () => {
    await draft(2037);
    await sign(2037, 1, officer);
    expect(await sign(2037, 2, { sub: officer.sub, roles: ['finance-officer'] })).toMatchObject({
      status: 403,
      body: { code: 'same-person' },
    });
  });

  test('both departments at once: each signature counts, none is lost', async () => {
    await draft(2038);
    const answers = await Promise.all([sign(2038, 1, officer), sign(2038, 1, financier)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412]);
    expect((await read(routes.readPlanDraft, 2038)).body.signatures).toHaveLength(1);
  });
});

describe('opening', () => {
  test('an unsigned plan is not opened, a co-signed one is, with its money and specs in one transaction', async () => {
    await draft(2039);
    expect(await open(2039, 1)).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
    await sign(2039, 1, officer);
    expect(await open(2039, 2)).toMatchObject({ status: 409 });
    await sign(2039, 2, financier);
    expect(await open(2039, 3, 'open-2039')).toMatchObject({ status: 200, body: { status: 'open', version: 4 } });
    expect(await open(2039, 3, 'open-2039')).toMatchObject({
      status: 200,
      headers: { 'idempotency-replayed': 'true' },
    });
    expect(await open(2039, 4)).toMatchObject({ status: 409 });
    const fund = await read(routes.readFund, 2039);
    expect(fund.body).toMatchObject({
      balances: { appropriation: '-1000000.00', available: '1000000.00', reserved: '0.00', paid: '0.00' },
      identity: { sumsToZero: true, withinTotal: true, nothingNegative: true },
    });
    expect(fund.body.specs[0]).toEqual({
      specId: 'infrastructure',
      usedAmount: '0.00',
      usedCount: 0,
      leftAmount: '300000.00',
      leftCount: 100,
    });
  });

  test('opened at once by two people it is appropriated once', async () => {
    await draft(2040);
    await sign(2040, 1, officer);
    await sign(2040, 2, financier);
    const answers = await Promise.all([open(2040, 3), open(2040, 3)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await read(routes.readFund, 2040)).body.balances.available).toBe('1000000.00');
  });

  test('orders find the plan only while it is open', async () => {
    await draft(2041);
    expect(await openPlan(world.store, 2041, world.clock.at)).toMatchObject({
      ok: false,
      failure: { rule: 'no-open-plan' },
    });
    await opened(2042);
    expect(await openPlan(world.store, 2042, world.clock.at)).toMatchObject({ ok: true, value: { year: 2042 } });
  });

  test('the catalogue shows the ratios of the open plan of this year', async () => {
    await opened(2019);
    const { body } = await call(world.api, catalogueRoutes.listCategories, undefined);
    expect(body.planYear).toBe(2019);
    expect(body.categories.map(({ ratio }: { ratio: string }) => ratio)).toEqual(['0.15', '0.20', '0.25']);
  });
});

describe('what the public sees', () => {
  test('a plan that is not open is not there; an open one shows what is used and left', async () => {
    await draft(2043);
    expect((await call(world.plans, routes.readPublishedPlan, undefined, { params: { year: 2043 } })).status).toBe(404);
    await opened(2044);
    await spend(2044, 'led_a', 1_500_00);
    const { body, headers } = await call(world.plans, routes.readPublishedPlan, undefined, { params: { year: 2044 } });
    expect(body).toMatchObject({ status: 'open', fund: { total: '1000000.00', used: '1500.00', left: '998500.00' } });
    expect(body.specs[0]).toMatchObject({
      usedAmount: '1500.00',
      usedCount: 1,
      leftAmount: '298500.00',
      leftCount: 99,
    });
    expect(headers['cache-control']).toMatch(/^public/);
    expect(JSON.stringify(body)).not.toContain(officer.sub);
  });

  test('what is used changes the ETag', async () => {
    await opened(2045);
    const get = () => call(world.plans, routes.readPublishedPlan, undefined, { params: { year: 2045 } });
    const before = (await get()).headers.etag;
    await spend(2045, 'led_b', 100);
    expect((await get()).headers.etag).not.toBe(before);
  });

  test('the list has published plans only', async () => {
    const { body } = await call(world.plans, routes.listPlans, undefined, { query: { limit: '100' } });
    const years = body.items.map(({ year }: { year: number }) => year);
    expect(years).toEqual([...years].sort((a, b) => b - a));
    expect(body.items.every(({ status }: { status: string }) => status === 'open')).toBe(true);
    expect(years).not.toContain(2030);
  });
});

/** Issues a voucher as the ledger sees it. */
async function spend(year: number, id: string, amount: number): Promise<void> {
  const posting: Posting = {
    id,
    year,
    at: world.clock.at,
    reason: 'issue',
    reference: { entity: 'voucher', id },
    actor: 'sub',
    entries: combine(move('available', 'active', amount)),
    specs: [{ specId: 'infrastructure', amount, count: 1 }],
    cap: { uscc: composeUscc('150100', 7), amount, cap: 2_000_000 },
  };
  await world.commit({ do: 'post', posting });
}

describe('the journal', () => {
  test('its pages and partitions give each posting once', async () => {
    await opened(2046);
    for (let i = 0; i < 30; i++) await spend(2046, `led_${i}`, 100 + i);
    const found: string[] = [];
    for (let partition = 0; partition < 16; partition++) {
      let cursor: string | undefined;
      do {
        const { body } = await read(routes.readJournal, 2046, {
          partition: String(partition),
          limit: '2',
          ...(cursor ? { cursor } : {}),
        });
        found.push(...body.items.map(({ id }: { id: string }) => id));
        cursor = body.next;
      } while (cursor);
    }
    expect(found.sort()).toEqual(['led_appropriate_2046', ...Array.from({ length: 30 }, (_, i) => `led_${i}`)].sort());
  });

  test('its replay is what is stored', async () => {
    const { body } = await read(routes.trialBalance, 2046);
    expect(body).toEqual({
      year: 2046,
      postings: 31,
      balanced: true,
      moving: false,
      unbalanced: [],
      overcorrected: [],
      corrections: [],
      accounts: [],
      specs: [],
      caps: [],
      providers: [],
    });
  });

  test('a posting beyond what the fund holds changes nothing', async () => {
    await opened(2047, { appropriation: '1000000.00' });
    await expect(spend(2047, 'led_too_much', 30_000_001)).rejects.toThrow('spec-amount-exhausted');
    expect((await read(routes.trialBalance, 2047)).body).toMatchObject({ postings: 1, balanced: true });
  });

  test('a balance that somebody changed beside the journal is found', async () => {
    await opened(2048);
    await spend(2048, 'led_c', 100);
    const { TransactWriteCommand } = await import('@aws-sdk/lib-dynamodb');
    const { shardKey } = await import('../../storage/keys.ts');
    const bump = (key: object, field: string) => ({
      Update: {
        TableName: engine.table,
        Key: key,
        UpdateExpression: 'ADD #field :one',
        ExpressionAttributeNames: { '#field': field },
        ExpressionAttributeValues: { ':one': 1 },
      },
    });
    await engine.client.send(
      new TransactWriteCommand({
        TransactItems: [bump(shardKey(2048, 0), 'paid'), bump(shardKey(2048, 1), 'infrastructure:usedCount')],
      }),
    );
    const { body } = await read(routes.trialBalance, 2048);
    expect(body).toMatchObject({
      balanced: false,
      accounts: [{ account: 'paid', stored: '0.01', replayed: '0.00' }],
      specs: [{ specId: 'infrastructure', storedCount: 2, replayedCount: 1 }],
      caps: [],
    });
    expect((await read(routes.readFund, 2048)).body.identity.sumsToZero).toBe(false);
  });

  test('the journal is for the departments and inspectors', async () => {
    const outsider = { sub: 'auditor-1', roles: ['auditor'] };
    for (const contract of [routes.readFund, routes.readJournal, routes.trialBalance, routes.readPlanDraft]) {
      expect((await call(world.plans, contract, outsider, { params: { year: 2046 } })).status).toBe(403);
      expect((await call(world.plans, contract, undefined, { params: { year: 2046 } })).status).toBe(401);
    }
  });

  test('a year that is no year names nothing', async () => {
    for (const year of ['1999', '20x9', '2018', '02020']) {
      expect((await call(world.plans, routes.readFund, inspector, { params: { year } })).status).toBe(404);
    }
  });

  test('the trail of a plan tells each act', async () => {
    const { body } = await read(routes.readPlanTrail, 2046);
    expect(body.items.map(({ action, by }: { action: string; by: { role: string } }) => [action, by.role])).toEqual(
      expect.arrayContaining([
        ['create', 'regional-officer'],
        ['sign', 'regional-officer'],
        ['coSign', 'finance-officer'],
        ['open', 'finance-officer'],
      ]),
    );
  });
});

describe('the calendar', () => {
  const announce = (year: number, version: number, days: Record<string, string>, complete = false) =>
    call(world.plans, routes.announceCalendar, officer, { params: { year }, body: { days, complete }, version });
  const calendar = (year: number) => call(world.plans, routes.readCalendar, undefined, { params: { year } });

  test('the first announcement matches version 0, the next the version before; it counts at once', async () => {
    expect((await calendar(2019)).body).toEqual({ year: 2019, version: 0, complete: false, days: {} });
    expect(await announce(2019, 0, { '2019-09-30': 'holiday' })).toMatchObject({ status: 200, body: { version: 1 } });
    const table = await storedCalendar(world.store, world.clock.at);
    expect(addWorkingDays(businessDate('2019-09-27'), 5, table).date).toBe('2019-10-11');
    expect(await announce(2019, 0, {})).toMatchObject({ status: 412, body: { currentVersion: 1 } });
    expect(await announce(2019, 1, {}, true)).toMatchObject({ status: 200, body: { version: 2, complete: true } });
    expect((await calendar(2019)).body).toMatchObject({ version: 2, days: {} });
  });

  test('two first announcements at once make one', async () => {
    const answers = await Promise.all([announce(2051, 0, { '2051-01-03': 'workday' }), announce(2051, 0, {})]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  test('days of another year and days that do not exist are refused', async () => {
    expect(await announce(2052, 0, { '2053-01-01': 'holiday' })).toMatchObject({
      status: 422,
      body: { code: 'calendar-day-outside-year' },
    });
    expect((await announce(2052, 0, { '2052-02-30': 'holiday' })).status).toBe(422);
    expect((await announce(2052, 0, { '2052-03-01': 'maybe' })).status).toBe(422);
    expect((await calendar(2052)).body.version).toBe(0);
  });
});
