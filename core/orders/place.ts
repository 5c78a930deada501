import * as z from 'zod';
import { amountSchema } from '../money/money.ts';

/** An order's place: it waits for an amount of one spec. Places stand in the order in which they were taken. */
export const placeSchema = z.strictObject({
  since: z.int(),
  /** Year in which it was taken, and its number in that year's list: decided with the write, not by the time of a request. */
  year: z.int(),
  number: z.int().positive(),
  specId: z.string(),
  /** Fen that its voucher would have if fund and spec had enough. */
  wanted: amountSchema,
  /** When the provider agreed to hold its offer for as long as it takes. */
  agreedAt: z.int().optional(),
});
export type Place = z.infer<typeof placeSchema>;

/** The order of places: an earlier year's before a later one's. */
export const comparePlaces = (a: Place | undefined, b: Place | undefined): number =>
  (a?.year ?? 0) - (b?.year ?? 0) || (a?.number ?? 0) - (b?.number ?? 0);
