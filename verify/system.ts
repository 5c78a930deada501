import type { WorkflowName } from '../core/ports/events.ts';
import type { ObjectPlace } from '../core/ports/objects.ts';

/** An execution as the workflow service lists it; its input once it is asked for. */
export interface ExecutionFacts {
  readonly workflow: WorkflowName;
  readonly name: string;
  readonly status: string;
  /** Epoch ms. */
  readonly startedAt: number;
}

export interface ObjectFacts {
  readonly store: ObjectPlace['store'];
  readonly key: string;
  readonly size: number;
  /** Epoch ms. */
  readonly storedAt: number;
}

/** The system that is verified, running or at rest. Nothing in here can write. */
export interface VerifiedSystem {
  /** Every item of the table, partition by partition. */
  items(): AsyncIterable<Readonly<Record<string, unknown>>>;
  /** Executions that have not ended, and those that ended without success. */
  executions(): AsyncIterable<ExecutionFacts>;
  inputOf(execution: ExecutionFacts): Promise<Readonly<Record<string, unknown>>>;
  objects(): AsyncIterable<ObjectFacts>;
  /** Messages in dead-letter queues by queue; undefined where that can't be seen. */
  deadLetters(): Promise<ReadonlyMap<string, number> | undefined>;
  /** The system's own time, epoch ms. */
  now(): Promise<number>;
}
