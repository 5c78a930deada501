import type { CompiledState } from './compiled.ts';
import type { StateFailure } from './errors.ts';
import type { JsonObject } from './json.ts';
import type { Visit } from './progress.ts';

/** One stay of one line of states in one state. */
export interface Stay {
  readonly scope: string;
  readonly state: CompiledState;
  readonly visit: Visit;
  readonly mapItem: JsonObject | undefined;
  /** Aborted when the line is stopped: by the end of the execution, or because a sibling branch failed. */
  readonly signal: AbortSignal;
}

/** Wakes a parked line of states with what it waited for; only the first call counts. */
export type Wake<T> = (outcome: { value: T } | { failure: StateFailure }) => void;
