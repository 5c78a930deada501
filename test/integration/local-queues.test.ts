import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listenOnLoopback } from '../../local/loopback.ts';
import { handleQueueRequest } from '../../local/queues/queue-api.ts';
import { openQueueStore } from '../../local/queues/queue-store.ts';
import { temporaryFolder, testClock } from '../support/local-runtime.ts';

describe('queues', () => {
  const queue = {
    name: 'letters',
    arn: 'arn:aws:sqs:r:1:letters',
    url: 'http://q/1/letters',
    visibilityTimeoutSeconds: 30,
  };
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let clock: ReturnType<typeof testClock>;
  const open = () => openQueueStore({ queues: [queue], dataDir: folder.path, clock });

  beforeEach(async () => {
    folder = await temporaryFolder();
    clock = testClock();
  });
  afterEach(async () => {
    clock.stop();
    await folder.remove();
  });

  it('keep what was sent and not deleted over a restart, also when the last line was cut', () => {
    const store = open();
    const gone = store.send(queue, 'one');
    store.send(queue, 'two');
    store.delete(queue, gone.messageId);
    appendFileSync(join(folder.path, 'queues', 'letters.jsonl'), '{"sent":{"mess');
    for (let restart = 0; restart < 2; restart++) {
      expect(open().list(queue)).toMatchObject([{ body: 'two' }]);
    }
  });

  it('hide a received message until its time has passed', async () => {
    const store = open();
    store.send(queue, 'one');
    expect(store.receive(queue, 10)).toHaveLength(1);
    expect(store.receive(queue, 10)).toHaveLength(0);
    await clock.advanceBy(31_000);
    expect(store.receive(queue, 10)).toHaveLength(1);
  });

  it('speak the part of the JSON protocol that looks after dead letters', async () => {
    const store = open();
    const server = createServer((request, response) => handleQueueRequest(store, request, response));
    const url = await listenOnLoopback(server, 0);
    const call = async (operation: string, body: object) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'x-amz-target': `AmazonSQS.${operation}` },
        body: JSON.stringify(body),
      });
      return (await response.json()) as Record<string, unknown> & { Messages?: { ReceiptHandle: string }[] };
    };
    const QueueUrl = queue.url;

    expect(await call('GetQueueUrl', { QueueName: 'letters' })).toEqual({ QueueUrl });
    expect(await call('SendMessage', { QueueUrl, MessageBody: 'hello' })).toMatchObject({
      MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592',
    });
    const { Messages } = await call('ReceiveMessage', { QueueUrl });
    expect(Messages).toMatchObject([{ Body: 'hello', MD5OfBody: '5d41402abc4b2a76b9719d911017c592' }]);
    await call('DeleteMessage', { QueueUrl, ReceiptHandle: Messages?.[0]?.ReceiptHandle });
    expect(await call('GetQueueAttributes', { QueueUrl })).toMatchObject({
      Attributes: { ApproximateNumberOfMessages: '0' },
    });
    expect(await call('SendMessage', { QueueUrl: 'http://q/1/none' })).toMatchObject({
      __type: expect.stringContaining('QueueDoesNotExist'),
    });
    server.close();
    server.closeAllConnections();
  });
});
