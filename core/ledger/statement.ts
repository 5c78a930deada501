import { type BusinessDate, businessDateOf } from '../calendar/business-date.ts';
import { type Account, accounts, type Balances, emptyBalances } from './accounts.ts';
import { combine, type Posting, replay } from './posting.ts';

/** What moved in a month for one reason, in fen by account. */
export interface Movement {
  readonly reason: string;
  /** Only of corrections: the reason of the entries that they correct. */
  readonly corrects?: string;
  readonly postings: number;
  readonly entries: Partial<Record<Account, number>>;
}

export interface StatementMonth {
  /** `2026-11`, in Shanghai. */
  readonly month: string;
  readonly movements: readonly Movement[];
  /** Balances at the end of the month. */
  readonly closing: Balances;
}

/** A year's fund as its journal tells it: what moved, month by month and reason by reason (clause 一-(二), decision 9). */
export interface Statement {
  readonly months: readonly StatementMonth[];
  readonly closing: Balances;
}

/** The statement of postings up to and including a business date; of all of them without one. Order doesn't matter. */
export function statementOf(postings: readonly Posting[], upTo?: BusinessDate): Statement {
  const counted = upTo === undefined ? postings : postings.filter(({ at }) => businessDateOf(at) <= upTo);
  const byMonth = Map.groupBy(counted, ({ at }) => businessDateOf(at).slice(0, 7));
  let before: Balances = emptyBalances;
  const months = [...byMonth.keys()].sort().map((month): StatementMonth => {
    const ofMonth = byMonth.get(month) ?? [];
    before = sumOf(before, replay(ofMonth));
    // Corrections stand behind what they correct.
    const keyOf = ({ reason, corrects }: Posting) => (corrects ? `${corrects.reason} ${reason}` : reason);
    const byReason = [...Map.groupBy(ofMonth, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      month,
      movements: byReason.map(([key, same]) => ({
        ...reasonOf(same, key),
        postings: same.length,
        entries: combine(...same.map(({ entries }) => entries)),
      })),
      closing: before,
    };
  });
  return { months, closing: before };
}

function reasonOf([first]: readonly Posting[], key: string): Pick<Movement, 'reason' | 'corrects'> {
  return first?.corrects ? { reason: first.reason, corrects: first.corrects.reason } : { reason: key };
}

const sumOf = (a: Balances, b: Balances): Balances =>
  Object.fromEntries(accounts.map((account) => [account, a[account] + b[account]])) as unknown as Balances;
