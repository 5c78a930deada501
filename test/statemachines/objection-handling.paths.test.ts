import { afterAll, beforeAll, expect } from 'vitest';
import { FACE, noon } from '../support/claims-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { AUDITOR, industry, type PayoutsWorld, payoutsWorld } from '../support/payouts-world.ts';
import { END, founded, midnightOf, openPublicityBench, publicise, unfounded } from '../support/publicity-bench.ts';
import { testPaths } from '../support/workflow-paths.ts';

let engine: Engine;
let world: PayoutsWorld;
beforeAll(async () => {
  engine = await startEngine();
  world = await payoutsWorld(engine);
});
afterAll(() => engine.stop());

testPaths('objection-handling', ({ loseReplies }) => openPublicityBench(engine, world, loseReplies), {
  'dismissed, or upheld without another amount, within the window: the item goes on, its window finishes it': async (
    bench,
  ) => {
    const claim = await publicise(world, bench, [FACE, FACE, FACE]);
    const [dismissed, upheld] = claim.items;
    const first = await claim.object(dismissed);
    expect(await claim.itemStates()).toEqual(['objected', 'approved', 'approved']);
    // Nobody who audited the claim, and nobody who acts for its provider.
    expect((await bench.decide(industry, unfounded)).excluded).toEqual([AUDITOR, `user-${claim.seller.id}`]);
    const second = await claim.object(upheld);
    await bench.decide(industry, founded);
    expect([await first(), await second()]).toEqual(['dismissed', 'upheld']);
    expect(await claim.itemStates()).toEqual(['approved', 'approved', 'approved']);
    expect((await claim.notice()).replaced).toEqual([]);
    await bench.until(END);
    expect(await claim.itemStates()).toEqual(['final', 'final', 'final']);
    expect(await claim.claimStatus()).toBe('final');
  },
  'the same after the window: the item is finished at once': async (bench) => {
    for (const [decision, status] of [
      [unfounded, 'dismissed'],
      [{ ...founded, corrected: '20000.00' }, 'upheld'],
    ] as const) {
      const claim = await publicise(world, bench, [FACE]);
      await bench.until(noon((await claim.notice()).lastDay));
      const objection = await claim.object(claim.items[0]);
      await bench.until((await claim.notice()).endsAt);
      expect((await claim.notice()).status).toBe('closed');
      expect(await claim.itemStates()).toEqual(['objected']);
      expect(await claim.claimStatus()).toBe('in-publicity');
      await bench.decide(industry, decision);
      expect(await objection()).toBe(status);
      expect(await claim.itemStates()).toEqual(['final']);
      expect(await claim.claimStatus()).toBe('final');
    }
  },
  'upheld with a corrected amount: a new edition with a full window is published for the item': async (bench) => {
    const claim = await publicise(world, bench, [FACE, FACE]);
    await bench.until(noon('2019-10-09'));
    const lowered = await claim.object(claim.items[0]);
    await bench.decide(industry, { ...founded, corrected: '4000.00' });
    const struck = await claim.object(claim.items[1]);
    await bench.decide(industry, { ...founded, corrected: '0' });
    expect([await lowered(), await struck()]).toEqual(['upheld', 'upheld']);
    expect(await claim.itemStates()).toEqual(['approved', 'rejected']);
    for (const { noticeId } of (await claim.notice()).replaced) {
      expect(await claim.notice(noticeId)).toMatchObject({
        status: 'open',
        supersedes: claim.noticeId,
        publishedOn: '2019-10-09',
        lastDay: '2019-10-15',
        lineCount: 1,
      });
    }
    await bench.until(midnightOf('2019-10-16'));
    expect(await claim.itemStates()).toEqual(['final', 'refused']);
    expect(await claim.claimStatus()).toBe('final');
    expect((await bench.executions('publicity-window')).map(({ exit }) => exit)).toEqual(Array(3).fill('Finished'));
  },
  'time limit passed: a second task, expected within the same time, then as above': async (bench) => {
    const claim = await publicise(world, bench, [FACE]);
    const objection = await claim.object(claim.items[0]);
    expect((await bench.letLapse()).dueOn).toBe('2019-10-16');
    expect(await claim.itemStates()).toEqual(['objected']);
    expect((await bench.decide(industry, unfounded)).dueOn).toBeUndefined();
    expect(await objection()).toBe('dismissed');
    expect(await claim.itemStates()).toEqual(['final']);
    expect(await claim.claimStatus()).toBe('final');
  },
  'decided with an amount above what was asked: asked again': async (bench) => {
    const claim = await publicise(world, bench, [FACE]);
    const objection = await claim.object(claim.items[0]);
    const first = await bench.decide(industry, { ...founded, corrected: '20000.01' });
    expect(await objection()).toBe('open');
    expect(await claim.itemStates()).toEqual(['objected']);
    const second = await bench.decide(industry, { ...founded, corrected: '20000.00' });
    expect([first.dueOn, second.dueOn]).toEqual(['2019-10-16', undefined]);
    expect(await objection()).toBe('upheld');
    await bench.until(END);
    expect(await claim.itemStates()).toEqual(['final']);
  },
});
