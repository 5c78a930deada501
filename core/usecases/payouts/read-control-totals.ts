import { fundYearOf } from '../../orders/voucher.ts';
import { agrees, byFund, type ControlTotals, type FundShare, totalsOf } from '../../payouts/control-totals.ts';
import { linesOf } from '../../payouts/stored-payout.ts';
import type { Ports } from '../../ports/context.ts';
import { ok, type Result, refuse } from '../../result.ts';

export interface CheckedTotals {
  readonly payoutId: string;
  readonly totals: ControlTotals;
  /** Whether the order states the same. */
  readonly agrees: boolean;
  readonly funds: readonly FundShare[];
}

/**
 * The control totals of a payment order, computed anew from its lines and vouchers, for those who approve it (clause
 * 七-(一)); by the fund that each item's money stands in, because money carried over keeps its year (clause 一-(二)).
 */
export const makeReadControlTotals =
  ({ reads }: Pick<Ports, 'reads'>) =>
  async ({ payoutId }: { readonly payoutId: string }): Promise<Result<CheckedTotals>> => {
    const payout = await reads.get('payout', { id: payoutId });
    if (!payout) return refuse('not-found');
    const lines = await linesOf(reads, payoutId);
    const open = lines.flatMap((line) => line.items).filter(({ fundYear }) => fundYear === undefined);
    const vouchers = await reads.getMany(
      'voucher',
      open.map(({ voucherId }) => ({ id: voucherId })),
    );
    const years = new Map(vouchers.map((voucher) => [voucher.id, fundYearOf(voucher)]));
    const totals = totalsOf(lines);
    return ok({
      payoutId,
      totals,
      agrees: agrees(payout, totals),
      funds: byFund(lines, ({ fundYear, voucherId }) => fundYear ?? years.get(voucherId) ?? payout.year),
    });
  };
