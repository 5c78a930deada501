import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { yearEndRoutes } from '../../contracts/year-end.ts';
import { accounts } from '../../core/ledger/accounts.ts';
import { imbalance, type Posting, replay } from '../../core/ledger/posting.ts';
import { born } from '../../core/lifecycle/record.ts';
import { fen } from '../../core/money/money.ts';
import type { Voucher } from '../../core/orders/voucher.ts';
import type { Plan } from '../../core/policy/plan.ts';
import { everyPage } from '../../core/ports/pages.ts';
import { JOURNAL_PARTITIONS } from '../../core/queries.ts';
import { createApi } from '../../functions/_runtime/api.ts';
import { planApi } from '../../functions/plan-api/routes/index.ts';
import { journalKey, shardKey } from '../../storage/keys.ts';
import { FACE } from './claims-world.ts';
import type { Engine } from './engine.ts';
import { type Call, type Caller, call } from './http-event.ts';
import { payoutsWorld } from './payouts-world.ts';

export const treasurer: Caller = { sub: 'finance-treasurer', roles: ['finance-officer'] };

/** Payouts on a real engine, with the money of a year and the routes of its close. */
export async function yearEndWorld(engine: Engine) {
  const world = await payoutsWorld(engine);
  const { clock, store, ports, seed, plan, purchase } = world;
  const api = createApi({ store, now: () => clock.at, routes: planApi(ports) });

  const yearEnd = (route: keyof typeof yearEndRoutes, caller: Caller | undefined, year: number, what: Call = {}) =>
    call(api, yearEndRoutes[route], caller, {
      ...(yearEndRoutes[route].method === 'GET' ? {} : { body: {} }),
      ...what,
      params: { year: String(year) },
    });

  let postings = 0;
  /** Money that moves in the fund as a whole. */
  const post = (year: number, entries: Posting['entries'], reason = 'appropriate') => {
    postings += 1;
    return seed({
      do: 'post',
      posting: {
        id: `led_seed_${year}_${postings}`,
        year,
        at: clock.at,
        reason,
        reference: { entity: 'plan', id: String(year) },
        actor: 'seed',
        entries,
        specs: [],
      },
    });
  };

  /**
   * The appropriation cut by this much below what is committed, as the aggregate of the fund tells it: posted and written
   * past the condition that no command may pass.
   */
  const shortOf = async (year: number, amount: number) => {
    const posting: Posting = {
      id: `led_cut_${year}`,
      year,
      at: clock.at,
      reason: 'cut',
      reference: { entity: 'plan', id: String(year) },
      actor: 'seed',
      entries: { available: -amount, appropriation: amount },
      specs: [],
    };
    const Key = { ...shardKey(year, 0) };
    await engine.client.send(
      new TransactWriteCommand({
        TransactItems: [
          {
            Put: {
              TableName: engine.table,
              Item: { ...journalKey(year, posting.id), type: 'posting', posting },
            },
          },
          {
            Update: {
              TableName: engine.table,
              Key,
              UpdateExpression: 'ADD available :minus, appropriation :amount',
              ExpressionAttributeValues: { ':minus': -amount, ':amount': amount },
            },
          },
        ],
      }),
    );
  };

  /** Live vouchers, 20,000 yuan each. */
  const live = async (count: number, status: Voucher['status'] = 'used') => {
    const vouchers: Voucher[] = [];
    for (let n = 0; n < count; n++) {
      vouchers.push((await purchase({ voucher: { status, expiresOn: '2021-12-31' } })).voucher);
    }
    return vouchers;
  };

  /** A voucher that both departments approved: this much is owed for it, the rest was free again. */
  const payable = async (amount: number) => {
    const { voucher } = await purchase({ voucher: { status: 'payable', payable: fen(amount) } });
    await seed({
      do: 'post',
      posting: {
        id: `led_accrue_${voucher.id}`,
        year: 2019,
        at: clock.at,
        reason: 'accrue',
        reference: { entity: 'voucher', id: voucher.id },
        orderId: voucher.orderId,
        actor: 'seed',
        entries: { active: -FACE, accrued: amount, available: FACE - amount },
        specs: [],
      },
    });
    return voucher;
  };

  /** The plan of the next year, signed by both departments. */
  const nextPlan = (appropriation: number, specAmount = appropriation) => {
    const [spec] = plan.specs;
    if (!spec) throw new Error('no spec');
    const value: Plan = {
      ...plan,
      ...born(clock.at),
      year: 2020,
      status: 'co-signed',
      title: '2020',
      appropriation: fen(appropriation),
      specs: [{ ...spec, amount: fen(specAmount) }],
    };
    return seed({ do: 'create', entity: 'plan', value });
  };

  const journalOf = async (year: number): Promise<Posting[]> => {
    const all: Posting[] = [];
    for (let partition = 0; partition < JOURNAL_PARTITIONS; partition++) {
      all.push(...(await everyPage((page) => store.list('journal', { year, partition }, page))));
    }
    return all;
  };

  /**
   * The balances of both years, whose journals must say the same; what left the one through a close must be what came
   * into the other (invariants 1, 2 and 7).
   */
  const funds = async () => {
    const years = [];
    for (const year of [2019, 2020]) {
      const journal = await journalOf(year);
      const balances = await store.fund(year);
      const replayed = replay(journal);
      const carried = (reason: string) =>
        journal.filter((posting) => posting.reason === reason).reduce((sum, p) => sum + (p.entries.carryIn ?? 0), 0);
      years.push({
        balances,
        out: carried('carry-out'),
        into: -carried('carry-in'),
        wrong: [
          ...journal.filter(({ entries }) => imbalance(entries) !== 0).map(({ id }) => id),
          ...accounts.filter((account) => replayed[account] !== balances[account]),
        ],
      });
    }
    const [closed, next] = years;
    if (!closed || !next) throw new Error('two years');
    return {
      closed: closed.balances,
      next: next.balances,
      wrong: [...closed.wrong, ...next.wrong, ...(closed.out === next.into ? [] : ['carry'])],
    };
  };

  return { ...world, yearEnd, post, shortOf, live, payable, nextPlan, journalOf, funds };
}
export type YearEndWorld = Awaited<ReturnType<typeof yearEndWorld>>;
