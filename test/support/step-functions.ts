import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { createClock } from '../../local/clock/clock.ts';
import { type StepFunctions, startStepFunctions } from '../../local/stepfunctions/service.ts';
import { removeFolder } from './folders.ts';

export const REGION = 'cn-north-1';
export const ACCOUNT = '000000000000';
export const LAMBDA_INVOKE = 'arn:aws-cn:states:::lambda:invoke';
export const LAMBDA_TOKEN = `${LAMBDA_INVOKE}.waitForTaskToken`;
export const functionArn = (name: string) => `arn:aws-cn:lambda:${REGION}:${ACCOUNT}:function:${name}`;
export const machineArn = (name: string) => `arn:aws-cn:states:${REGION}:${ACCOUNT}:stateMachine:${name}`;

// biome-ignore lint/suspicious/noExplicitAny: test functions read whatever payload their machine sends
export type TestFunction = (payload: any) => unknown;

export interface Bench {
  readonly sfn: SFNClient;
  readonly service: StepFunctions;
  readonly dataDir: string;
  /** Payloads by the name of the function, in the order of the calls. */
  readonly calls: { name: string; payload: unknown }[];
  /** The tokens that functions were given, in the order of the calls. */
  tokens(): string[];
  now(): number;
  /** Moves the clock forward by seconds and waits until everything has come to rest. */
  pass(seconds: number): Promise<void>;
  settled(): Promise<void>;
  /** Starts an execution and gives its ARN. */
  start(machine: string, input?: unknown, name?: string): Promise<string>;
  /** Starts an execution, waits for rest and describes it with its output parsed. */
  run(machine: string, input?: unknown): Promise<{ status: string; output: unknown; error?: string; cause?: string }>;
  describe(executionArn: string): Promise<{ status: string; output: unknown; error?: string; cause?: string }>;
  /** Stops the service as a kill would leave it and starts another on the same folder. */
  restart(options?: { machines?: Record<string, unknown>; after?: number }): Promise<Bench>;
  close(): Promise<void>;
}

/** An error of a function as the runtime reports it: its name is the error type. */
export const functionError = (type: string, message = 'failed') => Object.assign(new Error(message), { name: type });

/** A Step Functions service with these machines and functions on a clock of its own. */
export async function openBench(
  machines: Record<string, unknown>,
  functions: Record<string, TestFunction> = {},
  past?: { dataDir: string; offset: number },
): Promise<Bench> {
  const dataDir = past?.dataDir ?? (await mkdtemp(join(tmpdir(), 'dengyun-stepfunctions-')));
  const failures: unknown[] = [];
  const clock = createClock({
    initialOffset: past?.offset ?? 0,
    onError: (error) => failures.push(error),
  });
  const calls: { name: string; payload: unknown }[] = [];
  const service = await startStepFunctions({
    clock,
    dataDir,
    port: 0,
    region: REGION,
    accountId: ACCOUNT,
    stateMachines: Object.entries(machines).map(([name, definition]) => ({ name, arn: machineArn(name), definition })),
    async invoke(arn, payload) {
      const name = arn.slice(arn.lastIndexOf(':') + 1);
      calls.push({ name, payload });
      const run = functions[name];
      if (!run) throw functionError('ResourceNotFoundException', `no function ${name}`);
      return run(payload);
    },
    log: (message, detail) => failures.push([message, detail]),
  }).catch(async (error: unknown) => {
    await removeFolder(dataDir);
    throw error;
  });
  const sfn = new SFNClient({
    endpoint: service.endpoint,
    region: REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });

  const halt = async () => {
    sfn.destroy();
    await service.stop();
    clock.stop();
  };

  const bench: Bench = {
    sfn,
    service,
    dataDir,
    calls,
    tokens: () => calls.map(({ payload }) => (payload as { token: string }).token),
    now: clock.now,
    pass: (seconds) => clock.advanceBy(seconds * 1000),
    settled: clock.settled,
    async start(machine, input, name) {
      const started = await sfn.send(
        new StartExecutionCommand({
          stateMachineArn: machineArn(machine),
          ...(input !== undefined && { input: JSON.stringify(input) }),
          ...(name !== undefined && { name }),
        }),
      );
      return started.executionArn ?? '';
    },
    async run(machine, input) {
      const arn = await bench.start(machine, input);
      await clock.settled();
      return bench.describe(arn);
    },
    async describe(executionArn) {
      const { status, output, error, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      return {
        status: String(status),
        output: output === undefined ? undefined : JSON.parse(output),
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
      };
    },
    async restart(options = {}) {
      await halt();
      const offset = clock.now() - Date.now() + (options.after ?? 0) * 1000;
      return openBench(options.machines ?? machines, functions, { dataDir, offset });
    },
    async close() {
      await halt();
      await removeFolder(dataDir);
      if (failures.length > 0) throw new Error('the service reported failures', { cause: failures });
    },
  };
  return bench;
}
