import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { narrate } from '../../demo/narrator.ts';
import { type System, startSystem } from '../../demo/system.ts';
import { type Summary, tellStory } from '../../demo/tell-story.ts';

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
});
