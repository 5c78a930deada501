import { mergeLots } from '../../ledger/carry-lots.ts';
import type { YearEnd } from '../../ledger/year-end-record.ts';
import { revise } from '../../lifecycle/record.ts';
import { fen } from '../../money/money.ts';
import { fundYearOf, type Voucher } from '../../orders/voucher.ts';
import type { OwedAgain } from '../../payouts/postings.ts';
import type { Change, Reads } from '../../ports/store.ts';
import { stillOpen } from '../recoveries/fund-home.ts';

/** A voucher whose payment came back from the bank. */
export interface ReturnedVoucher extends OwedAgain {
  readonly voucher: Voucher;
}

/**
 * The year whose fund owes what came back: the one that paid it, or, once a close has moved on, the year where live
 * vouchers stand now. Money behind a live voucher never lapses (clause 一-(二)).
 */
export async function yearThatOwes(reads: Pick<Reads, 'get'>, voucher: Voucher, paidIn: number): Promise<number> {
  for (let year = Math.max(paidIn, fundYearOf(voucher)); ; year++) {
    if ((await reads.get('plan', { year }))?.status !== 'closed') return year;
  }
}

/**
 * What must hold, and be recorded, when funds owe again what they had paid: the years that owe are not closed meanwhile,
 * and what is carried into them is on the record of the close before, as money behind live vouchers by year of origin. A
 * close that moved the voucher and is not done yet has moved this money as well.
 */
export async function carriedAgain(
  reads: Pick<Reads, 'get'>,
  returned: readonly ReturnedVoucher[],
  at: number,
): Promise<Change[]> {
  const changes: Change[] = [];
  const records = new Map<number, YearEnd>();
  for (const part of returned.filter(({ paidIn, owedBy }) => paidIn !== owedBy)) {
    const before = part.owedBy - 1;
    const record = records.get(before) ?? (await reads.get('yearEnd', { year: before }));
    if (record) records.set(before, withReturned(record, part));
  }
  for (const record of records.values()) {
    changes.push({
      do: 'update',
      entity: 'yearEnd',
      value: revise(record, at, {}),
      from: [record.status],
      audit: { action: 'carry-returned' },
    });
  }
  for (const year of new Set(returned.map(({ owedBy }) => owedBy))) {
    // A record that changes with the money is read again by whoever closes the year.
    const own = await stillOpen(reads, year, at, 'return');
    changes.push(...own.filter((change) => !(records.has(year) && 'entity' in change && change.entity === 'yearEnd')));
  }
  return changes;
}

function withReturned(record: YearEnd, { voucher, paidIn, amount }: ReturnedVoucher): YearEnd {
  const oldestVoucherYear = Math.min(record.oldestVoucherYear, voucher.year);
  if (record.carried) {
    const live = mergeLots(...record.carried.live, { originYear: paidIn, amount });
    return { ...record, oldestVoucherYear, carried: { ...record.carried, live } };
  }
  if (record.year !== paidIn) return { ...record, oldestVoucherYear };
  return {
    ...record,
    oldestVoucherYear,
    moved: { ...record.moved, accrued: fen(record.moved.accrued + amount) },
  };
}
