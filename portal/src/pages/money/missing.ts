import { ApiProblem } from '../../api/failures.ts';

/** Whether a read was refused because there is nothing yet. */
export const isMissing = (error: unknown): boolean => error instanceof ApiProblem && error.problem.status === 404;
