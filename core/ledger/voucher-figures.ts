import { allocate, type Fen, fen, sum } from '../money/money.ts';
import type { Order } from '../orders/order.ts';
import { capCountingStatuses, fundYearOf, type Voucher, type VoucherStatus } from '../orders/voucher.ts';
import { paymentsOf } from '../payouts/paid-from.ts';
import type { Movement } from '../policy/fund-report.ts';
import { countQuotas, quotasOf } from '../policy/quotas.ts';
import { cameBack, cameBackTo, specsGivenBack } from '../recoveries/postings.ts';
import { backingOf } from './backing.ts';
import { combine, type SpecEffect } from './posting.ts';

/** What the ledger of a year must hold for something, as if it had come about in one movement. */
export type YearFigures = Movement & { readonly year: number };

/**
 * What a voucher must come to in the ledger, whatever happened to it: its money in the years whose funds hold or paid it,
 * its limits in its year of use (invariants 3 and 4; ADR 6 says what counts against which limit).
 */
export function figuresOfVoucher(voucher: Voucher): YearFigures[] {
  const { year, face, enterpriseUscc: uscc } = voucher;
  const limits: YearFigures = {
    year,
    entries: {},
    specs: specsOf(voucher),
    ...(face > 0 ? { cap: { uscc, amount: face, cap: 0 } } : {}),
  };
  const counts = capCountingStatuses.includes(voucher.status);
  return [...(counts ? [countQuotas(limits, voucher.quotas)] : []), ...moneyOf(voucher)];
}

/** What an order must come to that is not signed and holds money; nothing of any other. */
export function figuresOfReservation(order: Order): YearFigures[] {
  const { status, planYear: year, reservation, policy, enterpriseUscc: uscc } = order;
  if ((status !== 'placed' && status !== 'answered') || !reservation || reservation.amount === 0) return [];
  const { amount, parts } = reservation;
  const held = parts.filter((part) => part.amount > 0);
  const specs = held.map((part) => ({ specId: part.specId, amount: part.amount, count: 1 }));
  const quotas = policy && quotasOf(policy.parameters, order);
  return [countQuotas({ year, entries: { reserved: amount }, specs, cap: { uscc, amount, cap: 0 } }, quotas)];
}

/** Fen and vouchers of its specs: what was deducted, refused or taken back is free again, the count is not. */
function specsOf(voucher: Voucher): SpecEffect[] {
  const amounts = voucher.parts.map(({ amount }) => amount);
  const deduction = voucher.status === 'refused' ? sum(amounts.map(fen)) : deductedFrom(voucher);
  const deducted = deduction > 0 ? allocate(deduction, amounts) : [];
  const taken = voucher.parts.map(({ specId, amount }, index) => ({
    specId,
    amount: amount - (deducted[index] ?? 0),
    count: Number(amount > 0),
  }));
  const back = cameBack(voucher);
  return back > 0 ? [...taken, ...specsGivenBack(beforeRecovery(voucher), back)] : taken;
}

const deductedFrom = ({ face, payable }: Voucher): Fen => fen(face - (payable ?? face));

/** A voucher as it was before anything of it was taken back. */
function beforeRecovery(voucher: Voucher): Voucher {
  const { recovered: _, ...before } = voucher;
  return before;
}

const paidStatuses: readonly VoucherStatus[] = ['payable', 'redeemed', 'recovered'];

/** Its money by year: where the fund holds it, what each fund paid of it, and what came back to each. */
function moneyOf(voucher: Voucher): YearFigures[] {
  const paid = paidStatuses.includes(voucher.status) ? paymentsOf(voucher) : [];
  return [
    { year: fundYearOf(voucher), entries: combine(backingOf(voucher) ?? {}), specs: [] },
    ...paid.map(({ year, amount }) => ({ year, entries: { paid: amount }, specs: [] })),
    ...cameBackTo(voucher).map(({ year, amount }) => ({
      year,
      entries: { recovered: 0 - amount },
      specs: [],
    })),
  ].filter(({ entries }) => Object.keys(entries).length > 0);
}
