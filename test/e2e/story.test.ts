import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { appAssembly } from '../../demo/assembly.ts';
import type { AcceptedCommand, Json, Person } from '../../demo/client.ts';
import { narrate } from '../../demo/narrator.ts';
import { connectSystem } from '../../demo/remote-system.ts';
import { type EmbeddedSystem, startSystem } from '../../demo/system.ts';
import { type Summary, tellStory } from '../../demo/tell-story.ts';
import { awsSystem } from '../../verify/aws-system.ts';
import { resourcesOf } from '../../verify/resources.ts';
import { verify } from '../../verify/verify.ts';
import { removeFolder } from '../support/folders.ts';
import { enginesOf, type Killing, startKilling } from '../support/killing.ts';
import { dump } from '../support/registry-world.ts';
import { type Traces, tracesOf } from '../support/story-traces.ts';

/** How often the second story is killed: `KILLS=200 npx vitest run test/e2e/story.test.ts`, in rounds of twenty. */
const KILLS = Number(process.env.KILLS ?? 20);
const KILLS_IN_A_ROUND = 20;
/** `SEED=…` repeats the first round of a run. */
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 1e6));
/** Commands that the story sends, roughly. */
const COMMANDS = 215;

let dataDir: string;
let system: EmbeddedSystem;
let summary: Summary;
let traces: Traces;
const told: string[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dengyun-story-'));
  system = await startSystem({ dataDir, log: () => undefined, functionConcurrency: 2 });
  summary = await tellStory(
    system,
    narrate((line) => told.push(line)),
  );
  await system.settled();
  traces = await tracesOf(system.endpoints.dynamodb, tableOf(system), dataDir);
}, 180_000);

afterAll(async () => {
  await system?.stop();
  await removeFolder(dataDir);
});

/** What `npm run verify` says of a running system. */
async function findingsOf({ endpoints, environment, region, epochMs }: Json): Promise<readonly unknown[]> {
  const common = { region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const clients = {
    dynamodb: new DynamoDBClient({ ...common, endpoint: endpoints.dynamodb }),
    workflows: new SFNClient({ ...common, endpoint: endpoints.stepFunctions }),
    objects: new S3Client({ ...common, endpoint: endpoints.s3, forcePathStyle: true }),
  };
  const around = { now: async () => epochMs, deadLetters: async () => new Map<string, number>() };
  const { findings, items } = await verify(awsSystem(clients, resourcesOf(environment), around));
  for (const client of Object.values(clients)) client.destroy();
  expect(items).toBeGreaterThan(500);
  return findings;
}

const tableOf = ({ model }: EmbeddedSystem) => model.tables[0]?.name ?? '';

describe('the whole life of a voucher, over HTTP, on the embedded system', () => {
  it('issues a voucher for each of the eight contracts', () => {
    expect(summary.orders).toBe(8);
    expect(summary.vouchersIssued).toBe(8);
  });

  it('pays to the fen what audit, publicity and objections left', () => {
    // 1,700.00 + 20,000.00 + 12,000.00 + 2,500.00 + 1,350.00 (cut by 10 %) + 4,000.00 (corrected); void and rejected: 0.
    expect(summary.paidFen).toBe(4_155_000);
  });

  it('ends with a balanced ledger and every invariant', () => {
    expect(summary.ledgerBalanced).toBe(true);
    expect(Object.entries(summary.invariants).filter(([, holds]) => !holds)).toEqual([]);
  });

  it('leaves no dead letter, no failed execution, and nobody waiting', async () => {
    await system.settled();
    expect(system.deadLetters()).toEqual([]);
    expect(system.executions().filter(({ status }) => status !== 'SUCCEEDED')).toEqual([]);
  });

  it('tells it chapter by chapter', () => {
    expect(told.filter((line) => /^\n\s*\d+ {2}/.test(line))).toHaveLength(10);
  });

  describe('told by its people’s own numbers', () => {
    /** ID numbers, phones and accounts of the cast; tokens, signatures and keys of the runtime. */
    const personal = {
      idNumber: /\d{6}19850612\d{3}[\dX]/,
      phone: /\b(?:1384\d{7}|13947100000)\b/,
      account: /\b6217\d{12,15}\b/,
    };
    const secrets = {
      token: /eyJ[\w-]+\.eyJ[\w-]+\./,
      signature: /X-Amz-Signature/i,
      key: /"(?:d|dp|dq|qi)":"[\w-]{40,}"/,
    };
    const foundIn = (text: string, patterns: Readonly<Record<string, RegExp>>) =>
      Object.keys(patterns).filter((name) => patterns[name]?.test(text));
    const textsUnder = async (folder: string) => {
      const files = await readdir(join(dataDir, folder), { recursive: true, withFileTypes: true });
      return Promise.all(
        files
          .filter((file) => file.isFile())
          .map(async (file) => [file.name, await readFile(join(file.parentPath, file.name), 'utf8')] as const),
      );
    };

    it('prints none of them in a log line of a function', async () => {
      const logs = await textsUnder('logs');
      expect(logs.length).toBeGreaterThan(10);
      expect(
        logs.flatMap(([name, text]) => foundIn(text, { ...personal, ...secrets }).map((what) => `${what} in ${name}`)),
      ).toEqual([]);
    });

    it('hands none of them to a workflow', async () => {
      const journals = await textsUnder('stepfunctions');
      expect(journals.length).toBeGreaterThan(0);
      expect(
        journals.flatMap(([name, text]) =>
          foundIn(text, { ...personal, ...secrets }).map((what) => `${what} in ${name}`),
        ),
      ).toEqual([]);
    });

    it('stores them where they belong, and so streams them from nowhere else', async () => {
      const [table] = system.model.tables;
      const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
      const client = DynamoDBDocumentClient.from(
        new DynamoDBClient({ endpoint: system.endpoints.dynamodb, region: system.model.region, credentials }),
      );
      const items = await dump({ client, table: table?.name ?? '' });
      client.destroy();
      expect(items.length).toBeGreaterThan(500);
      const holding = items
        .filter((item) => foundIn(item, personal).length > 0)
        .map((item) => String(JSON.parse(item).pk).split('#')[0]);
      expect([...new Set(holding)].sort()).toEqual(['IDENTITY', 'OBJECTION']);
      expect(holding.length).toBeGreaterThan(5);
    });

    it('does not tell them in the story', () => {
      expect(foundIn(told.join('\n'), { ...personal, ...secrets })).toEqual([]);
    });
  });
});

describe('the same story, with the system killed without warning again and again', () => {
  const rounds = Array.from({ length: Math.ceil(KILLS / KILLS_IN_A_ROUND) }, (_, round) => SEED + round);

  it.each(rounds)(
    'comes to the same end: nothing accepted is lost, nothing is done twice (seed %i)',
    async (seed) => {
      const folder = await mkdtemp(join(tmpdir(), 'dengyun-killed-'));
      const killing = await startKilling({
        seed,
        kills: Math.min(KILLS, KILLS_IN_A_ROUND),
        commands: COMMANDS,
        assembly: await appAssembly(() => undefined),
        dataDir: folder,
      });
      onTestFailed(() => console.log(`data in ${folder}\n${killing.lives.join('\n')}`));
      await tellAndCompare(killing, folder).finally(() => killing.stop());
      expect(enginesOf(folder)).toEqual([]);
      await removeFolder(folder);
    },
    600_000,
  );

  async function tellAndCompare(killing: Killing, folder: string): Promise<void> {
    const log: AcceptedCommand[] = [];
    const killed = await connectSystem(killing.addresses, (command) => {
      log.push(command);
      killing.accepted();
    });
    const end = await tellStory(
      killed,
      narrate(() => undefined),
    );
    await killing.survived();
    expect({ ...end, seconds: 0 }).toEqual({ ...summary, seconds: 0 });

    const control = async (path: string, method = 'GET'): Promise<Json> =>
      (await fetch(`${killing.addresses.controlUrl}${path}`, { method })).json();
    await control('/settle', 'POST');
    const { executions } = await control('/executions');
    expect(executions.filter(({ status }: { status: string }) => status !== 'SUCCEEDED')).toEqual([]);
    expect(await control('/dead-letters')).toEqual({ deadLetters: [] });
    const health = await control('/health');
    const { endpoints } = health;
    expect(await tracesOf(endpoints.dynamodb, tableOf(system), folder)).toEqual(traces);

    expect(await findingsOf(health)).toEqual([]);

    // The oracle is the client's own log: an accepted command that is sent again is answered with what was stored with it.
    expect(log.length).toBeGreaterThan(COMMANDS * 0.9);
    const people = new Map<string, Person>();
    for (const { username, contract, options, answer } of [...log]) {
      const person = people.get(username) ?? killed.person(username);
      people.set(username, person);
      const again = await person.try(contract, options);
      expect({ ...again, operation: contract.operation }).toEqual({ ...answer, operation: contract.operation });
    }
    // And changes nothing.
    await control('/settle', 'POST');
    expect(await findingsOf(health)).toEqual([]);
    expect(await tracesOf(endpoints.dynamodb, tableOf(system), folder)).toEqual(traces);
    expect(enginesOf(folder)).toHaveLength(1);
  }
});
