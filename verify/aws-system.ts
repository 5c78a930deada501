import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import {
  DescribeExecutionCommand,
  type ExecutionStatus,
  ListExecutionsCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type WorkflowName, workflowNames } from '../core/ports/events.ts';
import type { ObjectPlace } from '../core/ports/objects.ts';
import { executionArn } from '../statemachines/arns.ts';
import { readOnly } from './read-only.ts';
import type { ExecutionFacts, ObjectFacts, VerifiedSystem } from './system.ts';

/** What a system is made of, by name. */
export interface Resources {
  readonly table: string;
  readonly stateMachines: Readonly<Record<WorkflowName, string>>;
  readonly buckets: Readonly<Record<ObjectPlace['store'], string>>;
}

export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly workflows: SFNClient;
  readonly objects: S3Client;
}

/** Statuses that matter: what is running, and what may have left its entity behind. */
const STATUSES: readonly ExecutionStatus[] = ['RUNNING', 'FAILED', 'TIMED_OUT', 'ABORTED'];

/** A system that answers like AWS, in the cloud or on this machine. */
export function awsSystem(
  clients: Clients,
  { table, stateMachines, buckets }: Resources,
  around: Pick<VerifiedSystem, 'deadLetters' | 'now'>,
): VerifiedSystem {
  const documents = DynamoDBDocumentClient.from(readOnly(clients.dynamodb));
  const workflows = readOnly(clients.workflows);
  const objects = readOnly(clients.objects);

  return {
    ...around,

    async *items() {
      let from: Record<string, unknown> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await documents.send(
          new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: from }),
        );
        yield* Items;
        from = LastEvaluatedKey;
      } while (from);
    },

    async *executions() {
      for (const workflow of workflowNames) {
        for (const statusFilter of STATUSES) {
          let nextToken: string | undefined;
          do {
            const page = await workflows.send(
              new ListExecutionsCommand({ stateMachineArn: stateMachines[workflow], statusFilter, nextToken }),
            );
            for (const { name = '', status = '', startDate } of page.executions ?? []) {
              yield { workflow, name, status, startedAt: startDate?.getTime() ?? 0 } satisfies ExecutionFacts;
            }
            nextToken = page.nextToken;
          } while (nextToken);
        }
      }
    },

    async inputOf({ workflow, name }) {
      const command = new DescribeExecutionCommand({ executionArn: executionArn(stateMachines[workflow], name) });
      const { input = '{}' } = await workflows.send(command);
      return JSON.parse(input);
    },

    async *objects() {
      for (const store of ['identity', 'evidence'] as const) {
        let token: string | undefined;
        do {
          const page = await objects.send(
            new ListObjectsV2Command({ Bucket: buckets[store], ContinuationToken: token }),
          );
          for (const { Key: key = '', Size: size = 0, LastModified } of page.Contents ?? []) {
            yield { store, key, size, storedAt: LastModified?.getTime() ?? 0 } satisfies ObjectFacts;
          }
          token = page.NextContinuationToken;
        } while (token);
      }
    },
  };
}
