import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect } from 'vitest';
import { catalogueRoutes } from '../../contracts/catalogue.ts';
import { revise } from '../../core/lifecycle/record.ts';
import { catalogueWorld, noon, officer, type Provider } from '../support/catalogue-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { call } from '../support/http-event.ts';
import { openWorkflowBench, type WorkflowBench } from '../support/workflow-bench.ts';
import { testPaths } from '../support/workflow-paths.ts';

let engine: Engine;
let world: ReturnType<typeof catalogueWorld>;
let provider: Provider;
beforeAll(async () => {
  engine = await startEngine();
  world = catalogueWorld(engine);
  provider = await world.provider('云帆科技');
});
afterAll(() => engine.stop());

const approve = { outcome: 'approve' };
const sendBack = {
  outcome: 'return',
  reasons: [{ pointer: '/price', reasonCode: 'price-above-market', note: '偏高' }],
};
const reject = { outcome: 'reject', reasonCode: 'evidence-insufficient', note: '证据不足' };

/** A submitted version of a new offering; `rest: false` leaves its event in the outbox. */
async function submitted(bench: WorkflowBench, { rest = true } = {}) {
  const { offeringId } = (await world.submitted(provider)).body;
  if (rest) await bench.rest();
  return offeringId as string;
}
const version = (offeringId: string, number = 1) => engine.store.get('offeringVersion', { offeringId, number });
const offering = (id: string) => engine.store.get('offering', { id });

async function withdraw(offeringId: string): Promise<void> {
  const { status } = await call(world.api, catalogueRoutes.withdrawOffering, provider.member, {
    params: { offeringId },
    body: { note: '停止销售' },
    version: (await offering(offeringId))?.version ?? 0,
  });
  expect(status).toBe(200);
}

/** Waits for the first task, lets its time pass and decides the second, which has no time limit. */
async function escalated(bench: WorkflowBench, decision: Parameters<WorkflowBench['decide']>[1]): Promise<string> {
  const offeringId = await submitted(bench);
  const late = await bench.letLapse();
  const second = await bench.decide(officer, decision);
  expect(second.dueOn).toBeUndefined();
  expect(await world.taskOf(late.id)).toMatchObject({ status: 'overdue' });
  return offeringId;
}

testPaths(
  'offering-review',
  ({ loseReplies = false }) => openWorkflowBench(engine, { at: noon('2019-09-27'), world: world.clock, loseReplies }),
  {
    'Review (approve) → ApplyReview': async (bench) => {
      const offeringId = await submitted(bench);
      await bench.decide(officer, approve);
      expect(await version(offeringId)).toMatchObject({ status: 'published', reviewedBy: officer.sub });
      expect(await offering(offeringId)).toMatchObject({ status: 'published', publishedNumber: 1 });
      // The next version takes its place.
      const added = await call(world.api, catalogueRoutes.addVersion, provider.member, {
        params: { offeringId },
        body: world.content(provider, { price: '70.00' }),
        version: (await offering(offeringId))?.version ?? 0,
      });
      expect(added.status).toBe(201);
      const again = await call(world.api, catalogueRoutes.submitVersion, provider.member, {
        params: { offeringId, number: 2 },
        body: {},
        version: 1,
      });
      expect(again.status).toBe(202);
      await bench.rest();
      await bench.decide(officer, approve);
      expect((await version(offeringId, 1))?.status).toBe('superseded');
      expect((await version(offeringId, 2))?.status).toBe('published');
      expect(await offering(offeringId)).toMatchObject({ publishedNumber: 2, listing: { price: 7_000 } });
    },
    'Review (return) → ApplyReview': async (bench) => {
      const offeringId = await submitted(bench);
      await bench.decide(officer, sendBack);
      expect(await version(offeringId)).toMatchObject({ status: 'returned', reasons: sendBack.reasons });
      expect(await offering(offeringId)).not.toHaveProperty('publishedNumber');
    },
    'Review (reject) → ApplyReview': async (bench) => {
      const offeringId = await submitted(bench);
      await bench.decide(officer, reject);
      expect(await version(offeringId)).toMatchObject({
        status: 'rejected',
        reasons: [{ pointer: '/', reasonCode: reject.reasonCode, note: reject.note }],
      });
      expect(await offering(offeringId)).not.toHaveProperty('publishedNumber');
    },
    'Review (overdue) → ApplyReview → EscalatedReview (approve) → ApplyReview': async (bench) => {
      const offeringId = await escalated(bench, approve);
      expect((await version(offeringId))?.status).toBe('published');
      expect(await offering(offeringId)).toMatchObject({ status: 'published', publishedNumber: 1 });
    },
    'Review (overdue) → ApplyReview → EscalatedReview (return) → ApplyReview': async (bench) => {
      expect((await version(await escalated(bench, sendBack)))?.status).toBe('returned');
    },
    'Review (overdue) → ApplyReview → EscalatedReview (reject) → ApplyReview': async (bench) => {
      expect((await version(await escalated(bench, reject)))?.status).toBe('rejected');
    },
    'version withdrawn before anybody was asked: Review (cancelled) → ApplyReview': async (bench) => {
      const offeringId = await submitted(bench, { rest: false });
      await withdraw(offeringId);
      // The stop overtakes the start, which finds nothing to review any more.
      await bench.carry({ newestFirst: true });
      await bench.rest();
      expect((await version(offeringId))?.status).toBe('withdrawn');
    },
    'version withdrawn while the task waits': async (bench) => {
      const offeringId = await submitted(bench);
      const { id } = await bench.onlyTask();
      await withdraw(offeringId);
      await bench.rest();
      expect((await version(offeringId))?.status).toBe('withdrawn');
      expect((await world.taskOf(id)).status).toBe('cancelled');
    },
    'a step is refused (unknown version, no decision)': async (bench) => {
      const unknown = { offeringId: `off_${'0'.repeat(26)}`, number: 1 };
      await world.commit({
        do: 'event',
        event: {
          id: 'evt_unknown',
          at: bench.now(),
          type: 'workflow-requested',
          workflow: 'offering-review',
          input: unknown,
        },
      });
      await bench.rest();
      const offeringId = await submitted(bench);
      const task = await bench.onlyTask();
      await world.commit({
        do: 'update',
        entity: 'task',
        value: revise(task, bench.now(), { status: 'cancelled' }),
        audit: { action: 'cancel' },
      });
      await bench.sfn.send(
        new SendTaskSuccessCommand({
          taskToken: task.token,
          output: JSON.stringify({ taskId: task.id, outcome: 'approve' }),
        }),
      );
      await bench.rest();
      expect((await version(offeringId))?.status).toBe('in-review');
    },
  },
);
