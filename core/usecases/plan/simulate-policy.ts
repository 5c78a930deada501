import type { Posting } from '../../ledger/posting.ts';
import type { Order } from '../../orders/order.ts';
import type { Voucher } from '../../orders/voucher.ts';
import { type Simulation, simulate } from '../../policy/compare-replays.ts';
import { isPublished } from '../../policy/current-plan.ts';
import type { Plan } from '../../policy/plan.ts';
import { openingVersion, type PlanVersion } from '../../policy/plan-version.ts';
import { ordersInJournal, yearOfOrders } from '../../policy/replay-events.ts';
import type { Scenario } from '../../policy/replay-orders.ts';
import type { Ports, QueryUseCase } from '../../ports/context.ts';
import { everyPage, pageArguments } from '../../ports/pages.ts';
import type { Reads } from '../../ports/store.ts';
import { JOURNAL_PARTITIONS } from '../../queries.ts';
import { ok, refuse } from '../../result.ts';

export interface SimulationRequest {
  readonly year: number;
  readonly scenario: Scenario;
}

export interface SimulationReport extends Simulation {
  readonly year: number;
  readonly scenario: Scenario;
  /** Entries of the journal that were replayed, and how many are at most. */
  readonly postings: { readonly read: number; readonly most: number };
}

/** Entries that one request replays: some 20,000 orders. A longer journal is refused, never cut short. */
export const MOST_POSTINGS = 60_000;
const PAGE = 400;
/** Orders that are asked for at once. */
const CHUNK = 1_000;

const withId = (id: string) => ({ id });

const chunks = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, n) => all.slice(n * CHUNK, (n + 1) * CHUNK));

/**
 * What a year's orders would have come to under another policy, and who gains and who loses by it (clause 五-(一)). A
 * query: it plays what the journal and the orders say, decides nothing and writes nothing.
 */
export const makeSimulatePolicy =
  ({ reads }: Pick<Ports, 'reads'>, most = MOST_POSTINGS): QueryUseCase<SimulationRequest, SimulationReport> =>
  async ({ year, scenario }) => {
    const plan = await reads.get('plan', { year });
    if (!plan || !isPublished(plan)) return refuse('not-found');
    const journal = await journalOf(reads, year, most);
    if (!journal) return refuse('simulation-too-large', { values: { year, most } });
    const orders: Order[] = [];
    const vouchers: Voucher[] = [];
    for (const ids of chunks([...new Set(ordersInJournal(journal))])) {
      // A place of the waiting list that was brought into the next year belongs there.
      const found = (await reads.getMany('order', ids.map(withId))).filter(({ planYear }) => planYear === year);
      orders.push(...found);
      vouchers.push(...(await reads.getMany('voucher', found.flatMap(({ voucherId }) => voucherId ?? []).map(withId))));
    }
    const replayed = yearOfOrders(journal, orders, vouchers, await versionsOf(reads, plan));
    return ok({ year, scenario, postings: { read: journal.length, most }, ...simulate(replayed, scenario) });
  };

/** A year's journal, its partitions side by side; undefined as soon as there is more than the limit. */
async function journalOf(reads: Pick<Reads, 'list'>, year: number, most: number): Promise<Posting[] | undefined> {
  const postings: Posting[] = [];
  const partition = async (number: number) => {
    let cursor: string | undefined;
    do {
      const page = await reads.list('journal', { year, partition: number }, pageArguments({ limit: PAGE, cursor }));
      postings.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined && postings.length <= most);
  };
  await Promise.all(Array.from({ length: JOURNAL_PARTITIONS }, (_, number) => partition(number)));
  return postings.length <= most ? postings : undefined;
}

/** Published versions; of a plan that never changed, the one it was opened as. */
async function versionsOf(reads: Pick<Reads, 'list'>, plan: Plan): Promise<readonly PlanVersion[]> {
  const versions = await everyPage((page) => reads.list('versionsOfPlan', { year: plan.year }, page));
  const published = versions.filter(({ status }) => status === 'published');
  return published.length > 0 ? published : [openingVersion(plan)];
}
