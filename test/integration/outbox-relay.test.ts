import { describe, expect, test } from 'vitest';
import type { DomainEvent } from '../../core/ports/events.ts';
import { createCarrying } from '../../functions/outbox-relay/carrying.ts';
import { type Outbox, relay, type Workflows } from '../../functions/outbox-relay/relay.ts';

/** A workflow service and an outbox that keep what they are told, in order. */
function recording(failing?: string) {
  const told: unknown[][] = [];
  const tell =
    (name: string) =>
    async (...what: unknown[]) => {
      if (name === failing) throw new Error('away');
      told.push([name, ...what]);
    };
  const workflows: Workflows = { start: tell('start'), answer: tell('answer'), stop: tell('stop') };
  const outbox: Outbox = { remove: tell('remove') };
  return { told, workflows, outbox };
}

const events: Record<string, [DomainEvent, unknown[]]> = {
  'starts an execution named by the event': [
    { id: 'evt_1', at: 1, type: 'workflow-requested', workflow: 'payout', input: { payoutId: 'pay_1' } },
    ['start', 'payout', 'evt_1', { payoutId: 'pay_1' }],
  ],
  'answers a task token': [
    { id: 'evt_1', at: 1, type: 'task-answered', token: 'tok', output: { outcome: 'approve' } },
    ['answer', 'tok', { outcome: 'approve' }],
  ],
  'stops an execution': [
    { id: 'evt_1', at: 1, type: 'workflow-cancelled', workflow: 'payout', executionName: 'evt_0', cause: 'withdrawn' },
    ['stop', 'payout', 'evt_0', 'withdrawn'],
  ],
};

describe('the relay', () => {
  test.each(Object.entries(events))(
    '%s, and only then takes the event out of the outbox',
    async (_name, [event, effect]) => {
      const { told, workflows, outbox } = recording();
      await relay(event, workflows, outbox);
      expect(told).toEqual([effect, ['remove', 'evt_1']]);
    },
  );

  test.each(Object.entries(events))('%s: when that fails, the event stays', async (_name, [event, effect]) => {
    const { told, workflows, outbox } = recording(String(effect[0]));
    await expect(relay(event, workflows, outbox)).rejects.toThrow('away');
    expect(told).toEqual([]);
  });

  test('leaves an event that it knows no effect of where it is, and says so', async () => {
    const { told, workflows, outbox } = recording();
    const event = { id: 'evt_1', at: 1, type: 'of-a-later-version' } as unknown as DomainEvent;
    await expect(relay(event, workflows, outbox)).rejects.toThrow('of-a-later-version');
    expect(told).toEqual([]);
  });

  test.each([
    ['of no known effect', { type: { S: 'outbox' }, event: { M: { id: { S: 'evt_1' }, type: { S: 'later' } } } }],
    ['without an event', { type: { S: 'outbox' } }],
  ])('reports a record %s as failed: it is set aside, not taken for carried', async (_name, image) => {
    const { told, workflows, outbox } = recording();
    const carry = createCarrying(workflows, outbox);
    const record = { eventName: 'INSERT' as const, dynamodb: { SequenceNumber: '7', NewImage: image } };
    expect(await carry({ Records: [record] })).toEqual({ batchItemFailures: [{ itemIdentifier: '7' }] });
    expect(told).toEqual([]);
  });
});
