import type { StateType } from './definition.ts';
import type { Json } from './json.ts';
import type { ExecutionStatus } from './summary.ts';

/**
 * The lines of an execution's journal. They are the truth about it: where it stands after a restart is a fold over
 * them (progress.ts), and so is the history that the service shows (history.ts).
 *
 * `scope` names a line of states that run one after the other: '' is the execution itself, a branch of a Parallel or
 * an iteration of a Map is `<visit>.<attempt>.<index>` below the scope of its state.
 */
export interface StartedRecord {
  type: 'started';
  at: number;
  executionArn: string;
  stateMachineArn: string;
  name: string;
  /** As the caller wrote it: a second start with the same name is compared with it. */
  input: string;
  /** Hash under which the definition is kept. */
  definition: string;
}

export type Answer = { output: Json } | { error: string; cause: string };

/** The records of a scope, without their time. */
export type ScopeEvent =
  | { type: 'entered'; scope: string; state: string; kind: StateType; input: Json }
  | { type: 'waiting'; scope: string; until: number }
  | {
      type: 'scheduled';
      scope: string;
      resource: string;
      region: string;
      parameters: Json;
      token?: string;
      timeoutSeconds?: number;
      heartbeatSeconds?: number;
    }
  /** The function that hands out the token has answered. */
  | { type: 'submitted'; scope: string; resource: string; result: Json }
  | { type: 'heartbeat'; scope: string; token: string }
  | { type: 'answered'; scope: string; token: string; answer: Answer }
  | { type: 'completed'; scope: string; resource: string; result: Json }
  | { type: 'failed'; scope: string; resource: string; error: string; cause: string; timedOut: boolean }
  | { type: 'retrying'; scope: string; retrier: number; until: number }
  | { type: 'forked'; scope: string; kind: 'Map' | 'Parallel'; state: string; branches: number }
  | { type: 'branch-started'; scope: string; parent: string; kind: 'Map' | 'Parallel'; state: string; index: number }
  | {
      type: 'branch-ended';
      scope: string;
      parent: string;
      kind: 'Map' | 'Parallel';
      state: string;
      index: number;
      answer: Answer;
    }
  | { type: 'joined'; scope: string; kind: 'Map' | 'Parallel'; succeeded: boolean }
  | { type: 'exited'; scope: string; state: string; kind: StateType; output: Json; next?: string };

export interface EndedRecord {
  type: 'ended';
  at: number;
  status: Exclude<ExecutionStatus, 'RUNNING'>;
  /** JSON text of the output of a successful execution. */
  output?: string;
  error?: string;
  cause?: string;
}

/** An execution that ended without success goes on from where it failed. */
export interface RedrivenRecord {
  type: 'redriven';
  at: number;
}

export type ScopeRecord = ScopeEvent & { at: number };
export type JournalRecord = StartedRecord | ScopeRecord | EndedRecord | RedrivenRecord;
