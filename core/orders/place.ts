import * as z from 'zod';
import { amountSchema } from '../money/money.ts';

/** An order's place: it waits for an amount of one spec, in the order of `since`. */
export const placeSchema = z.strictObject({
  since: z.int(),
  specId: z.string(),
  /** Fen that its voucher would have if fund and spec had enough. */
  wanted: amountSchema,
  /** When the provider agreed to hold its offer for as long as it takes. */
  agreedAt: z.int().optional(),
});
export type Place = z.infer<typeof placeSchema>;
