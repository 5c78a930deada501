import { type Fen, fen, ZERO } from '../money/money.ts';
import { fundYearOf, type Voucher } from '../orders/voucher.ts';

/** Fen of a voucher that a year's fund paid. */
export interface PaidIn {
  readonly year: number;
  readonly amount: Fen;
}

/** Fen that both departments agreed to pay for a voucher. */
export const paidFor = ({ payable, face }: Pick<Voucher, 'payable' | 'face'>): Fen => fen(payable ?? face);

/** Fen approved for a payable voucher and on the way to its provider. */
const onItsWay = (voucher: Voucher): Fen => fen(paidFor(voucher) - (voucher.paid ?? ZERO) - (voucher.deferred ?? ZERO));

/** What was paid for a voucher, by the year of the fund that paid it, the earliest first. */
export const paymentsOf = (voucher: Voucher): readonly PaidIn[] =>
  voucher.paidFrom ?? (voucher.status === 'payable' ? [] : [{ year: fundYearOf(voucher), amount: paidFor(voucher) }]);

/** The same with what is on its way, which the fund pays in which the voucher stands. */
export const paymentsExpected = (voucher: Voucher): readonly PaidIn[] =>
  voucher.status === 'payable' && onItsWay(voucher) > 0
    ? withPayment(paymentsOf(voucher), fundYearOf(voucher), onItsWay(voucher))
    : paymentsOf(voucher);

/** Payments with one more: a year stands once, however often it paid. */
export function withPayment(payments: readonly PaidIn[], year: number, amount: Fen): PaidIn[] {
  const before = payments.find((paid) => paid.year === year);
  return [...payments.filter((paid) => paid !== before), { year, amount: fen((before?.amount ?? 0) + amount) }];
}

/** Payments without one that came back. Throws a RangeError when the year paid less. */
export function withoutPayment(payments: readonly PaidIn[], year: number, amount: Fen): PaidIn[] {
  const paid = payments.find((payment) => payment.year === year)?.amount ?? ZERO;
  if (paid < amount) throw new RangeError(`${amount} fen came back to ${year}, which paid ${paid}`);
  return payments
    .map((payment) => (payment.year === year ? { year, amount: fen(paid - amount) } : payment))
    .filter((payment) => payment.amount > 0);
}
