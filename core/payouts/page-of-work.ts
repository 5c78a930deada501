import type { PayoutLine } from './payout.ts';

type LineItem = PayoutLine['items'][number];

/** A stretch of a line's items that one transaction takes. */
export interface Stretch {
  readonly line: PayoutLine;
  readonly items: readonly LineItem[];
}

/** Lines read in one step; each that is touched costs two writes. */
export const LINES_PER_STEP = 8;
/** Items in one transaction: five writes each, beside lines, payout, fund, specs and the step's answer. */
export const ITEMS_PER_STEP = 12;

/**
 * What one transaction takes of these lines: the items behind `done`, in order, up to `most`.
 * `complete`: nothing is left of these lines after it.
 */
export function pageOfWork(
  lines: readonly PayoutLine[],
  done: (line: PayoutLine) => number,
  most: number = ITEMS_PER_STEP,
): { readonly stretches: readonly Stretch[]; readonly complete: boolean } {
  const stretches: Stretch[] = [];
  let room = most;
  let complete = true;
  for (const line of lines) {
    const left = line.items.slice(done(line));
    const items = left.slice(0, room);
    room -= items.length;
    if (items.length > 0) stretches.push({ line, items });
    if (items.length < left.length) complete = false;
  }
  return { stretches, complete };
}
