import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { DomainEvent } from '../../core/ports/events.ts';
import { documentClient } from '../../storage/client.ts';
import { outboxKey } from '../../storage/keys.ts';
import { eventOfStreamImage } from '../../storage/outbox.ts';
import { describeError, log } from '../_runtime/log.ts';
import { executionArn, workflowArns } from '../_runtime/workflows.ts';
import { type Outbox, relay, type Workflows } from './relay.ts';

const table = process.env.TABLE_NAME ?? '';
const arns = workflowArns(process.env);
const client = new SFNClient({});
const documents = documentClient();

/** Errors that mean: the effect is there, or nobody waits for it any more. */
const settled = [ExecutionAlreadyExists, ExecutionDoesNotExist, TaskDoesNotExist, TaskTimedOut, InvalidToken];

async function unlessSettled(effect: Promise<unknown>): Promise<void> {
  try {
    await effect;
  } catch (error) {
    if (!settled.some((kind) => error instanceof kind)) throw error;
    log('warn', 'effect already settled', describeError(error));
  }
}

const workflows: Workflows = {
  start: (workflow, name, input) =>
    unlessSettled(
      client.send(new StartExecutionCommand({ stateMachineArn: arns[workflow], name, input: JSON.stringify(input) })),
    ),
  answer: (taskToken, output) =>
    unlessSettled(client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }))),
  stop: (workflow, name, cause) =>
    unlessSettled(client.send(new StopExecutionCommand({ executionArn: executionArn(arns[workflow], name), cause }))),
};

const outbox: Outbox = {
  remove: async (eventId) =>
    void (await documents.send(new DeleteCommand({ TableName: table, Key: outboxKey(eventId) }))),
};

/** The table's stream: each new outbox item is carried to its effect; one that fails is retried alone, then set aside. */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const record of event.Records) {
    let domainEvent: DomainEvent | undefined;
    try {
      const image = record.dynamodb?.NewImage;
      domainEvent = record.eventName === 'INSERT' && image ? eventOfStreamImage(image) : undefined;
      if (!domainEvent) continue;
      await relay(domainEvent, workflows, outbox);
      log('info', 'relayed', { event: domainEvent.id });
    } catch (error) {
      log('error', 'relay failed', { event: domainEvent?.id ?? record.eventID ?? '', ...describeError(error) });
      // Records behind a failed one of the same batch are delivered again: the effects are idempotent.
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}
