import { afterAll, beforeAll, expect } from 'vitest';
import { businessDate } from '../../core/calendar/business-date.ts';
import { born } from '../../core/lifecycle/record.ts';
import { ITEMS_PER_STEP } from '../../core/usecases/publicity/finish-items.ts';
import { FACE, noon } from '../support/claims-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { industry, type PayoutsWorld, payoutsWorld } from '../support/payouts-world.ts';
import { END, founded, midnightOf, openPublicityBench, publicise, unfounded } from '../support/publicity-bench.ts';
import { testPaths } from '../support/workflow-paths.ts';

let engine: Engine;
let world: PayoutsWorld;
beforeAll(async () => {
  engine = await startEngine();
  world = await payoutsWorld(engine);
});
afterAll(() => engine.stop());

const MINUTE = 60_000;

testPaths('publicity-window', ({ loseReplies }) => openPublicityBench(engine, world, loseReplies), {
  'published, window over, all items finished': async (bench) => {
    const claim = await publicise(world, bench, [FACE, 1_800_000, 0]);
    const { available, active } = await world.store.fund(2019);
    expect(await claim.notice()).toMatchObject({ status: 'open', lastDay: '2019-10-10', lineCount: 3 });
    // Not a moment earlier: in the last minute nothing has ended.
    await bench.until(END - 2 * MINUTE);
    expect((await claim.notice()).status).toBe('open');
    expect(await claim.itemStates()).toEqual(['approved', 'approved', 'rejected']);
    await bench.until(END);
    const closed = await claim.notice();
    expect(closed.status).toBe('closed');
    expect(closed.closedAt).toBeGreaterThanOrEqual(END);
    expect(await claim.itemStates()).toEqual(['final', 'final', 'refused']);
    expect(await claim.claimStatus()).toBe('final');
    const payable = (await Promise.all(claim.items.map(world.item))).map((item) => item.payable);
    expect(payable).toEqual([FACE, 1_800_000, undefined]);
    expect((await world.store.get('voucher', { id: claim.items[2]?.voucherId ?? '' }))?.status).toBe('refused');
    const after = await world.store.fund(2019);
    expect([after.available - available, after.active - active]).toEqual([FACE, -FACE]);
  },
  'the calendar changed meanwhile: the window grew, waited again, then as above': async (bench) => {
    const claim = await publicise(world, bench, [FACE]);
    const announced = { year: 2019, ...born(bench.now()), complete: true };
    await world.seed({
      do: 'create',
      entity: 'calendarOverrides',
      value: { ...announced, days: { [businessDate('2019-10-10')]: 'holiday' } },
    });
    await bench.until(END);
    expect(await claim.notice()).toMatchObject({ status: 'open', lastDay: '2019-10-11' });
    expect(await claim.itemStates()).toEqual(['approved']);
    await bench.until(midnightOf('2019-10-12'));
    expect((await claim.notice()).status).toBe('closed');
    expect(await claim.itemStates()).toEqual(['final']);
    expect(await claim.claimStatus()).toBe('final');
    const [{ states = [] } = {}] = await bench.executions('publicity-window');
    expect(states.filter((state) => state === 'WaitForEnd')).toHaveLength(2);
    await world.seed({
      do: 'update',
      entity: 'calendarOverrides',
      value: { ...announced, version: 2, days: {} },
      audit: { action: 'announce' },
    });
  },
  'more items than a page: finished page by page': async (bench) => {
    const count = ITEMS_PER_STEP + 2;
    const claim = await publicise(world, bench, Array(count).fill(FACE));
    await bench.until(END);
    expect(await claim.itemStates()).toEqual(Array(count).fill('final'));
    expect(await claim.claimStatus()).toBe('final');
    const [{ states = [] } = {}] = await bench.executions('publicity-window');
    expect(states.filter((state) => state === 'FinishItems')).toHaveLength(2);
  },
  'an item is under an objection, or was publicised anew: passed over': async (bench) => {
    const claim = await publicise(world, bench, [FACE, FACE, FACE]);
    const [objected, corrected] = claim.items;
    await bench.until(noon('2019-10-09'));
    await claim.object(corrected);
    await bench.decide(industry, { ...founded, corrected: '4000.00' });
    await claim.object(objected);
    await bench.until(END);
    const [first, edition] = await bench.executions('publicity-window');
    expect([first?.exit, edition?.exit]).toEqual(['Finished', 'WaitForEnd']);
    expect(await claim.itemStates()).toEqual(['objected', 'approved', 'final']);
    expect(await claim.claimStatus()).toBe('in-publicity');
    // What was passed over is finished by what it waits for.
    await bench.decide(industry, unfounded);
    expect(await claim.itemStates()).toEqual(['final', 'approved', 'final']);
    expect(await claim.claimStatus()).toBe('in-publicity');
    await bench.until(midnightOf('2019-10-16'));
    expect(await claim.itemStates()).toEqual(['final', 'final', 'final']);
    expect(await claim.claimStatus()).toBe('final');
  },
  'the edition of a corrected item: its window over, the item finished': async (bench) => {
    const claim = await publicise(world, bench, [FACE, FACE]);
    await bench.until(noon('2019-10-09'));
    await claim.object(claim.items[0]);
    await bench.decide(industry, { ...founded, corrected: '4000.00' });
    const [replaced] = (await claim.notice()).replaced;
    expect(await claim.notice(replaced?.noticeId)).toMatchObject({ edition: 2, lastDay: '2019-10-15', lineCount: 1 });
    await bench.until(END);
    expect(await claim.itemStates()).toEqual(['approved', 'final']);
    expect(await claim.claimStatus()).toBe('in-publicity');
    await bench.until(midnightOf('2019-10-16') - 2 * MINUTE);
    expect(await claim.itemStates()).toEqual(['approved', 'final']);
    await bench.until(midnightOf('2019-10-16'));
    expect(await world.item(claim.items[0] ?? { claimId: '', id: '' })).toMatchObject({
      status: 'final',
      payable: 400_000,
    });
    expect(await claim.claimStatus()).toBe('final');
  },
});
