/** What is counted of a kind of thing: organisations by month and jurisdiction, times by stage, and so on. */
export type Table = 'organisations' | 'orders' | 'vouchers' | 'times' | 'tasks';

/** Books of what belongs to no year: all organisations there ever were, and the tasks that are open now. */
export const booksOfNoYear = ['organisations', 'tasks'] as const;

/** Everything that is counted of one year, or of what belongs to none. */
export type Book = number | (typeof booksOfNoYear)[number];

/** A part of a number: so much of a measure, in the cell of a table. */
export interface Tally {
  readonly book: Book;
  readonly table: Table;
  /** What names the cell within its table, such as month, jurisdiction and category. */
  readonly cell: readonly string[];
  readonly measure: string;
  /** Vouchers, orders, organisations, cases, or fen. */
  readonly amount: number;
}

/** A cell as it is kept: every measure with what it has come to. */
export interface Counted {
  readonly table: Table;
  readonly cell: readonly string[];
  readonly measures: Readonly<Record<string, number>>;
}

/** Where a case belongs to no jurisdiction, such as a payment order. */
export const WHOLE_REGION = '-';

const nameOf = ({ book, table, cell, measure }: Tally): string => JSON.stringify([book, table, cell, measure]);

/** The same tallies with each measure once; those that come to nothing are left out. In an order that says the same of the same. */
export function gathered(tallies: Iterable<Tally>): Tally[] {
  const sums = new Map<string, Tally>();
  for (const tally of tallies) {
    const name = nameOf(tally);
    sums.set(name, { ...tally, amount: tally.amount + (sums.get(name)?.amount ?? 0) });
  }
  return [...sums.entries()]
    .filter(([, { amount }]) => amount !== 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, tally]) => tally);
}

/** What has to be added to come from what was counted to what is to be counted. */
export const difference = (before: readonly Tally[], after: readonly Tally[]): Tally[] =>
  gathered([...after, ...before.map((tally) => ({ ...tally, amount: 0 - tally.amount }))]);
