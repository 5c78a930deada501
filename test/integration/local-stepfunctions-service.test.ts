import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { type Bench, LAMBDA_INVOKE, machineArn, openBench, type TestFunction } from '../support/step-functions.ts';

let bench: Bench | undefined;

afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

const machines = {
  done: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } },
  waits: { StartAt: 'W', States: { W: { Type: 'Wait', SecondsPath: '$.s', End: true } } },
  fails: {
    StartAt: 'T',
    States: { T: { Type: 'Task', Resource: LAMBDA_INVOKE, Parameters: { FunctionName: 'f' }, End: true } },
  },
};

const open = async (functions: Record<string, TestFunction> = {}) => {
  bench = await openBench(machines, functions);
  return bench;
};

const stateMachineArn = machineArn('waits');

describe('StartExecution', () => {
  it('returns the running execution for the same name and input, and refuses another input', async () => {
    const b = await open();
    const arn = await b.start('waits', { s: 10 }, 'n1');
    expect(await b.start('waits', { s: 10 }, 'n1')).toBe(arn);
    await expect(b.start('waits', { s: 11 }, 'n1')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await b.pass(11);
    await expect(b.start('waits', { s: 10 }, 'n1')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    expect(b.service.list()).toHaveLength(1);
  });

  it('starts one execution when the same start arrives many times at once', async () => {
    const b = await open();
    const arns = await Promise.all(Array.from({ length: 20 }, () => b.start('waits', { s: 10 }, 'n1')));
    expect(new Set(arns).size).toBe(1);
    expect(b.service.list()).toHaveLength(1);
  });

  it('is offered in the process as well', async () => {
    const b = await open();
    const { executionArn } = await b.service.start(stateMachineArn, 'from-within', { s: 0 });
    await b.settled();
    expect(await b.describe(executionArn)).toEqual({ status: 'SUCCEEDED', output: { s: 0 } });
    await expect(b.service.start(machineArn('nope'), undefined, {})).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
  });

  it.each([
    ['an unknown machine', { stateMachineArn: machineArn('nope') }, 'StateMachineDoesNotExist'],
    ['input that is not JSON', { input: '{' }, 'InvalidExecutionInput'],
    ['input above 256 KiB', { input: JSON.stringify('文'.repeat(90_000)) }, 'InvalidExecutionInput'],
    ['a name that is a path', { name: '../../etc' }, 'InvalidName'],
    ['a name that is too long', { name: 'x'.repeat(81) }, 'InvalidName'],
    ['no machine', { stateMachineArn: '' }, 'ValidationException'],
  ])('refuses %s', async (_, request, name) => {
    const b = await open();
    const command = new StartExecutionCommand({ stateMachineArn, ...request });
    await expect(b.sfn.send(command)).rejects.toMatchObject({ name });
    expect(b.service.list()).toEqual([]);
  });

  it('takes input of exactly 256 KiB', async () => {
    const b = await open();
    const input = JSON.stringify('x'.repeat(262_142));
    const command = new StartExecutionCommand({ stateMachineArn: machineArn('done'), input });
    const { executionArn = '' } = await b.sfn.send(command);
    await b.settled();
    expect((await b.describe(executionArn)).status).toBe('SUCCEEDED');
  });
});

describe('DescribeExecution, StopExecution and the machines', () => {
  it('describe an execution by the times of the clock', async () => {
    const b = await open();
    const arn = await b.start('waits', { s: 86_400 }, 'day');
    await b.pass(86_401);
    const described = await b.sfn.send(new DescribeExecutionCommand({ executionArn: arn }));
    expect(described).toMatchObject({ name: 'day', status: 'SUCCEEDED', stateMachineArn, input: '{"s":86400}' });
    const lasted = Number(described.stopDate) - Number(described.startDate);
    expect(lasted).toBeGreaterThanOrEqual(86_400_000);
    expect(lasted).toBeLessThan(86_460_000);
  });

  it('stop a running execution once', async () => {
    const b = await open();
    const arn = await b.start('waits', { s: 100 });
    await b.settled();
    const first = await b.sfn.send(new StopExecutionCommand({ executionArn: arn }));
    await b.pass(200);
    const second = await b.sfn.send(new StopExecutionCommand({ executionArn: arn }));
    expect(second.stopDate).toEqual(first.stopDate);
    expect((await b.describe(arn)).status).toBe('ABORTED');
  });

  it('know the machines and their definitions', async () => {
    const b = await open();
    const { stateMachines } = await b.sfn.send(new ListStateMachinesCommand({}));
    expect(stateMachines?.map(({ name }) => name)).toEqual(['done', 'fails', 'waits']);
    const described = await b.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(JSON.parse(described.definition ?? '')).toEqual(machines.waits);
    const arn = await b.start('waits', { s: 0 });
    const of = await b.sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn: arn }));
    expect(of).toMatchObject({ name: 'waits', stateMachineArn });
  });

  it('say so when there is no such execution or machine', async () => {
    const b = await open();
    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:nope`;
    for (const command of [
      new DescribeExecutionCommand({ executionArn }),
      new StopExecutionCommand({ executionArn }),
      new GetExecutionHistoryCommand({ executionArn }),
      new DescribeStateMachineForExecutionCommand({ executionArn }),
    ]) {
      // biome-ignore lint/suspicious/noExplicitAny: the overloads of send take one command type at a time
      await expect(b.sfn.send(command as any)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
    }
    const unknown = machineArn('nope');
    await expect(b.sfn.send(new ListExecutionsCommand({ stateMachineArn: unknown }))).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    });
  });

  it('answer an operation that is not offered with an error of the protocol', async () => {
    const b = await open();
    const response = await fetch(b.service.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'AWSStepFunctions.CreateActivity' },
      body: '{}',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: 'UnknownOperationException' });
  });
});

describe('ListExecutions', () => {
  it('lists page by page, newest first, and by status', async () => {
    const b = await open();
    for (let n = 0; n < 5; n++) {
      await b.start('waits', { s: n < 2 ? 1 : 1000 }, `n${n}`);
      await b.pass(2);
    }
    const names: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await b.sfn.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 2, nextToken }));
      names.push(...(page.executions ?? []).map(({ name }) => String(name)));
      nextToken = page.nextToken;
    } while (nextToken);
    expect(names).toEqual(['n4', 'n3', 'n2', 'n1', 'n0']);
    const done = await b.sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'SUCCEEDED' }));
    expect(done.executions?.map(({ name }) => name)).toEqual(['n1', 'n0']);
    const bad = new ListExecutionsCommand({ stateMachineArn, nextToken: 'nonsense' });
    await expect(b.sfn.send(bad)).rejects.toMatchObject({ name: 'InvalidToken' });
  });
});

describe('GetExecutionHistory', () => {
  it('tells what happened, forwards, backwards, in pages and without data', async () => {
    const b = await open({
      f: () => {
        throw Object.assign(new Error('no'), { name: 'Refused' });
      },
    });
    const executionArn = await b.start('fails', { n: 1 });
    await b.settled();
    const { events = [] } = await b.sfn.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
      [1, 0, 'ExecutionStarted'],
      [2, 1, 'TaskStateEntered'],
      [3, 2, 'TaskScheduled'],
      [4, 3, 'TaskStarted'],
      [5, 4, 'TaskFailed'],
      [6, 5, 'ExecutionFailed'],
    ]);
    expect(events[1]?.stateEnteredEventDetails).toMatchObject({ name: 'T', input: '{"n":1}' });
    expect(events[2]?.taskScheduledEventDetails).toMatchObject({ resourceType: 'lambda', resource: 'invoke' });
    expect(events[4]?.taskFailedEventDetails).toMatchObject({ error: 'Refused' });
    expect(events[5]?.executionFailedEventDetails).toMatchObject({ error: 'Refused' });

    const last = await b.sfn.send(new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 2 }));
    expect(last.events?.map(({ id }) => id)).toEqual([6, 5]);
    const { nextToken } = last;
    const before = await b.sfn.send(
      new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 2, nextToken }),
    );
    expect(before.events?.map(({ id }) => id)).toEqual([4, 3]);
    const bare = await b.sfn.send(new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }));
    expect(bare.events?.[1]?.stateEnteredEventDetails?.input).toBeUndefined();
  });
});

describe('many executions', () => {
  it('run side by side and come to rest together', async () => {
    const b = await open();
    await Promise.all(
      Array.from({ length: 300 }, (_, n) => b.service.start(stateMachineArn, `n${n}`, { s: 60 + (n % 7) })),
    );
    await b.pass(59);
    expect(b.service.list().every(({ status }) => status === 'RUNNING')).toBe(true);
    await b.pass(10);
    expect(b.service.list().filter(({ status }) => status === 'SUCCEEDED')).toHaveLength(300);
  });
});
