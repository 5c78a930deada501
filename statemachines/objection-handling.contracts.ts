import * as z from 'zod';

const handled = z.object({ objectionId: z.string() });
const decided = handled.extend({ decision: z.object({ taskId: z.string(), outcome: z.string() }) });
const waiting = z.object({ taskId: z.string() });

/** What each step of `objection-handling.asl.json` takes and gives. */
export const objectionHandlingSteps = {
  'open-objection': { input: handled, output: waiting },
  'open-late-objection': { input: handled, output: waiting },
  'settle-objection': {
    input: decided,
    output: handled.extend({ claimId: z.string(), next: z.enum(['ask-again', 'finish']) }),
  },
  'finish-item': { input: handled, output: z.object({ claimId: z.string() }) },
  'finish-claim': {
    input: z.object({ claimId: z.string() }),
    output: z.object({ claimId: z.string(), final: z.boolean() }),
  },
};
