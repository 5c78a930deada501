import type { Voucher } from '../../orders/voucher.ts';
import type { Page, Reads } from '../../ports/store.ts';

/** Where a loop over the vouchers of a fund stands. */
export interface Position {
  /** The year that is closed. */
  readonly year: number;
  /** Year of use of the vouchers that are looked at; at first the year itself. */
  readonly voucherYear?: number | undefined;
  readonly cursor?: string | undefined;
}
export type Moved<N extends string = 'more' | 'done'> = Position & { readonly next: N };

/**
 * The next vouchers whose money may stand in the fund of a year: those of the year, then those of earlier years whose
 * money came with them. The list only proposes; each voucher is read again from the table itself.
 */
export async function vouchersAt(
  reads: Pick<Reads, 'get' | 'getMany' | 'list'>,
  { year, voucherYear = year, cursor }: Position,
  limit: number,
): Promise<{ readonly vouchers: readonly Voucher[]; readonly following: Moved }> {
  const page: Page<Voucher> = await reads.list(
    'vouchersOfYear',
    { year: voucherYear },
    { limit, ...(cursor ? { cursor } : {}) },
  );
  const vouchers = await reads.getMany(
    'voucher',
    page.items.map(({ id }) => ({ id })),
  );
  if (page.next) return { vouchers, following: { year, voucherYear, cursor: page.next, next: 'more' } };
  const before = await reads.get('yearEnd', { year: year - 1 });
  return {
    vouchers,
    following:
      voucherYear > (before?.oldestVoucherYear ?? year)
        ? { year, voucherYear: voucherYear - 1, next: 'more' }
        : { year, next: 'done' },
  };
}
