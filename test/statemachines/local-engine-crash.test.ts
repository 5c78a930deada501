import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { type Bench, functionArn, functionError, LAMBDA_TOKEN, openBench } from '../support/step-functions.ts';

const call = (name: string, more: object) => ({ Type: 'Task', Resource: functionArn(name), ...more });

/** A bit of everything that leaves a trace in the journal. */
const machine = {
  StartAt: 'First',
  States: {
    First: call('first', { ResultPath: '$.first', Next: 'Both' }),
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'L', States: { L: { Type: 'Wait', Seconds: 30, Next: 'L2' }, L2: call('left', { End: true }) } },
        { StartAt: 'R', States: { R: call('right', { End: true }) } },
      ],
      ResultPath: '$.both',
      Next: 'Each',
    },
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemProcessor: { StartAt: 'I', States: { I: call('item', { End: true }) } },
      ResultPath: '$.each',
      Next: 'Flaky',
    },
    Flaky: call('flaky', {
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 20, MaxAttempts: 5 }],
      ResultPath: '$.flaky',
      Next: 'Ask',
    }),
    Ask: {
      Type: 'Task',
      Resource: LAMBDA_TOKEN,
      Parameters: { FunctionName: 'ask', Payload: { 'token.$': '$$.Task.Token' } },
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.asked', Next: 'Done' }],
      ResultPath: '$.asked',
      Next: 'Done',
    },
    Done: { Type: 'Succeed' },
  },
};

const input = { items: [1, 2, 3] };
const output = { ...input, first: 'first', both: ['left', 'right'], each: [10, 20, 30], flaky: 'ok', asked: 'yes' };

const functions = () => {
  const failed = new Set<string>();
  return {
    first: () => 'first',
    left: () => 'left',
    right: () => 'right',
    item: (n: number) => n * 10,
    flaky: () => {
      if (failed.has('flaky')) return 'ok';
      failed.add('flaky');
      throw functionError('Busy');
    },
    ask: () => null,
  };
};

interface Line {
  type: string;
  scope?: string;
  resource?: string;
  token?: string;
  result?: unknown;
  input?: unknown;
}

const answer = async (b: Bench, token: string | undefined) => {
  if (token === undefined) return;
  const command = new SendTaskSuccessCommand({ taskToken: token, output: '"yes"' });
  await b.sfn.send(command).catch((error: Error) => {
    if (error.name !== 'TaskTimedOut') throw error;
  });
};

const finish = async (b: Bench, issued?: string) => {
  await b.pass(120);
  await answer(b, issued);
  await answer(b, b.calls.find(({ name }) => name === 'ask') && b.tokens().at(-1));
  await b.settled();
};

it('an execution killed after any line of its journal comes to the same end and repeats no completed step', async () => {
  const whole = await openBench({ m: machine }, functions());
  const arn = await whole.start('m', input, 'n');
  await finish(whole);
  expect(await whole.describe(arn)).toEqual({ status: 'SUCCEEDED', output });
  const lines = readFileSync(join(whole.dataDir, 'finished', 'm', 'n.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  const offset = whole.now() - Date.now();
  const definitions = mkdtempSync(join(tmpdir(), 'dengyun-definitions-'));
  cpSync(join(whole.dataDir, 'definitions'), definitions, { recursive: true });
  await whole.close();

  expect(lines.length).toBeGreaterThan(35);
  for (let kept = 1; kept <= lines.length; kept++) {
    const dataDir = mkdtempSync(join(tmpdir(), 'dengyun-crash-'));
    mkdirSync(join(dataDir, 'running', 'm'), { recursive: true });
    cpSync(definitions, join(dataDir, 'definitions'), { recursive: true });
    writeFileSync(join(dataDir, 'running', 'm', 'n.jsonl'), `${lines.slice(0, kept).join('\n')}\n`);
    const past = lines.slice(0, kept).map((line) => JSON.parse(line) as Line);

    const resumed = await openBench({ m: machine }, functions(), { dataDir, offset });
    await finish(resumed, past.findLast(({ type, token }) => type === 'scheduled' && token !== undefined)?.token);
    const where = `after ${kept} lines, the last being ${past.at(-1)?.type}`;
    expect(await resumed.describe(arn), where).toEqual({ status: 'SUCCEEDED', output });

    const completed = past
      .filter(({ type }) => type === 'completed')
      .map(({ resource }) => resource?.split(':').at(-1));
    for (const name of ['first', 'left', 'right', 'item', 'flaky']) {
      const before = completed.filter((done) => done === name).length;
      const after = resumed.calls.filter((done) => done.name === name).length;
      const needed = name === 'item' ? 3 : 1;
      // A flaky step that has not failed yet in this process fails once more.
      const again = name === 'flaky' && before === 0 ? 1 : 0;
      expect(before + after - again, `${name} ${where}`).toBe(needed);
    }
    if (past.some(({ type }) => type === 'submitted')) {
      expect(
        resumed.calls.filter(({ name }) => name === 'ask'),
        where,
      ).toEqual([]);
    }
    await resumed.close();
  }
  rmSync(definitions, { recursive: true });
});
