import { mkdirSync } from 'node:fs';
import type { FrozenFile } from '../backup/frozen-file.ts';
import type { Clock } from '../clock/clock.ts';
import { createEngine, type Engine } from './engine.ts';
import { createJournal } from './journal.ts';
import { serve } from './protocol.ts';
import { createRest } from './rest.ts';
import type { ExecutionSummary } from './summary.ts';
import { createTokenDesk } from './tokens.ts';

export type { ExecutionStatus, ExecutionSummary } from './summary.ts';

export type Inspection = Pick<
  Engine,
  'machines' | 'list' | 'describe' | 'records' | 'machineOf' | 'standing' | 'abort'
>;

export interface StepFunctionsOptions {
  /** Every wait, delay and time-out is a timer of this clock, and every time shown is its time. */
  clock: Clock;
  /** The engine's own folder; what is in it is gone on with. */
  dataDir: string;
  /** 0 for any free port. */
  port: number;
  region: string;
  accountId: string;
  stateMachines: { name: string; arn: string; definition: unknown }[];
  /** Runs a function. Rejects with an Error whose `name` is the Lambda error type; `Retry` and `Catch` match it. */
  invoke(functionArn: string, payload: unknown): Promise<unknown>;
  log(message: string, detail?: object): void;
  /** Executions stay where they stand: nothing runs, everything can be looked at. */
  atRest?: boolean;
}

export interface StepFunctions {
  /** Where `@aws-sdk/client-sfn` finds it. */
  readonly endpoint: string;
  /**
   * Starts an execution; resolves when the start is on disk. A name that is running with the same input is that execution.
   *
   * @throws Error named StateMachineDoesNotExist, ExecutionAlreadyExists, InvalidName or InvalidExecutionInput.
   */
  start(stateMachineArn: string, name: string | undefined, input: unknown): Promise<{ executionArn: string }>;
  /** All executions, running and ended. */
  list(): ExecutionSummary[];
  /** What it knows, for whoever looks in from this process. */
  readonly inspect: Inspection;
  /** All that is kept of them, as it is now; paths are relative to `dataDir`. */
  frozenFiles(): FrozenFile[];
  /** Stops serving and leaves every execution where it stands; a new instance on the same folder goes on with them. */
  stop(): Promise<void>;
}

/**
 * Step Functions on one machine: executes the given state machines, keeps a journal of every execution and speaks the
 * service's own protocol on 127.0.0.1.
 *
 * @throws Error when a definition is invalid or uses what is not run here.
 */
export async function startStepFunctions(options: StepFunctionsOptions): Promise<StepFunctions> {
  const { clock, dataDir, port, region, accountId, stateMachines, invoke, log } = options;
  mkdirSync(dataDir, { recursive: true });
  const rest = createRest();
  const journal = createJournal(dataDir);
  const tokens = createTokenDesk();
  const engine = createEngine({ clock, rest, journal, tokens, region, accountId, stateMachines, invoke, log });
  // Before anybody can ask: a start under a running execution's name must find it.
  if (options.atRest) engine.remember();
  else engine.resume();
  const server = await serve({ engine, rest, port, accountId, region, log }).catch((error: unknown) => {
    engine.freeze();
    throw error;
  });
  clock.settleWith(() => rest.reached(), journal.written);
  return {
    endpoint: server.endpoint,
    async start(stateMachineArn, name, input) {
      const { executionArn } = await engine.start(stateMachineArn, name, JSON.stringify(input ?? {}));
      return { executionArn };
    },
    list: () => engine.list(),
    inspect: engine,
    frozenFiles: () => journal.frozen(),
    async stop() {
      engine.freeze();
      rest.dismiss();
      await server.stop();
    },
  };
}
