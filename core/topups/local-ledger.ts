import * as z from 'zod';
import { actedAsSchema } from '../actors/actor.ts';

/**
 * Accounts of a local fund: one per policy, apart from the regional ledger. `appropriation` is where its money comes from
 * (its balance is the negative of what was set aside); `granted` is behind vouchers whose service is not confirmed yet,
 * `used` is what the jurisdiction owes for delivered services. It pays that itself.
 */
export const localAccounts = ['appropriation', 'available', 'granted', 'used'] as const;
export type LocalAccount = (typeof localAccounts)[number];
export type LocalBalances = Readonly<Record<LocalAccount, number>>;

/** Accounts that hold money: they never fall below zero, which is a condition of the write. */
export const localHoldingAccounts = ['available', 'granted', 'used'] as const satisfies readonly LocalAccount[];

export const emptyLocalBalances: LocalBalances = { appropriation: 0, available: 0, granted: 0, used: 0 };

/**
 * A movement of a local fund: immutable, written with the change that causes it and with the balances it moves. Its id is
 * derived from that change, so that no retry posts twice.
 */
export const localPostingSchema = z.strictObject({
  id: z.string(),
  policyId: z.string(),
  at: z.int(),
  /** `enact`, `grant`, `use`, `reduce`, `void`, `expire`. */
  reason: z.string(),
  reference: z.strictObject({ entity: z.string(), id: z.string() }),
  orderId: z.string().optional(),
  actor: z.string(),
  /** As in the journal of the region's fund. */
  by: actedAsSchema.optional(),
  /** Signed fen per account; sums to zero. */
  entries: z.partialRecord(z.enum(localAccounts), z.int()),
  /** What an enterprise had of the policy in its year: fen taken (negative: given back), and how much there may be. */
  enterprise: z.strictObject({ uscc: z.string(), amount: z.int(), most: z.int().nonnegative() }).optional(),
});
export type LocalPosting = z.infer<typeof localPostingSchema>;

/** Adds up movements per account, dropping accounts that come out at zero. */
export function combineLocal(...parts: readonly LocalPosting['entries'][]): LocalPosting['entries'] {
  const sums = localAccounts.map((account) => [account, parts.reduce((sum, part) => sum + (part[account] ?? 0), 0)]);
  return Object.fromEntries(sums.filter(([, amount]) => amount !== 0));
}

/** Balances as the replay of a fund's movements. */
export function replayLocal(postings: Iterable<Pick<LocalPosting, 'entries'>>): LocalBalances {
  return { ...emptyLocalBalances, ...combineLocal(...[...postings].map(({ entries }) => entries)) };
}
