import { type ClaimItem, claimItemTransitions } from '../../claims/claim.ts';
import { revise } from '../../lifecycle/record.ts';
import { type Fen, fen } from '../../money/money.ts';
import { fundYearOf, type Voucher, voucherTransitions } from '../../orders/voucher.ts';
import { pageOfWork } from '../../payouts/page-of-work.ts';
import { paidFor, paymentsOf, withoutPayment } from '../../payouts/paid-from.ts';
import { type PayoutLine, payoutTransitions } from '../../payouts/payout.ts';
import { returning } from '../../payouts/postings.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { Change, Decision } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { carriedAgain, type ReturnedVoucher, yearThatOwes } from './owed-again.ts';
import { following, type Moved, type Position, recordsOf, visit, voucherOf } from './process-items.ts';

/** Items in one transaction: seven writes each when their year is closed, beside a shard of each year's pool for each. */
const RETURNED_PER_STEP = 7;

/**
 * What the bank gave back is owed again (clause 七-(一)): the money leaves `paid` of the fund and year that paid it, the
 * voucher is payable as it was before, and its item waits in this order until it is sent again.
 */
export const makeReopenItems =
  ({ reads }: Ports) =>
  async (position: Position, command: StepCommand): Promise<Result<Decision<Moved>>> => {
    const visited = await visit(reads, position);
    if (!visited.ok) return visited;
    const { payout, lines, behind } = visited.value;
    if (payout.status !== 'reopening') {
      return refuse('wrong-state', {
        values: { state: payout.status, allowed: payoutTransitions.correct.from.join('、') },
      });
    }
    const { stretches, complete } = pageOfWork(lines, (line) => line.processedItems, RETURNED_PER_STEP);
    const records = await recordsOf(reads, stretches);
    const parts = stretches.flatMap(({ items }) => items);
    const cause = { at: command.at, actor: command.actor.sub, payoutId: payout.resends?.payoutId ?? payout.id };
    const changes: Change[] = [];
    const returned: ReturnedVoucher[] = [];
    for (const item of records.items) {
      const part = parts.find(({ claimItemId }) => claimItemId === item.id);
      if (!part) continue;
      const voucher = voucherOf(records, item);
      const paidIn = part.fundYear ?? fundYearOf(voucher);
      const owedBy = await yearThatOwes(reads, voucher, paidIn);
      const money = { paidIn, owedBy, amount: part.amount };
      returned.push({ voucher, ...money });
      changes.push(
        itemOwedAgain(item, part.amount, payout.id, command),
        voucherOwedAgain(voucher, money, command),
        ...returning(voucher, money, cause).map((posting): Change => ({ do: 'post', posting })),
      );
    }
    return ok({
      result: following(position, complete, behind),
      changes: [
        ...changes,
        ...(await carriedAgain(reads, returned, command.at)),
        ...stretches.map(
          ({ line, items }): Change => ({
            do: 'update',
            entity: 'payoutLine',
            value: revise<PayoutLine>(line, command.at, { processedItems: line.processedItems + items.length }),
            audit: { action: claimItemTransitions.oweAgain.name },
          }),
        ),
      ],
    });
  };

function itemOwedAgain(item: ClaimItem, amount: Fen, payoutId: string, { at }: StepCommand): Change {
  const { to, from, name } = claimItemTransitions.oweAgain;
  const paid = fen((item.paid ?? item.payable ?? 0) - amount);
  if (paid < 0) throw new RangeError(`claim item ${item.id}: ${amount} fen came back of ${amount + paid}`);
  return {
    do: 'update',
    entity: 'claimItem',
    value: revise(item, at, { status: to, payoutId, paid }),
    // One of which a part was deferred was taken back with the decision.
    from: [...from, to],
    audit: { action: name },
  };
}

function voucherOwedAgain(
  voucher: Voucher,
  { paidIn, owedBy, amount }: Omit<ReturnedVoucher, 'voucher'>,
  { at }: StepCommand,
): Change {
  const { to, from, name } = voucherTransitions.oweAgain;
  const { paidAt: _, ...unpaid } = voucher;
  return {
    do: 'update',
    entity: 'voucher',
    value: revise<Voucher>(unpaid, at, {
      status: to,
      paid: fen((voucher.paid ?? paidFor(voucher)) - amount),
      paidFrom: withoutPayment(paymentsOf(voucher), paidIn, amount),
      bankReturns: (voucher.bankReturns ?? 0) + 1,
      ...(owedBy === fundYearOf(voucher) ? {} : { fundYear: owedBy }),
    }),
    from,
    audit: { action: name },
  };
}
