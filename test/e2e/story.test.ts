import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { narrate } from '../../demo/narrator.ts';
import { type System, startSystem } from '../../demo/system.ts';
import { type Summary, tellStory } from '../../demo/tell-story.ts';
import { dump } from '../support/registry-world.ts';

let dataDir: string;
let system: System;
let summary: Summary;
const told: string[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dengyun-story-'));
  system = await startSystem({ dataDir, log: () => undefined });
  summary = await tellStory(
    system,
    narrate((line) => told.push(line)),
  );
}, 180_000);

afterAll(async () => {
  await system?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

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
