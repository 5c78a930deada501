import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DomainEvent } from '../core/ports/events.ts';

/** The event in a stream record's new image; undefined for items that are not of the outbox. */
export function eventOfStreamImage(image: object): DomainEvent | undefined {
  const item = unmarshall(image as Parameters<typeof unmarshall>[0]);
  return item.type === 'outbox' ? (item.event as DomainEvent) : undefined;
}
