import { afterAll, beforeAll, expect } from 'vitest';
import { fen } from '../../core/money/money.ts';
import { ITEMS_PER_PAGE } from '../../core/usecases/claims/audit-workflow.ts';
import { auditor, type ClaimsWorld, claimsWorld, FACE, noon } from '../support/claims-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { accepted } from '../support/orders-world.ts';
import { captureLog } from '../support/registry-world.ts';
import { openWorkflowBench, type WorkflowBench } from '../support/workflow-bench.ts';
import { testPaths } from '../support/workflow-paths.ts';

let engine: Engine;
let world: ClaimsWorld;
beforeAll(async () => {
  const log = captureLog();
  engine = await startEngine();
  world = await claimsWorld(engine);
  accepted(await world.send('declareConflicts', auditor, { body: { organisationIds: [], statement: '无利害关系' } }));
  log.restore();
});
afterAll(() => engine.stop());

/** A claim of a provider of its own, filed with so many items and taken in. */
async function filed(bench: WorkflowBench, count: number) {
  const provider = await world.organisation('provider');
  const caller = world.memberOf(provider);
  const claimId: string = accepted(await world.send('openClaim', caller)).id;
  const params = { claimId };
  const itemIds: string[] = [];
  for (let i = 0; i < count; i++) {
    const body = await world.evidence(await world.purchase({ provider }));
    itemIds.push(accepted(await world.send('addClaimItem', caller, { params, body })).id);
  }
  const claim = async () => {
    const stored = await engine.store.get('claim', { id: claimId });
    if (!stored) throw new Error('no claim');
    return stored;
  };
  const item = async (id: string) => {
    const stored = await engine.store.get('claimItem', { claimId, id });
    if (!stored) throw new Error('no item');
    return stored;
  };
  accepted(await world.send('fileClaim', caller, { params, version: (await claim()).version }));
  await bench.rest();
  for (const id of itemIds) expect((await item(id)).status).toBe('filed');

  const audit = async (id: string, body: object) =>
    accepted(
      await world.send('auditItem', auditor, {
        params: { claimId, itemId: id },
        body,
        version: (await item(id)).version,
      }),
    );
  const complete = async () => {
    accepted(await world.send('completeAudit', auditor, { params, version: (await claim()).version }));
    await bench.rest();
  };
  return { claimId, itemIds, claim, item, audit, complete };
}

const approve = { outcome: 'approve' };
const sendBack = {
  outcome: 'return',
  reasons: [{ pointer: '/invoices/0', reasonCode: 'illegible', note: '看不清' }],
};

/** The audit has ended and publicity has begun for all items. */
async function inPublicity(of: Awaited<ReturnType<typeof filed>>, bench: WorkflowBench): Promise<void> {
  const claim = await of.claim();
  expect(claim).toMatchObject({
    status: 'in-publicity',
    auditors: [auditor.sub],
    approved: fen(FACE * of.itemIds.length),
  });
  for (const id of of.itemIds) {
    expect(await of.item(id)).toMatchObject({ status: 'approved', audit: { approved: FACE } });
  }
  const [window, ...others] = await bench.executions('publicity-window');
  expect([window?.exit, others]).toEqual(['WaitForEnd', []]);
  expect(await engine.store.get('notice', { id: claim.noticeId ?? '' })).toMatchObject({
    status: 'open',
    lineCount: of.itemIds.length,
  });
}

testPaths(
  'claim-audit',
  ({ loseReplies = false }) => openWorkflowBench(engine, { at: noon('2019-11-05'), world: world.clock, loseReplies }),
  {
    'items taken in, auditors decide every item and complete in time': async (bench) => {
      const claim = await filed(bench, 2);
      expect(await bench.onlyTask()).toMatchObject({ kind: 'claim-audit', dueOn: '2019-11-19' });
      for (const id of claim.itemIds) await claim.audit(id, approve);
      await claim.complete();
      await inPublicity(claim, bench);
      const [{ states = [] } = {}] = await bench.executions('claim-audit');
      expect(states).toHaveLength(7);
    },
    'more items than a page: taken in page by page, then as above': async (bench) => {
      const claim = await filed(bench, ITEMS_PER_PAGE + 1);
      for (const id of claim.itemIds) await claim.audit(id, approve);
      await claim.complete();
      await inPublicity(claim, bench);
      const [{ states = [] } = {}] = await bench.executions('claim-audit');
      expect(states.filter((state) => state === 'TakeInItems')).toHaveLength(2);
    },
    'an item is sent back for correction': async (bench) => {
      const claim = await filed(bench, 2);
      const [good = '', faulty = ''] = claim.itemIds;
      await claim.audit(good, approve);
      await claim.audit(faulty, sendBack);
      await claim.complete();
      expect((await claim.claim()).status).toBe('returned');
      expect((await claim.item(good)).status).toBe('approved');
      expect(await claim.item(faulty)).toMatchObject({ status: 'returned', audit: { reasons: sendBack.reasons } });
      expect(await bench.executions('publicity-window')).toEqual([]);
    },
    'the auditors let the time limit pass, then complete': async (bench) => {
      const claim = await filed(bench, 1);
      const [only = ''] = claim.itemIds;
      await claim.audit(only, approve);
      await bench.letLapse();
      expect((await bench.onlyTask()).dueOn).toBeUndefined();
      expect((await claim.claim()).lateAuditors).toEqual([auditor.sub]);
      await claim.complete();
      await inPublicity(claim, bench);
    },
    'the auditors let the time limit pass, then send an item back': async (bench) => {
      const claim = await filed(bench, 1);
      const [only = ''] = claim.itemIds;
      await bench.letLapse();
      expect((await claim.claim()).lateAuditors).toEqual([]);
      await claim.audit(only, sendBack);
      await claim.complete();
      expect((await claim.claim()).status).toBe('returned');
      expect((await claim.item(only)).status).toBe('returned');
    },
  },
);
