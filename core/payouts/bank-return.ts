import { allow } from '../lifecycle/transition.ts';
import { type Fen, formatYuan } from '../money/money.ts';
import { stretch } from '../money/stretch.ts';
import { ok, type Result, refuse } from '../result.ts';
import { netOf, offsetOf, unsettledOffsets } from './offset.ts';
import { type PayoutLine, payoutLineTransitions } from './payout.ts';

type LineItem = PayoutLine['items'][number];

/**
 * Whether the bank may have given the transfer of this line back (退汇, clause 七-(一)): the bank had paid it, what it paid
 * is in the ledger, and it gave all of it back. A transfer comes back as a whole or not at all.
 */
export function judgeReturn(line: PayoutLine, amount: Fen): Result<void> {
  const status = allow(payoutLineTransitions.recordReturn, line.status);
  if (!status.ok) return status;
  if (line.answers.at(-1)?.outcome !== 'paid') return refuse('return-of-nothing-sent');
  if (line.settledItems < line.items.length || unsettledOffsets(line).length > 0)
    return refuse('return-before-booking');
  if (amount === netOf(line)) return ok(undefined);
  const values = { paid: formatYuan(netOf(line)) };
  return refuse('return-not-whole', { values, issues: [{ pointer: '/amount', rule: 'return-not-whole', values }] });
}

/**
 * What of each item came back with a line: what was kept back came out of its first items and stays with the fund, the
 * rest is what the bank had paid. Items of which nothing came back are left out.
 */
export function returnedItems(line: PayoutLine): LineItem[] {
  const parts = stretch(
    line.items.map(({ amount }) => amount),
    offsetOf(line),
    netOf(line),
  );
  return line.items.flatMap((item, index) => {
    const amount = parts[index];
    return amount ? [{ ...item, amount }] : [];
  });
}
