import { fits, type Json } from './json.ts';

/** A failure inside an execution: what `Retry` and `Catch` see, and what a failed execution reports. */
export class StateFailure extends Error {
  /** Error name by which retriers and catchers match, such as `States.Timeout` or a Lambda error type. */
  readonly error: string;
  /** For people: free text, or the JSON of a Lambda error. */
  readonly reason: string;

  constructor(error: string, reason: string) {
    super(`${error}: ${reason}`);
    this.name = 'StateFailure';
    this.error = error;
    this.reason = reason;
  }
}

/** Thrown inside an execution that was stopped from outside: unwinds its work without touching its journal. */
export class Unwound extends Error {
  constructor() {
    super('the execution was stopped');
    this.name = 'Unwound';
  }
}

/** An answer of the service to a caller: `name` is the error's `__type` on the wire. */
export class ServiceError extends Error {
  constructor(type: string, message: string) {
    super(message);
    this.name = type;
  }
}

/** Anything thrown while a state ran, as the failure of that state. */
export function asFailure(thrown: unknown): StateFailure {
  if (thrown instanceof StateFailure) return thrown;
  return new StateFailure('States.Runtime', thrown instanceof Error ? thrown.message : String(thrown));
}

/** A Lambda error as the service reports it: error type as the name, and a cause that is the JSON Lambda answered. */
export function lambdaFailure(thrown: unknown): StateFailure {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return new StateFailure(
    // An error of the service itself, unlike those of the function, is named after the service.
    error.name === 'TooManyRequestsException' ? `Lambda.${error.name}` : error.name,
    JSON.stringify({ errorType: error.name, errorMessage: error.message, trace: [] }),
  );
}

/** @throws StateFailure `States.DataLimitExceeded` when the value is above the service's limit. */
export function assertFits(value: Json, what: string): void {
  if (!fits(JSON.stringify(value))) {
    throw new StateFailure('States.DataLimitExceeded', `${what} is larger than 256 KiB`);
  }
}
