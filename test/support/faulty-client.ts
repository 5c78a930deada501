import { setImmediate } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactGetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';

/** What may go wrong between a function and the table. */
export const faultKinds = [
  'request-lost',
  'reply-lost',
  'delivered-twice',
  'delivered-again-later',
  'conflict',
  'throttled',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface FaultyClient {
  readonly client: DynamoDBDocumentClient;
  /** How often each fault was injected. */
  readonly faults: Readonly<Record<FaultKind, number>>;
  /** Lets the calls of many clients through, one at a time in an order of the seed's, until the work is done. */
  drive<T>(work: Promise<T>): Promise<T>;
}

/** Changes what is sent or what comes back: how a deliberate bug is applied. */
export interface Tampering {
  readonly before?: (command: unknown) => void;
  readonly after?: (command: unknown, answer: unknown) => void;
}

export interface Faults extends Tampering {
  /** Part of the calls that meet a fault. */
  readonly rate: number;
  /** Told of every transaction that was really written, once each, in the order in which that happened. */
  readonly written?: (command: TransactWriteCommand) => void;
}

type Send = (command: unknown) => Promise<unknown>;

/** An error of the storage by its name, which is all that callers look at. */
export const named = (name: string): Error => Object.assign(new Error(name), { name });

/** A transaction that was turned away for this reason. */
export const cancelled = (command: TransactWriteCommand | TransactGetCommand, code: string): Error =>
  new TransactionCanceledException({
    message: code,
    $metadata: {},
    CancellationReasons: [...(command.input.TransactItems ?? [])].map((_, at) => ({ Code: at === 0 ? code : 'None' })),
  });

/**
 * The engine's client with faults of a seed: `rate` of the transactions meet one. The embedded engine alone never
 * conflicts, throttles or loses anything.
 */
export function faultyClient(
  real: DynamoDBDocumentClient,
  random: () => number,
  { rate, before, after, written }: Faults,
): FaultyClient {
  const faults = Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>;
  const waiting: (() => Promise<void>)[] = [];
  const really = real.send.bind(real) as unknown as Send;

  const deliver: Send = async (command) => {
    before?.(command);
    const answer = await really(command);
    if (command instanceof TransactWriteCommand) written?.(command);
    after?.(command, answer);
    return answer;
  };
  const deliverAgain = async (command: TransactWriteCommand): Promise<void> => {
    await deliver(new TransactWriteCommand(command.input)).catch(() => undefined);
  };

  const withFault = async (command: TransactWriteCommand, kind: FaultKind): Promise<unknown> => {
    faults[kind] += 1;
    switch (kind) {
      case 'request-lost':
        throw named('TimeoutError');
      case 'reply-lost':
        await deliver(command);
        throw named('TimeoutError');
      case 'delivered-twice': {
        const answer = await deliver(command);
        await deliverAgain(command);
        return answer;
      }
      case 'delivered-again-later':
        waiting.push(() => deliverAgain(command));
        return deliver(command);
      case 'conflict':
        throw cancelled(command, 'TransactionConflict');
      case 'throttled':
        throw named('ThrottlingException');
    }
  };

  const faultOrDelivery: Send = (command) => {
    if (random() >= rate) return deliver(command);
    if (command instanceof TransactWriteCommand) return withFault(command, pick(faultKinds, random));
    if (!(command instanceof TransactGetCommand)) return deliver(command);
    // A view of one moment is refused while somebody writes.
    faults.conflict += 1;
    return Promise.reject(cancelled(command, 'TransactionConflict'));
  };

  const send: Send = (command) =>
    new Promise((resolve, reject) => {
      waiting.push(async () => {
        await faultOrDelivery(command).then(resolve, reject);
      });
    });

  return {
    client: { send } as unknown as DynamoDBDocumentClient,
    faults,
    async drive(work) {
      let done = false;
      const ended = work.finally(() => {
        done = true;
      });
      ended.catch(() => undefined);
      while (!done || waiting.length > 0) {
        // Everybody goes on to the next call; then the seed says whose is next.
        await setImmediate();
        const [next] = waiting.splice(Math.floor(random() * waiting.length), 1);
        await next?.();
      }
      return ended;
    },
  };
}

const pick = <T>(of: readonly T[], random: () => number): T => of[Math.floor(random() * of.length)] as T;
