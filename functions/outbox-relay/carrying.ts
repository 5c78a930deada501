import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { DomainEvent } from '../../core/ports/events.ts';
import { eventOfStreamImage } from '../../storage/outbox.ts';
import { describeError, log } from '../_runtime/log.ts';
import { type Outbox, relay, type Workflows } from './relay.ts';

/**
 * Serves the table's stream: each new outbox item is carried to its effect; one that fails is retried alone, then set
 * aside.
 */
export const createCarrying =
  (workflows: Workflows, outbox: Outbox) =>
  async (event: Pick<DynamoDBStreamEvent, 'Records'>): Promise<DynamoDBBatchResponse> => {
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
  };
