import type { DynamoDBStreamEvent } from 'aws-lambda';
import { systemActor } from '../../core/actors/actor.ts';
import { businessDateOf, yearOf } from '../../core/calendar/business-date.ts';
import type { Command, Ports } from '../../core/ports/context.ts';
import { makeServeWaiting } from '../../core/usecases/orders/serve-waiting.ts';
import type { Store } from '../../storage/store.ts';
import { decideAndCommit } from '../_runtime/commit.ts';
import { idsOf, sha256 } from '../_runtime/ids.ts';
import { log } from '../_runtime/log.ts';

/** Places served by one call; each changes the list, which calls again. */
const MOST_AT_ONCE = 100;

/** Thrown when a place could not be served now: the call is repeated. */
export class ServingFailed extends Error {
  override readonly name = 'ServingFailed';
}

/** What tells of money or places; other records of the stream are for the counting. */
const isOfWaiting = (type: string | undefined): boolean =>
  type === 'posting' || type === 'waitingList' || type === 'planVersion';

/** The years whose waiting lists an event may have to do with. */
export function yearsOf({ Records = [] }: Partial<DynamoDBStreamEvent>): readonly number[] {
  const years = Records.flatMap(({ dynamodb }) => {
    const image = dynamodb?.NewImage;
    if (!isOfWaiting(image?.type?.S)) return [];
    const year = Number((image?.posting ?? image?.data)?.M?.year?.N);
    return Number.isInteger(year) ? [year] : [];
  });
  return [...new Set(years)];
}

/**
 * Serves the waiting lists of these years, place by place in their order, each in a transaction of its own. Gives how many
 * steps did something. Called again, late or twice at once, it goes on from what is stored.
 */
export function createServing({ store, ports, now }: { store: Store; ports: Ports; now: () => number }) {
  const serveNext = makeServeWaiting(ports);
  const actor = systemActor('waiting-list');

  const serveOne = async (year: number, requestId: string, n: number): Promise<boolean> => {
    const at = now();
    const command = (): Command => ({ actor, at, newId: idsOf(sha256(`waiting-list|${requestId}|${n}`)) });
    const committed = await decideAndCommit(store, { actor, at, requestId: `${requestId}-${n}` }, () =>
      serveNext({ year }, command()),
    );
    if (!committed.ok) throw new ServingFailed(committed.failure.rule);
    return 'result' in committed.value && committed.value.result === 'served';
  };

  return async (years: readonly number[], requestId: string): Promise<number> => {
    let served = 0;
    for (const year of years.length > 0 ? years : [yearOf(businessDateOf(now()))]) {
      while (served < MOST_AT_ONCE && (await serveOne(year, requestId, served))) served += 1;
    }
    if (served > 0) log('info', 'waiting list served', { requestId, event: String(served) });
    return served;
  };
}
