import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DomainEvent } from '../core/ports/events.ts';

/**
 * The event in a stream record's new image; undefined for items that are not of the outbox. @throws when one of the outbox
 * holds none: it must not pass for carried.
 */
export function eventOfStreamImage(image: object): DomainEvent | undefined {
  const item = unmarshall(image as Parameters<typeof unmarshall>[0]);
  if (item.type !== 'outbox') return undefined;
  if (!item.event) throw new Error('an item of the outbox without an event');
  return item.event as DomainEvent;
}
