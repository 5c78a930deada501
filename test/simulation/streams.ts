import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { isCounted } from '../../core/progress/figures.ts';
import type { SimulatedClock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Written } from './history.ts';
import { chanceOf } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import type { Trace } from './trace.ts';

/** An event source mapping of the table's stream, as in `lib/streams.ts`. */
interface Mapping {
  readonly lets: (written: Written) => boolean;
  /** What comes within this time is one batch, milliseconds. */
  readonly window: number;
  readonly batchSize: number;
  /** An item that the function can do nothing with, however often it is given it. */
  readonly poison: Readonly<Record<string, unknown>>;
}

const mappings = {
  relay: {
    lets: ({ item, before }) => before === undefined && item.type === 'outbox',
    window: 0,
    // Reported one by one: whoever fails is alone.
    batchSize: 1,
    poison: { type: 'outbox', event: { id: 'evt_later', type: 'of-a-later-version' } },
  },
  'follow-up': {
    lets: ({ item, before }) =>
      (before === undefined && item.type === 'posting' && item.frees === true) ||
      item.type === 'waitingList' ||
      item.type === 'planVersion' ||
      isCounted(item.type),
    window: 1_000,
    batchSize: 100,
    poison: { type: 'voucher' },
  },
} as const satisfies Readonly<Record<string, Mapping>>;
export type Consumer = keyof typeof mappings;
const consumers = Object.keys(mappings) as readonly Consumer[];

interface Options {
  readonly clock: SimulatedClock;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly trace: Trace;
  /** Hands records over to a consumer's function. Rejects when they have to be delivered again. */
  readonly deliver: (consumer: Consumer, id: string, records: readonly DynamoDBRecord[]) => Promise<void>;
  /** A record that failed as often as the mapping tries: it goes to the dead letters, and an alarm rings. */
  readonly setAside: (id: string, poisoned: boolean) => void;
}

/** As in `lib/streams.ts`. */
const MOST_RETRIES = 20;
const MINUTE = 60_000;

/** A record on its way to one consumer. */
interface Carried {
  readonly id: string;
  /** Its place in the stream. */
  readonly number: number;
  readonly record: DynamoDBRecord;
  readonly poisoned?: boolean;
}

/** Records that travel together, and the moment at which they have arrived or were set aside. */
interface Batch {
  readonly records: Carried[];
  readonly done: Promise<void>;
}

/**
 * The table's stream, from the transactions as they were written. A record may come late, before earlier ones, twice,
 * and again after its function failed; a batch that fails is halved, so that one that nobody can read stops no other; and
 * none is ever given up without an alarm.
 */
export function createStreams({ clock, scheduler, faults, trace, deliver, setAside }: Options) {
  let sequence = 0;
  let poisoned = 0;
  const pending = new Map<Consumer, Set<number>>(consumers.map((consumer) => [consumer, new Set()]));
  const open = new Map<Consumer, Batch>();

  /** Halves what fails, and tries one alone as often as the mapping says. */
  const untilDone = async (consumer: Consumer, id: string, records: readonly Carried[]): Promise<void> => {
    for (let attempt = 0; attempt <= MOST_RETRIES; attempt++) {
      const who = `${id}.${attempt}`;
      trace.write(who, `delivered ${records.length}`);
      try {
        return await deliver(
          consumer,
          who,
          records.map(({ record }) => record),
        );
      } catch {
        faults.met('record-redelivered');
        if (records.length > 1) {
          const half = Math.ceil(records.length / 2);
          await untilDone(consumer, `${id}a`, records.slice(0, half));
          return untilDone(consumer, `${id}b`, records.slice(half));
        }
        await clock.sleep(Math.min(MINUTE, 500 * 2 ** attempt));
      }
    }
    for (const one of records) setAside(one.id, one.poisoned === true);
  };

  /** Once, or twice: the second time later, when much has happened since. */
  const handOver = async (consumer: Consumer, id: string, records: readonly Carried[]): Promise<void> => {
    const waiting = pending.get(consumer) ?? new Set();
    const numbers = records.map(({ number }) => number);
    if (Math.min(...waiting) < Math.min(...numbers)) faults.met('record-reordered');
    await untilDone(consumer, id, records);
    for (const number of numbers) waiting.delete(number);
    if (!faults.at(`${id}/again`, ['record-duplicated'])) return;
    await clock.sleep(chanceOf(`${id}|again`) * 15 * MINUTE);
    await untilDone(consumer, `${id}.again`, records);
  };

  /** With the batch that is open, or with a new one. */
  const together = (consumer: Consumer, carried: Carried): Promise<void> => {
    const { window, batchSize } = mappings[consumer];
    if (batchSize === 1) return handOver(consumer, carried.id, [carried]);
    const known = open.get(consumer);
    if (known) {
      known.records.push(carried);
      if (known.records.length === batchSize) open.delete(consumer);
      return known.done;
    }
    const records = [carried];
    const done = clock.sleep(window).then(() => {
      if (open.get(consumer)?.records === records) open.delete(consumer);
      return handOver(consumer, carried.id, records);
    });
    open.set(consumer, { records, done });
    return done;
  };

  const carry = async (consumer: Consumer, number: number, record: DynamoDBRecord): Promise<void> => {
    const id = `${consumer}.${number}`;
    pending.get(consumer)?.add(number);
    if (faults.at(`${id}/delay`, ['record-delayed'])) await clock.sleep(chanceOf(id) * 120 * MINUTE);
    // What travels together waits for others; what travels alone for its turn.
    if (mappings[consumer].batchSize === 1) await scheduler.turn({ who: id, what: 'read' }, () => undefined);
    if (faults.at(`${id}/poison`, ['record-poisoned'])) {
      poisoned += 1;
      sequence += 1;
      pending.get(consumer)?.add(sequence);
      const poison = recordOf({ item: mappings[consumer].poison, before: undefined }, sequence);
      void together(consumer, { id: `${id}.poison`, number: sequence, record: poison, poisoned: true });
    }
    await together(consumer, { id, number, record });
  };

  return {
    /** Takes in what a transaction has written. */
    take(written: readonly Written[]): void {
      for (const one of written) {
        for (const consumer of consumers) {
          if (!mappings[consumer].lets(one)) continue;
          sequence += 1;
          void carry(consumer, sequence, recordOf(one, sequence));
        }
      }
    },
    /** Records on their way, and such that nobody can read, so far. */
    get underWay() {
      return [...pending.values()].reduce((sum, { size }) => sum + size, 0);
    },
    get poisoned() {
      return poisoned;
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
