import { type Account, accounts, type Balances, emptyBalances, holdingAccounts } from '../ledger/accounts.ts';
import { imbalance, type Posting } from '../ledger/posting.ts';
import type { SpecBalance } from '../ports/store.ts';
import type { Plan } from './plan.ts';
import { quotaLines } from './quotas.ts';

/** The fund identity of clause 一-(二), told as what must be true of a year's balances (invariants 1 and 2). */
export interface FundIdentity {
  /** Money is where it came from: the balances of all accounts add up to zero. */
  readonly sumsToZero: boolean;
  /** reserved + active + accrued + paid + deferred ≤ appropriation + carry-in + recovered. */
  readonly withinTotal: boolean;
  /** No account holds less than nothing. */
  readonly nothingNegative: boolean;
}

/** Fen that came into the fund: `appropriation` and `carryIn` are the negative of it. */
export const cameIn = (balances: Balances): number => 0 - balances.appropriation - balances.carryIn;

/** Fen that vouchers hold or have taken: reserved, active, accrued, paid and deferred. */
export const committed = ({ reserved, active, accrued, paid, deferred }: Balances): number =>
  reserved + active + accrued + paid + deferred;

/** Fen by which commitments exceed the money there is, after the appropriation was cut below them; 0 otherwise. */
export const shortfall = ({ available }: Balances): number => Math.max(0, -available);

export const fundIdentity = (balances: Balances): FundIdentity => ({
  sumsToZero: imbalance(balances) === 0,
  // What was recovered is the negative of what came back.
  withinTotal: committed(balances) <= cameIn(balances) - balances.recovered,
  nothingNegative: holdingAccounts.every((account) => balances[account] >= 0),
});

/** What a replay of a year's journal comes to. */
export interface Replay {
  readonly postings: number;
  /** Postings that do not sum to zero; always empty. */
  readonly unbalanced: readonly string[];
  readonly balances: Balances;
  /** Used fen and vouchers by spec. */
  readonly specs: ReadonlyMap<string, { readonly amount: number; readonly count: number }>;
  /** Used fen of the yearly cap by USCC. */
  readonly caps: ReadonlyMap<string, number>;
  /** Used fen of the quota by provider, where the plan sets one. */
  readonly providers: ReadonlyMap<string, number>;
}

/** What a posting moves, whatever caused it. */
export type Movement = Pick<Posting, 'entries' | 'specs'> & Partial<Pick<Posting, 'cap' | 'provider'>>;

/** Replays a year's journal entry by entry: balances, specs and caps as its entries say (invariants 1, 3 and 4). */
export function startReplay(): { add(posting: Posting): void; move(movement: Movement): void; soFar(): Replay } {
  const balances: Record<Account, number> = { ...emptyBalances };
  const specs = new Map<string, { amount: number; count: number }>();
  const caps = new Map<string, number>();
  const providers = new Map<string, number>();
  const unbalanced: string[] = [];
  let postings = 0;
  const move = ({ entries, specs: effects, cap, provider }: Movement) => {
    for (const account of accounts) balances[account] += entries[account] ?? 0;
    for (const { specId, amount, count } of effects) {
      const used = specs.get(specId) ?? { amount: 0, count: 0 };
      specs.set(specId, { amount: used.amount + amount, count: used.count + count });
    }
    if (provider) providers.set(provider.id, (providers.get(provider.id) ?? 0) + provider.amount);
    if (cap) caps.set(cap.uscc, (caps.get(cap.uscc) ?? 0) + cap.amount);
  };
  return {
    move,
    add(posting) {
      postings += 1;
      if (imbalance(posting.entries) !== 0) unbalanced.push(posting.id);
      move(posting);
    },
    soFar: () => ({ postings, unbalanced, balances, specs, caps, providers }),
  };
}

/** The replay of a whole journal. */
export function replayYear(journal: Iterable<Posting>): Replay {
  const replay = startReplay();
  for (const posting of journal) replay.add(posting);
  return replay.soFar();
}

/** Accounts whose stored balance is not what the journal says. */
export const accountDifferences = (stored: Balances, replayed: Balances): readonly Account[] =>
  accounts.filter((account) => stored[account] !== replayed[account]);

interface AmountAndCount {
  readonly amount: number;
  readonly count: number;
}

export const NOTHING: AmountAndCount = { amount: 0, count: 0 };

/** What a plan opens in its pool: specs, and lines of quotas. */
export const plannedLines = (plan: Plan | undefined): ReadonlyMap<string, AmountAndCount> =>
  new Map(plan ? [...plan.specs, ...quotaLines(plan.parameters)].map((line) => [line.id, line]) : []);

/**
 * Whether what is stored as used of a line is what the journal says, and what is left is the rest of the plan. A line is
 * stored from the opening on.
 */
export const lineHolds = (
  stored: Omit<SpecBalance, 'specId'> | undefined,
  used: AmountAndCount,
  planned: AmountAndCount = NOTHING,
): boolean =>
  stored
    ? stored.usedAmount === used.amount &&
      stored.usedCount === used.count &&
      stored.leftAmount === planned.amount - used.amount &&
      stored.leftCount === planned.count - used.count
    : used.amount === 0 && used.count === 0;
