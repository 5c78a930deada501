import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { WorkflowName } from '../../core/ports/events.ts';
import { executionArn } from '../../statemachines/arns.ts';
import { outboxKey } from '../../storage/keys.ts';
import { describeError, log } from '../_runtime/log.ts';
import type { Outbox, Workflows } from './relay.ts';

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

/** The workflow service as the relay uses it. */
export const workflowsOf = (client: SFNClient, arns: Record<WorkflowName, string>): Workflows => ({
  start: (workflow, name, input) =>
    unlessSettled(
      client.send(new StartExecutionCommand({ stateMachineArn: arns[workflow], name, input: JSON.stringify(input) })),
    ),
  answer: (taskToken, output) =>
    unlessSettled(client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }))),
  stop: (workflow, name, cause) =>
    unlessSettled(client.send(new StopExecutionCommand({ executionArn: executionArn(arns[workflow], name), cause }))),
});

/** The outbox in the table. */
export const outboxOf = (documents: DynamoDBDocumentClient, table: string): Outbox => ({
  remove: async (eventId) =>
    void (await documents.send(new DeleteCommand({ TableName: table, Key: outboxKey(eventId) }))),
});
