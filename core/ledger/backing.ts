import type { Voucher } from '../orders/voucher.ts';
import type { Account } from './accounts.ts';

/** The money behind a voucher: where it stands, in fen. */
export interface Backing {
  readonly account: Extract<Account, 'active' | 'accrued'>;
  readonly amount: number;
}

/** States in which a voucher has money that a year-end moves with it (clause 一-(二)). */
export const liveStatuses = ['active', 'used', 'claimed', 'payable'] as const;

/** Undefined once it was paid or ended: then its money stays in the year, or is free again. */
export function backingOf({
  status,
  face,
  payable,
}: Pick<Voucher, 'status' | 'face' | 'payable'>): Backing | undefined {
  switch (status) {
    case 'active':
    case 'used':
    case 'claimed':
      return { account: 'active', amount: face };
    case 'payable':
      return { account: 'accrued', amount: payable ?? face };
    default:
      return undefined;
  }
}
