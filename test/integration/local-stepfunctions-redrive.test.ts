import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  SendTaskSuccessCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Bench,
  functionArn,
  functionError,
  LAMBDA_TOKEN,
  machineArn,
  openBench,
  type TestFunction,
} from '../support/step-functions.ts';

let bench: Bench | undefined;

afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

const open = async (states: Record<string, unknown>, functions: Record<string, TestFunction>, more = {}) => {
  bench = await openBench({ m: { StartAt: Object.keys(states)[0], States: states, ...more } }, functions);
  return bench;
};

const call = (name: string, more: object) => ({ Type: 'Task', Resource: functionArn(name), ...more });
const redrive = (b: Bench, executionArn: string) => b.sfn.send(new RedriveExecutionCommand({ executionArn }));

describe('RedriveExecution', () => {
  it('goes on from the step that failed, with all its retries, and does no completed step again', async () => {
    let broken = true;
    const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 1 }];
    const b = await open(
      { A: call('a', { Next: 'B' }), B: call('b', { Retry, End: true }) },
      {
        a: () => 'a',
        b: (input) => {
          if (broken) throw functionError('Busy');
          return `${input}b`;
        },
      },
    );
    const executionArn = await b.start('m');
    await b.pass(5);
    expect(await b.describe(executionArn)).toMatchObject({ status: 'FAILED', error: 'Busy' });
    await redrive(b, executionArn);
    await b.pass(5);
    expect(b.calls.map(({ name }) => name)).toEqual(['a', 'b', 'b', 'b', 'b']);

    broken = false;
    await redrive(b, executionArn);
    await b.settled();
    expect(await b.sfn.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'SUCCEEDED',
      output: '"ab"',
      redriveCount: 2,
      redriveDate: expect.any(Date),
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
    const { events = [] } = await b.sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
    expect(events.filter(({ type }) => type === 'ExecutionRedriven')).toMatchObject([
      { executionRedrivenEventDetails: { redriveCount: 1 } },
      { executionRedrivenEventDetails: { redriveCount: 2 } },
    ]);
    expect(events.filter(({ type }) => type === 'TaskStateEntered')).toHaveLength(2);
    await expect(redrive(b, executionArn)).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
  });

  it('repeats of a Map only the iterations that did not succeed, also when it was killed in between', async () => {
    let broken = true;
    const b = await open(
      {
        M: {
          Type: 'Map',
          MaxConcurrency: 1,
          ItemProcessor: {
            StartAt: 'I',
            States: { I: call('i', { Next: 'W' }), W: { Type: 'Wait', Seconds: 10, End: true } },
          },
          End: true,
        },
      },
      {
        i: (n) => {
          if (n === 2 && broken) throw functionError('Odd');
          return n * 10;
        },
      },
    );
    const executionArn = await b.start('m', [1, 2, 3]);
    await b.pass(30);
    expect(await b.describe(executionArn)).toMatchObject({ status: 'FAILED', error: 'Odd' });
    broken = false;
    await redrive(b, executionArn);
    await b.settled();
    bench = await b.restart();
    await bench.pass(30);
    expect(await bench.describe(executionArn)).toEqual({ status: 'SUCCEEDED', output: [10, 20, 30] });
    expect([...b.calls, ...bench.calls].map(({ payload }) => payload)).toEqual([1, 2, 2, 3]);
  });

  it('hands out a new token for a task that was stopped; the old one stays void', async () => {
    const Parameters = { FunctionName: 'ask', Payload: { 'token.$': '$$.Task.Token' } };
    const b = await open({ Ask: { Type: 'Task', Resource: LAMBDA_TOKEN, Parameters, End: true } }, { ask: () => null });
    const executionArn = await b.start('m');
    await b.settled();
    await b.sfn.send(new StopExecutionCommand({ executionArn }));
    await redrive(b, executionArn);
    await b.settled();
    const [old = '', fresh = ''] = b.tokens();
    const answer = (taskToken: string) => b.sfn.send(new SendTaskSuccessCommand({ taskToken, output: '"yes"' }));
    await expect(answer(old)).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await answer(fresh);
    await b.settled();
    expect(await b.describe(executionArn)).toEqual({ status: 'SUCCEEDED', output: 'yes' });
  });

  it('gives an execution that ran out of time its whole time-out again', async () => {
    const b = await open({ W: { Type: 'Wait', Seconds: 150, End: true } }, {}, { TimeoutSeconds: 100 });
    const executionArn = await b.start('m');
    await b.pass(101);
    expect((await b.describe(executionArn)).status).toBe('TIMED_OUT');
    await redrive(b, executionArn);
    await b.pass(60);
    expect((await b.describe(executionArn)).status).toBe('SUCCEEDED');
  });

  it('is refused for what runs, has succeeded, does not exist, or ended more than 14 days ago', async () => {
    const b = await open(
      {
        C: { Type: 'Choice', Choices: [{ Variable: '$.fail', BooleanEquals: true, Next: 'F' }], Default: 'W' },
        F: { Type: 'Fail', Error: 'No' },
        W: { Type: 'Wait', Seconds: 60, End: true },
      },
      {},
    );
    const running = await b.start('m', { fail: false });
    const failed = await b.start('m', { fail: true });
    await b.settled();
    await expect(redrive(b, running)).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
    await expect(redrive(b, `${running}x`)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
    await redrive(b, failed);
    await b.settled();
    const list = async (redriveFilter: 'REDRIVEN' | 'NOT_REDRIVEN') =>
      (
        await b.sfn.send(new ListExecutionsCommand({ stateMachineArn: machineArn('m'), redriveFilter }))
      ).executions?.map(({ executionArn, redriveCount }) => [executionArn, redriveCount]);
    expect(await list('REDRIVEN')).toEqual([[failed, 1]]);
    expect(await list('NOT_REDRIVEN')).toEqual([[running, 0]]);
    await b.pass(15 * 86_400);
    await expect(redrive(b, running)).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
    await expect(redrive(b, failed)).rejects.toMatchObject({ message: expect.stringContaining('redrivable period') });
  });
});

it('answers the wire form of the command line, and an operation that it does not have by name', async () => {
  const b = await open({ P: { Type: 'Pass', End: true } }, {});
  const ask = async (operation: string, body: object): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(b.service.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AWSStepFunctions.${operation}` },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  const executionArn = `${machineArn('m').replace(':stateMachine:', ':execution:')}:cli`;
  const started = await ask('StartExecution', { stateMachineArn: machineArn('m'), name: 'cli', input: '{}' });
  expect(started).toMatchObject({ status: 200, body: { executionArn, startDate: expect.any(Number) } });
  await b.settled();
  expect(await ask('DescribeExecution', { executionArn })).toMatchObject({
    body: { status: 'SUCCEEDED', output: '{}' },
  });
  expect(await ask('GetExecutionHistory', { executionArn, maxResults: 1, reverseOrder: true })).toMatchObject({
    body: { events: [{ type: 'ExecutionSucceeded' }], nextToken: expect.any(String) },
  });
  expect(await ask('CreateStateMachine', { name: 'x' })).toMatchObject({
    status: 400,
    body: { __type: 'UnknownOperationException' },
  });
});
