import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { DeleteCommand, type DeleteCommandInput, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { addDays } from '../../core/calendar/business-date.ts';
import { type DurableEngine, startDurableEngine } from '../support/engine.ts';
import type { Tampering } from '../support/faulty-client.ts';
import { type RunOptions, runSeed } from './run.ts';
import { shrink, tellStory } from './shrink.ts';
import type { WorldTampering } from './world.ts';

/** Deliberate bugs of the rules themselves, applied to the modules that hold them. */
const bug = vi.hoisted(() => ({ rounding: false, window: false, quotas: false, unread: false }));
const none = { rounding: false, window: false, quotas: false, unread: false };

vi.mock('../../core/money/money.ts', async (original) => {
  const real = await original<typeof import('../../core/money/money.ts')>();
  return {
    ...real,
    ratioOf: (amount: number, ratio: string) => real.fen((bug.rounding ? Math.ceil : Math.floor)(exact(amount, ratio))),
  };
});
const exact = (amount: number, ratio: string) => (amount * Math.round(Number(ratio) * 10_000)) / 10_000;

vi.mock('../../core/calendar/working-days.ts', async (original) => {
  const real = await original<typeof import('../../core/calendar/working-days.ts')>();
  const publicityWindow: typeof real.publicityWindow = (publishedOn, ...more) =>
    real.publicityWindow(bug.window ? addDays(publishedOn, -1) : publishedOn, ...more);
  return { ...real, publicityWindow };
});

vi.mock('../../core/policy/quotas.ts', async (original) => {
  const real = await original<typeof import('../../core/policy/quotas.ts')>();
  const countQuotas: typeof real.countQuotas = (posting, quotas) =>
    real.countQuotas(posting, bug.quotas ? undefined : quotas);
  return { ...real, countQuotas };
});

vi.mock('../../functions/follow-up/following.ts', async (original) => {
  const real = await original<typeof import('../../functions/follow-up/following.ts')>();
  const createFollowing: typeof real.createFollowing = (duties) => {
    const follow = real.createFollowing(duties);
    return (event, requestId) =>
      follow(event, requestId).catch((error) => (bug.unread ? undefined : Promise.reject(error)));
  };
  return { ...real, createFollowing };
});

let engine: DurableEngine;
beforeAll(async () => {
  engine = await startDurableEngine();
});
afterAll(() => engine.stop());
afterEach(() => Object.assign(bug, none));

/** Runs seeds until one shows the bug; gives what it broke. The same seeds hold without it: `simulation.test.ts`. */
async function caught(
  [first, last]: readonly [number, number],
  tampering: () => WorldTampering = () => ({}),
  { of = engine, ...more }: Pick<RunOptions, 'hours' | 'rates'> & { of?: DurableEngine } = {},
): Promise<string> {
  for (let seed = first; seed <= last; seed++) {
    const { broken } = await runSeed(of, { ...more, seed, tampering: tampering() });
    if (broken.length > 0) {
      console.info(`seed ${seed}: ${broken[0]}`);
      return broken.join('\n');
    }
  }
  return '';
}

interface Update {
  ExpressionAttributeValues: Record<string, unknown>;
}
type Sent = { input?: { TransactItems?: { Update?: Update }[] } };

/** Changes the values of conditions whose names begin so: what is asked of them is always true. */
const without =
  (name: string, always: number): NonNullable<Tampering['before']> =>
  (command) => {
    for (const { Update } of (command as Sent).input?.TransactItems ?? []) {
      for (const value of Object.keys(Update?.ExpressionAttributeValues ?? {})) {
        if (Update && value.startsWith(name)) Update.ExpressionAttributeValues[value] = always;
      }
    }
  };

interface Key {
  readonly pk: string;
}
interface Counting {
  readonly input: {
    readonly TransactItems?: readonly { Put?: { Item: { type: string }; ConditionExpression?: string } }[];
    Key?: Key;
    readonly RequestItems?: Readonly<Record<string, { Keys?: Key[] }>>;
  };
}

/** Nobody finds what was counted before, and nobody asks whether it was. */
const countingAnew: NonNullable<Tampering['before']> = (command) => {
  const { input } = command as Counting;
  const elsewhere = (key: Key): Key => (key.pk.startsWith('PROGRESS#COUNTED#') ? { ...key, pk: 'NOWHERE' } : key);
  for (const { Put } of input.TransactItems ?? []) if (Put?.Item.type === 'counted') delete Put.ConditionExpression;
  if (input.Key) input.Key = elsewhere(input.Key);
  for (const asked of Object.values(input.RequestItems ?? {})) if (asked.Keys) asked.Keys = asked.Keys.map(elsewhere);
};

/** Orders are placed in the first weeks. */
const weeks = { hours: 24 * 20 };

describe('a deliberate bug is caught', () => {
  test('a pool whose writes have no condition, within seeds 31 to 60', async () => {
    expect(await caught([31, 60], () => ({ before: without(':needed', -1e12) }), weeks)).toMatch(
      /overspends|makes \d+ vouchers|by a fault of its own/,
    );
  }, 300_000);

  test('a yearly cap without its condition, within seeds 8 to 60', async () => {
    expect(await caught([8, 60], () => ({ before: without(':room', 1e12) }), weeks)).toMatch(/above its yearly cap/);
  }, 300_000);

  test('a new id on retry, within seeds 1 to 10', async () => {
    const tampering = () => {
      let sent = 0;
      return {
        request: (call: { key?: string }) => {
          sent += 1;
          return call.key === undefined ? call : { ...call, key: `${call.key}-${sent}` };
        },
      };
    };
    expect(await caught([1, 10], tampering)).toMatch(/different answers|nobody was told of/);
  }, 300_000);

  test('an effect of the outbox that happens again when its event comes again, within seeds 1 to 10', async () => {
    const tampering = () => {
      let started = 0;
      return {
        before(command: unknown) {
          if (!(command instanceof StartExecutionCommand)) return;
          started += 1;
          command.input.name = `${command.input.name}-${started}`;
        },
      };
    };
    expect(await caught([1, 10], tampering)).toMatch(/was begun again/);
  }, 300_000);

  test('a publicity window that counts the day of publication, within seeds 1 to 10', async () => {
    bug.window = true;
    expect(await caught([1, 10])).toMatch(/shorter than five working days/);
  }, 300_000);

  test('a voucher rounded up to the fen, within seeds 1 to 10', async () => {
    bug.rounding = true;
    expect(await caught([1, 10])).toMatch(/has \d+ fen where/);
  }, 300_000);

  test('a quota that nothing counts against, within seeds 3 to 20', async () => {
    bug.quotas = true;
    expect(await caught([3, 20], undefined, weeks)).toMatch(/fen of \d+ held .*, a quota of/);
  }, 300_000);

  test('progress that adds again what it has added, within seeds 1 to 10', async () => {
    expect(await caught([1, 10], () => ({ before: countingAnew }), weeks)).toMatch(/progress\/cell/);
  }, 300_000);

  test('a stream that takes what fails for done, within seeds 6 to 15', async () => {
    bug.unread = true;
    expect(await caught([6, 15], undefined, weeks)).toMatch(/could not be read|progress\/thing/);
  }, 300_000);

  test('an engine that forgets what it has acknowledged when it is killed, within seeds 1 to 10', async () => {
    let last: DeleteCommandInput | undefined;
    const forgetful: DurableEngine = {
      ...engine,
      async kill() {
        await engine.kill();
        if (last) await engine.client.send(new DeleteCommand(last));
      },
    };
    const tampering = () => ({
      after(command: unknown) {
        if (!(command instanceof TransactWriteCommand)) return;
        for (const { Put } of command.input.TransactItems ?? []) {
          if (Put?.Item?.type === 'audit')
            last = { TableName: Put.TableName, Key: { pk: Put.Item.pk, sk: Put.Item.sk } };
        }
      },
    });
    const rates = { 'engine-killed': 0.1 };
    expect(await caught([1, 10], tampering, { ...weeks, of: forgetful, rates })).toMatch(
      /is not what was written there/,
    );
  }, 300_000);
});

test('the story of a seed that fails is told as short as can be', async () => {
  const options = { seed: 8, tampering: { before: without(':room', 1e12) } };
  const failing = await runSeed(engine, options);
  const story = await shrink(engine, options, failing);
  console.info(tellStory(story));
  expect(story.outcome.broken.join()).toMatch(/above its yearly cap/);
  // Two orders of one enterprise at once are all that it takes.
  expect(story.deeds.length).toBeLessThanOrEqual(4);
}, 300_000);
