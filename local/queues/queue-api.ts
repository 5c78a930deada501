import type { IncomingMessage, ServerResponse } from 'node:http';
import type { QueueModel } from '../template/model.ts';
import { bodyDigest, type Message, type QueueStore } from './queue-store.ts';

/** The part of the SQS JSON protocol that a function or an operator needs to look after a dead-letter queue. */
export function handleQueueRequest(store: QueueStore, request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    let status = 200;
    let answer: object;
    try {
      const operation = String(request.headers['x-amz-target'] ?? '').replace('AmazonSQS.', '');
      answer = run(store, operation, JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}'));
    } catch (error) {
      status = 400;
      answer = { __type: error instanceof QueueError ? error.name : 'InvalidRequest', message: String(error) };
    }
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer));
  });
}

class QueueError extends Error {
  constructor(type: string, message: string) {
    super(message);
    this.name = type;
  }
}

interface Input {
  readonly QueueUrl?: string;
  readonly QueueName?: string;
  readonly MessageBody?: string;
  readonly ReceiptHandle?: string;
  readonly MaxNumberOfMessages?: number;
  readonly VisibilityTimeout?: number;
}

function run(store: QueueStore, operation: string, input: Input): object {
  const queue = (): QueueModel => {
    const found = store.find(input.QueueUrl ?? input.QueueName ?? '');
    if (!found) throw new QueueError('com.amazonaws.sqs#QueueDoesNotExist', 'The specified queue does not exist.');
    return found;
  };
  switch (operation) {
    case 'ListQueues':
      return { QueueUrls: store.queues.map(({ url }) => url) };
    case 'GetQueueUrl':
      return { QueueUrl: queue().url };
    case 'GetQueueAttributes':
      return {
        Attributes: {
          QueueArn: queue().arn,
          ApproximateNumberOfMessages: String(store.list(queue()).length),
          VisibilityTimeout: String(queue().visibilityTimeoutSeconds),
        },
      };
    case 'SendMessage': {
      const message = store.send(queue(), String(input.MessageBody ?? ''));
      return { MessageId: message.messageId, MD5OfMessageBody: bodyDigest(message.body) };
    }
    case 'ReceiveMessage':
      return {
        Messages: store
          .receive(queue(), input.MaxNumberOfMessages ?? 1, input.VisibilityTimeout)
          .map((message) => ({ ...describe(message), ReceiptHandle: message.receiptHandle })),
      };
    case 'DeleteMessage':
      store.delete(queue(), String(input.ReceiptHandle));
      return {};
    case 'PurgeQueue':
      store.purge(queue());
      return {};
    default:
      throw new QueueError('com.amazonaws.sqs#UnsupportedOperation', `${operation} is not served here`);
  }
}

function describe(message: Message): object {
  return {
    MessageId: message.messageId,
    Body: message.body,
    MD5OfBody: bodyDigest(message.body),
    Attributes: { SentTimestamp: String(message.sentAt) },
  };
}
