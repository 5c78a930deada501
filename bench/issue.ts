import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { EmbeddedSystem } from '../demo/system.ts';
import { ENDPOINT_VARIABLE, startEngine } from '../local/dynamodb/engine.ts';
import { clientOptions, makeWorld, type PlacedOrder, requestsOf } from './issue-world.ts';
import { fastest, type LoadOutcome, load, type Pace, paceOf } from './load.ts';
import { startRecorder } from './recorder.ts';
import { type Line, milliseconds, printTable, round } from './report.ts';
import type { WireRequest } from './sockets.ts';
import { startUnthrottled, unthrottledAssembly } from './system.ts';

const CLIENTS = 32;
const ORDERS = 384;
/** Sent first and not counted, here and at the floor: compilers and connections are warm then. */
const WARMING = 64;

type Requests = Awaited<ReturnType<typeof requestsOf>>;
type StepRequests = (requests: Requests) => readonly WireRequest[];

/**
 * Orders placed and vouchers issued through the whole system by 32 clients at once. The floor is the very same
 * transactions: recorded in one run, and sent by the SDK, 32 at a time, to an engine on a copy of the same data.
 */
export async function measureIssue(rounds = 3, shards?: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dengyun-bench-'));
  const assembly = await unthrottledAssembly(shards);
  const start = (dataDir: string) => startUnthrottled(assembly, dataDir, ORDERS);

  /** Runs something on a copy of stored data and gives its folder back, stopped. */
  const on = async <T>(
    stored: string | undefined,
    copy: string,
    run: (system: EmbeddedSystem) => Promise<T>,
  ): Promise<T> => {
    const dataDir = join(folder, copy);
    await rm(dataDir, { recursive: true, force: true });
    if (stored) await cp(join(folder, stored), dataDir, { recursive: true });
    const system = await start(dataDir);
    try {
      const result = await run(system);
      await system.settled();
      return result;
    } finally {
      await system.stop();
    }
  };

  try {
    console.log('preparing enterprises …');
    const world = await on(undefined, 'empty-book', (system) => makeWorld(system, ORDERS));

    console.log('placing orders …');
    const place = await measureStep('empty-book', (requests) => requests.place());
    const placed = ordersOf(place.recorded);

    console.log('answering orders …');
    const answered = await on('empty-book-recorded', 'answered-book', async (system) => {
      const requests = await requestsOf(system, world);
      return ordersOf(
        await load({ url: system.apiUrl, requests: requests.answer(placed), clients: 8, keepBodies: true }),
      );
    });

    console.log('signing …');
    const sign = await measureStep('answered-book', (requests) => requests.sign(answered), answered);

    const pool = shards === undefined ? '' : `, ${shards} ${shards === 1 ? 'shard' : 'shards'}`;
    printTable(`Issue through HTTP, ${CLIENTS} clients, durable file, best of ${rounds}${pool}`, [
      ...linesOf('vouchers issued', sign, 0.8),
      ...linesOf('orders placed', place),
    ]);

    async function measureStep(stored: string, step: StepRequests, warmBy: readonly PlacedOrder[] = []) {
      const recorded = await record(stored, step);
      const ours: Pace[] = [];
      const floors: Pace[] = [];
      const puts: Pace[] = [];
      for (let i = 0; i < rounds; i++) {
        ours.push(
          await on(stored, 'run', async (system) => {
            const requests = await requestsOf(system, world);
            const all = step(requests);
            const send = (some: readonly WireRequest[]) =>
              load({ url: system.apiUrl, requests: some, clients: CLIENTS });
            await send(requests.read(warmBy));
            await send(all.slice(0, WARMING));
            return paceOf(await send(all.slice(WARMING)));
          }),
        );
        const floor = await straight(stored, recorded.transactions);
        floors.push(floor.transactions);
        puts.push(floor.puts);
      }
      return {
        recorded: recorded.outcome,
        sample: recorded.transactions.at(-1) ?? '{}',
        ours: fastest(ours),
        floor: fastest(floors),
        put: fastest(puts),
      };
    }

    /** One run through a recorder in front of the engine; what it stored stays in `<stored>-recorded`. */
    async function record(stored: string, step: StepRequests) {
      const copy = `${stored}-recorded`;
      const engineDir = join(folder, `${stored}-engine`);
      await cp(join(folder, stored), engineDir, { recursive: true });
      const engine = await startEngine({ dataDir: engineDir, port: 0, onExit: () => undefined });
      const recorder = await startRecorder(engine.endpoint);
      process.env[ENDPOINT_VARIABLE] = recorder.endpoint;
      try {
        return await on(stored, copy, async (system) => {
          const requests = step(await requestsOf(system, world));
          const before = recorder.transactions.length;
          const outcome = await load({ url: system.apiUrl, requests, clients: CLIENTS, keepBodies: true });
          // Those of the requests carry an answer; workflows write transactions too.
          const transactions = recorder.transactions.slice(before).filter((text) => text.includes('"IDEMPOTENCY#'));
          if (transactions.length !== requests.length) {
            throw new Error(
              `${requests.length} requests, ${transactions.length} transactions, ${JSON.stringify(outcome.statuses)}: ${outcome.bodies.at(-1)}`,
            );
          }
          return { outcome, transactions };
        });
      } finally {
        delete process.env[ENDPOINT_VARIABLE];
        recorder.stop();
        await engine.stop();
        await rm(join(folder, copy, 'dynamodb'), { recursive: true, force: true });
        await cp(join(engineDir, 'dynamodb'), join(folder, copy, 'dynamodb'), { recursive: true });
      }
    }

    /** The recorded transactions, then as many single puts, straight to an engine on the same stored data. */
    async function straight(stored: string, transactions: readonly string[]) {
      const dataDir = join(folder, 'straight');
      await rm(dataDir, { recursive: true, force: true });
      await cp(join(folder, stored), dataDir, { recursive: true });
      const engine = await startEngine({ dataDir, port: 0, onExit: () => undefined });
      const client = new DynamoDBClient(clientOptions(engine.endpoint));
      const inputs = transactions.map((text) => JSON.parse(text));
      const table: string =
        inputs[0].TransactItems[0].Put?.TableName ?? inputs[0].TransactItems[0].ConditionCheck.TableName;
      const transact = (some: readonly (typeof inputs)[number][]) =>
        atOnce(some, (input) => client.send(new TransactWriteItemsCommand(input)));
      const put = (some: readonly string[]) =>
        atOnce(some, () =>
          client.send(
            new PutItemCommand({
              TableName: table,
              Item: { pk: { S: `BENCH#${randomUUID()}` }, sk: { S: 'PUT' }, data: { S: 'x'.repeat(1000) } },
            }),
          ),
        );
      try {
        await transact(inputs.slice(0, WARMING));
        const transactionPace = await transact(inputs.slice(WARMING));
        return { transactions: transactionPace, puts: await put(transactions.slice(WARMING)) };
      } finally {
        client.destroy();
        await engine.stop();
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Does something for every input, as many at a time as there are clients. */
async function atOnce<T>(inputs: readonly T[], run: (input: T) => Promise<unknown>): Promise<Pace> {
  const latencies: number[] = [];
  let next = 0;
  const started = performance.now();
  const client = async () => {
    for (let input = inputs[next++]; input !== undefined; input = inputs[next++]) {
      const sent = performance.now();
      await run(input);
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return paceOf({ seconds: (performance.now() - started) / 1000, latencies, statuses: { 200: latencies.length } });
}

function ordersOf({ bodies, statuses }: LoadOutcome): PlacedOrder[] {
  if (Object.keys(statuses).some((status) => Number(status) >= 300)) {
    throw new Error(`refused: ${JSON.stringify(statuses)} ${bodies.find((body) => body.includes('"code"'))}`);
  }
  return bodies.map((body) => JSON.parse(body)).map(({ id, version }) => ({ id, version }));
}

function linesOf(
  what: string,
  { ours, floor, put, sample }: { ours: Pace; floor: Pace; put: Pace; sample: string },
  target?: number,
): Line[] {
  const { TransactItems } = JSON.parse(sample);
  const ratio = ours.perSecond / floor.perSecond;
  const value = `${round(ours.perSecond)}/s, p50 ${milliseconds(ours.p50)}, p99 ${milliseconds(ours.p99)}, errors ${ours.errors}`;
  return [
    {
      measure: what,
      value,
      floor: `the same transactions straight to the engine: ${round(floor.perSecond)}/s, p99 ${milliseconds(floor.p99)}`,
      ratio,
      ...(target === undefined ? {} : { target: `≥ ${target}`, met: ratio >= target }),
      note: `${what}: a transaction of ${TransactItems.length} items, ${round(Buffer.byteLength(sample))} bytes on the wire.`,
    },
    {
      measure: what,
      value,
      floor: `one PutItem of 1 KB: ${round(put.perSecond)}/s, p99 ${milliseconds(put.p99)}`,
      ratio: ours.perSecond / put.perSecond,
    },
  ];
}
