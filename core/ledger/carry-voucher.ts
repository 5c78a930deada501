import type { Voucher } from '../orders/voucher.ts';
import type { Account } from './accounts.ts';
import { type Backing, backingTotal } from './backing.ts';
import { combine, move, type Posting } from './posting.ts';

/**
 * The two postings that take money out of a year and into a later one, in one transaction, account by account (clause
 * 一-(二), invariant 7). `suffix` makes their ids: nothing moves twice.
 */
export function carriedOn(
  cause: Omit<Posting, 'id' | 'year' | 'reason' | 'entries'>,
  suffix: string,
  years: { readonly from: number; readonly to: number },
  held: Partial<Record<Account, number>>,
): Posting[] {
  const amounts = Object.entries(held) as [Account, number][];
  return [
    {
      ...cause,
      id: `led_carry_out_${suffix}`,
      year: years.from,
      reason: 'carry-out',
      entries: combine(...amounts.map(([account, amount]) => move(account, 'carryIn', amount))),
    },
    {
      ...cause,
      id: `led_carry_in_${suffix}`,
      year: years.to,
      reason: 'carry-in',
      entries: combine(...amounts.map(([account, amount]) => move('carryIn', account, amount))),
    },
  ];
}

/** Takes the money of a voucher out of a year and into the next. The ids belong to the voucher and the year. */
export function carryPostings(
  voucher: Pick<Voucher, 'id' | 'orderId'>,
  backing: Backing,
  year: number,
  cause: Pick<Posting, 'at' | 'actor'>,
): Posting[] {
  if (backingTotal(backing) === 0) return [];
  const common = {
    ...cause,
    reference: { entity: 'voucher', id: voucher.id },
    orderId: voucher.orderId,
    specs: [],
  };
  return carriedOn(common, `${year}_${voucher.id}`, { from: year, to: year + 1 }, backing);
}

/** The postings at the very end: what lapsed goes back to the treasury, what is free (or missing) moves on. */
export function carryFreePostings(
  year: number,
  free: number,
  lapsed: number,
  cause: Pick<Posting, 'at' | 'actor'>,
): Posting[] {
  const common = { ...cause, reference: { entity: 'yearEnd', id: String(year) }, specs: [] };
  const moved = free - lapsed;
  const lapse: Posting = {
    ...common,
    id: `led_lapse_${year}`,
    year,
    reason: 'lapse',
    entries: { available: -lapsed, appropriation: lapsed },
  };
  const onwards =
    moved === 0 ? [] : carriedOn(common, String(year), { from: year, to: year + 1 }, { available: moved });
  return [...(lapsed === 0 ? [] : [lapse]), ...onwards];
}
