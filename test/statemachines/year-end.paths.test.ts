import { expect } from 'vitest';
import { noon } from '../support/claims-world.ts';
import { startEngine } from '../support/engine.ts';
import { accepted } from '../support/orders-world.ts';
import { finance, industry } from '../support/payouts-world.ts';
import { openWorkflowBench, type WorkflowBench } from '../support/workflow-bench.ts';
import { testPaths } from '../support/workflow-paths.ts';
import { treasurer, type YearEndWorld, yearEndWorld } from '../support/year-end-world.ts';

// A year is closed once: each path has a table of its own.
let world: YearEndWorld;
async function open({ loseReplies = false }): Promise<WorkflowBench> {
  const engine = await startEngine();
  world = await yearEndWorld(engine);
  const bench = await openWorkflowBench(engine, { at: noon('2020-01-02'), world: world.clock, loseReplies });
  const close = async () => {
    await bench.close();
    await engine.stop();
  };
  return { ...bench, close };
}

const approve = { outcome: 'approve' };
const refuse = { outcome: 'refuse', reasonCode: 'totals-wrong', note: '控制数不符' };
const YUAN = 100;

/** 1,000,000 yuan appropriated, 700,000 paid, 150,000 live: 140,000 active and 10,000 owed. */
async function golden() {
  const vouchers = [...(await world.live(4)), ...(await world.live(2, 'active')), ...(await world.live(1, 'claimed'))];
  const owed = await world.payable(10_000 * YUAN);
  await world.post(2019, { appropriation: -840_000 * YUAN, available: 140_000 * YUAN, paid: 700_000 * YUAN });
  return [...vouchers, owed];
}

async function survey(bench: WorkflowBench) {
  accepted(await world.yearEnd('requestSurvey', treasurer, 2019));
  await bench.rest();
  return accepted(await world.yearEnd('readReport', treasurer, 2019));
}

async function request(bench: WorkflowBench) {
  const { version } = await survey(bench);
  accepted(await world.yearEnd('requestRun', treasurer, 2019, { version }));
  await bench.rest();
}

async function run(bench: WorkflowBench) {
  await request(bench);
  const first = await bench.decide(industry, approve);
  expect(first).toMatchObject({ excluded: [treasurer.sub], expectedBy: '2020-01-09' });
  const second = await bench.decide(finance, approve);
  expect(second).toMatchObject({ excluded: [treasurer.sub, industry.sub], expectedBy: '2020-01-09' });
}

/** Nothing left the year. */
async function unmoved() {
  const { closed, next, wrong } = await world.funds();
  expect(wrong).toEqual([]);
  expect(closed).toMatchObject({ carryIn: 0, active: 14_000_000, accrued: 1_000_000, available: 15_000_000 });
  expect(next).toMatchObject({ carryIn: 0, active: 0, available: 0 });
}

testPaths('year-end', open, {
  'approved by industry and finance, vouchers moved page by page, closed, next plan opened': async (bench) => {
    const vouchers = await golden();
    await world.nextPlan(500_000 * YUAN);
    await run(bench);
    const { closed, next, wrong } = await world.funds();
    expect(wrong).toEqual([]);
    expect(closed).toMatchObject({
      available: 0,
      active: 0,
      accrued: 0,
      paid: 700_000 * YUAN,
      carryIn: 300_000 * YUAN,
    });
    expect(next).toMatchObject({
      available: 650_000 * YUAN,
      active: 140_000 * YUAN,
      accrued: 10_000 * YUAN,
      appropriation: -500_000 * YUAN,
      carryIn: -300_000 * YUAN,
    });
    for (const { id } of vouchers) {
      expect(await world.store.get('voucher', { id })).toMatchObject({ year: 2019, fundYear: 2020 });
    }
    expect(await world.store.get('plan', { year: 2019 })).toMatchObject({ status: 'closed' });
    expect(await world.store.get('plan', { year: 2020 })).toMatchObject({ status: 'open' });
    const carried = (await world.journalOf(2020)).find(({ reason }) => reason === 'carry-in');
    expect(carried).toMatchObject({ actor: 'system:year-end', by: { role: 'system' } });
    const both = accepted(await world.yearEnd('readReport', finance, 2019));
    expect(both).toMatchObject({
      approvals: [
        { department: 'industry', sub: industry.sub },
        { department: 'finance', sub: finance.sub },
      ],
      names: { [treasurer.sub]: treasurer.sub, [industry.sub]: industry.sub, [finance.sub]: finance.sub },
    });
    expect(both.expectedBy).toBeUndefined();
    const published = accepted(await world.yearEnd('readYearEnd', undefined, 2019));
    for (const { sub } of [treasurer, industry, finance]) expect(JSON.stringify(published)).not.toContain(sub);
    expect(published).toMatchObject({
      moved: { count: 8, amount: '150000.00' },
      carried: { free: [{ originYear: 2019, amount: '150000.00' }], lapsed: [], shortfall: '0.00' },
    });
  },
  'nothing is signed for the next year: the money is carried and waits for its plan': async (bench) => {
    await golden();
    await run(bench);
    const { closed, next, wrong } = await world.funds();
    expect(wrong).toEqual([]);
    expect(closed).toMatchObject({ available: 0, active: 0, accrued: 0 });
    expect(next).toMatchObject({ available: 15_000_000, active: 14_000_000, accrued: 1_000_000, appropriation: 0 });
  },
  'dry run: everything is counted and nothing moved': async (bench) => {
    await golden();
    const report = await survey(bench);
    expect(report).toMatchObject({
      status: 'reported',
      vouchers: {
        used: { count: 4, amount: '80000.00' },
        active: { count: 2, amount: '40000.00' },
        claimed: { count: 1, amount: '20000.00' },
        payable: { count: 1, amount: '10000.00' },
      },
      report: {
        blocks: [],
        nextPlan: 'none',
        carries: {
          live: [{ originYear: 2019, amount: '150000.00' }],
          free: [{ originYear: 2019, amount: '150000.00' }],
          lapsed: [],
          shortfall: '0.00',
        },
      },
    });
    await unmoved();
  },
  'industry refuses: nothing has moved': async (bench) => {
    await golden();
    await request(bench);
    await bench.decide(industry, refuse);
    expect(await world.store.get('yearEnd', { year: 2019 })).toMatchObject({ status: 'reported', approvals: [] });
    await unmoved();
  },
  'finance refuses: nothing has moved': async (bench) => {
    await golden();
    await request(bench);
    await bench.decide(industry, approve);
    await bench.decide(finance, refuse);
    expect(await world.store.get('yearEnd', { year: 2019 })).toMatchObject({
      status: 'reported',
      approvals: [],
      refusal: { department: 'finance', sub: finance.sub, reasonCode: 'totals-wrong', note: '控制数不符' },
      names: { [treasurer.sub]: treasurer.sub, [industry.sub]: industry.sub, [finance.sub]: finance.sub },
    });
    await unmoved();
  },
  'more pages than one execution may have: it goes on in the next one': async (bench) => {
    await world.live(11);
    await world.post(2019, { appropriation: -300, available: 300 });
    await run(bench);
    const { closed, next, wrong } = await world.funds();
    expect(wrong).toEqual([]);
    expect(closed).toMatchObject({ active: 0, available: 0 });
    expect(next).toMatchObject({ active: 22_000_000, available: 300 });
  },
  'a shortfall waits until the next plan is signed, then goes on': async (bench) => {
    await world.live(2);
    // The appropriation was cut by 50 yuan below what is committed.
    await world.shortOf(2019, 5000);
    await run(bench);
    const waiting = await world.store.get('yearEnd', { year: 2019 });
    expect(waiting).toMatchObject({ status: 'waiting', moved: { count: 2, active: 4_000_000 } });
    await world.nextPlan(50_000_000, 1_000_000);
    accepted(await world.yearEnd('requestRun', treasurer, 2019, { version: waiting?.version ?? 0 }));
    await bench.rest();
    const { closed, next, wrong } = await world.funds();
    expect(wrong).toEqual([]);
    expect(closed).toMatchObject({ active: 0, available: 0 });
    expect(next).toMatchObject({ active: 4_000_000, available: 50_000_000 - 5000, carryIn: -4_000_000 + 5000 });
    expect(await world.store.get('yearEnd', { year: 2019 })).toMatchObject({
      status: 'closed',
      carried: { shortfall: 5000, free: [], live: [{ originYear: 2019, amount: 4_000_000 - 5000 }] },
    });
  },
});
