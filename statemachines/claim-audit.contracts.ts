import * as z from 'zod';

const round = z.object({ claimId: z.string(), round: z.int().positive() });
const decided = round.extend({ decision: z.object({ taskId: z.string(), outcome: z.string() }) });
const waiting = z.object({ taskId: z.string() });

/** What each step of `claim-audit.asl.json` takes and gives. */
export const claimAuditSteps = {
  'take-in-items': { input: round, output: round.extend({ next: z.enum(['more', 'audit']) }) },
  'open-audit': { input: round, output: waiting },
  'escalate-audit': { input: decided, output: waiting },
  'apply-audit': { input: decided, output: z.object({ claimId: z.string(), next: z.enum(['returned', 'audited']) }) },
};
