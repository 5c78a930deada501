import * as z from 'zod';

const ofYear = z.object({ year: z.int() });
/** `voucherYear` and `cursor` only while a loop goes on. */
const position = ofYear.extend({ voucherYear: z.int().optional(), cursor: z.string().optional() });
/** First the reservations with a last day, then those of orders that wait. */
const reservations = position.extend({ part: z.enum(['due', 'waiting']).optional() });
const moved = position.extend({ next: z.enum(['more', 'done']) });
const decided = ofYear.extend({ decision: z.object({ taskId: z.string(), outcome: z.string() }) });
const waiting = z.object({ taskId: z.string() });

/** What each step of `year-end.asl.json` takes and gives. */
export const yearEndSteps = {
  'survey-vouchers': { input: position, output: moved },
  'report-year-end': { input: ofYear, output: ofYear },
  'ask-industry': { input: ofYear, output: waiting },
  'ask-finance': { input: ofYear, output: waiting },
  'apply-approval': { input: decided, output: ofYear.extend({ next: z.enum(['approved', 'refused']) }) },
  'end-reservations': { input: reservations, output: reservations.extend({ next: z.enum(['more', 'done']) }) },
  'move-vouchers': {
    input: position.extend({ pages: z.int().optional() }),
    output: position.extend({ pages: z.int(), next: z.enum(['more', 'continue', 'done']) }),
  },
  'close-year': { input: ofYear, output: ofYear.extend({ next: z.enum(['again', 'waits', 'closed']) }) },
  'open-next-year': { input: ofYear, output: ofYear.extend({ next: z.enum(['opened', 'waits']) }) },
};

/** What the schedule of 1 January calls, outside of the state machine. */
export const surveyLastYear = { input: z.object({}), output: z.object({ next: z.enum(['requested', 'nothing']) }) };
