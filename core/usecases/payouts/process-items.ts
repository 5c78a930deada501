import { type ClaimItem, claimItemTransitions } from '../../claims/claim.ts';
import { postAcrossYears } from '../../ledger/across-years.ts';
import { revise } from '../../lifecycle/record.ts';
import { type Fen, fen, sum, ZERO } from '../../money/money.ts';
import { fundYearOf, type Voucher, voucherTransitions } from '../../orders/voucher.ts';
import { owedOf } from '../../payouts/funding.ts';
import { LINES_PER_STEP, pageOfWork, type Stretch } from '../../payouts/page-of-work.ts';
import { paidFor, paymentsOf, withPayment } from '../../payouts/paid-from.ts';
import { checkApprovals, checkGrounds } from '../../payouts/payable.ts';
import { type Payout, type PayoutLine, payoutTransitions } from '../../payouts/payout.ts';
import { accrual, funding, payment } from '../../payouts/postings.ts';
import { groundsOf } from '../../payouts/stored-payout.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { Change, Decision, Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { move } from './approve-payout.ts';

/** Where a loop over the lines of an order stands; `cursor` only while there are more. */
export interface Position {
  readonly payoutId: string;
  readonly cursor?: string | undefined;
}
export type Moved<N extends string = 'more' | 'done'> = Position & { readonly next: N };

interface Visit {
  readonly payout: Payout;
  readonly lines: readonly PayoutLine[];
  /** The cursor behind these lines; absent when they are the last. */
  readonly behind: string | undefined;
}

/** The next lines of an order. */
export async function visit(reads: Reads, { payoutId, cursor }: Position): Promise<Result<Visit>> {
  const payout = await reads.get('payout', { id: payoutId });
  if (!payout) return refuse('not-found');
  const page = await reads.list(
    'linesOfPayout',
    { payoutId },
    { limit: LINES_PER_STEP, ...(cursor ? { cursor } : {}) },
  );
  return ok({ payout, lines: page.items, behind: page.next });
}

/** Where the loop goes on: at the same lines until they are complete, then behind them. */
export function following({ payoutId, cursor }: Position, complete: boolean, behind: string | undefined): Moved {
  const at = complete ? behind : cursor;
  if (complete && at === undefined) return { payoutId, next: 'done' };
  return { payoutId, ...(at ? { cursor: at } : {}), next: 'more' };
}

export interface WithRecords {
  readonly items: readonly ClaimItem[];
  readonly vouchers: ReadonlyMap<string, Voucher>;
}

export async function recordsOf(reads: Reads, stretches: readonly Stretch[]): Promise<WithRecords> {
  const wanted = stretches.flatMap(({ items }) => items);
  const items = await reads.getMany(
    'claimItem',
    wanted.map(({ claimId, claimItemId }) => ({ claimId, id: claimItemId })),
  );
  const vouchers = await reads.getMany(
    'voucher',
    wanted.map(({ voucherId }) => ({ id: voucherId })),
  );
  return { items, vouchers: new Map(vouchers.map((voucher) => [voucher.id, voucher])) };
}

export const voucherOf = ({ vouchers }: WithRecords, item: ClaimItem): Voucher => {
  const voucher = vouchers.get(item.voucherId);
  if (!voucher) throw new Error(`claim item ${item.id} without its voucher`);
  return voucher;
};

/** After a refusal the items are final again, or deferred if they were before, and wait for another order. */
export const makeReleaseItems =
  ({ reads }: Ports) =>
  async (position: Position, command: StepCommand): Promise<Result<Decision<Moved>>> => {
    const visited = await visit(reads, position);
    if (!visited.ok) return visited;
    const { payout, lines, behind } = visited.value;
    if (payout.status !== 'refused') {
      return refuse('wrong-state', { values: { state: payout.status, allowed: 'refused' } });
    }
    const { stretches, complete } = pageOfWork(lines, (line) => line.processedItems);
    const { items } = await recordsOf(reads, stretches);
    return ok({
      result: following(position, complete, behind),
      changes: [
        ...items.map(({ payoutId: _, ...item }): Change => {
          const release = claimItemTransitions[item.deferred === undefined ? 'release' : 'releaseDeferred'];
          return {
            do: 'update',
            entity: 'claimItem',
            value: revise<ClaimItem>(item, command.at, { status: release.to }),
            from: release.from,
            audit: { action: release.name },
          };
        }),
        ...stretches.map((stretch) => processed(stretch, command, claimItemTransitions.release.name)),
      ],
    });
  };

/**
 * Both departments have approved: vouchers become payable and their money is owed, deductions go back to the fund. What
 * the fund has no money for is deferred; of what was deferred before, what it has money for now is owed (clause 一-(二)).
 * The stored records must show audit, complete window and two approvals, or nothing moves (invariant 8).
 */
export const makeAccrueItems =
  ({ reads }: Ports) =>
  async (position: Position, command: StepCommand): Promise<Result<Decision<Moved>>> => {
    const visited = await visit(reads, position);
    if (!visited.ok) return visited;
    const { payout, lines, behind } = visited.value;
    const approved = checkApprovals(payout);
    if (!approved.ok) return approved;
    if (payout.status !== 'accruing') {
      return refuse('wrong-state', { values: { state: payout.status, allowed: 'accruing' } });
    }
    const { stretches, complete } = pageOfWork(lines, (line) => line.processedItems);
    const records = await recordsOf(reads, stretches);
    const { accrue } = claimItemTransitions;
    const changes: Change[] = [];
    for (const grounds of await groundsOf(reads, records.items)) {
      const justified = checkGrounds(grounds);
      if (!justified.ok) return justified;
      const { item } = grounds;
      const part = partOf(stretches, item);
      if (!part || owedOf(part) !== (item.deferred ?? item.payable)) return refuse('amount-not-publicised');
      const rest = part.deferred > 0 ? { deferred: part.deferred } : {};
      const { deferred: _, ...unfunded } = item;
      changes.push(
        {
          do: 'update',
          entity: 'claimItem',
          value: revise<ClaimItem>(unfunded, command.at, { status: accrue.to, ...rest }),
          from: accrue.from,
          audit: { action: accrue.name },
        },
        ...owing(voucherOf(records, item), part, fen(item.payable ?? 0), payout, command),
      );
    }
    return ok({
      result: following(position, complete, behind),
      changes: [...changes, ...stretches.map((stretch) => processed(stretch, command, accrue.name))],
    });
  };

type LineItem = PayoutLine['items'][number];

const partOf = (stretches: readonly Stretch[], { id }: ClaimItem): LineItem | undefined =>
  stretches.flatMap(({ items }) => items).find(({ claimItemId }) => claimItemId === id);

/** What becomes of a voucher and its money when its payment is approved. */
function owing(
  voucher: Voucher,
  { amount, deferred }: LineItem,
  payable: Fen,
  payout: Payout,
  { at, actor }: StepCommand,
): Change[] {
  const cause = { at, actor: actor.sub, payoutId: payout.id };
  const { accrue } = voucherTransitions;
  const { deferred: before, ...settled } = voucher;
  const rest = deferred > 0 ? { deferred } : {};
  if (before === undefined) {
    return [
      {
        do: 'update',
        entity: 'voucher',
        value: revise<Voucher>(settled, at, { status: accrue.to, payable, ...rest }),
        from: accrue.from,
        audit: { action: accrue.name },
      },
      ...postAcrossYears(accrual(voucher, payable, deferred, cause), fundYearOf(voucher)),
    ];
  }
  return [
    {
      do: 'update',
      entity: 'voucher',
      value: revise<Voucher>(settled, at, rest),
      from: [accrue.to],
      audit: { action: 'fund' },
    },
    ...(amount === 0 ? [] : postAcrossYears(funding(voucher, amount, cause), fundYearOf(voucher))),
  ];
}

const processed = ({ line, items }: Stretch, { at }: StepCommand, action: string): Change => ({
  do: 'update',
  entity: 'payoutLine',
  value: revise(line, at, { processedItems: line.processedItems + items.length }),
  audit: { action },
});

/**
 * Redeems the vouchers of the lines that the bank paid (clause 七-(一)). When none is left the order is settled, or
 * goes on to the correction of its failed lines.
 */
export const makeSettleLines =
  ({ reads }: Ports) =>
  async (
    position: Position,
    command: StepCommand,
  ): Promise<Result<Decision<Moved<'more' | 'correct' | 'settled'>>>> => {
    const visited = await visit(reads, position);
    if (!visited.ok) return visited;
    const { payout, lines, behind } = visited.value;
    const { stretches, complete } = pageOfWork(
      lines.filter(({ status }) => status === 'paid'),
      (line) => line.settledItems,
    );
    const records = await recordsOf(reads, stretches);
    const where = following(position, complete, behind);
    const next = where.next === 'more' ? 'more' : payout.failed > 0 ? 'correct' : 'settled';
    const amount = sum(stretches.flatMap(({ items }) => items.map((item) => fen(item.amount))));
    const paid = { paid: fen(payout.paid + amount) };
    const changes: Change[] = records.items.flatMap((item) =>
      paying(item, voucherOf(records, item), partOf(stretches, item)?.amount ?? ZERO, payout, command),
    );
    const lineChanges = stretches.map(
      ({ line, items }): Change => ({
        do: 'update',
        entity: 'payoutLine',
        value: revise(line, command.at, {
          settledItems: line.settledItems + items.length,
          items: line.items.map((item) => {
            const { voucherId } = item;
            const voucher = items.includes(item) ? records.vouchers.get(voucherId) : undefined;
            return voucher ? { ...item, fundYear: fundYearOf(voucher) } : item;
          }),
        }),
        audit: { action: 'settle' },
      }),
    );
    const orderChanges: Change[] =
      next === 'settled'
        ? [move(payout, payoutTransitions[payout.status === 'at-bank' ? 'settle' : 'settleUnsent'], command, paid)]
        : amount > 0
          ? [{ do: 'update', entity: 'payout', value: revise(payout, command.at, paid), audit: { action: 'redeem' } }]
          : [];
    return ok({ result: { ...where, next }, changes: [...changes, ...lineChanges, ...orderChanges] });
  };

/** An item as far as it was paid: done, or deferred with what is still owed. */
function paying(item: ClaimItem, voucher: Voucher, amount: Fen, payout: Payout, command: StepCommand): Change[] {
  const { pay, defer } = claimItemTransitions;
  const { redeem, redeemRecovered } = voucherTransitions;
  // All of it may have been taken back while the bank had returned the transfer.
  const redeemed = voucher.recovered === paidFor(voucher) ? redeemRecovered : redeem;
  const { at, actor } = command;
  const transition = item.deferred === undefined ? pay : defer;
  const inParts = item.deferred !== undefined || item.paid !== undefined;
  const paid = inParts ? { paid: fen((item.paid ?? 0) + amount) } : {};
  const paidFrom =
    inParts && amount > 0 ? { paidFrom: withPayment(paymentsOf(voucher), fundYearOf(voucher), amount) } : {};
  return [
    {
      do: 'update',
      entity: 'claimItem',
      value: revise(item, at, { status: transition.to, ...paid }),
      from: transition.from,
      audit: { action: transition.name },
    },
    {
      do: 'update',
      entity: 'voucher',
      value: revise(voucher, at, {
        ...paid,
        ...paidFrom,
        ...(transition === pay ? { status: redeemed.to, paidAt: at } : {}),
      }),
      from: redeemed.from,
      audit: { action: transition === pay ? redeemed.name : defer.name },
    },
    ...(amount === 0
      ? []
      : postAcrossYears(payment(voucher, amount, { at, actor: actor.sub, payoutId: payout.id }), fundYearOf(voucher))),
  ];
}
