import type { FunctionError } from './protocol.ts';

const THROTTLED = 'TooManyRequestsException';

/** Whether a call was refused before the function saw it, because too many were under way. */
export const isThrottled = (error: unknown): boolean => error instanceof Error && error.name === THROTTLED;

/** A function failed. `name` is the error type that Lambda would report, `trace` the function's own stack. */
export class InvocationError extends Error {
  readonly trace: readonly string[];

  constructor(errorType: string, message: string, trace: readonly string[] = []) {
    super(message);
    this.name = errorType;
    this.trace = trace;
  }

  static from(error: FunctionError): InvocationError {
    return new InvocationError(error.errorType, error.errorMessage, error.trace);
  }

  /** The function runs as often at once as the template lets it. */
  static throttled(): InvocationError {
    return new InvocationError(THROTTLED, 'Rate Exceeded.');
  }

  /** The instance died of an error that the handler did not catch. */
  static crashed(error: unknown): InvocationError {
    if (!(error instanceof Error)) return new InvocationError('Runtime.UnhandledError', String(error));
    const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    return new InvocationError(
      outOfMemory ? 'Runtime.OutOfMemory' : 'Runtime.UnhandledError',
      error.message,
      (error.stack ?? '').split('\n'),
    );
  }
}
