import type { Actor } from '../actors/actor.ts';
import type { HolidayTable } from '../calendar/working-days.ts';
import type { Result } from '../result.ts';
import type { Decision, Reads } from './store.ts';

/** What a use case is given about the request: who, when, and ids that a retry of the same request repeats. */
export interface Command {
  readonly actor: Actor;
  /** Server time in milliseconds; the only clock that core knows. */
  readonly at: number;
  /**
   * A new id with this prefix (`ord`, `vch`, …). The n-th id of a command is a function of its idempotency key, so a
   * repeated command makes the same ids.
   */
  newId(prefix: string): string;
  /** The version the client saw (`If-Match`), checked against the entity named by the route. */
  readonly expectedVersion?: number;
}

/** Ports of almost every use case. */
export interface Ports {
  readonly reads: Reads;
  /** Working days of the mainland with the table's overrides, as known now. */
  readonly calendar: () => Promise<HolidayTable>;
}

/** A use case that changes something: reads, decides, and returns the changes for one transaction. */
export type CommandUseCase<I, T> = (input: I, command: Command) => Promise<Result<Decision<T>>>;

/** A use case that only reads. */
export type QueryUseCase<I, T> = (input: I, actor: Actor) => Promise<Result<T>>;

/** What a step of a workflow is given: the system as actor, and the execution it belongs to. */
export interface StepCommand extends Command {
  /** Name of the execution. */
  readonly execution: string;
  /** The task token, in steps that wait for a person; a retry brings a new one. */
  readonly token?: string;
}
