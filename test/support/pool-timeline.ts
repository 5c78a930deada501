import type { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { CUT, type Posting } from '../../core/ledger/posting.ts';

interface Moment {
  readonly available: number;
  readonly leftAmount: number;
  readonly leftCount: number;
}

/**
 * What a pool of one spec had after each write, in the order in which the writes happened: added up from the postings
 * that were sent and accepted, whatever the table says it holds.
 */
export class PoolTimeline {
  readonly #moments: Moment[];
  /** Promises that a single write broke. */
  readonly broken: string[] = [];

  constructor(opening: Moment) {
    this.#moments = [opening];
  }

  /** The moment that is now. */
  get now(): number {
    return this.#moments.length - 1;
  }

  written(command: TransactWriteCommand): void {
    const postings = (command.input.TransactItems ?? []).flatMap(({ Put }) =>
      Put?.Item?.type === 'posting' ? [Put.Item.posting as Posting] : [],
    );
    if (postings.length === 0) return;
    let { available, leftAmount, leftCount } = this.#moments.at(-1) as Moment;
    for (const { id, reason, entries, specs } of postings) {
      available += entries.available ?? 0;
      for (const spec of specs) {
        leftAmount -= spec.amount;
        leftCount -= spec.count;
      }
      const takes = (entries.available ?? 0) < 0 && reason !== CUT;
      if (takes && available < 0) this.broken.push(`${id} overspent the fund: it is ${-available} fen short`);
    }
    if (leftAmount < 0) this.broken.push(`${-leftAmount} fen overspent of the spec`);
    if (leftCount < 0) this.broken.push(`${-leftCount} vouchers more than the spec has`);
    this.#moments.push({ available, leftAmount, leftCount });
  }

  /** The least that could be had of the pool at any moment from one to another. */
  leastRoom(from: number, to: number): number {
    const rooms = this.#moments
      .slice(from, to + 1)
      .map(({ available, leftAmount, leftCount }) => (leftCount > 0 ? Math.min(available, leftAmount) : 0));
    return Math.max(0, Math.min(...rooms));
  }
}
