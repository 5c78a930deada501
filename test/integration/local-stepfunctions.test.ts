import { afterEach, describe, expect, it } from 'vitest';
import {
  type Bench,
  functionArn,
  functionError,
  LAMBDA_INVOKE,
  machineArn,
  openBench,
  type TestFunction,
} from '../support/step-functions.ts';

let bench: Bench | undefined;

const open = async (
  states: Record<string, unknown>,
  functions: Record<string, TestFunction> = {},
  startAt?: string,
) => {
  bench = await openBench({ m: { StartAt: startAt ?? Object.keys(states)[0], States: states } }, functions);
  return bench;
};

afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

const invoke = (name: string, more: object = {}) => ({
  Type: 'Task',
  Resource: LAMBDA_INVOKE,
  Parameters: { FunctionName: functionArn(name), 'Payload.$': '$' },
  ...more,
});

describe('tasks', () => {
  it('gives the answer of a function in the envelope of lambda:invoke', async () => {
    const { run } = await open({ A: invoke('double', { End: true }) }, { double: ({ n }) => n * 2 });
    expect(await run('m', { n: 21 })).toEqual({
      status: 'SUCCEEDED',
      output: { ExecutedVersion: '$LATEST', Payload: 42, StatusCode: 200 },
    });
  });

  it('shapes what goes in and what comes out by the five fields of the data flow', async () => {
    const { run, calls } = await open(
      {
        A: {
          Type: 'Task',
          Resource: LAMBDA_INVOKE,
          InputPath: '$.claim',
          Parameters: { FunctionName: 'check', Payload: { 'id.$': '$.id', fixed: 1 } },
          ResultSelector: { 'ok.$': '$.Payload.ok' },
          ResultPath: '$.check.result',
          OutputPath: '$.check',
          End: true,
        },
      },
      { check: () => ({ ok: true, more: 'dropped' }) },
    );
    expect(await run('m', { claim: { id: 'c1' }, check: { before: 1 } })).toEqual({
      status: 'SUCCEEDED',
      output: { before: 1, result: { ok: true } },
    });
    expect(calls).toEqual([{ name: 'check', payload: { id: 'c1', fixed: 1 } }]);
  });

  it.each([
    [null, { n: 1 }],
    ['$', { done: true }],
    ["$['a b']", { n: 1, 'a b': { done: true } }],
    ['$.r[0].x', { n: 1, r: [{ x: { done: true } }] }],
  ])('places a result at ResultPath %s', async (ResultPath, output) => {
    const { run } = await open(
      { A: { Type: 'Task', Resource: functionArn('f'), ResultPath, End: true } },
      { f: () => ({ done: true }) },
    );
    expect(await run('m', { n: 1 })).toEqual({ status: 'SUCCEEDED', output });
  });

  it('gives null for a function that answers nothing', async () => {
    const { run } = await open({ A: { Type: 'Task', Resource: functionArn('f'), End: true } }, { f: () => undefined });
    expect(await run('m')).toEqual({ status: 'SUCCEEDED', output: null });
  });

  it('fails the execution with the error type and the JSON cause of a function', async () => {
    const { run } = await open(
      { A: invoke('f', { End: true }) },
      {
        f: () => {
          throw functionError('BudgetExhausted', 'nothing left');
        },
      },
    );
    const { status, error, cause } = await run('m');
    expect([status, error]).toEqual(['FAILED', 'BudgetExhausted']);
    expect(JSON.parse(cause ?? '')).toEqual({ errorType: 'BudgetExhausted', errorMessage: 'nothing left', trace: [] });
  });

  it('refuses a result above 256 KiB as States.DataLimitExceeded, which States.ALL does not catch', async () => {
    const { run } = await open(
      {
        A: invoke('f', { End: true, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }] }),
        B: { Type: 'Succeed' },
      },
      { f: () => 'x'.repeat(262_144) },
    );
    expect(await run('m')).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  it('times a function out when it takes longer than TimeoutSeconds', async () => {
    let release = () => {};
    const hanging = new Promise<void>((resolve) => {
      release = resolve;
    });
    const b = await open(
      {
        A: invoke('f', { TimeoutSeconds: 1, End: true, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }] }),
        Late: { Type: 'Pass', Result: 'late', End: true },
      },
      { f: () => hanging },
    );
    const arn = await b.start('m');
    // The clock does not move past work under way, so this time-out comes with the real second.
    await expect.poll(async () => (await b.describe(arn)).output, { timeout: 10_000 }).toBe('late');
    release();
  });

  it('knows the context object', async () => {
    const {
      start,
      settled,
      describe: look,
      now,
    } = await open({
      A: {
        Type: 'Pass',
        Parameters: {
          'execution.$': '$$.Execution.Id',
          'name.$': '$$.Execution.Name',
          'input.$': '$$.Execution.Input.n',
          'started.$': '$$.Execution.StartTime',
          'state.$': '$$.State.Name',
          'entered.$': '$$.State.EnteredTime',
          'machine.$': '$$.StateMachine.Id',
          'machineName.$': '$$.StateMachine.Name',
          'label.$': "States.Format('{}/{}', $$.Execution.Name, $$.State.Name)",
        },
        End: true,
      },
    });
    const before = Math.trunc(now());
    const arn = await start('m', { n: 7 }, '登云-1');
    await settled();
    const { output } = await look(arn);
    const seen = output as Record<string, string>;
    expect(seen).toMatchObject({
      execution: arn,
      name: '登云-1',
      input: 7,
      state: 'A',
      machine: machineArn('m'),
      machineName: 'm',
      label: '登云-1/A',
    });
    expect(Date.parse(seen.started ?? '')).toBeGreaterThanOrEqual(before);
    expect(Date.parse(seen.entered ?? '')).toBeGreaterThanOrEqual(Date.parse(seen.started ?? ''));
  });

  it('starts another execution without waiting for it, and the same one when told by name', async () => {
    bench = await openBench({
      parent: {
        StartAt: 'Go',
        States: {
          Go: {
            Type: 'Task',
            Resource: 'arn:aws-cn:states:::states:startExecution',
            Parameters: { StateMachineArn: machineArn('child'), Name: 'kid', Input: { 'n.$': '$.n' } },
            End: true,
          },
        },
      },
      child: { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, End: true } } },
    });
    const result = await bench.run('parent', { n: 5 });
    const { ExecutionArn } = result.output as { ExecutionArn: string };
    expect(ExecutionArn.endsWith(':child:kid')).toBe(true);
    expect(await bench.describe(ExecutionArn)).toMatchObject({ status: 'RUNNING' });
    await bench.pass(60);
    expect(await bench.describe(ExecutionArn)).toEqual({ status: 'SUCCEEDED', output: { n: 5 } });
    expect(await bench.run('parent', { n: 6 })).toMatchObject({
      error: 'StepFunctions.ExecutionAlreadyExistsException',
    });
  });

  it('waits for another execution when asked to, and fails with it', async () => {
    const parent = {
      StartAt: 'Go',
      States: {
        Go: {
          Type: 'Task',
          Resource: 'arn:aws-cn:states:::states:startExecution.sync:2',
          Parameters: { StateMachineArn: machineArn('child'), 'Input.$': '$' },
          ResultSelector: { 'output.$': '$.Output' },
          Catch: [{ ErrorEquals: ['States.TaskFailed'], ResultPath: null, Next: 'Failed' }],
          End: true,
        },
        Failed: { Type: 'Pass', Result: 'child failed', End: true },
      },
    };
    const child = {
      StartAt: 'W',
      States: {
        W: { Type: 'Wait', Seconds: 60, Next: 'C' },
        C: { Type: 'Choice', Choices: [{ Variable: '$.bad', IsPresent: true, Next: 'F' }], Default: 'S' },
        F: { Type: 'Fail', Error: 'Bad' },
        S: { Type: 'Succeed' },
      },
    };
    bench = await openBench({ parent, child });
    const good = await bench.start('parent', { n: 1 });
    const bad = await bench.start('parent', { bad: 1 });
    await bench.pass(30);
    expect(await bench.describe(good)).toMatchObject({ status: 'RUNNING' });
    await bench.pass(30);
    expect(await bench.describe(good)).toEqual({ status: 'SUCCEEDED', output: { output: { n: 1 } } });
    expect(await bench.describe(bad)).toEqual({ status: 'SUCCEEDED', output: 'child failed' });
  });
});

describe('the other states', () => {
  it.each([0, false, '', null, 'text', { a: [1] }])('passes the result %j of a Pass state on', async (Result) => {
    const { run } = await open({ A: { Type: 'Pass', Result, End: true } });
    expect(await run('m', { n: 1 })).toEqual({ status: 'SUCCEEDED', output: Result });
  });

  it('fails with the error and cause of a Fail state, fixed or read by a path', async () => {
    const fixed = await open({ A: { Type: 'Fail', Error: 'Refused', Cause: 'no' } });
    expect(await fixed.run('m')).toEqual({ status: 'FAILED', output: undefined, error: 'Refused', cause: 'no' });
    await fixed.close();
    const read = await open({ A: { Type: 'Fail', ErrorPath: '$.e', CausePath: "States.Format('not {}', $.c)" } });
    expect(await read.run('m', { e: 'E', c: 'C' })).toMatchObject({ error: 'E', cause: 'not C' });
  });

  it.each([
    [{ kind: 'approved', n: 1 }, 'approved'],
    [{ kind: 'other', n: 12 }, 'many'],
    [{ kind: 'other', n: 3, flag: null }, 'null flag'],
    [{ kind: 'other', n: 4 }, 'no flag'],
    [{ kind: 'other', n: 4, flag: 1 }, 'default'],
  ])('chooses by the first rule that holds: %j', async (input, expected) => {
    const target = (Result: string) => ({ Type: 'Pass', Result, End: true });
    const { run } = await open({
      C: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.kind', StringEquals: 'approved', Next: 'Approved' },
          {
            And: [
              { Variable: '$.n', NumericGreaterThan: 10 },
              { Variable: '$.n', IsNumeric: true },
            ],
            Next: 'Many',
          },
          { Variable: '$.flag', IsPresent: false, Next: 'NoFlag' },
          { And: [{ Variable: '$.flag', IsNull: true }], Next: 'NullFlag' },
        ],
        Default: 'Otherwise',
      },
      Approved: target('approved'),
      Many: target('many'),
      NoFlag: target('no flag'),
      NullFlag: target('null flag'),
      Otherwise: target('default'),
    });
    expect((await run('m', input)).output).toBe(expected);
  });

  it('fails with States.NoChoiceMatched when no rule holds and there is no default', async () => {
    const { run } = await open({
      C: { Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: 1, Next: 'S' }] },
      S: { Type: 'Succeed' },
    });
    expect(await run('m', { a: 2 })).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
    expect(await run('m', {})).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('goes round a loop until its choice lets it out', async () => {
    const { run, calls } = await open(
      {
        A: { ...invoke('count'), OutputPath: '$.Payload', Next: 'C' },
        C: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericLessThan: 5, Next: 'A' }], Default: 'S' },
        S: { Type: 'Succeed' },
      },
      { count: ({ n }) => ({ n: n + 1 }) },
    );
    expect((await run('m', { n: 0 })).output).toEqual({ n: 5 });
    expect(calls).toHaveLength(5);
  });

  it.each([
    ['Seconds', { Seconds: 3600 }, () => ({})],
    ['SecondsPath', { SecondsPath: '$.s' }, () => ({ s: 3600 })],
    ['TimestampPath', { TimestampPath: '$.at' }, (now: number) => ({ at: new Date(now + 3600_000).toISOString() })],
  ])('waits by %s on the movable clock', async (_, fields, inputAt) => {
    const b = await open({ W: { Type: 'Wait', ...fields, End: true } });
    const arn = await b.start('m', inputAt(b.now()));
    await b.pass(3590);
    expect((await b.describe(arn)).status).toBe('RUNNING');
    await b.pass(11);
    expect((await b.describe(arn)).status).toBe('SUCCEEDED');
  });

  it('does not wait for a moment that has passed, nor for zero seconds', async () => {
    const { run } = await open({
      W: { Type: 'Wait', Timestamp: '2019-10-10T24:00:00+08:00'.replace('T24', 'T23'), Next: 'Z' },
      Z: { Type: 'Wait', Seconds: 0, End: true },
    });
    expect((await run('m', { n: 1 })).output).toEqual({ n: 1 });
  });

  it('runs every item of a Map in order of the items, each with its own context', async () => {
    const { run, calls } = await open(
      {
        M: {
          Type: 'Map',
          ItemsPath: '$.items',
          ItemSelector: { 'index.$': '$$.Map.Item.Index', 'value.$': '$$.Map.Item.Value', 'all.$': '$.of' },
          MaxConcurrency: 2,
          ItemProcessor: {
            ProcessorConfig: { Mode: 'INLINE' },
            StartAt: 'I',
            States: { I: { Type: 'Task', Resource: functionArn('f'), End: true } },
          },
          ResultPath: '$.results',
          End: true,
        },
      },
      { f: ({ index, value, all }) => `${index}${value}${all}` },
    );
    const items = ['a', 'b', 'c', 'd'];
    expect((await run('m', { items, of: 4 })).output).toEqual({ items, of: 4, results: ['0a4', '1b4', '2c4', '3d4'] });
    expect(calls).toHaveLength(4);
    expect((await run('m', { items: [], of: 0 })).output).toEqual({ items: [], of: 0, results: [] });
    expect(await run('m', { items: 'x', of: 0 })).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('takes items that are nothing for what they are', async () => {
    const Parameters = { FunctionName: 'f', Payload: { 'item.$': '$' } };
    const { run } = await open(
      {
        M: {
          Type: 'Map',
          ItemProcessor: {
            StartAt: 'I',
            States: { I: { Type: 'Task', Resource: LAMBDA_INVOKE, Parameters, OutputPath: '$.Payload', End: true } },
          },
          End: true,
        },
      },
      { f: ({ item }) => item },
    );
    const items = [0, false, '', null, 'x'];
    expect((await run('m', items)).output).toEqual(items);
  });

  it('runs branches side by side; the first failure stops the others and can be caught', async () => {
    const wait = (Seconds: number, Next: string) => ({ Type: 'Wait', Seconds, Next });
    const b = await open(
      {
        P: {
          Type: 'Parallel',
          Branches: [
            {
              StartAt: 'W1',
              States: { W1: wait(10, 'F1'), F1: { Type: 'Task', Resource: functionArn('a'), End: true } },
            },
            {
              StartAt: 'W2',
              States: { W2: wait(20, 'F2'), F2: { Type: 'Task', Resource: functionArn('b'), End: true } },
            },
          ],
          Catch: [{ ErrorEquals: ['Boom'], Next: 'Caught', ResultPath: '$.error' }],
          End: true,
        },
        Caught: { Type: 'Succeed' },
      },
      {
        a: ({ fail }) => {
          if (fail) throw functionError('Boom');
          return 'a';
        },
        b: () => 'b',
      },
    );
    const good = await b.start('m', {});
    const bad = await b.start('m', { fail: true });
    await b.pass(60);
    expect((await b.describe(good)).output).toEqual(['a', 'b']);
    expect((await b.describe(bad)).output).toMatchObject({ fail: true, error: { Error: 'Boom' } });
    expect(b.calls.filter(({ name }) => name === 'b')).toHaveLength(1);
  });

  it('ends an execution that outlives the TimeoutSeconds of its machine', async () => {
    bench = await openBench({
      m: { StartAt: 'W', TimeoutSeconds: 100, States: { W: { Type: 'Wait', Seconds: 1000, End: true } } },
    });
    const arn = await bench.start('m');
    await bench.pass(99);
    expect((await bench.describe(arn)).status).toBe('RUNNING');
    await bench.pass(2);
    expect(await bench.describe(arn)).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  });
});

describe('intrinsic functions', () => {
  const fill = async (expression: string, input: unknown) => {
    const { run } = await open({
      A: { Type: 'Pass', Parameters: { 'v.$': expression, plain: 1 }, OutputPath: '$.v', End: true },
    });
    return (await run('m', input)).output;
  };

  it('turns JSON into text that is JSON again, whatever is in it', async () => {
    const value = { quote: 'say "登云"', back: 'C:\\temp', line: 'a\nb' };
    expect(JSON.parse(String(await fill('States.JsonToString($.x)', { x: value })))).toEqual(value);
  });

  it('reads text as JSON', async () => {
    const value = { quote: 'say "x"', back: 'C:\\temp' };
    expect(await fill('States.StringToJson($.x)', { x: JSON.stringify(value) })).toEqual(value);
  });

  it('formats text without losing its backslashes', async () => {
    expect(await fill("States.Format('{} of {}', $.a, $.b)", { a: 'C:\\temp', b: 3 })).toBe('C:\\temp of 3');
  });

  it('counts and picks', async () => {
    expect(await fill('States.ArrayGetItem(States.Array($.a, $.b), 1)', { a: 1, b: 'two' })).toBe('two');
  });

  it('refuses at the start what cannot be done faithfully', async () => {
    const Parameters = { 'v.$': "States.Format('{}', States.JsonToString($.x))" };
    await expect(open({ A: { Type: 'Pass', Parameters, End: true } })).rejects.toThrow('inside another function');
  });
});

describe('Retry and Catch', () => {
  const failing = (times: number, type: string): TestFunction => {
    let calls = 0;
    return () => {
      calls += 1;
      if (calls <= times) throw functionError(type);
      return 'done';
    };
  };

  it('retries by error name, with a growing delay on the movable clock', async () => {
    const b = await open(
      {
        A: invoke('f', {
          OutputPath: '$.Payload',
          Retry: [
            { ErrorEquals: ['Other'], MaxAttempts: 9 },
            { ErrorEquals: ['Busy'], IntervalSeconds: 100, BackoffRate: 3, MaxDelaySeconds: 500, MaxAttempts: 4 },
          ],
          End: true,
        }),
      },
      { f: failing(3, 'Busy') },
    );
    const arn = await b.start('m');
    const callsAfter = async (seconds: number) => {
      await b.pass(seconds);
      return b.calls.length;
    };
    expect(await callsAfter(0)).toBe(1);
    expect(await callsAfter(95)).toBe(1);
    expect(await callsAfter(6)).toBe(2);
    expect(await callsAfter(290)).toBe(2);
    expect(await callsAfter(15)).toBe(3);
    expect(await callsAfter(485)).toBe(3);
    expect(await callsAfter(20)).toBe(4);
    expect(await b.describe(arn)).toEqual({ status: 'SUCCEEDED', output: 'done' });
  });

  it('gives up after MaxAttempts and never retries with zero', async () => {
    const Retry = [
      { ErrorEquals: ['Never'], MaxAttempts: 0 },
      { ErrorEquals: ['States.ALL'], MaxAttempts: 2 },
    ];
    const b = await open(
      { A: { ...invoke('f', { Retry, End: true }) } },
      {
        f: ({ type }) => {
          throw functionError(type);
        },
      },
    );
    const never = await b.start('m', { type: 'Never' });
    await b.settled();
    expect((await b.describe(never)).error).toBe('Never');
    const often = await b.start('m', { type: 'Often' });
    await b.pass(60);
    expect((await b.describe(often)).error).toBe('Often');
    expect(b.calls).toHaveLength(1 + 3);
  });

  it.each([
    ['Known', 'named'],
    ['Lambda.TooManyRequestsException', 'lambda'],
    ['Surprise', 'task failed'],
  ])('catches %s by the first catcher that applies', async (type, expected) => {
    const target = (name: string) => ({
      Type: 'Pass',
      Parameters: { by: name, 'error.$': '$.error.Error' },
      End: true,
    });
    const { run } = await open(
      {
        A: invoke('f', {
          Catch: [
            { ErrorEquals: ['States.Timeout'], Next: 'T' },
            { ErrorEquals: ['Known'], Next: 'K', ResultPath: '$.error' },
            { ErrorEquals: ['Lambda.TooManyRequestsException'], Next: 'L', ResultPath: '$.error' },
            { ErrorEquals: ['States.TaskFailed'], Next: 'F', ResultPath: '$.error' },
          ],
          End: true,
        }),
        T: target('timeout'),
        K: target('named'),
        L: target('lambda'),
        F: target('task failed'),
      },
      {
        f: () => {
          throw functionError(type);
        },
      },
    );
    expect((await run('m')).output).toEqual({ by: expected, error: type });
  });

  it('lets nothing catch a path that leads nowhere', async () => {
    const { run } = await open({
      A: { ...invoke('f'), InputPath: '$.missing', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'S' }], Next: 'S' },
      S: { Type: 'Succeed' },
    });
    expect(await run('m', {})).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  it('retries a Map as a whole', async () => {
    let failures = 1;
    const b = await open(
      {
        M: {
          Type: 'Map',
          ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Task', Resource: functionArn('f'), End: true } } },
          Retry: [{ ErrorEquals: ['Once'], IntervalSeconds: 10 }],
          End: true,
        },
      },
      {
        f: (n) => {
          if (n === 2 && failures-- > 0) throw functionError('Once');
          return n * 10;
        },
      },
    );
    const arn = await b.start('m', [1, 2, 3]);
    await b.pass(11);
    expect((await b.describe(arn)).output).toEqual([10, 20, 30]);
  });
});

describe('definitions', () => {
  it.each([
    ['an unknown target', { A: { Type: 'Pass', Next: 'B' } }, /state machine m/],
    ['JSONata', { A: { Type: 'Pass', QueryLanguage: 'JSONata', End: true } }, /m/],
    [
      'a resource that does not exist here',
      { A: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true } },
      /sqs:sendMessage/,
    ],
    ['variables', { A: { Type: 'Pass', Assign: { x: 1 }, End: true } }, /Assign/],
  ])('are refused at the start for %s', async (_, states, message) => {
    await expect(open(states)).rejects.toThrow(message);
  });
});
