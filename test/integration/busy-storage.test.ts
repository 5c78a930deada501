import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { planRoutes as routes } from '../../contracts/plan.ts';
import { born } from '../../core/lifecycle/record.ts';
import { emptyList } from '../../core/orders/waiting-list.ts';
import type { Ports } from '../../core/ports/context.ts';
import { ok } from '../../core/result.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { storedCalendar } from '../../functions/_runtime/calendar.ts';
import { decideAndCommit } from '../../functions/_runtime/commit.ts';
import { createSteps, defineStep } from '../../functions/_runtime/steps.ts';
import { planApi } from '../../functions/plan-api/routes/index.ts';
import { createStore } from '../../storage/store.ts';
import { financier, inspector } from '../support/catalogue-world.ts';
import { type Engine, startEngine } from '../support/engine.ts';
import { call } from '../support/http-event.ts';
import { type OrdersWorld, ordersWorld } from '../support/orders-world.ts';

let engine: Engine;
let world: OrdersWorld;
beforeAll(async () => {
  engine = await startEngine();
  world = await ordersWorld(engine, 2090);
});
afterAll(() => engine.stop());

const named = (name: string) => Object.assign(new Error(name), { name });
const turnedAway = () =>
  new TransactionCanceledException({
    message: 'conflict',
    $metadata: {},
    CancellationReasons: [{ Code: 'None' }, { Code: 'TransactionConflict' }],
  });

/** The storage of the engine, but what is asked for is answered with an error, always. */
function storeThat(fails: (command: unknown) => Error | undefined) {
  const send = (command: unknown) => {
    const error = fails(command);
    return error ? Promise.reject(error) : engine.client.send(command as never);
  };
  return createStore({ send } as unknown as DynamoDBDocumentClient, engine.table, { pause: async () => undefined });
}

function apiThat(fails: (command: unknown) => Error | undefined) {
  const store = storeThat(fails);
  const now = () => world.clock.at;
  const ports: Ports = { reads: store, calendar: () => storedCalendar(store, now()) };
  const api = createApi({ store, now, routes: planApi(ports) });
  return (contract: Parameters<typeof call>[1], caller: Parameters<typeof call>[2], version?: number) =>
    call(api, contract, caller, {
      params: { year: world.year },
      ...(version === undefined ? {} : { version, body: { appropriation: '1.00', reason: '财政压减' } }),
    });
}

const busy: readonly (readonly [string, (command: unknown) => Error | undefined])[] = [
  ['turned away by writers', (command) => (command instanceof TransactGetCommand ? turnedAway() : undefined)],
  ['throttled', () => named('ThrottlingException')],
  ['without an answer in time', () => named('TimeoutError')],
];

test.each(busy)('storage that is %s makes a reader and the public come back, with a sentence', async (_, fails) => {
  const ask = apiThat(fails);
  for (const [contract, caller] of [
    [routes.readFund, inspector],
    [routes.readPublishedPlan, undefined],
  ] as const) {
    const { status, body, headers } = await ask(contract, caller);
    expect(status).toBe(503);
    expect(body).toMatchObject({ code: 'try-again', detail: expect.stringContaining('幂等键') });
    expect(headers['retry-after']).toBe('1');
  }
});

test('a command that the storage did not answer may be sent again with the same key', async () => {
  const { status, body } = await apiThat(() => named('ThrottlingException'))(routes.proposeAppropriation, financier, 1);
  expect([status, body.code]).toEqual([503, 'try-again']);
});

test('a fault of ours stays an internal error', async () => {
  const { status, body } = await apiThat(() => named('ValidationException'))(routes.readFund, inspector);
  expect([status, body.code]).toEqual([500, 'internal-error']);
});

test('a step whose view of the pool is turned away is tried again without end', async () => {
  const store = storeThat((command) => (command instanceof TransactGetCommand ? turnedAway() : undefined));
  const look = defineStep(z.object({}), z.object({}), async () => {
    await store.pool(world.year);
    return ok({ result: {}, changes: [] });
  });
  const steps = createSteps('year-end', { store, now: () => world.clock.at, steps: { look } });
  const event = { step: 'look', execution: 'e', state: 'Look', entered: 'now', input: {} };
  await expect(steps(event, { awsRequestId: 'r' })).rejects.toMatchObject({ name: 'RetryUnlimited' });
});

/** A decision about a waiting list that so many of whose facts are of different moments. */
const tornDecision = (torn: number) => {
  const year = 2091;
  let decided = 0;
  return {
    tries: () => decided,
    decide: async () => {
      decided += 1;
      const figures = { ...emptyList(year, 0), places: decided <= torn ? -1 : 1 };
      const change = { do: 'create', entity: 'waitingList', value: { ...figures, ...born(0) } } as const;
      return ok({ result: 'decided', changes: [change] });
    },
  };
};
const origin = { actor: { sub: 'somebody', role: 'system' as const }, at: 0, requestId: 'torn' };

test('what is impossible because somebody wrote between two readings is decided again', async () => {
  const { decide, tries } = tornDecision(1);
  const committed = await decideAndCommit(world.store, origin, decide, undefined, async () => undefined);
  expect([committed, tries()]).toEqual([{ ok: true, value: { result: 'decided' } }, 2]);
});

test('what is impossible every time is a fault, and nothing is written', async () => {
  const { decide } = tornDecision(Number.POSITIVE_INFINITY);
  const committed = decideAndCommit(world.store, origin, decide, undefined, async () => undefined);
  await expect(committed).rejects.toThrow(z.ZodError);
});
