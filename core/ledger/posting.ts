import * as z from 'zod';
import { actedAsSchema } from '../actors/actor.ts';
import { type Account, accounts, type Balances, emptyBalances } from './accounts.ts';

/** What a posting changes beside the money: the spec's amount and count, and the enterprise's yearly cap. */
const specEffectSchema = z.strictObject({
  specId: z.string(),
  /** Fen taken from the spec (negative: given back). */
  amount: z.int(),
  /** Vouchers taken from the spec (negative: given back). */
  count: z.int(),
});
export type SpecEffect = z.infer<typeof specEffectSchema>;

const capEffectSchema = z.strictObject({
  uscc: z.string(),
  /** Fen taken from the enterprise's yearly cap (negative: given back). */
  amount: z.int(),
  /** The cap of the plan under which it is taken, in fen (clause 五-(三)). */
  cap: z.int().nonnegative(),
});

const providerEffectSchema = z.strictObject({
  id: z.string(),
  /** Fen taken from the provider's quota (negative: given back). */
  amount: z.int(),
  /** The quota of the plan under which it is taken, in fen. */
  quota: z.int().nonnegative(),
});

/**
 * A ledger transaction: immutable, written together with the change that causes it. Its id is derived from that
 * change (`led_issue_<voucher>`), so that no retry posts twice. Corrections are further postings with a reason.
 */
export const postingSchema = z.strictObject({
  id: z.string(),
  year: z.int(),
  at: z.int(),
  /** Audit code of the cause: `reserve`, `issue`, `release`, `void`, `expire`, `deduct`, `accrue`, `pay`, `appropriate`, … */
  reason: z.string(),
  reference: z.strictObject({ entity: z.string(), id: z.string() }),
  /** The posting that this one corrects, and its reason. */
  corrects: z.strictObject({ id: z.string(), reason: z.string() }).optional(),
  /** The order whose money moves; absent when money moves for the fund as a whole. */
  orderId: z.string().optional(),
  /** Subject of whoever caused it. */
  actor: z.string(),
  /** The rest of who that was, as the storage records it with the trail; entries from before have none. */
  by: actedAsSchema.optional(),
  /** Signed fen per account; sums to zero. */
  entries: z.partialRecord(z.enum(accounts), z.int()),
  specs: z.array(specEffectSchema).default([]),
  cap: capEffectSchema.optional(),
  /** Only under a plan that sets a quota per provider. */
  provider: providerEffectSchema.optional(),
});
export type Posting = z.infer<typeof postingSchema>;

/** Reason of a posting by which money is appropriated: it is shared out over the whole pool. */
export const APPROPRIATE = 'appropriate';
/** Reason of a posting that takes from the appropriation: what is committed stays, so less than nothing may be free. */
export const CUT = 'cut';

/** Moves `amount` fen from one account to another. */
export const move = (from: Account, to: Account, amount: number): Partial<Record<Account, number>> =>
  amount === 0 ? {} : { [from]: -amount, [to]: amount };

/** Adds up entries, dropping accounts that come out at zero. */
export function combine(...parts: readonly Partial<Record<Account, number>>[]): Partial<Record<Account, number>> {
  const total: Partial<Record<Account, number>> = {};
  for (const part of parts) {
    for (const account of accounts) {
      const sum = (total[account] ?? 0) + (part[account] ?? 0);
      if (sum === 0) delete total[account];
      else total[account] = sum;
    }
  }
  return total;
}

/** The sum of a posting's entries; zero for every posting that may be written (invariant 1). */
export const imbalance = (entries: Readonly<Record<string, number>>): number =>
  Object.values(entries).reduce((sum, amount) => sum + amount, 0);

/** Balances as the replay of postings. */
export function replay(postings: Iterable<Pick<Posting, 'entries'>>): Balances {
  const balances: Record<Account, number> = { ...emptyBalances };
  for (const { entries } of postings) {
    for (const account of accounts) balances[account] += entries[account] ?? 0;
  }
  return balances;
}
