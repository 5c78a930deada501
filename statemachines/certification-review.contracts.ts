import * as z from 'zod';

const reviewed = z.object({
  certificationId: z.string(),
  next: z.enum(['region', 'approved', 'returned', 'rejected']),
});
const decided = z.object({
  certificationId: z.string(),
  decision: z.object({ taskId: z.string(), outcome: z.string() }),
});

/** What each step of `certification-review.asl.json` takes and gives. */
export const certificationReviewSteps = {
  'open-city-review': { input: z.object({ certificationId: z.string() }), output: z.object({ taskId: z.string() }) },
  'apply-city-review': { input: decided, output: reviewed },
  'open-regional-review': {
    input: z.object({ certificationId: z.string() }),
    output: z.object({ taskId: z.string() }),
  },
  'apply-regional-review': { input: decided, output: reviewed },
};
