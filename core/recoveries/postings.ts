import { postAcrossYears } from '../ledger/across-years.ts';
import { carriedOn } from '../ledger/carry-voucher.ts';
import { move, type Posting, type SpecEffect } from '../ledger/posting.ts';
import { allocate, type Fen, fen, sum, ZERO } from '../money/money.ts';
import { stretch } from '../money/stretch.ts';
import type { Voucher } from '../orders/voucher.ts';
import { type PaidIn, paidFor, paymentsExpected, withPayment } from '../payouts/paid-from.ts';
import { countQuotas } from '../policy/quotas.ts';
import type { Change } from '../ports/store.ts';

/**
 * Where money that comes back to a year's fund goes on to: it stays there while the year is open; after its close it
 * is carried into the year that is open, or back to the treasury when it is older than money may become (clause 一-(二)).
 */
export type Home = { readonly stays: true } | { readonly carriedTo: number } | { readonly lapses: true };

/** Fen of it that came back so far. */
export const cameBack = ({ recovered }: Pick<Voucher, 'recovered'>): Fen => fen(recovered ?? ZERO);

/**
 * The same by the year of the fund that it came back to: on record, for what is still to be paid may move on with its voucher to
 * another year. A record from before says the sum only: each year had got back what it paid, the earliest first.
 */
export const cameBackTo = (voucher: Voucher): readonly PaidIn[] =>
  voucher.recoveredTo ?? earliestFirst(paymentsExpected(voucher), cameBack(voucher));

/** The years whose funds the next `amount` fen go back to: each gets what it paid and has not back yet, the earliest first. */
export function yearsOf(voucher: Voucher, amount: Fen): readonly PaidIn[] {
  const back = new Map(cameBackTo(voucher).map((part) => [part.year, part.amount]));
  const missing = paymentsExpected(voucher).map(({ year, amount: paid }) => ({
    year,
    amount: fen(Math.max(0, paid - (back.get(year) ?? 0))),
  }));
  return earliestFirst(missing, amount);
}

/** A voucher of which `amount` fen more came back. */
export const takenBack = (voucher: Voucher, amount: Fen): Voucher => ({
  ...voucher,
  recovered: fen(cameBack(voucher) + amount),
  recoveredTo: yearsOf(voucher, amount).reduce(
    (back, part) => withPayment(back, part.year, part.amount),
    [...cameBackTo(voucher)],
  ),
});

function earliestFirst(payments: readonly PaidIn[], amount: Fen): PaidIn[] {
  const parts = stretch(
    payments.map((payment) => payment.amount),
    0,
    amount,
  );
  return payments.flatMap(({ year }, index) => {
    const part = parts[index] ?? ZERO;
    return part === 0 ? [] : [{ year, amount: part }];
  });
}

/**
 * What the specs get back: the money is not spent, so their amounts are free again, part by part in the voucher's order.
 * Counts stay taken, like the enterprise's yearly cap (ADR 13).
 */
export function specsGivenBack(voucher: Voucher, amount: Fen): SpecEffect[] {
  const amounts = voucher.parts.map((part) => part.amount);
  const deduction = fen(sum(amounts.map(fen)) - paidFor(voucher));
  const deducted = deduction > 0 ? allocate(deduction, amounts) : [];
  const spent = amounts.map((of, index) => of - (deducted[index] ?? 0));
  return stretch(spent, cameBack(voucher), amount).flatMap((part, index) => {
    const specId = voucher.parts[index]?.specId;
    return specId === undefined || part === 0 ? [] : [{ specId, amount: -part, count: 0 }];
  });
}

/**
 * The postings for money of a voucher that came back: `paid` stays what was paid, `recovered` is where the money comes
 * from (clause 一-(二), recoveries go back to the fund). Their ids say from which fen on, so that nothing comes back twice.
 */
export function recoveryPostings(
  voucher: Voucher,
  amount: Fen,
  homeOf: (year: number) => Home,
  { recoveryId, ...cause }: { readonly at: number; readonly actor: string; readonly recoveryId: string },
): Change[] {
  const reference = { entity: 'recovery', id: recoveryId };
  const common = { ...cause, reference, orderId: voucher.orderId, specs: [] };
  return yearsOf(voucher, amount).flatMap(({ year, amount: part }, index) => {
    const suffix = `${voucher.id}_recovered_${cameBack(voucher)}_${year}`;
    const back: Posting = {
      ...common,
      id: `led_recover_${suffix}`,
      year: voucher.year,
      reason: 'recover',
      entries: move('recovered', 'available', part),
      specs: index === 0 ? specsGivenBack(voucher, amount) : [],
    };
    const home = homeOf(year);
    const onwards: Posting[] =
      'carriedTo' in home
        ? carriedOn(common, suffix, { from: year, to: home.carriedTo }, { available: part })
        : 'lapses' in home
          ? [
              {
                ...common,
                id: `led_lapse_${suffix}`,
                year,
                reason: 'lapse',
                entries: move('available', 'appropriation', part),
              },
            ]
          : [];
    return [
      ...postAcrossYears(countQuotas(back, voucher.quotas), year),
      ...onwards.map((posting): Change => ({ do: 'post', posting })),
    ];
  });
}
