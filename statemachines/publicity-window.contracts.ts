import * as z from 'zod';

const running = z.object({ claimId: z.string(), noticeId: z.string(), endsAt: z.iso.datetime() });
const progress = z.object({ claimId: z.string(), noticeId: z.string(), from: z.int().nonnegative() });

/** What each step of `publicity-window.asl.json` takes and gives. */
export const publicityWindowSteps = {
  /** With `noticeId` for an edition that was published with the decision on an objection. */
  'publish-notice': { input: z.object({ claimId: z.string(), noticeId: z.string().optional() }), output: running },
  'check-window': {
    input: running,
    output: running.extend({ next: z.enum(['wait', 'finish']), from: z.int().nonnegative() }),
  },
  'finish-items': { input: progress, output: progress.extend({ next: z.enum(['more', 'done']) }) },
  'finish-claim': {
    input: z.object({ claimId: z.string() }),
    output: z.object({ claimId: z.string(), final: z.boolean() }),
  },
};
