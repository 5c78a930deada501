import type { Balances } from '../../core/ledger/accounts.ts';
import {
  accountDifferences,
  fundIdentity,
  lineHolds,
  NOTHING,
  plannedLines,
  startReplay,
} from '../../core/policy/fund-report.ts';
import type { Plan } from '../../core/policy/plan.ts';
import type { Pool } from '../../core/ports/store.ts';
import type { Check } from '../check.ts';
import { type Finding, findingsOf } from '../finding.ts';
import { storedCounters, storedPools } from '../stored-money.ts';

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
  'over-limit': {
    zh: '{year} 年 {kind} 已用 {stored} 分，超过限额 {most} 分（五-(三)、五-(一)）。',
    en: 'The counter {kind} of {year} has {stored} fen used, above its limit of {most} fen (五-(三), 五-(一)).',
    repairZh: '停止为其发放；查明超出的券，由审核扣减或提出追回。',
    repairEn: 'Issue nothing more to it; find the vouchers above the limit, and have them reduced or taken back.',
  },
  carried: {
    zh: '各年结转合计应为零，实为 {carried} 分：有资金在年度之间多出或丢失（一-(二)）。',
    en: 'What years carried over must add up to zero and is {carried} fen: money was lost or made between years (一-(二)).',
    ...entries,
  },
  shard: {
    zh: '{year} 年资金池没有分片 {shard}，而其中有资金。',
    en: 'The pool of {year} has no shard {shard}, and money stands in it.',
    ...entries,
  },
});

/** A year's journal, and everything stored beside it (invariants 1 to 4, clauses 一-(二), 五-(一), 五-(三)). */
export function ledger(): Check {
  const replays = new Map<number, ReturnType<typeof startReplay>>();
  const pools = storedPools();
  const counters = storedCounters();
  const plans = new Map<number, Plan>();
  /** The highest limit under which anything was taken, by kind of counter and year. */
  const limits = new Map<string, number>();
  const limit = (kind: string, year: number, most: number) =>
    limits.set(`${kind} ${year}`, Math.max(limits.get(`${kind} ${year}`) ?? 0, most));

  return {
    see(stored) {
      pools.see(stored);
      counters.see(stored);
      if (stored.kind === 'posting') {
        const { year, cap, provider } = stored.posting;
        const replay = replays.get(year) ?? startReplay();
        replays.set(year, replay);
        replay.add(stored.posting);
        if (cap && cap.amount > 0) limit('cap', year, cap.cap);
        if (provider && provider.amount > 0) limit('provider-quota', year, provider.quota);
      } else if (stored.kind === 'entity' && stored.entity === 'plan') plans.set(stored.value.year, stored.value);
    },
    *judge() {
      let carried = 0;
      for (const year of [...new Set([...replays.keys(), ...pools.years(), ...counters.years()])].sort()) {
        const replay = (replays.get(year) ?? startReplay()).soFar();
        const { balances, specs } = pools.of(year);
        carried += balances.carryIn;
        for (const shard of pools.strange(year)) yield finding('shard', `year ${year} shard ${shard}`, { year, shard });
        for (const id of replay.unbalanced) yield finding('unbalanced', id);
        yield* balanceFindings(year, balances, replay.balances);
        if (!identityHolds(balances, pools.isShort(year))) yield finding('identity', `year ${year}`, { year });
        yield* lineFindings(year, plans.get(year), specs, replay.specs);
        for (const kind of ['cap', 'provider-quota'] as const) {
          const replayed = kind === 'cap' ? replay.caps : replay.providers;
          for (const { owner, stored, other } of counters.differences(kind, year, replayed)) {
            yield finding('counter', `year ${year} ${owner}`, { year, kind, stored, replayed: other });
          }
          const most = limits.get(`${kind} ${year}`) ?? 0;
          for (const [owner, stored] of counters.of(kind, year)) {
            if (stored > most) yield finding('over-limit', `year ${year} ${owner}`, { year, kind, stored, most });
          }
        }
      }
      if (carried !== 0) yield finding('carried', 'all years', { carried });
    },
  };
}

/** After a cut below its commitments a fund owes more than it has: that is shown elsewhere, and no fault. */
function identityHolds(balances: Balances, short: boolean): boolean {
  const { nothingNegative, withinTotal } = fundIdentity(
    short ? { ...balances, available: Math.max(0, balances.available) } : balances,
  );
  return nothingNegative && (short || withinTotal);
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

function* lineFindings(year: number, plan: Plan | undefined, stored: Pool['specs'], used: Used): Iterable<Finding> {
  const planned = plannedLines(plan);
  for (const line of new Set([...Object.keys(stored), ...used.keys()])) {
    const { usedAmount = 0, usedCount = 0, leftAmount = 0, leftCount = 0 } = stored[line] ?? {};
    const replayed = used.get(line) ?? NOTHING;
    const { amount, count } = planned.get(line) ?? NOTHING;
    if (lineHolds(stored[line], replayed, planned.get(line)) && leftAmount >= 0 && leftCount >= 0) continue;
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
