import { countQuotas, type Quotas } from '../policy/quotas.ts';
import type { Account } from './accounts.ts';
import { combine, move, type Posting, type SpecEffect } from './posting.ts';

/** Money held for one order or voucher: where it stands, and its parts by spec (clause 五-(一)). */
export interface Holding {
  readonly account: Extract<Account, 'reserved' | 'active'>;
  readonly parts: readonly { readonly specId: string; readonly amount: number }[];
}

export interface HoldingChange extends Pick<Posting, 'id' | 'year' | 'at' | 'reason' | 'reference' | 'actor'> {
  readonly orderId: string;
  /** Absent: nothing was held before. */
  readonly before?: Holding;
  /** Absent: everything is given back. */
  readonly after?: Holding;
  readonly uscc: string;
  /** Fen an enterprise may hold in a year under the plan (clause 五-(三)). */
  readonly cap: number;
  /** What it counts against beside, if its plan sets it. */
  readonly quotas?: Quotas | undefined;
}

/**
 * The posting that changes what is held: the difference goes from or to `available`; amounts and counts of specs, the
 * yearly cap and quotas follow it (clauses 一-(二), 五-(一), 五-(三)). A part of 0 fen is no voucher of its spec.
 */
export function holdingPosting({ before, after, uscc, cap, quotas, ...posting }: HoldingChange): Posting {
  const held = partsOf(before);
  const kept = partsOf(after);
  const heldTotal = total(held);
  const keptTotal = total(kept);
  const specs: SpecEffect[] = [...new Set([...held.keys(), ...kept.keys()])]
    .map((specId) => ({
      specId,
      amount: (kept.get(specId) ?? 0) - (held.get(specId) ?? 0),
      count: Number(kept.has(specId)) - Number(held.has(specId)),
    }))
    .filter(({ amount, count }) => amount !== 0 || count !== 0);
  const entries = combine(
    before ? move(before.account, 'available', heldTotal) : {},
    after ? move('available', after.account, keptTotal) : {},
  );
  const taken = keptTotal - heldTotal;
  return countQuotas(
    { ...posting, entries, specs, ...(taken === 0 ? {} : { cap: { uscc, amount: taken, cap } }) },
    quotas,
  );
}

const partsOf = (holding: Holding | undefined): ReadonlyMap<string, number> =>
  new Map((holding?.parts ?? []).filter(({ amount }) => amount > 0).map(({ specId, amount }) => [specId, amount]));

const total = (parts: ReadonlyMap<string, number>): number =>
  [...parts.values()].reduce((sum, amount) => sum + amount, 0);
