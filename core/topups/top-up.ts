import * as z from 'zod';
import { amountSchema, type Fen, fen, sum } from '../money/money.ts';
import { traceStepSchema } from '../orders/order.ts';
import { localTermsSchema } from './local-policy.ts';

/**
 * What a local policy adds to a voucher, with the terms it was granted under: what happens to the policy later changes
 * nothing for it. One of 0 fen is kept for its derivation, which says why there is none.
 */
export const topUpSchema = z.strictObject({
  policyId: z.string(),
  ...localTermsSchema.pick({ name: true, basis: true, ratio: true, categories: true, priority: true }).shape,
  amount: amountSchema,
  trace: z.array(traceStepSchema),
});
export type TopUp = z.infer<typeof topUpSchema>;

/** Fen that local policies add to a voucher. */
export const topUpTotal = (topUps: readonly Pick<TopUp, 'amount'>[] = []): Fen =>
  sum(topUps.map(({ amount }) => fen(amount)));
