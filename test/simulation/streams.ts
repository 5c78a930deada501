import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { SimulatedClock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Written } from './history.ts';
import { chanceOf } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** Who reads the table's stream; what each is told is what its event source mapping lets through (`lib/streams.ts`). */
export const consumers = {
  relay: ({ item, before }: Written) => before === undefined && item.type === 'outbox',
  'waiting-list': ({ item, before }: Written) =>
    (before === undefined && item.type === 'posting' && item.frees === true) ||
    item.type === 'waitingList' ||
    item.type === 'planVersion',
} as const;
export type Consumer = keyof typeof consumers;

interface Options {
  readonly clock: SimulatedClock;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  /** Hands a record over to a consumer's function. Rejects when it has to be delivered again. */
  readonly deliver: (consumer: Consumer, id: string, record: DynamoDBRecord) => Promise<void>;
  /** A record that failed as often as the mapping tries: it goes to the dead letters, and an alarm rings. */
  readonly setAside: (id: string) => void;
}

/** As in `lib/streams.ts`. */
const MOST_RETRIES = 20;
const MINUTE = 60_000;

/**
 * The table's stream, from the transactions as they were written. A record may come late, before earlier ones, twice,
 * and again after its function failed; one of an item is never given up without an alarm.
 */
export function createStreams({ clock, scheduler, faults, deliver, setAside }: Options) {
  let sequence = 0;
  const pending = new Map<Consumer, Set<number>>([
    ['relay', new Set()],
    ['waiting-list', new Set()],
  ]);

  const untilDone = async (consumer: Consumer, id: string, record: DynamoDBRecord): Promise<void> => {
    for (let attempt = 0; attempt <= MOST_RETRIES; attempt++) {
      const who = `${id}.${attempt}`;
      await scheduler.turn({ who, what: 'delivered' }, () => undefined);
      try {
        return await deliver(consumer, who, record);
      } catch {
        faults.met('record-redelivered');
        await clock.sleep(Math.min(MINUTE, 500 * 2 ** attempt));
      }
    }
    setAside(id);
  };

  const carry = async (consumer: Consumer, number: number, record: DynamoDBRecord): Promise<void> => {
    const id = `${consumer}.${number}`;
    const waiting = pending.get(consumer) ?? new Set();
    waiting.add(number);
    if (faults.at(`${id}/delay`, ['record-delayed'])) await clock.sleep(chanceOf(id) * 120 * MINUTE);
    await scheduler.turn({ who: id, what: 'read' }, () => undefined);
    if (Math.min(...waiting) < number) faults.met('record-reordered');
    await untilDone(consumer, id, record);
    waiting.delete(number);
    if (!faults.at(`${id}/again`, ['record-duplicated'])) return;
    await clock.sleep(chanceOf(`${id}|again`) * 15 * MINUTE);
    await untilDone(consumer, `${id}.again`, record);
  };

  return {
    /** Takes in what a transaction has written. */
    take(written: readonly Written[]): void {
      for (const one of written) {
        for (const consumer of Object.keys(consumers) as Consumer[]) {
          if (!consumers[consumer](one)) continue;
          sequence += 1;
          void carry(consumer, sequence, recordOf(one, sequence));
        }
      }
    },
  };
}

type Image = Record<string, AttributeValue>;

const recordOf = ({ item, before }: Written, sequence: number): DynamoDBRecord => ({
  eventID: String(sequence),
  eventName: before === undefined ? 'INSERT' : 'MODIFY',
  dynamodb: {
    SequenceNumber: String(sequence),
    // The image is what the function is given; its type in the package of Lambda types differs from the SDK's in name only.
    NewImage: marshall(item, { removeUndefinedValues: true }) as Image as NonNullable<
      DynamoDBRecord['dynamodb']
    >['NewImage'],
  },
});
