import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { Reads } from '../../core/ports/store.ts';
import { type Countable, figuresOf, isCounted, type Reference, referenceOf } from '../../core/progress/figures.ts';
import type { Counting, Standing } from '../../storage/progress.ts';
import { log } from '../_runtime/log.ts';

/** What the function is called with: the table's stream, or by hand what is to be counted anew. */
export type Given = Partial<DynamoDBStreamEvent> & { readonly recount?: readonly Reference[] };

/** Thrown when others kept counting the same at the same time: the call is repeated. */
export class CountingFailed extends Error {
  override readonly name = 'CountingFailed';
}

/** How often what somebody else counted meanwhile is read again. */
const MOST_ATTEMPTS = 8;

/** Everything that an event may have changed, each once. */
export function referencesIn({ Records = [], recount = [] }: Given): readonly Reference[] {
  const changed = Records.flatMap(({ dynamodb }): Reference[] => {
    const image = dynamodb?.NewImage;
    if (!image || !isCounted(image.type?.S)) return [];
    const { type, data } = unmarshall(image as Parameters<typeof unmarshall>[0]);
    return [referenceOf(type, data)];
  });
  return [...new Set([...changed, ...recount])];
}

/**
 * Counts what changed. Every thing is read as it stands now, so that records which come late, twice or in another order
 * count for what is true, and once.
 */
export function createProgressCounting(reads: Pick<Reads, 'get'>, { count }: Counting, pause: (n: number) => unknown) {
  const standing = async (reference: Reference): Promise<Standing[]> => {
    const [entity = '', ...id] = reference.split('/');
    const found = await read(reads, entity, id);
    return found ? [{ entity, id, version: found.value.version, figures: figuresOf(found) }] : [];
  };
  return async (given: Given, requestId: string): Promise<number> => {
    const references = referencesIn(given);
    if (references.length === 0) return 0;
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const now = (await Promise.all(references.map(standing))).flat();
      if ((await count(now)) === 'counted') {
        log('info', 'counted', { requestId, event: String(references.length) });
        return references.length;
      }
      await pause(attempt);
    }
    throw new CountingFailed(`${references.length} things were counted by others at the same time`);
  };
}

async function read(
  reads: Pick<Reads, 'get'>,
  entity: string,
  [id = '', part = '']: readonly string[],
): Promise<Countable | undefined> {
  switch (entity) {
    case 'organisation':
      return countable('organisation', await reads.get('organisation', { id }));
    case 'certification':
      return countable('certification', await reads.get('certification', { id }));
    case 'order':
      return countable('order', await reads.get('order', { id }));
    case 'voucher':
      return countable('voucher', await reads.get('voucher', { id }));
    case 'claim':
      return countable('claim', await reads.get('claim', { id }));
    case 'notice':
      return countable('notice', await reads.get('notice', { id }));
    case 'payout':
      return countable('payout', await reads.get('payout', { id }));
    case 'task':
      return countable('task', await reads.get('task', { id }));
    case 'claimItem': {
      const value = await reads.get('claimItem', { claimId: id, id: part });
      const order = value && (await reads.get('order', { id: value.orderId }));
      return value && order && { entity, value, order };
    }
    default:
      return undefined;
  }
}

type Plain = Exclude<Countable, { entity: 'claimItem' }>;

const countable = <E extends Plain['entity']>(
  entity: E,
  value: Extract<Plain, { entity: E }>['value'] | undefined,
): Countable | undefined => value && ({ entity, value } as unknown as Countable);
