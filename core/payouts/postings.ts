import { carriedOn } from '../ledger/carry-voucher.ts';
import { combine, move, type Posting } from '../ledger/posting.ts';
import { allocate, type Fen, fen } from '../money/money.ts';
import type { Voucher } from '../orders/voucher.ts';
import { countQuotas } from '../policy/quotas.ts';

interface Cause {
  readonly at: number;
  readonly actor: string;
  readonly payoutId: string;
}

/** A payment that came back from the bank. */
export interface OwedAgain {
  /** Year of the fund that paid it. */
  readonly paidIn: number;
  /** Year of the fund that owes it now. */
  readonly owedBy: number;
  readonly amount: Fen;
}

/**
 * Both departments have approved: what is payable is owed, but for what the fund has no money for, which is deferred; what
 * was deducted goes back to the fund and to the amounts of its specs. Counts and the enterprise's yearly cap stay taken:
 * it had the benefit (clauses 七-(一), 七-(二), 一-(二)).
 */
export function accrual(voucher: Voucher, payable: number, deferred: number, { at, actor, payoutId }: Cause): Posting {
  const deduction = voucher.face - payable;
  if (deduction < 0) throw new RangeError(`voucher ${voucher.id}: ${payable} fen payable of ${voucher.face}`);
  const amounts = voucher.parts.map(({ amount }) => amount);
  const shares = deduction === 0 ? [] : allocate(fen(deduction), amounts);
  const posting: Posting = {
    id: `led_accrue_${voucher.id}`,
    year: voucher.year,
    at,
    reason: 'accrue',
    reference: { entity: 'payout', id: payoutId },
    orderId: voucher.orderId,
    actor,
    entries: combine(
      move('active', 'accrued', payable - deferred),
      move('active', 'deferred', deferred),
      move('active', 'available', deduction),
    ),
    specs: shares.flatMap((share, index) => {
      const specId = voucher.parts[index]?.specId;
      return specId === undefined || share === 0 ? [] : [{ specId, amount: -share, count: 0 }];
    }),
  };
  return countQuotas(posting, voucher.quotas);
}

/** There is money now for what was deferred (clause 一-(二): paid first). Its id says from where on: it is funded once. */
export const funding = (voucher: Voucher, amount: number, { at, actor, payoutId }: Cause): Posting => ({
  id: `led_fund_${voucher.id}_from_${voucher.paid ?? 0}`,
  year: voucher.year,
  at,
  reason: 'fund',
  reference: { entity: 'payout', id: payoutId },
  orderId: voucher.orderId,
  actor,
  entries: move('deferred', 'accrued', amount),
  specs: [],
});

/**
 * The bank has paid, all of it or what the fund had (clause 七-(一)). Its id says from where on, and after how many returns
 * of the bank: nothing is paid twice.
 */
export const payment = (voucher: Voucher, amount: number, { at, actor, payoutId }: Cause): Posting => ({
  id: [
    `led_pay_${voucher.id}`,
    ...(voucher.paid ? [`from_${voucher.paid}`] : []),
    ...(voucher.bankReturns ? [`again_${voucher.bankReturns}`] : []),
  ].join('_'),
  year: voucher.year,
  at,
  reason: 'pay',
  reference: { entity: 'payout', id: payoutId },
  orderId: voucher.orderId,
  actor,
  entries: move('accrued', 'paid', amount),
  specs: [],
});

/**
 * The bank gave a payment back: the fund that paid it owes it again (clause 七-(一)). When that year is closed, the money
 * goes on to the fund that owes it now, as the close would have moved it behind a live voucher (clause 一-(二)).
 */
export function returning(
  voucher: Pick<Voucher, 'id' | 'orderId' | 'bankReturns'>,
  { paidIn, owedBy, amount }: OwedAgain,
  { at, actor, payoutId }: Cause,
): Posting[] {
  const suffix = `${voucher.id}_returned_${(voucher.bankReturns ?? 0) + 1}`;
  const common = { at, actor, reference: { entity: 'payout', id: payoutId }, orderId: voucher.orderId, specs: [] };
  const back: Posting = {
    ...common,
    id: `led_return_${suffix}`,
    year: paidIn,
    reason: 'return',
    entries: move('paid', 'accrued', amount),
  };
  return owedBy === paidIn
    ? [back]
    : [back, ...carriedOn(common, suffix, { from: paidIn, to: owedBy }, { accrued: amount })];
}
