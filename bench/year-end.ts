import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { yearEndRoutes } from '../contracts/year-end.ts';
import { businessDate, businessDateOf, startOfDay, yearOf } from '../core/calendar/business-date.ts';
import { type Fen, fen } from '../core/money/money.ts';
import { decide } from '../demo/cast.ts';
import { type Json, Person } from '../demo/client.ts';
import { CLIENT_ID } from '../demo/system.ts';
import { createStore, type Store } from '../storage/store.ts';
import { clientOptions } from './issue-world.ts';
import { FACE, makeUpYear, PER_ENTERPRISE } from './made-up-year.ts';
import { type Line, printTable, round } from './report.ts';
import { unthrottledAssembly } from './system.ts';
import type { Addresses, Wish } from './year-end-process.ts';

/** `YEAR_END_VOUCHERS=1000` for a shorter one. Ten vouchers an enterprise; the larger year has ten times as many. */
const SMALL = Number(process.env.YEAR_END_VOUCHERS ?? '10000');

/**
 * The close of a year over the whole system: dry run by the schedule of 1 January, request, two approvals, vouchers moved
 * with their money. Half-way the system is killed without warning and started again on what it had stored.
 */
export async function measureYearEnd(): Promise<void> {
  const assembly = await unthrottledAssembly();
  const small = await closeOf(assembly, SMALL);
  const large = await closeOf(assembly, SMALL * 10);
  const seconds = (value: number) => `${(value / 1000).toFixed(1)} s`;
  const ratio = large.moving / small.moving;
  const line = (of: Closed): Line => ({
    measure: `close of ${round(of.vouchers)} vouchers of ${round(of.enterprises)} enterprises, killed after ${round(of.killedAt)}`,
    value: seconds(of.moving),
    note: `${round(of.vouchers)} vouchers: dry run ${seconds(of.surveying)}, moving and closing ${seconds(of.moving)}, of which ${seconds(of.down)} down; ${of.totals}.`,
  });
  printTable('Year-end', [
    { ...line(small) },
    {
      ...line(large),
      floor: `${seconds(small.moving)} for ${round(small.vouchers)}`,
      ratio,
      target: '≤ 12',
      met: ratio <= 12,
    },
  ]);
}

interface Closed {
  readonly vouchers: number;
  readonly enterprises: number;
  readonly surveying: number;
  readonly moving: number;
  readonly down: number;
  readonly killedAt: number;
  readonly totals: string;
}

async function closeOf(assembly: string, count: number): Promise<Closed> {
  const folder = await mkdtemp(join(tmpdir(), 'dengyun-bench-'));
  let system = await start(assembly, folder);
  try {
    const year = yearOf(businessDateOf(Date.now()));
    console.log(`making up ${round(count)} vouchers …`);
    await makeUpYear(storeOf(system), { year, count, at: startOfDay(businessDate(`${year}-06-01`)) });

    const newYear = startOfDay(businessDate(`${year + 1}-01-01`));
    const began = performance.now();
    // The schedule counts the year by itself. Nobody asks meanwhile: the clock moves on only when everything is at rest.
    await system.ask({ advanceTo: newYear + 3_600_000 });
    await reportWhen(system, year, ({ status }) => status === 'reported');
    const surveying = performance.now() - began;
    console.log(`${round(count)} vouchers counted in ${(surveying / 1000).toFixed(1)} s`);

    await approve(system, year);
    const asked = performance.now();
    const killedAt = await progress(system, year, count, count / 2);
    const killed = performance.now();
    await system.kill();
    console.log(`killed after ${round(killedAt)} vouchers; starting again`);
    system = await start(assembly, folder);
    const down = performance.now() - killed;
    await progress(system, year, count, count);
    await reportWhen(system, year, ({ status }) => status === 'closed');
    const moving = performance.now() - asked;
    const totals = await compare(storeOf(system), year, count);
    return {
      vouchers: count,
      enterprises: Math.ceil(count / PER_ENTERPRISE),
      surveying,
      moving,
      down,
      killedAt,
      totals,
    };
  } finally {
    await system.kill();
    // The engine outlives whoever is killed; the next start would end it.
    const engine = Number(await readFile(join(folder, 'dynamodb/engine.pid'), 'utf8').catch(() => '0'));
    if (engine > 0) process.kill(engine);
    await rm(folder, { recursive: true, force: true });
  }
}

interface Running extends Addresses {
  person(username: string): Person;
  ask(wish: Wish): Promise<void>;
  /** No goodbye. */
  kill(): Promise<void>;
}

/** The system in a process of its own. What it stored before, clock included, is still there. */
async function start(assembly: string, dataDir: string): Promise<Running> {
  const child = fork(join(import.meta.dirname, 'year-end-process.ts'), [assembly, dataDir], { stdio: 'inherit' });
  const addresses = (await answerOf(child)) as Addresses;
  const persons = new Map<string, Person>();
  let offset = 0;
  return {
    ...addresses,
    person(username) {
      const known =
        persons.get(username) ??
        new Person(username, { ...addresses, clientId: CLIENT_ID, now: () => Date.now() + offset });
      persons.set(username, known);
      return known;
    },
    async ask(wish) {
      if ('advanceTo' in wish) offset = wish.advanceTo - Date.now();
      child.send(wish);
      await answerOf(child);
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const answerOf = (child: ChildProcess) =>
  new Promise<unknown>((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`the system ended (${code})`)));
  });

const storeOf = ({ dynamodb, table }: Addresses): Store =>
  createStore(
    DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions(dynamodb)), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    table,
  );

/** Finance asks for the run on the report; a person of each department approves. */
async function approve(system: Running, year: number): Promise<void> {
  const finance = system.person('finance');
  const params = { year };
  const { version } = await finance.do(yearEndRoutes.readReport, { params });
  await finance.do(yearEndRoutes.requestRun, { params, version });
  await decide(system.person('officer'), String(year), { outcome: 'approve' }, 'year-end-industry');
  await decide(system.person('finance2'), String(year), { outcome: 'approve' }, 'year-end-finance');
}

/** The report of the close as soon as it is as wanted: a large year takes its time. */
async function reportWhen(system: Running, year: number, wanted: (report: Json) => boolean): Promise<Json> {
  for (;;) {
    const { status, body } = await system.person('finance').try(yearEndRoutes.readReport, { params: { year } });
    if (status === 200 && wanted(body)) return body;
    await pause(100);
  }
}

/** Tells how far the close is, until it has come so far. Gives how many vouchers that were. */
async function progress(system: Running, year: number, count: number, until: number): Promise<number> {
  let told = 0;
  const { moved } = await reportWhen(system, year, ({ moved: { count: sofar } }) => {
    if (sofar - told >= count / 10) {
      told = sofar;
      console.log(`${round(sofar)} of ${round(count)} vouchers moved`);
    }
    return sofar >= until;
  });
  return moved.count;
}

/** Both years to the fen, or an error: nothing was lost and nothing moved twice. */
async function compare(store: Store, year: number, count: number): Promise<string> {
  const total: Fen = fen(FACE * count);
  const [closed, next] = [await store.fund(year), await store.fund(year + 1)];
  const equal =
    closed.active === 0 &&
    closed.available === 0 &&
    closed.carryIn === total &&
    next.active === total &&
    next.carryIn === -total;
  if (!equal) throw new Error(`the totals differ: ${JSON.stringify({ closed, next })}`);
  return `totals of both years equal to the fen`;
}
