import * as z from 'zod';

const version = { offeringId: z.string(), number: z.int().positive() };
/** What a waiting step was answered: which task, and how it ended. */
const decision = z.object({ taskId: z.string(), outcome: z.string() });
const next = z.enum(['published', 'returned', 'rejected', 'withdrawn', 'escalate']);

/** Input of an execution. */
export const offeringReviewInput = z.object(version);

/** Input and output of each step of `offering-review`. */
export const offeringReviewSteps = {
  'open-review': { input: offeringReviewInput, output: z.object({ taskId: z.string() }) },
  'apply-review': { input: z.object({ ...version, decision }), output: z.object({ ...version, next }) },
  'escalate-review': { input: z.object({ ...version, next }), output: z.object({ taskId: z.string() }) },
} as const;
