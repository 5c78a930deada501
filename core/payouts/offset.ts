import { type Fen, fen, sum } from '../money/money.ts';
import type { PayoutLine } from './payout.ts';

/** Fen that a line keeps back for what its payee owes the fund. */
export const offsetOf = ({ offsets = [] }: Pick<PayoutLine, 'offsets'>): Fen =>
  sum(offsets.map(({ amount }) => fen(amount)));

/** Fen that the bank pays of a line: what is due, less what is kept back. */
export const netOf = (line: Pick<PayoutLine, 'amount' | 'offsets'>): Fen => fen(line.amount - offsetOf(line));

/** Offsets of a line whose money has not come back to the fund yet. */
export const unsettledOffsets = ({ offsets = [], settledOffsets = 0 }: PayoutLine) => offsets.slice(settledOffsets);
