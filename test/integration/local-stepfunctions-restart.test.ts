import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetExecutionHistoryCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  type Bench,
  functionArn,
  functionError,
  LAMBDA_TOKEN,
  machineArn,
  openBench,
  REGION,
  type TestFunction,
} from '../support/step-functions.ts';

let bench: Bench | undefined;

afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

const open = async (states: Record<string, unknown>, functions: Record<string, TestFunction> = {}) => {
  bench = await openBench({ m: { StartAt: Object.keys(states)[0], States: states } }, functions);
  return bench;
};

const restart = async (b: Bench, options?: Parameters<Bench['restart']>[0]) => {
  bench = await b.restart(options);
  return bench;
};

const call = (name: string, more: object) => ({ Type: 'Task', Resource: functionArn(name), ...more });

const eventTypes = async (b: Bench, executionArn: string) => {
  const { events } = await b.sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
  return events?.map(({ type }) => type);
};

describe('after a kill', () => {
  it('waits go on to the moment they were going to', async () => {
    const b = await open(
      { A: call('a', { Next: 'W' }), W: { Type: 'Wait', Seconds: 3600, Next: 'Z' }, Z: call('z', { End: true }) },
      {
        a: () => 'a',
        z: (input) => `${input}z`,
      },
    );
    const arn = await b.start('m');
    await b.pass(1800);
    const again = await restart(b);
    await again.pass(1790);
    expect((await again.describe(arn)).status).toBe('RUNNING');
    await again.pass(20);
    expect(await again.describe(arn)).toEqual({ status: 'SUCCEEDED', output: 'az' });
    // The completed step did not run again.
    expect(again.calls.map(({ name }) => name)).toEqual(['z']);
    expect(await eventTypes(again, arn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'WaitStateEntered',
      'WaitStateExited',
      'TaskStateEntered',
      'LambdaFunctionScheduled',
      'LambdaFunctionStarted',
      'LambdaFunctionSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('waits that fell due in the meantime are over at once', async () => {
    const b = await open({ W: { Type: 'Wait', Seconds: 3600, End: true } });
    const arn = await b.start('m', { n: 1 });
    await b.settled();
    const again = await restart(b, { after: 7200 });
    await again.settled();
    expect(await again.describe(arn)).toEqual({ status: 'SUCCEEDED', output: { n: 1 } });
  });

  it('a task under way is done once more', async () => {
    let calls = 0;
    const b = await open(
      { A: call('a', { End: true }) },
      { a: () => (++calls === 1 ? new Promise(() => {}) : 'done') },
    );
    const arn = await b.start('m');
    const again = await restart(b);
    await again.settled();
    expect(await again.describe(arn)).toEqual({ status: 'SUCCEEDED', output: 'done' });
    expect(calls).toBe(2);
  });

  it('a retry is still due when it was, and counts', async () => {
    const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 100, BackoffRate: 1, MaxAttempts: 2 }];
    const b = await open(
      { A: call('a', { Retry, End: true }) },
      {
        a: () => {
          throw functionError('Busy');
        },
      },
    );
    const arn = await b.start('m');
    await b.pass(110);
    expect(b.calls).toHaveLength(2);
    const again = await restart(b);
    await again.pass(80);
    expect(again.calls).toHaveLength(0);
    await again.pass(20);
    expect(again.calls).toHaveLength(1);
    expect(await again.describe(arn)).toMatchObject({ status: 'FAILED', error: 'Busy' });
  });

  it('a token that was handed out is still good, and its function is not called again', async () => {
    const Parameters = { FunctionName: 'ask', Payload: { 'token.$': '$$.Task.Token' } };
    const b = await open(
      { Ask: { Type: 'Task', Resource: LAMBDA_TOKEN, Parameters, TimeoutSeconds: 1000, End: true } },
      {
        ask: () => null,
      },
    );
    const arn = await b.start('m');
    const late = await b.start('m');
    await b.settled();
    const [token = '', other = ''] = b.tokens();
    const again = await restart(b);
    await again.settled();
    expect(again.calls).toHaveLength(0);
    await again.sfn.send(new SendTaskSuccessCommand({ taskToken: token, output: '"yes"' }));
    await again.settled();
    expect(await again.describe(arn)).toEqual({ status: 'SUCCEEDED', output: 'yes' });
    // Its time-out goes on as well, and a token that was used stays used.
    await again.pass(1001);
    expect(await again.describe(late)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    const third = await restart(again);
    for (const taskToken of [token, other]) {
      await expect(third.sfn.send(new SendTaskSuccessCommand({ taskToken, output: '1' }))).rejects.toMatchObject({
        name: 'TaskTimedOut',
      });
    }
  });

  it('an answer that comes while executions are only just going on is taken, however many there are', async () => {
    const Parameters = { FunctionName: 'ask', Payload: { 'token.$': '$$.Task.Token' } };
    const b = await open({ Ask: { Type: 'Task', Resource: LAMBDA_TOKEN, Parameters, End: true } }, { ask: () => null });
    for (let n = 0; n < 60; n++) await b.start('m');
    await b.settled();
    const tokens = b.tokens();
    const again = await restart(b);
    await Promise.all(
      tokens.map((taskToken) => again.sfn.send(new SendTaskSuccessCommand({ taskToken, output: '"yes"' }))),
    );
    await again.settled();
    expect(again.service.list().filter(({ status }) => status === 'SUCCEEDED')).toHaveLength(60);
  });

  it('an answer that was acknowledged is never asked for again, whenever the kill came', async () => {
    const Parameters = { FunctionName: 'ask', Payload: { 'token.$': '$$.Task.Token' } };
    const b = await open(
      {
        Ask: { Type: 'Task', Resource: LAMBDA_TOKEN, Parameters, Next: 'Hang' },
        Hang: call('hang', { End: true }),
      },
      { ask: () => null, hang: () => new Promise(() => {}) },
    );
    await b.start('m');
    await b.settled();
    const [token = ''] = b.tokens();
    await b.sfn.send(new SendTaskSuccessCommand({ taskToken: token, output: '{"by":"officer"}' }));
    const again = await restart(b);
    await expect.poll(() => again.calls).toEqual([{ name: 'hang', payload: { by: 'officer' } }]);
  });

  it('the finished iterations of a Map stay finished, the others go on', async () => {
    const b = await open(
      {
        M: {
          Type: 'Map',
          ItemProcessor: {
            StartAt: 'W',
            States: { W: { Type: 'Wait', SecondsPath: '$', Next: 'T' }, T: call('t', { End: true }) },
          },
          Next: 'P',
        },
        P: {
          Type: 'Parallel',
          Branches: [
            { StartAt: 'X', States: { X: { Type: 'Pass', End: true } } },
            {
              StartAt: 'Y',
              States: { Y: { Type: 'Wait', Seconds: 100, Next: 'Y2' }, Y2: { Type: 'Pass', Result: 'y', End: true } },
            },
          ],
          End: true,
        },
      },
      { t: (n) => n * 2 },
    );
    const arn = await b.start('m', [10, 1000, 20]);
    await b.pass(100);
    expect(b.calls).toHaveLength(2);
    const again = await restart(b);
    await again.pass(901);
    expect(again.calls).toEqual([{ name: 't', payload: 1000 }]);
    const third = await restart(again);
    await third.pass(101);
    expect(await third.describe(arn)).toEqual({ status: 'SUCCEEDED', output: [[20, 2000, 40], 'y'] });
    const types = await eventTypes(third, arn);
    expect(types?.filter((type) => type === 'MapIterationSucceeded')).toHaveLength(3);
    expect(types?.filter((type) => type === 'MapStateStarted')).toHaveLength(1);
  });

  it('a parent still waits for its child', async () => {
    const resource = 'arn:aws-cn:states:::states:startExecution.sync:2';
    const Parameters = { StateMachineArn: machineArn('child') };
    const go = { Type: 'Task', Resource: resource, Parameters, OutputPath: '$.Output', End: true };
    bench = await openBench({
      parent: { StartAt: 'Go', States: { Go: go } },
      child: {
        StartAt: 'W',
        States: { W: { Type: 'Wait', Seconds: 100, Next: 'P' }, P: { Type: 'Pass', Result: 'kid', End: true } },
      },
    });
    const arn = await bench.start('parent');
    await bench.pass(50);
    const again = await restart(bench);
    await again.pass(51);
    expect(await again.describe(arn)).toEqual({ status: 'SUCCEEDED', output: 'kid' });
    expect(again.service.list()).toHaveLength(2);
  });

  it('an execution goes on with the definition it was started with', async () => {
    const machine = (Result: string) => ({
      m: {
        StartAt: 'W',
        States: { W: { Type: 'Wait', Seconds: 10, Next: 'P' }, P: { Type: 'Pass', Result, End: true } },
      },
    });
    bench = await openBench(machine('old'));
    const old = await bench.start('m');
    await bench.settled();
    const again = await restart(bench, { machines: machine('new') });
    const fresh = await again.start('m');
    await again.pass(11);
    expect((await again.describe(old)).output).toBe('old');
    expect((await again.describe(fresh)).output).toBe('new');
  });

  it('finished executions are still listed and described, and their names are taken for ever', async () => {
    const b = await open({ P: { Type: 'Pass', Result: 'done', End: true } });
    const arn = await b.start('m', { n: 1 }, 'only-once');
    await b.settled();
    const again = await restart(await restart(b));
    expect(again.service.list()).toMatchObject([{ executionArn: arn, name: 'only-once', status: 'SUCCEEDED' }]);
    expect(await again.describe(arn)).toEqual({ status: 'SUCCEEDED', output: 'done' });
    await expect(again.start('m', { n: 1 }, 'only-once')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });

  it('a line that the crash cut off is forgotten and the execution goes on', async () => {
    const b = await open(
      { W: { Type: 'Wait', Seconds: 100, Next: 'Z' }, Z: call('z', { End: true }) },
      { z: () => 'z' },
    );
    const arn = await b.start('m', {}, 'cut');
    await b.settled();
    const { dataDir } = b;
    appendFileSync(join(dataDir, 'running', 'm', 'cut.jsonl'), '{"type":"exited","scope":"","st');
    const again = await restart(b);
    await again.pass(101);
    expect(await again.describe(arn)).toEqual({ status: 'SUCCEEDED', output: 'z' });
    expect(readdirSync(join(dataDir, 'running', 'm'))).toEqual([]);
    const lines = readFileSync(join(dataDir, 'finished', 'm', 'cut.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line).type)).toContain('exited');
  });

  it('every start that was acknowledged is there, and every one goes on to its end', async () => {
    const m = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 3600, End: true } } };
    const dataDir = mkdtempSync(join(tmpdir(), 'dengyun-stepfunctions-'));
    const script = join(import.meta.dirname, '../support/step-functions-child.ts');
    const stateMachineArn = machineArn('m');
    const machines = JSON.stringify([{ name: 'm', arn: stateMachineArn, definition: m }]);
    const child = spawn(process.execPath, [script, dataDir, machines, REGION, ACCOUNT]);
    const [line] = await once(child.stdout, 'data');
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const sfn = new SFNClient({ endpoint: String(line).trim(), region: REGION, credentials, maxAttempts: 1 });
    const acknowledged: string[] = [];
    const starts = Array.from({ length: 40 }, async (_, n) => {
      const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, name: `n${n}` }));
      acknowledged.push(String(executionArn));
      if (acknowledged.length === 20) child.kill('SIGKILL');
    });
    await Promise.allSettled(starts);
    sfn.destroy();
    expect(acknowledged.length).toBeGreaterThanOrEqual(20);

    bench = await openBench({ m }, {}, { dataDir, offset: 0 });
    await bench.pass(3601);
    const succeeded = bench.service.list().filter(({ status }) => status === 'SUCCEEDED');
    expect(succeeded.map(({ executionArn }) => executionArn)).toEqual(expect.arrayContaining(acknowledged));
    expect(bench.service.list()).toHaveLength(succeeded.length);
  });
});
