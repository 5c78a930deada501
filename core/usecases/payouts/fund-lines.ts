import { businessDateOf, yearOf } from '../../calendar/business-date.ts';
import { revise } from '../../lifecycle/record.ts';
import { type Fen, fen, sum } from '../../money/money.ts';
import { fundYearOf } from '../../orders/voucher.ts';
import { fundItems, moneyFor } from '../../payouts/funding.ts';
import { type Payout, type PayoutLine, payoutTransitions } from '../../payouts/payout.ts';
import { linesOf } from '../../payouts/stored-payout.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { Change, Decision, Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { type Moved, type Position, visit } from './process-items.ts';

/**
 * Splits what is owed by what the funds have: paid in the order of use to the last fen, the rest deferred (clause
 * 一-(二)). The departments approve exactly this. With enough money for everything it changes nothing.
 */
export const makeFundLines =
  ({ reads }: Ports) =>
  async (position: Position, command: StepCommand): Promise<Result<Decision<Moved>>> => {
    const visited = await visit(reads, position);
    if (!visited.ok) return visited;
    const { payout, lines, behind } = visited.value;
    const { propose } = payoutTransitions;
    if (!propose.from.includes(payout.status)) {
      return refuse('wrong-state', { values: { state: payout.status, allowed: propose.from.join('、') } });
    }
    const done = { payoutId: payout.id, next: 'done' } as const;
    if (!payout.money && !(await anyFundShort(reads, payout, command))) return ok({ result: done, changes: [] });

    const items = (await linesOf(reads, payout.id)).flatMap((line) => line.items);
    const years = await fundYears(reads, items);
    const money = payout.money ?? (await moneyOf(reads, items, years));
    const funded = fundItems(
      items,
      ({ voucherId }) => years.get(voucherId) ?? payout.year,
      new Map(money.map(({ year, amount }) => [year, amount])),
    );
    const split = lines.map((line) => splitLine(line, funded, command.at));
    const moved = sum(lines.map((line, at) => fen(line.amount - (split[at]?.amount ?? line.amount))));
    const value = revise(payout, command.at, {
      money: [...money],
      total: fen(payout.total - moved),
      deferred: fen(payout.deferred + moved),
    });
    return ok({
      result: behind ? { payoutId: payout.id, cursor: behind, next: 'more' } : done,
      changes: [
        ...split.map(
          (line): Change => ({
            do: 'update',
            entity: 'payoutLine',
            value: line,
            from: ['ready'],
            audit: { action: 'fund' },
          }),
        ),
        { do: 'update', entity: 'payout', value, from: propose.from, audit: { action: 'fund' } },
      ],
    });
  };

/** Whether a fund that the order's vouchers may stand in owes more than it has. */
async function anyFundShort(reads: Pick<Reads, 'fund'>, { year }: Payout, { at }: StepCommand): Promise<boolean> {
  for (let fund = year; fund <= yearOf(businessDateOf(at)); fund++) {
    if ((await reads.fund(fund)).available < 0) return true;
  }
  return false;
}

type Items = PayoutLine['items'];

/** The year in whose fund each voucher's money stands. */
async function fundYears(reads: Pick<Reads, 'getMany'>, items: Items): Promise<ReadonlyMap<string, number>> {
  const vouchers = await reads.getMany(
    'voucher',
    items.map(({ voucherId }) => ({ id: voucherId })),
  );
  return new Map(vouchers.map((voucher) => [voucher.id, fundYearOf(voucher)]));
}

async function moneyOf(
  reads: Pick<Reads, 'fund'>,
  items: Items,
  years: ReadonlyMap<string, number>,
): Promise<{ year: number; amount: Fen }[]> {
  const money: { year: number; amount: Fen }[] = [];
  for (const year of new Set(years.values())) {
    const ofYear = items.filter(({ voucherId }) => years.get(voucherId) === year);
    money.push({ year, amount: moneyFor(ofYear, await reads.fund(year)) });
  }
  return money;
}

function splitLine(
  line: PayoutLine,
  funded: ReadonlyMap<string, Pick<Items[number], 'amount' | 'deferred'>>,
  at: number,
): PayoutLine {
  const items = line.items.map((item) => ({ ...item, ...funded.get(item.claimItemId) }));
  return revise(line, at, { items, amount: sum(items.map(({ amount }) => amount)) });
}
