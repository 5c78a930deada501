import { add, type Fen, subtract, ZERO } from '../money/money.ts';
import type { Order } from '../orders/order.ts';
import type { Voucher } from '../orders/voucher.ts';
import { topUpTotal } from '../topups/top-up.ts';

/** Who pays what of an order, in fen: list price = discount + voucher + local top-ups + own share (clause 一-(三)). */
export interface FundingStack {
  readonly listPrice: Fen;
  readonly discount: Fen;
  readonly voucher: Fen;
  readonly localTopUps: Fen;
  readonly ownShare: Fen;
}

/**
 * The funding stack of an order. Throws a RangeError when a part would be negative: the entitlement never exceeds the
 * fee, so that would be a fault of ours.
 */
export function fundingStack(listPrice: Fen, discount: Fen, voucher: Fen, localTopUps: Fen = ZERO): FundingStack {
  const ownShare = subtract(listPrice, add(discount, voucher, localTopUps));
  const stack = { listPrice, discount, voucher, localTopUps, ownShare };
  if (Object.values(stack).some((part) => part < 0)) throw new RangeError('a part of the funding stack is negative');
  return stack;
}

/** The funding stack of a signed contract whose service is due or delivered in full; undefined in every other state. */
export function fundingOf(order: Order, voucher: Voucher | undefined): FundingStack | undefined {
  const { contract, status } = order;
  if (!contract || (status !== 'signed' && status !== 'delivered')) return undefined;
  const counts = voucher !== undefined && voucher.status !== 'void' && voucher.status !== 'expired';
  return fundingStack(
    contract.listPrice,
    contract.discount,
    counts ? voucher.face : ZERO,
    counts ? topUpTotal(voucher.localTopUps) : ZERO,
  );
}
