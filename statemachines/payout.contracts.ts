import * as z from 'zod';

/** `cursor` only while a loop goes on. */
const position = z.object({ payoutId: z.string(), cursor: z.string().optional() });
const collecting = position.extend({ part: z.enum(['deferred', 'final']).optional() });
const moved = position.extend({ next: z.enum(['more', 'done']) });
const ordered = z.object({ payoutId: z.string() });
const decided = ordered.extend({ decision: z.object({ taskId: z.string(), outcome: z.string() }) });
const waiting = z.object({ taskId: z.string() });

/** What each step of `payout.asl.json` takes and gives. */
export const payoutSteps = {
  'collect-items': { input: collecting, output: collecting.extend({ next: z.enum(['more', 'done']) }) },
  'fund-lines': { input: position, output: moved },
  'propose-payout': { input: ordered, output: ordered.extend({ next: z.enum(['approve', 'empty', 'unfunded']) }) },
  'ask-industry': { input: ordered, output: waiting },
  'ask-finance': { input: ordered, output: waiting },
  'apply-approval': { input: decided, output: ordered.extend({ next: z.enum(['approved', 'refused']) }) },
  'accrue-items': { input: position, output: moved },
  'offset-lines': { input: position, output: moved },
  'send-lines': { input: position, output: position.extend({ next: z.enum(['more', 'done', 'nothing']) }) },
  'ask-bank': { input: ordered, output: waiting },
  'settle-offsets': { input: position, output: moved },
  'settle-lines': { input: position, output: position.extend({ next: z.enum(['more', 'correct', 'settled']) }) },
  'ask-correction': { input: ordered, output: waiting },
  'reopen-items': { input: position, output: moved },
  'release-items': { input: position, output: moved },
};
