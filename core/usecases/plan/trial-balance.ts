import { type Account, accounts, type Balances } from '../../ledger/accounts.ts';
import { wrongCorrections } from '../../ledger/correction.ts';
import type { Posting } from '../../ledger/posting.ts';
import {
  accountDifferences,
  lineHolds,
  NOTHING,
  plannedLines,
  type Replay,
  replayYear,
} from '../../policy/fund-report.ts';
import type { Ports, QueryUseCase } from '../../ports/context.ts';
import type { Reads } from '../../ports/store.ts';
import { JOURNAL_PARTITIONS } from '../../queries.ts';
import { ok } from '../../result.ts';

/** Stored against replayed, fen or vouchers; only what differs is told. */
export interface TrialBalance {
  readonly year: number;
  readonly postings: number;
  /** Whether the journal balances and everything stored is what it says. */
  readonly balanced: boolean;
  /** The journal grew while it was read, every time: the differences may be entries of that moment. */
  readonly moving: boolean;
  readonly unbalanced: readonly string[];
  /** Entries whose corrections are not part of their opposite; always empty. */
  readonly overcorrected: readonly string[];
  /** Entries that correct others, beside what they correct. */
  readonly corrections: readonly Pick<Posting, 'id' | 'corrects' | 'entries'>[];
  readonly accounts: readonly { readonly account: Account; readonly stored: number; readonly replayed: number }[];
  readonly specs: readonly {
    readonly specId: string;
    readonly storedAmount: number;
    readonly replayedAmount: number;
    readonly storedCount: number;
    readonly replayedCount: number;
  }[];
  readonly caps: readonly { readonly uscc: string; readonly stored: number; readonly replayed: number }[];
  /** Quotas of providers; those of jurisdictions stand with the specs, as lines of the pool. */
  readonly providers: readonly { readonly providerId: string; readonly stored: number; readonly replayed: number }[];
}

const MOST_ATTEMPTS = 3;
const PAGE = 100;
/** Caps read at once. */
const BATCH = 25;

/**
 * Replays the whole journal of a year and compares it with the stored balances, specs and caps (invariants 1, 3, 4).
 * Whatever is posted meanwhile changes the balances, so a replay counts only when they stood still; else it is made again.
 */
export const makeTrialBalance =
  ({ reads }: Ports): QueryUseCase<{ readonly year: number }, TrialBalance> =>
  async ({ year }) => {
    for (let attempt = 1; ; attempt++) {
      const before = await reads.fund(year);
      const journal = await wholeJournal(reads, year);
      const replayed = replayYear(journal);
      const overcorrected = wrongCorrections(journal);
      const specs = await specDifferences(reads, year, replayed);
      const caps = await counterDifferences(replayed.caps, (uscc) => reads.capUsed(year, uscc));
      const providers = await counterDifferences(replayed.providers, (id) => reads.providerUsed(year, id));
      const stored = await reads.fund(year);
      const moving = !same(before, stored);
      if (moving && attempt < MOST_ATTEMPTS) continue;
      const differing = accountDifferences(stored, replayed.balances);
      return ok({
        year,
        postings: replayed.postings,
        balanced: [replayed.unbalanced, overcorrected, differing, specs, caps, providers].every(
          (differences) => differences.length === 0,
        ),
        moving,
        unbalanced: replayed.unbalanced,
        overcorrected,
        corrections: journal.filter(({ corrects }) => corrects !== undefined),
        accounts: differing.map((account) => ({
          account,
          stored: stored[account],
          replayed: replayed.balances[account],
        })),
        specs,
        caps: caps.map(({ owner, ...difference }) => ({ uscc: owner, ...difference })),
        providers: providers.map(({ owner, ...difference }) => ({ providerId: owner, ...difference })),
      });
    }
  };

const same = (a: Balances, b: Balances): boolean => accounts.every((account) => a[account] === b[account]);

/** Every posting of a year, in no order of time. */
export async function wholeJournal(reads: Pick<Reads, 'list'>, year: number): Promise<Posting[]> {
  const postings: Posting[] = [];
  for (let partition = 0; partition < JOURNAL_PARTITIONS; partition++) {
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = await reads.list(
        'journal',
        { year, partition },
        { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) },
      );
      postings.push(...page.items);
      cursor = page.next;
    }
  }
  return postings;
}

async function specDifferences(
  reads: Pick<Reads, 'get' | 'pool'>,
  year: number,
  { specs }: Replay,
): Promise<TrialBalance['specs']> {
  const plan = await reads.get('plan', { year });
  const planned = plannedLines(plan);
  const ids = new Set([...planned.keys(), ...specs.keys()]);
  const pool = await reads.pool(year);
  return [...ids].flatMap((specId) => {
    const stored = pool.specs[specId];
    const used = specs.get(specId) ?? NOTHING;
    if (lineHolds(stored, used, planned.get(specId))) return [];
    return [
      {
        specId,
        storedAmount: stored?.usedAmount ?? 0,
        replayedAmount: used.amount,
        storedCount: stored?.usedCount ?? 0,
        replayedCount: used.count,
      },
    ];
  });
}

interface CounterDifference {
  readonly owner: string;
  readonly stored: number;
  readonly replayed: number;
}

async function counterDifferences(
  counted: ReadonlyMap<string, number>,
  storedOf: (owner: string) => Promise<number>,
): Promise<CounterDifference[]> {
  const replayed = [...counted];
  const differences: CounterDifference[] = [];
  for (let i = 0; i < replayed.length; i += BATCH) {
    const batch = replayed.slice(i, i + BATCH);
    const stored = await Promise.all(batch.map(([owner]) => storedOf(owner)));
    batch.forEach(([owner, used], at) => {
      if (stored[at] !== used) differences.push({ owner, stored: stored[at] ?? 0, replayed: used });
    });
  }
  return differences;
}
