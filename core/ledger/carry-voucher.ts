import type { Voucher } from '../orders/voucher.ts';
import { type Backing, backingTotal } from './backing.ts';
import { combine, move, type Posting } from './posting.ts';

/**
 * The two postings that take the money of a voucher out of a year and into the next, in one transaction (clause
 * 一-(二), invariant 7). Their ids belong to the voucher and the year, so that nothing moves twice.
 */
export function carryPostings(
  voucher: Pick<Voucher, 'id' | 'orderId'>,
  backing: Backing,
  year: number,
  cause: Pick<Posting, 'at' | 'actor'>,
): Posting[] {
  if (backingTotal(backing) === 0) return [];
  const held = Object.entries(backing) as [keyof Backing, number][];
  const common = {
    ...cause,
    reference: { entity: 'voucher', id: voucher.id },
    orderId: voucher.orderId,
    specs: [],
  };
  return [
    {
      ...common,
      id: `led_carry_out_${year}_${voucher.id}`,
      year,
      reason: 'carry-out',
      entries: combine(...held.map(([account, amount]) => move(account, 'carryIn', amount))),
    },
    {
      ...common,
      id: `led_carry_in_${year}_${voucher.id}`,
      year: year + 1,
      reason: 'carry-in',
      entries: combine(...held.map(([account, amount]) => move('carryIn', account, amount))),
    },
  ];
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
  const out: Posting = {
    ...common,
    id: `led_carry_out_${year}`,
    year,
    reason: 'carry-out',
    entries: { available: -moved, carryIn: moved },
  };
  const into: Posting = {
    ...common,
    id: `led_carry_in_${year}`,
    year: year + 1,
    reason: 'carry-in',
    entries: { carryIn: -moved, available: moved },
  };
  return [...(lapsed === 0 ? [] : [lapse]), ...(moved === 0 ? [] : [out, into])];
}
