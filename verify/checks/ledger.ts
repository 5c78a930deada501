import type { Balances } from '../../core/ledger/accounts.ts';
import { accountDifferences, fundIdentity, startReplay } from '../../core/policy/fund-report.ts';
import type { Plan } from '../../core/policy/plan.ts';
import { quotaLines } from '../../core/policy/quotas.ts';
import { shardOf, sumOf } from '../../storage/pool.ts';
import type { Check } from '../check.ts';
import { type Finding, findingsOf } from '../finding.ts';

const entries = {
  repairZh: '以分录为准：停止写入后把余额改为重放值，并查明差额从何而来。',
  repairEn:
    'The entries are right: stop writing, set the balance to the replayed one, and find out where the difference is from.',
};

const finding = findingsOf('ledger', {
  unbalanced: {
    zh: '分录合计不为零。',
    en: 'An entry does not sum to zero.',
    repairZh: '分录不可更改：以备份对照，找出写入它的程序。',
    repairEn: 'Entries never change: compare with a backup and find what wrote it.',
  },
  balance: {
    zh: '{year} 年科目 {account} 余额为 {stored} 分，按分录重放为 {replayed} 分。',
    en: 'The balance of {account} in {year} is {stored} fen; the replay of the entries gives {replayed} fen.',
    ...entries,
  },
  identity: {
    zh: '{year} 年已占用超过资金来源，或有科目为负（一-(二) 总额控制）。',
    en: 'More is committed in {year} than came in, or an account is negative (一-(二), total control).',
    repairZh: '立即停止发放；查明后以追加指标或收回资金补足。',
    repairEn: 'Stop issuing at once; then appropriate more or take money back.',
  },
  line: {
    zh: '{year} 年 {line}：已用 {usedAmount} 分 {usedCount} 张、剩余 {leftAmount} 分 {leftCount} 张；应为已用 {replayedAmount} 分 {replayedCount} 张，合计 {amount} 分 {count} 张。',
    en: 'In {year}, {line}: used {usedAmount} fen and {usedCount} vouchers, left {leftAmount} fen and {leftCount}; it must be {replayedAmount} fen and {replayedCount} used, of {amount} fen and {count} in all.',
    ...entries,
  },
  counter: {
    zh: '{year} 年 {kind} 计数为 {stored} 分，按分录为 {replayed} 分。',
    en: 'The counter {kind} of {year} is {stored} fen; by the entries it is {replayed} fen.',
    ...entries,
  },
  shards: {
    zh: '{year} 年资金池应有 {expected} 个分片，实有 {stored} 个以外的分片。',
    en: 'The pool of {year} has {expected} shards, and money stands outside them ({stored}).',
    ...entries,
  },
});

/** A year's journal, and everything stored beside it (invariants 1 to 4, clauses 一-(二), 五-(一), 五-(三)). */
export function ledger(): Check {
  const replays = new Map<number, ReturnType<typeof startReplay>>();
  const shards = new Map<number, ReturnType<typeof shardOf>[]>();
  const pools = new Map<number, number>();
  const plans = new Map<number, Plan>();
  const counters = { cap: new Map<string, number>(), 'provider-quota': new Map<string, number>() };
  const years = new Set<number>();

  return {
    see(stored) {
      switch (stored.kind) {
        case 'posting': {
          const { year } = stored.posting;
          years.add(year);
          const replay = replays.get(year) ?? startReplay();
          replays.set(year, replay);
          replay.add(stored.posting);
          return;
        }
        case 'shard':
          years.add(stored.year);
          shards.set(stored.year, [...(shards.get(stored.year) ?? []), shardOf(stored.item)]);
          return;
        case 'pool':
          pools.set(stored.year, stored.shards);
          return;
        case 'cap':
        case 'provider-quota':
          years.add(stored.year);
          counters[stored.kind].set(`${stored.year} ${stored.owner}`, stored.used);
          return;
        case 'entity':
          if (stored.entity === 'plan') plans.set(stored.value.year, stored.value);
      }
    },
    *judge() {
      for (const year of [...years].sort()) {
        const replay = (replays.get(year) ?? startReplay()).soFar();
        const stored = shards.get(year) ?? [];
        const { balances, specs } = sumOf(stored);
        if (stored.length > (pools.get(year) ?? 1)) {
          yield finding('shards', `year ${year}`, { year, expected: pools.get(year) ?? 1, stored: stored.length });
        }
        for (const id of replay.unbalanced) yield finding('unbalanced', id);
        yield* balanceFindings(year, balances, replay.balances);
        // After a cut below its commitments a fund owes more than it has: shown, and no fault.
        const short = stored.some((shard) => shard.short);
        const identity = fundIdentity(short ? { ...balances, available: Math.max(0, balances.available) } : balances);
        if (!(identity.nothingNegative && (short || identity.withinTotal))) {
          yield finding('identity', `year ${year}`, { year });
        }
        yield* lineFindings(year, plans.get(year), specs, replay.specs);
        yield* counterFindings(year, 'cap', counters.cap, replay.caps);
        yield* counterFindings(year, 'provider-quota', counters['provider-quota'], replay.providers);
      }
    },
  };
}

function* balanceFindings(year: number, stored: Balances, replayed: Balances): Iterable<Finding> {
  for (const account of accountDifferences(stored, replayed)) {
    yield finding('balance', `year ${year}`, {
      year,
      account,
      stored: stored[account],
      replayed: replayed[account],
    });
  }
}

type Used = ReadonlyMap<string, { readonly amount: number; readonly count: number }>;

function* lineFindings(
  year: number,
  plan: Plan | undefined,
  stored: ReturnType<typeof sumOf>['specs'],
  used: Used,
): Iterable<Finding> {
  const nothing = { amount: 0, count: 0 };
  const planned = new Map(
    (plan ? [...plan.specs, ...quotaLines(plan.parameters)] : []).map(({ id, amount, count }) => [
      id,
      { amount, count },
    ]),
  );
  for (const line of new Set([...Object.keys(stored), ...used.keys()])) {
    const { usedAmount = 0, usedCount = 0, leftAmount = 0, leftCount = 0 } = stored[line] ?? {};
    const replayed = used.get(line) ?? nothing;
    const { amount, count } = planned.get(line) ?? nothing;
    const holds =
      usedAmount === replayed.amount &&
      usedCount === replayed.count &&
      leftAmount === amount - usedAmount &&
      leftCount === count - usedCount &&
      leftAmount >= 0 &&
      leftCount >= 0;
    if (holds) continue;
    yield finding('line', `year ${year} ${line}`, {
      year,
      line,
      usedAmount,
      usedCount,
      leftAmount,
      leftCount,
      replayedAmount: replayed.amount,
      replayedCount: replayed.count,
      amount,
      count,
    });
  }
}

function* counterFindings(
  year: number,
  kind: 'cap' | 'provider-quota',
  stored: ReadonlyMap<string, number>,
  replayed: ReadonlyMap<string, number>,
): Iterable<Finding> {
  const prefix = `${year} `;
  const owners = new Set(replayed.keys());
  for (const key of stored.keys()) if (key.startsWith(prefix)) owners.add(key.slice(prefix.length));
  for (const owner of owners) {
    const is = stored.get(prefix + owner) ?? 0;
    const must = replayed.get(owner) ?? 0;
    if (is !== must) yield finding('counter', `year ${year} ${owner}`, { year, kind, stored: is, replayed: must });
  }
}
