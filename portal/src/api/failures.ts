import type { Problem } from '../../../contracts/problem.ts';

/** The API refused, and says why. */
export class ApiProblem extends Error {
  readonly problem: Problem;
  readonly retryAfter: number | undefined;
  constructor(problem: Problem, retryAfter?: number) {
    super(problem.code);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** No answer came, or none that says anything: the connection, or a system that is busy. */
export class Unreachable extends Error {
  readonly status: number | undefined;
  constructor(status?: number) {
    super('unreachable');
    this.status = status;
  }
}

/** An answer that this portal cannot read: it is older than the API, and is to be loaded again. */
export class NotUnderstood extends Error {}

/** Nobody is signed in, or no longer. */
export class SessionEnded extends Error {
  constructor() {
    super('session-ended');
  }
}

/** Whether a read may be asked again by itself: nothing was wrong with the question. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Unreachable ||
  (error instanceof ApiProblem && (error.problem.status === 503 || error.problem.status === 429));
