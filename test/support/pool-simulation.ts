import { holdingPosting } from '../../core/ledger/holding.ts';
import { APPROPRIATE, CUT, move } from '../../core/ledger/posting.ts';
import { born, revise } from '../../core/lifecycle/record.ts';
import { type Fen, fen } from '../../core/money/money.ts';
import type { PinnedPolicy } from '../../core/orders/order.ts';
import { type Voucher, voucherTransitions } from '../../core/orders/voucher.ts';
import { defaultParameters } from '../../core/policy/default-parameters.ts';
import { accountDifferences, replayYear } from '../../core/policy/fund-report.ts';
import type { Change } from '../../core/ports/store.ts';
import { ok } from '../../core/result.ts';
import { refuseNothingLeft } from '../../core/subsidy/nothing-left.ts';
import { entitleNow } from '../../core/usecases/orders/limits.ts';
import { wholeJournal } from '../../core/usecases/plan/trial-balance.ts';
import { decideAndCommit } from '../../functions/_runtime/commit.ts';
import { createStore } from '../../storage/store.ts';
import type { Engine } from './engine.ts';
import { type FaultKind, faultyClient, type Tampering } from './faulty-client.ts';
import { PoolTimeline } from './pool-timeline.ts';
import { seeded } from './seeded.ts';

export interface PoolRun {
  readonly seed: number;
  /** A year of the table that no other run uses. */
  readonly year: number;
  readonly shards: number;
  readonly clients: number;
  /** Vouchers each client wants, one after the other. */
  readonly wants: number;
  /** What the pool has for each fen that is wanted of it. */
  readonly plenty: number;
  readonly faultRate: number;
  /** Part of the vouchers that are given back. */
  readonly returns: number;
  /** How often the appropriation is cut or raised meanwhile. */
  readonly turns: number;
  /** Deliberate bugs. */
  readonly tampering?: Tampering;
  /** A deliberate bug: every attempt makes new ids. */
  readonly newIdOnRetry?: boolean;
}

/** What a client knows of one of its wishes: the oracle, whatever the table says. */
interface Wish {
  readonly key: string;
  readonly amount: Fen;
  readonly keys: string[];
  readonly givesBack: boolean;
  outcome: 'issued' | 'given-back' | 'refused' | 'unknown';
}

export interface PoolOutcome {
  /** What is wrong, in words; empty when every promise held. */
  readonly broken: readonly string[];
  readonly faults: Readonly<Record<FaultKind, number>>;
  readonly issued: number;
  readonly refused: number;
  readonly returned: number;
  /** Cuts and raises of the appropriation that came through. */
  readonly turns: number;
  readonly spreads: number;
}

const SPEC = 'app';
const CAP = 2_000_000;
const seller = { jurisdiction: '150100', providerId: 'org_provider' };
const policy: PinnedPolicy = {
  policyVersion: 1,
  parameters: { ...defaultParameters, yearlyCap: fen(CAP) },
  specs: [{ id: SPEC, category: 'business-application', ratio: '0.20' }],
};
const MOST_TRIES = 40;

/**
 * Many clients at once want vouchers of one pool that has too little for all, with everything going wrong in between
 * that may. Real commands over the real storage: only the decision is as small as it can be.
 */
export async function runPool(engine: Engine, run: PoolRun): Promise<PoolOutcome> {
  const { year, shards } = run;
  const random = seeded(run.seed);
  let spreads = 0;
  let timeline: PoolTimeline | undefined;
  const faulty = faultyClient(engine.client, random, {
    ...run.tampering,
    rate: run.faultRate,
    written: (command) => timeline?.written(command),
  });
  const store = createStore(faulty.client, engine.table, {
    shards,
    pause: async () => undefined,
    observe: ({ kind }) => {
      if (kind === 'spread') spreads += 1;
    },
  });
  const calm = createStore(engine.client, engine.table, { shards });

  const wishes: Wish[][] = Array.from({ length: run.clients }, (_, client) =>
    Array.from({ length: run.wants }, (_, n) => ({
      key: `${run.seed}x${year}c${client}n${n}`,
      amount: fen(1 + Math.floor(random() * 300_000)),
      keys: [],
      givesBack: random() < run.returns,
      outcome: 'unknown' as const,
    })),
  );
  const wanted = wishes.flat().reduce((sum, { amount }) => sum + amount, 0);
  const fund = fen(Math.floor(wanted * run.plenty));
  const specAmount = fen(Math.floor(fund * (0.8 + random() * 0.4)));
  const specCount = Math.max(1, Math.floor(run.clients * run.wants * (0.5 + random() * 0.5)));

  const opened = await calm.commit(
    [
      { do: 'open-spec', year, specId: SPEC, amount: specAmount, count: specCount },
      {
        do: 'post',
        posting: {
          id: `led_open_${year}`,
          year,
          at: 0,
          reason: 'appropriate',
          reference: { entity: 'plan', id: String(year) },
          actor: 'seed',
          entries: move('appropriation', 'available', fund),
          specs: [],
        },
      },
    ],
    origin('open'),
  );
  if (!opened.ok) throw new Error(JSON.stringify(opened));
  timeline = new PoolTimeline({ available: fund, leftAmount: specAmount, leftCount: specCount });
  const broken: string[] = [];
  const expect = (holds: boolean, sentence: string) => {
    if (!holds) broken.push(sentence);
  };

  const issue = (wish: Wish, uscc: string) => {
    let key = wish.key;
    return decideAndCommit(
      store,
      origin(key),
      async () => {
        if (run.newIdOnRetry) key = `${wish.key}r${wish.keys.length}`;
        wish.keys.push(key);
        const lines = [{ kind: 'business-management' as const, fee: fen(wish.amount * 5) }];
        const { entitlement } = await entitleNow(store, year, { enterpriseUscc: uscc, ...seller }, policy, {
          lines,
          choice: { use: 'maximum' },
        });
        // All or nothing, so that a refusal can be judged by what is left at the end.
        if (entitlement.amount < wish.amount) return refuseNothingLeft(entitlement, year);
        const changes: Change[] = [
          { do: 'create', entity: 'voucher', value: voucherOf(key, year, uscc, wish.amount) },
          {
            do: 'post',
            posting: holdingPosting({
              id: `led_issue_${key}`,
              year,
              at: 0,
              reason: 'issue',
              reference: { entity: 'voucher', id: key },
              orderId: key,
              actor: 'client',
              after: { account: 'active', parts: [{ specId: SPEC, amount: wish.amount }] },
              uscc,
              cap: CAP,
            }),
          },
        ];
        return ok({ result: wish.amount, changes });
      },
      () => ({ hash: key, requestHash: key, status: 201, headers: {}, body: '' }),
      async () => undefined,
    );
  };

  const giveBack = (key: string, uscc: string) =>
    decideAndCommit(
      store,
      origin(`back ${key}`),
      async () => {
        const voucher = await store.get('voucher', { id: key });
        if (voucher?.status !== 'active') return ok({ result: undefined, changes: [] });
        const { void: transition } = voucherTransitions;
        const changes: Change[] = [
          {
            do: 'update',
            entity: 'voucher',
            value: revise(voucher, 0, { status: transition.to }),
            from: transition.from,
            audit: { action: transition.name },
          },
          {
            do: 'post',
            posting: holdingPosting({
              id: `led_void_${key}`,
              year,
              at: 0,
              reason: 'void',
              reference: { entity: 'voucher', id: key },
              orderId: key,
              actor: 'client',
              before: { account: 'active', parts: voucher.parts },
              uscc,
              cap: 0,
            }),
          },
        ];
        return ok({ result: undefined, changes });
      },
      undefined,
      async () => undefined,
    );

  const client = async (own: Wish[], number: number) => {
    for (const wish of own) {
      await untilDone(async () => {
        const asked = timeline.now;
        const answer = await issue(wish, usccOf(number));
        if (answer.ok) wish.outcome = 'issued';
        else if (exhausted.has(answer.failure.rule)) {
          const room = timeline.leastRoom(asked, timeline.now);
          // As the functions do: its own attempt may have taken the last there was, and its reply was lost.
          wish.outcome = (await store.answered(wish.key)) ? 'issued' : 'refused';
          const rightly = wish.outcome === 'issued' || room < wish.amount;
          expect(rightly, `${wish.key} was refused ${wish.amount} fen while ${room} were left all the time`);
        }
        return wish.outcome !== 'unknown';
      });
      if (wish.outcome !== 'issued' || !wish.givesBack) continue;
      const back = await untilDone(async () => (await giveBack(wish.key, usccOf(number))).ok);
      expect(back, `${wish.key} could not be given back`);
      wish.outcome = 'given-back';
    }
  };
  const usccOf = (number: number) => `U${year}${number}`;

  // Finance cuts the appropriation and raises it again, below what is committed too.
  const turns = Array.from({ length: run.turns }, (_, n) => {
    const part = Math.floor(fund * random());
    return n % 2 === 0 ? -part : part;
  });
  let turned = 0;
  const finance = async () => {
    for (const [n, more] of turns.entries()) {
      const key = `turn${year}n${n}`;
      const posting = {
        id: `led_${key}`,
        year,
        at: 0,
        reason: more > 0 ? APPROPRIATE : CUT,
        reference: { entity: 'plan', id: String(year) },
        actor: 'finance',
        entries: move('appropriation', 'available', more),
        specs: [],
      };
      const came = await untilDone(async () => {
        const answer = await decideAndCommit(
          store,
          origin(key),
          async () => ok({ result: more, changes: more === 0 ? [] : [{ do: 'post' as const, posting }] }),
          () => ({ hash: key, requestHash: key, status: 200, headers: {}, body: '' }),
          async () => undefined,
        );
        return answer.ok;
      });
      expect(came, `${key} of ${more} fen never came through`);
      turned += 1;
    }
  };
  await faulty.drive(Promise.all([...wishes.map(client), finance()]));

  const all = wishes.flat();
  const { balances, specs: left } = await calm.pool(year);
  const vouchers = await calm.getMany(
    'voucher',
    all.flatMap(({ keys }) => [...new Set(keys)].map((id) => ({ id }))),
  );
  const byKey = new Map(vouchers.map((voucher) => [voucher.id, voucher]));
  for (const wish of all) {
    const had = [...new Set(wish.keys)].filter((key) => byKey.has(key)).length;
    expect(wish.outcome !== 'unknown', `${wish.key} never had an answer`);
    const wantedVouchers = wish.outcome === 'refused' ? 0 : 1;
    expect(had === wantedVouchers, `${wish.key} is ${wish.outcome} and has ${had} vouchers`);
    const status = byKey.get(wish.key)?.status;
    if (wish.outcome === 'given-back') expect(status === 'void', `${wish.key} was given back and is ${status}`);
  }
  const live = all.filter(({ outcome }) => outcome === 'issued');
  const accepted = sumOf(live);
  const total = fund + turns.reduce((sum, more) => sum + more, 0);
  const spec = left[SPEC];
  broken.push(...timeline.broken);
  expect(balances.active === accepted, `${balances.active - accepted} fen held for nobody`);
  expect(balances.available === total - accepted, `${total - accepted - balances.available} fen lost`);
  expect(spec?.leftAmount === specAmount - accepted, 'what is left of the spec is not what was not issued');
  expect(spec?.leftCount === specCount - live.length, 'the count of the spec is not its live vouchers');
  const journal = replayYear(await wholeJournal(calm, year));
  expect(journal.unbalanced.length === 0, 'a posting does not sum to zero');
  expect(accountDifferences(balances, journal.balances).length === 0, 'balances are not the replay of the journal');
  expect(journal.specs.get(SPEC)?.amount === spec?.usedAmount || accepted === 0, 'the spec is not the replay');
  const caps = await Promise.all(wishes.map((_, n) => calm.capUsed(year, usccOf(n))));
  for (const [n, used] of caps.entries()) {
    const own = sumOf((wishes[n] ?? []).filter(({ outcome }) => outcome === 'issued'));
    expect(used === own && used <= CAP, `the cap counter of client ${n} is ${used}, its vouchers ${own}`);
  }
  const returned = all.filter(({ outcome }) => outcome === 'given-back').length;
  return {
    broken,
    faults: faulty.faults,
    issued: live.length + returned,
    refused: all.length - live.length - returned,
    returned,
    turns: turned,
    spreads,
  };
}

/** Asks until there is an answer, as often as anybody would; a read that failed is a request that failed. */
async function untilDone(ask: () => Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    if (await ask().catch(() => false)) return true;
  }
  return false;
}

const exhausted = new Set<string>(['fund-exhausted', 'spec-amount-exhausted', 'spec-count-exhausted']);

const sumOf = (wishes: readonly Wish[]): number => wishes.reduce((sum, { amount }) => sum + amount, 0);

const origin = (requestId: string) => ({ actor: { sub: 'simulation', role: 'system' as const }, at: 0, requestId });

const voucherOf = (id: string, year: number, uscc: string, amount: Fen): Voucher => ({
  id,
  ...born(0),
  status: 'active',
  number: id,
  year,
  policyVersion: 1,
  enterpriseId: `org_${uscc}`,
  enterpriseName: uscc,
  enterpriseUscc: uscc,
  jurisdiction: '150100',
  providerId: 'org_provider',
  providerName: 'provider',
  orderId: id,
  contractSha256: '0'.repeat(64),
  face: amount,
  issuedFace: amount,
  parts: [{ specId: SPEC, category: 'business-application', ratio: '0.20', fee: amount, amount }],
  activeAt: 0,
  expiresOn: '2100-12-31',
  receipt: [],
});
