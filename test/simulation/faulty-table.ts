import type { DynamoDBDocumentClient, TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { cancelled, named, type Tampering } from '../support/faulty-client.ts';
import type { SimulatedClock } from './clock.ts';
import { connectionLost, type EngineProcess } from './engine-process.ts';
import type { FaultKind, Faults } from './faults.ts';
import { type History, type Item, isSame, type Written } from './history.ts';
import type { Host } from './hosts.ts';
import { chanceOf } from './random.ts';
import { Gone, type Scheduler } from './scheduler.ts';

/** What stands between the processes and the real engine. */
export interface TableWorld extends Tampering {
  readonly real: DynamoDBDocumentClient;
  readonly process: EngineProcess;
  readonly scheduler: Scheduler;
  readonly clock: SimulatedClock;
  readonly faults: Faults;
  readonly history: History;
  /** Told of every transaction that was written, once each, at the moment at which that happened. */
  readonly committed: (written: readonly Written[]) => void;
  /** Told when the table answers something else than what is known of it. */
  readonly differs: (what: string) => void;
}

type Command = GetCommand | BatchGetCommand | QueryCommand | TransactGetCommand | TransactWriteCommand | DeleteCommand;

const lost = ['request-lost', 'throttled', 'internal-error', 'unavailable', 'function-killed'] as const;
const writing = [
  ...lost,
  'reply-lost',
  'delivered-twice',
  'delivered-after-ten-minutes',
  'conflict',
  'transaction-in-progress',
] as const;

function faultsOf(command: Command): readonly FaultKind[] {
  if (command instanceof TransactWriteCommand) return writing;
  if (command instanceof TransactGetCommand) return [...lost, 'conflict'];
  if (command instanceof BatchGetCommand) return [...lost, 'keys-unprocessed'];
  if (command instanceof QueryCommand) return command.input.IndexName ? [...lost, 'stale-index'] : lost;
  return command instanceof DeleteCommand ? [...lost, 'reply-lost'] : lost;
}

const AFTER_THE_TOKEN = 11 * 60_000;

/** The table's client of one process: every call waits for its turn, and may go wrong as calls of a network do. */
export function faultyTable<F>(world: TableWorld, host: () => Host<F>): DynamoDBDocumentClient {
  const { real, process, scheduler, clock, faults, history } = world;

  const really = real.send.bind(real) as (sent: Command) => Promise<unknown>;

  const deliver = async (command: Command): Promise<unknown> => {
    world.before?.(command);
    const known = knownTo(history, command);
    if (known) {
      // Most readings are answered by what is known to stand there; some are asked for all the same, and compared.
      if (!faults.sampled()) return known;
      const found = await really(command);
      if (!isSame(answerOf(known), answerOf(found))) world.differs(describe(command));
      return found;
    }
    const answer = await really(command).catch((error: unknown) => {
      if (isConditionFailed(error)) faults.met('condition-failed');
      throw error;
    });
    if (command instanceof TransactWriteCommand) world.committed(history.add(command.input));
    if (command instanceof DeleteCommand) history.remove(command.input.Key ?? {});
    world.after?.(command, answer);
    return answer;
  };
  const deliverAgain = (command: TransactWriteCommand) =>
    deliver(new TransactWriteCommand(command.input)).catch(() => undefined);

  const withFault = async (command: Command, kind: FaultKind, place: string): Promise<unknown> => {
    switch (kind) {
      case 'request-lost':
        throw named('TimeoutError');
      case 'reply-lost':
        await deliver(command);
        throw named('TimeoutError');
      case 'throttled':
        throw named('ThrottlingException');
      case 'internal-error':
      case 'unavailable':
        // Whether it was done before it failed is not said.
        if (half(place)) await deliver(command);
        throw named(kind === 'unavailable' ? 'ServiceUnavailable' : 'InternalServerError');
      case 'transaction-in-progress':
        throw named('TransactionInProgressException');
      case 'conflict':
        throw cancelled(command as TransactWriteCommand, 'TransactionConflict');
      case 'delivered-twice': {
        const answer = await deliver(command);
        await deliverAgain(command as TransactWriteCommand);
        return answer;
      }
      case 'delivered-after-ten-minutes':
        clock.at(clock.now() + AFTER_THE_TOKEN, () => {
          void scheduler.turn({ who: place, what: 'delivered again' }, () =>
            deliverAgain(command as TransactWriteCommand),
          );
        });
        return deliver(command);
      case 'keys-unprocessed':
        return halfOf(command as BatchGetCommand, deliver);
      case 'stale-index': {
        const { input } = command as QueryCommand;
        return history.lagging(input, 1 + Math.floor(chanceOf(place) * 6)) ?? deliver(command);
      }
      case 'function-killed':
        if (half(place)) await deliver(command).catch(() => undefined);
        host().invocation?.kill();
        throw new Gone(kind);
      default:
        return deliver(command);
    }
  };

  const send = (command: Command): Promise<unknown> => {
    const { invocation } = host();
    if (invocation) invocation.calls += 1;
    const place = `${invocation?.id ?? 'nobody'}/${invocation?.calls ?? 0}`;
    const mine = host();
    const kinds = faultsOf(command).filter((kind) => kind !== 'function-killed' || invocation?.mortal !== false);
    const fault = faults.at(place, kinds);
    const what = `${describe(command)}${fault ? ` !${fault}` : ''}`;
    const alive = () => !mine.dead;
    const call = { place, alive, ...(isWriting(command) ? { write: () => deliver(command) } : {}) };
    process.sent(call);
    return scheduler.turn({ who: place, what, alive }, async () => {
      process.arrived(call);
      if (process.isBusy() && faults.at(`${place}/engine`, ['engine-killed'])) {
        if (half(place)) await deliver(command).catch(() => undefined);
        await process.kill(place);
        throw connectionLost();
      }
      return fault ? withFault(command, fault, place) : deliver(command);
    });
  };
  return { send } as unknown as DynamoDBDocumentClient;
}

const isWriting = (command: Command): boolean =>
  command instanceof TransactWriteCommand || command instanceof DeleteCommand;

const knownTo = (history: History, command: Command): object | undefined => {
  if (command instanceof GetCommand) return history.get(command.input.Key ?? {});
  if (command instanceof BatchGetCommand) return history.batchGet(command.input);
  return command instanceof QueryCommand ? history.query(command.input) : undefined;
};

/** What of an answer has to be the same; items of a batch come in any order. */
function answerOf(answer: unknown): unknown {
  const { Item, Items, Responses } = answer as { Item?: Item; Items?: Item[]; Responses?: Record<string, Item[]> };
  const byKey = Object.values(Responses ?? {})
    .flat()
    .map((item) => [`${item.pk} ${item.sk}`, item] as const);
  return { Item, Items, found: Object.fromEntries(byKey) };
}

const half = (place: string): boolean => chanceOf(`${place}|half`) < 0.5;

/** The first half of the keys is read, the rest comes back unread. */
async function halfOf(command: BatchGetCommand, deliver: (command: BatchGetCommand) => Promise<unknown>) {
  const [table, wanted] = Object.entries(command.input.RequestItems ?? {})[0] ?? [];
  const keys = wanted?.Keys ?? [];
  if (table === undefined || !wanted || keys.length < 2) return deliver(command);
  const middle = Math.ceil(keys.length / 2);
  const part = new BatchGetCommand({ RequestItems: { [table]: { ...wanted, Keys: keys.slice(0, middle) } } });
  const answer = (await deliver(part)) as object;
  return { ...answer, UnprocessedKeys: { [table]: { ...wanted, Keys: keys.slice(middle) } } };
}

const isConditionFailed = (error: unknown): boolean =>
  error instanceof Error &&
  'CancellationReasons' in error &&
  JSON.stringify(error.CancellationReasons).includes('ConditionalCheckFailed');

/** What a call is about, for the trace. */
function describe(command: Command): string {
  const key = (of: Item | undefined) => `${of?.pk} ${of?.sk}`;
  if (command instanceof GetCommand) return `get ${key(command.input.Key)}`;
  if (command instanceof DeleteCommand) return `delete ${key(command.input.Key)}`;
  if (command instanceof QueryCommand) {
    return `query ${command.input.IndexName ?? 'table'} ${command.input.ExpressionAttributeValues?.[':pk']}`;
  }
  if (command instanceof BatchGetCommand) {
    const keys = Object.values(command.input.RequestItems ?? {}).flatMap(({ Keys }) => Keys ?? []);
    return `get ${keys.map(key).join(', ')}`;
  }
  const parts = (command.input.TransactItems ?? []).map((part) => {
    if ('Get' in part) return key(part.Get?.Key);
    const { Put, Update, ConditionCheck } = part as NonNullable<TransactWriteCommandInput['TransactItems']>[number];
    return Put ? `put ${key(Put.Item)}` : Update ? `update ${key(Update.Key)}` : `check ${key(ConditionCheck?.Key)}`;
  });
  return `${command instanceof TransactGetCommand ? 'get together' : 'write'} ${parts.join(', ')}`;
}
