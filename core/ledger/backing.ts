import { type Fen, fen, sum, ZERO } from '../money/money.ts';
import type { Voucher } from '../orders/voucher.ts';
import type { Account } from './accounts.ts';

/** The money behind a voucher: where it stands, in fen. What is deferred is owed, with no money behind it yet. */
export type Backing = Partial<Record<Extract<Account, 'active' | 'accrued' | 'deferred'>, Fen>>;

/** Fen in all accounts. */
export const backingTotal = (backing: Backing): Fen => sum(Object.values(backing));

/** States in which a voucher has money that a year-end moves with it (clause 一-(二)). */
export const liveStatuses = ['active', 'used', 'claimed', 'payable'] as const;

/** Undefined once it was paid or ended: then its money stays in the year, or is free again. */
export function backingOf({
  status,
  face,
  payable,
  paid = ZERO,
  deferred = ZERO,
}: Pick<Voucher, 'status' | 'face' | 'payable' | 'paid' | 'deferred'>): Backing | undefined {
  switch (status) {
    case 'active':
    case 'used':
    case 'claimed':
      return { active: face };
    case 'payable': {
      const accrued = fen((payable ?? face) - paid - deferred);
      return { ...(accrued > 0 ? { accrued } : {}), ...(deferred > 0 ? { deferred } : {}) };
    }
    default:
      return undefined;
  }
}
