import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { narrate } from '../../demo/narrator.ts';
import { type EmbeddedSystem, startSystem } from '../../demo/system.ts';
import type { Summary } from '../../demo/tell-story.ts';
import { tellYears } from '../../demo/tell-years.ts';
import { removeFolder } from '../support/folders.ts';

let dataDir: string;
let system: EmbeddedSystem;
let summary: Summary;
const told: string[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dengyun-years-'));
  system = await startSystem({ dataDir, log: () => undefined, functionConcurrency: 2 });
  summary = await tellYears(
    system,
    narrate((line) => told.push(line)),
  );
}, 240_000);

afterAll(async () => {
  await system?.stop();
  await removeFolder(dataDir);
});

describe('two years and the close between them, over HTTP, on the embedded system', () => {
  it('pays the old voucher from the fund that its money moved to', () => {
    // 12,000.00 in the first year; 12,000.00 of the first year's use and two times 12,000.00 in the second.
    expect(summary).toMatchObject({ orders: 5, vouchersIssued: 5, paidFen: 4_800_000, ledgerBalanced: true });
  });

  it('holds every invariant in each year and across both', () => {
    expect(Object.entries(summary.invariants).filter(([, holds]) => !holds)).toEqual([]);
    expect(Object.keys(summary.invariants).length).toBeGreaterThan(16);
  });

  it('carries the free money over and moves the live voucher with its own', () => {
    expect(told.join('\n')).toMatch(/结转 \d{4} 年资金 6000\.00 元/);
    expect(told.join('\n')).toMatch(/随资金转移云服务券 1 张，12000\.00 元/);
  });

  it('gives what comes free to whoever waits, and serves them first in the next year', () => {
    expect(told.join('\n')).toMatch(/候补第 1 位得到 6000\.00 元，尚缺 6000\.00 元/);
    expect(told.join('\n')).toMatch(/上年候补，本年最先得到 12000\.00 元/);
  });

  it('leaves no dead letter and no failed execution', async () => {
    await system.settled();
    expect(system.deadLetters()).toEqual([]);
    expect(system.executions().filter(({ status }) => status !== 'SUCCEEDED')).toEqual([]);
  });
});
