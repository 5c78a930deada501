import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock/clock.ts';
import type { QueueModel } from '../template/model.ts';

/** A message that was sent and not deleted. */
export interface Message {
  readonly messageId: string;
  readonly body: string;
  /** Milliseconds since the epoch, by the runtime's clock. */
  readonly sentAt: number;
}

export interface Received extends Message {
  readonly receiptHandle: string;
}

/** The queues of the assembly. Every message is in a file before its sender is told so. */
export interface QueueStore {
  /** Queue by name, ARN or URL; undefined when there is none. */
  find(reference: string): QueueModel | undefined;
  send(queue: QueueModel, body: string): Message;
  list(queue: QueueModel): readonly Message[];
  /** Up to `max` visible messages, hidden from others until the visibility time-out has passed. */
  receive(queue: QueueModel, max: number, visibilitySeconds?: number): Received[];
  delete(queue: QueueModel, receiptHandle: string): void;
  purge(queue: QueueModel): void;
  readonly queues: readonly QueueModel[];
}

type Line = { sent: Message } | { deleted: string };

export function openQueueStore(options: { queues: readonly QueueModel[]; dataDir: string; clock: Clock }): QueueStore {
  const folder = join(options.dataDir, 'queues');
  mkdirSync(folder, { recursive: true });
  const file = (queue: QueueModel) => join(folder, `${queue.name}.jsonl`);
  const write = (queue: QueueModel, line: Line) => appendFileSync(file(queue), `${JSON.stringify(line)}\n`);

  const stored = new Map<string, Map<string, Message>>();
  const hiddenUntil = new Map<string, number>();
  for (const queue of options.queues) {
    const messages = replay(file(queue));
    stored.set(queue.name, messages);
    compact(file(queue), messages);
  }
  const messagesOf = (queue: QueueModel) => {
    const messages = stored.get(queue.name);
    if (!messages) throw new Error(`no queue ${queue.name}`);
    return messages;
  };

  return {
    queues: options.queues,
    find: (reference) =>
      options.queues.find(({ name, arn, url }) => reference === arn || reference === name || reference === url),
    send(queue, body) {
      const message: Message = { messageId: randomUUID(), body, sentAt: options.clock.now() };
      write(queue, { sent: message });
      messagesOf(queue).set(message.messageId, message);
      return message;
    },
    list: (queue) => [...messagesOf(queue).values()],
    receive(queue, max, visibilitySeconds = queue.visibilityTimeoutSeconds) {
      const now = options.clock.now();
      const visible = [...messagesOf(queue).values()].filter((m) => (hiddenUntil.get(m.messageId) ?? 0) <= now);
      return visible.slice(0, max).map((message) => {
        hiddenUntil.set(message.messageId, now + visibilitySeconds * 1000);
        return { ...message, receiptHandle: message.messageId };
      });
    },
    delete(queue, receiptHandle) {
      if (!messagesOf(queue).delete(receiptHandle)) return;
      hiddenUntil.delete(receiptHandle);
      write(queue, { deleted: receiptHandle });
    },
    purge(queue) {
      messagesOf(queue).clear();
      compact(file(queue), new Map());
    },
  };
}

/** MD5 of a message body, which the SDK checks answers against. */
export function bodyDigest(body: string): string {
  return createHash('md5').update(body).digest('hex');
}

function replay(file: string): Map<string, Message> {
  const messages = new Map<string, Message>();
  for (const text of readLines(file)) {
    try {
      const line: Line = JSON.parse(text);
      if ('sent' in line) messages.set(line.sent.messageId, line.sent);
      else messages.delete(line.deleted);
    } catch {
      // The last line of a killed runtime may be cut: its sender was never told that it was sent.
    }
  }
  return messages;
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

function compact(file: string, messages: ReadonlyMap<string, Message>): void {
  writeFileSync(`${file}.new`, [...messages.values()].map((sent) => `${JSON.stringify({ sent })}\n`).join(''));
  renameSync(`${file}.new`, file);
}
