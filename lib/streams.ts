import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  EventSourceMapping,
  type EventSourceMappingProps,
  FilterCriteria,
  FilterRule,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, type Stack } from 'aws-cdk-lib/core';
import type { Configuration } from './configuration.ts';
import type { ServiceFunction } from './constructs/service-function.ts';
import type { DataStack } from './data-stack.ts';
import type { Functions } from './functions.ts';

/**
 * What the table's stream feeds: the relay, with new outbox items, and whoever serves the waiting lists, with money that
 * came free and with changes of a list; it also counts progress, for a stream has room for two readers. A record that keeps
 * failing is set aside in the queue, and the rest flows on.
 */
export function feedFromStream(
  stack: Stack,
  configuration: Configuration,
  functions: Functions,
  data: DataStack,
): { deadLetters: Queue } {
  const deadLetters = new Queue(stack, 'DeadLetters', {
    queueName: `dengyun-${configuration.stage}-dead-letters`,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  feed(stack, 'OutboxStream', functions['outbox-relay'], data, {
    onFailure: new SqsDlq(deadLetters),
    batchSize: 25,
    reportBatchItemFailures: true,
    filters: [
      FilterCriteria.filter({
        eventName: FilterRule.isEqual('INSERT'),
        dynamodb: { NewImage: { type: { S: FilterRule.isEqual('outbox') } } },
      }),
    ],
  });
  feed(stack, 'FollowUpStream', functions['follow-up'], data, {
    onFailure: new SqsDlq(deadLetters),
    batchSize: 100,
    // What comes free together is given out by one call.
    maxBatchingWindow: Duration.seconds(1),
    filters: [
      FilterCriteria.filter({
        eventName: FilterRule.isEqual('INSERT'),
        dynamodb: { NewImage: { type: { S: FilterRule.isEqual('posting') }, frees: { BOOL: [true] } } },
      }),
      FilterCriteria.filter({ dynamodb: { NewImage: { type: { S: FilterRule.isEqual('waitingList') } } } }),
      // A spec that a version of the plan made larger can be given.
      FilterCriteria.filter({ dynamodb: { NewImage: { type: { S: FilterRule.isEqual('planVersion') } } } }),
      // Everything that progress counts.
      FilterCriteria.filter({
        dynamodb: {
          NewImage: {
            type: {
              S: FilterRule.or(
                'organisation',
                'certification',
                'order',
                'voucher',
                'claim',
                'claimItem',
                'notice',
                'payout',
                'task',
              ),
            },
          },
        },
      }),
    ],
  });
  return { deadLetters };
}

function feed(
  stack: Stack,
  id: string,
  receiver: ServiceFunction,
  { table, tableKey }: DataStack,
  props: Partial<EventSourceMappingProps>,
): void {
  const stream = table.tableStreamArn;
  if (!stream) throw new Error('the table has no stream');
  receiver.allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [stream]);
  // Listing has no resource to be limited to.
  receiver.role.addToPolicy(new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: ['*'] }));
  const mapping = new EventSourceMapping(stack, id, {
    target: receiver.function,
    eventSourceArn: stream,
    startingPosition: StartingPosition.TRIM_HORIZON,
    bisectBatchOnError: true,
    retryAttempts: 20,
    ...props,
  });
  // The mapping is refused while the role may not read the stream.
  mapping.node.addDependency(receiver.role, tableKey);
}
