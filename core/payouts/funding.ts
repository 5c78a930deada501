import type { Balances } from '../ledger/accounts.ts';
import { type Fen, fen, sum } from '../money/money.ts';
import { fundInOrder } from '../subsidy/priority.ts';
import type { PayoutLine } from './payout.ts';

type LineItem = PayoutLine['items'][number];

/** Fen that an item is owed: what the order pays of it now, and what it defers. */
export const owedOf = ({ amount, deferred }: Pick<LineItem, 'amount' | 'deferred'>): Fen => fen(amount + deferred);

/**
 * What one fund has for the items of a payment order (clause 一-(二)). A fund is short only after a cut of its
 * appropriation below its commitments. Money behind live vouchers stays theirs, so the gap falls on what is to be paid:
 * first on what was deferred before and is not in this order, then on the order itself.
 */
export function moneyFor(
  items: readonly Pick<LineItem, 'amount' | 'deferred' | 'deferredBefore'>[],
  fund: Pick<Balances, 'available' | 'deferred'>,
): Fen {
  const owed = sum(items.map(owedOf));
  const before = sum(items.filter(({ deferredBefore }) => deferredBefore).map(owedOf));
  const short = Math.max(0, -fund.available);
  const elsewhere = Math.max(0, fund.deferred - before);
  return fen(Math.max(0, owed - Math.max(0, short - elsewhere)));
}

/**
 * Which part of each item its fund pays, in the order of use: everyone before the margin in full, the marginal one to
 * the last fen, everyone behind it deferred, whoever filed first (clause 一-(二), invariant 6). By claim item.
 */
export function fundItems(
  items: readonly LineItem[],
  fundYearOf: (item: LineItem) => number,
  money: ReadonlyMap<number, Fen>,
): ReadonlyMap<string, Pick<LineItem, 'amount' | 'deferred'>> {
  return new Map(
    [...Map.groupBy(items, fundYearOf)].flatMap(([year, ofYear]) => {
      const owed = ofYear.map((item) => ({
        id: item.claimItemId,
        activeAt: item.activeAt,
        owed: owedOf(item),
      }));
      return fundInOrder(owed, money.get(year) ?? sum(owed.map((item) => item.owed))).map(
        ({ item, funded, deferred }) => [item.id, { amount: funded, deferred }] as const,
      );
    }),
  );
}
