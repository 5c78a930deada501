import type { ordersRoutes } from '../../../../contracts/orders.ts';
import type { Answer } from '../../api/client.ts';

export type OrderDetails = Answer<typeof ordersRoutes.readOrder>;
export type Voucher = Answer<typeof ordersRoutes.readVoucher>;

/** How the status of an order looks. */
export const orderTones = {
  placed: 'warm',
  answered: 'warm',
  declined: 'bad',
  cancelled: 'calm',
  lapsed: 'bad',
  signed: 'warm',
  delivered: 'good',
  'partly-performed': 'good',
  'not-performed': 'bad',
} as const;

/** How the status of a voucher looks. */
export const voucherTones = {
  active: 'warm',
  used: 'good',
  claimed: 'good',
  payable: 'good',
  redeemed: 'good',
  recovered: 'bad',
  refused: 'bad',
  void: 'bad',
  expired: 'bad',
} as const;
