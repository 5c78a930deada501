import { combine, move, type Posting } from '../ledger/posting.ts';
import { allocate, fen } from '../money/money.ts';
import type { Voucher } from '../orders/voucher.ts';

interface Cause {
  readonly at: number;
  readonly actor: string;
  readonly payoutId: string;
}

/**
 * Both departments have approved: what is payable is owed, and what was deducted goes back to the fund and to the
 * amounts of its specs. Counts and the enterprise's yearly cap stay taken: it had the benefit (clauses 七-(一), 七-(二)).
 */
export function accrual(voucher: Voucher, payable: number, { at, actor, payoutId }: Cause): Posting {
  const deduction = voucher.face - payable;
  if (deduction < 0) throw new RangeError(`voucher ${voucher.id}: ${payable} fen payable of ${voucher.face}`);
  const amounts = voucher.parts.map(({ amount }) => amount);
  const shares = deduction === 0 ? [] : allocate(fen(deduction), amounts);
  return {
    id: `led_accrue_${voucher.id}`,
    year: voucher.year,
    at,
    reason: 'accrue',
    reference: { entity: 'payout', id: payoutId },
    orderId: voucher.orderId,
    actor,
    entries: combine(move('active', 'accrued', payable), move('active', 'available', deduction)),
    specs: shares.flatMap((share, index) => {
      const specId = voucher.parts[index]?.specId;
      return specId === undefined || share === 0 ? [] : [{ specId, amount: -share, count: 0 }];
    }),
  };
}

/** The bank has paid (clause 七-(一)). */
export const payment = (voucher: Voucher, amount: number, { at, actor, payoutId }: Cause): Posting => ({
  id: `led_pay_${voucher.id}`,
  year: voucher.year,
  at,
  reason: 'pay',
  reference: { entity: 'payout', id: payoutId },
  orderId: voucher.orderId,
  actor,
  entries: move('accrued', 'paid', amount),
  specs: [],
});
