import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from 'vitest';
import { type Bench, functionError, LAMBDA_TOKEN, openBench, type TestFunction } from '../support/step-functions.ts';

let bench: Bench | undefined;

afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

const ask = (more: object = {}) => ({
  Type: 'Task',
  Resource: LAMBDA_TOKEN,
  Parameters: { FunctionName: 'ask', Payload: { 'token.$': '$$.Task.Token', 'claim.$': '$.claim' } },
  End: true,
  ...more,
});

const open = async (state: object, functions: Record<string, TestFunction> = { ask: () => 'ignored' }) => {
  bench = await openBench(
    { m: { StartAt: 'Ask', States: { Ask: state, Caught: { Type: 'Pass', OutputPath: '$.error', End: true } } } },
    functions,
  );
  return bench;
};

/** States that no path leads to are refused, so only machines that catch have the state to catch in. */
const openPlain = async (state: object, functions: Record<string, TestFunction> = { ask: () => 'ignored' }) => {
  bench = await openBench({ m: { StartAt: 'Ask', States: { Ask: state } } }, functions);
  return bench;
};

const tokenOf = (b: Bench, call = 0) => b.tokens()[call] ?? '';

const waiting = async (b: Bench) => {
  const arn = await b.start('m', { claim: 'c1' });
  await b.settled();
  return { arn, token: tokenOf(b, b.calls.length - 1) };
};

const succeed = (b: Bench, taskToken: string, output: unknown = { by: 'officer' }) =>
  b.sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));

describe('a task that waits for its token', () => {
  it('waits for as long as it takes and goes on with the output that came with the token', async () => {
    const b = await openPlain(ask({ ResultPath: '$.decision' }));
    const { arn, token } = await waiting(b);
    await b.pass(400 * 86_400);
    expect((await b.describe(arn)).status).toBe('RUNNING');
    await succeed(b, token);
    await b.settled();
    expect(await b.describe(arn)).toEqual({
      status: 'SUCCEEDED',
      output: { claim: 'c1', decision: { by: 'officer' } },
    });
  });

  it('fails by the error that came with the token', async () => {
    const b = await open(ask({ Catch: [{ ErrorEquals: ['Rejected'], ResultPath: '$.error', Next: 'Caught' }] }));
    const { arn, token } = await waiting(b);
    await b.sfn.send(new SendTaskFailureCommand({ taskToken: token, error: 'Rejected', cause: 'not legible' }));
    await b.settled();
    expect((await b.describe(arn)).output).toEqual({ Error: 'Rejected', Cause: 'not legible' });
  });

  it('accepts one answer: the second is told TaskTimedOut', async () => {
    const b = await openPlain(ask());
    const { arn, token } = await waiting(b);
    const answers = await Promise.allSettled([succeed(b, token, 'first'), succeed(b, token, 'second')]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await b.settled();
    await expect(succeed(b, token)).rejects.toMatchObject({ name: 'TaskTimedOut' });
    expect((await b.describe(arn)).status).toBe('SUCCEEDED');
  });

  it('goes on when the function itself answers before it returns', async () => {
    const b: Bench = await openPlain(ask(), {
      ask: async ({ token }) => {
        await succeed(b, token, 'at once');
        throw functionError('TooLateToMatter');
      },
    });
    const arn = await b.start('m', { claim: 'c1' });
    await b.settled();
    expect(await b.describe(arn)).toEqual({ status: 'SUCCEEDED', output: 'at once' });
  });

  it('fails when the function that should hand out the token fails, and retries with another token', async () => {
    let failures = 1;
    const b = await openPlain(ask({ Retry: [{ ErrorEquals: ['Down'], IntervalSeconds: 5 }] }), {
      ask: () => {
        if (failures-- > 0) throw functionError('Down');
      },
    });
    const { arn } = await waiting(b);
    await b.pass(6);
    expect(tokenOf(b, 1)).not.toBe(tokenOf(b, 0));
    await expect(succeed(b, tokenOf(b, 0))).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await succeed(b, tokenOf(b, 1), 'second');
    await b.settled();
    expect((await b.describe(arn)).output).toBe('second');
  });

  it('times out by the movable clock, and an answer after that comes too late', async () => {
    const b = await open(
      ask({
        TimeoutSecondsPath: '$.limit',
        Parameters: { FunctionName: 'ask', Payload: { 'token.$': '$$.Task.Token' } },
        Catch: [
          { ErrorEquals: ['States.TaskFailed'], ResultPath: '$.wrong', Next: 'Caught' },
          { ErrorEquals: ['States.Timeout'], ResultPath: '$.error', Next: 'Caught' },
        ],
      }),
    );
    const arn = await b.start('m', { limit: 86_400 });
    await b.pass(86_390);
    expect((await b.describe(arn)).status).toBe('RUNNING');
    await b.pass(20);
    expect((await b.describe(arn)).output).toMatchObject({ Error: 'States.Timeout' });
    await expect(succeed(b, tokenOf(b))).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  it('lives on heartbeats when it asks for them', async () => {
    const b = await openPlain(ask({ HeartbeatSeconds: 600 }));
    const { arn, token } = await waiting(b);
    for (let beat = 0; beat < 3; beat++) {
      await b.pass(590);
      await b.sfn.send(new SendTaskHeartbeatCommand({ taskToken: token }));
    }
    await b.pass(590);
    expect((await b.describe(arn)).status).toBe('RUNNING');
    await b.pass(20);
    expect(await b.describe(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    await expect(b.sfn.send(new SendTaskHeartbeatCommand({ taskToken: token }))).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
  });

  it('is over when its execution is stopped', async () => {
    const b = await openPlain(ask());
    const { arn, token } = await waiting(b);
    await b.sfn.send(new StopExecutionCommand({ executionArn: arn, error: 'Withdrawn', cause: 'by the applicant' }));
    expect(await b.describe(arn)).toMatchObject({ status: 'ABORTED', error: 'Withdrawn', cause: 'by the applicant' });
    await expect(succeed(b, token)).rejects.toMatchObject({ name: 'TaskTimedOut' });
  });

  it('refuses tokens that were never issued and answers that are not JSON, and still takes the right one', async () => {
    const b = await openPlain(ask());
    const { arn, token } = await waiting(b);
    await expect(succeed(b, 'nonsense')).rejects.toMatchObject({ name: 'InvalidToken' });
    const forged = Buffer.from(`${arn}\n${'0'.repeat(48)}`).toString('base64url');
    await expect(succeed(b, forged)).rejects.toMatchObject({ name: 'InvalidToken' });
    const orphan = Buffer.from(`${arn}x\n${'0'.repeat(48)}`).toString('base64url');
    await expect(succeed(b, orphan)).rejects.toMatchObject({ name: 'TaskDoesNotExist' });
    const send = (output: string) => b.sfn.send(new SendTaskSuccessCommand({ taskToken: token, output }));
    await expect(send('{not json')).rejects.toMatchObject({ name: 'InvalidOutput' });
    await expect(send(JSON.stringify('x'.repeat(262_144)))).rejects.toMatchObject({ name: 'InvalidOutput' });
    await send('"right"');
    await b.settled();
    expect((await b.describe(arn)).output).toBe('right');
  });
});
