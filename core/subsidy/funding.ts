import { add, type Fen, subtract, ZERO } from '../money/money.ts';

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
