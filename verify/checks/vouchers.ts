import { figuresOfReservation, figuresOfVoucher, type YearFigures } from '../../core/ledger/voucher-figures.ts';
import type { Voucher } from '../../core/orders/voucher.ts';
import { paidFor } from '../../core/payouts/paid-from.ts';
import { type Replay, startReplay } from '../../core/policy/fund-report.ts';
import type { Check } from '../check.ts';
import { type Finding, findingsOf } from '../finding.ts';
import { storedCounters, storedPools } from '../stored-money.ts';

const repair = {
  repairZh: '停止写入，逐张核对该年的券、预占与分录，查明哪一方有误，再由两部门更正。',
  repairEn:
    'Stop writing, compare vouchers, reservations and entries of the year one by one to see which is wrong; both departments then correct it.',
};

const finding = findingsOf('vouchers', {
  account: {
    zh: '{year} 年科目 {account} 为 {stored} 分，而券与预占合计 {expected} 分。',
    en: 'The account {account} of {year} holds {stored} fen; vouchers and reservations come to {expected} fen.',
    ...repair,
  },
  line: {
    zh: '{year} 年 {line} 已用 {storedAmount} 分 {storedCount} 张，而有效券与预占为 {amount} 分 {count} 张（五-(一)）。',
    en: 'In {year}, {line} has {storedAmount} fen and {storedCount} vouchers used; live vouchers and reservations come to {amount} fen and {count} (五-(一)).',
    ...repair,
  },
  cap: {
    zh: '{year} 年年度限额已用 {stored} 分，而有效券与预占合计 {expected} 分（五-(三)）。',
    en: 'The yearly cap of {year} has {stored} fen used; live vouchers and reservations come to {expected} fen (五-(三)).',
    ...repair,
  },
  'provider-quota': {
    zh: '{year} 年云服务商限额已用 {stored} 分，而有效券与预占合计 {expected} 分（五-(一)）。',
    en: 'The quota of a provider in {year} has {stored} fen used; live vouchers and reservations come to {expected} fen (五-(一)).',
    ...repair,
  },
  'over-face': {
    zh: '券的应付 {payable} 分、已付 {paid} 分或收回 {recovered} 分超过其上限（面额 {face} 分）。',
    en: 'The voucher says {payable} fen payable, {paid} paid, {recovered} recovered, of a face of {face} fen.',
    ...repair,
  },
});

/** Accounts that say what stands behind vouchers and orders; the others say where money came from, or is free. */
const held = ['reserved', 'active', 'accrued', 'paid', 'deferred', 'recovered'] as const;

/**
 * Accounts, specs, quotas and yearly caps are what vouchers and reservations come to (invariants 3 and 4, clauses 五-(一),
 * 五-(三)).
 */
export function vouchers(): Check {
  const must = new Map<number, ReturnType<typeof startReplay>>();
  const pools = storedPools();
  const counters = storedCounters();
  const over: Finding[] = [];

  const count = ({ year, ...movement }: YearFigures) => {
    const replay = must.get(year) ?? startReplay();
    must.set(year, replay);
    replay.move(movement);
  };

  return {
    see(stored) {
      pools.see(stored);
      counters.see(stored);
      if (stored.kind !== 'entity') return;
      if (stored.entity === 'order') figuresOfReservation(stored.value).forEach(count);
      if (stored.entity !== 'voucher') return;
      over.push(...overFace(stored.value));
      figuresOfVoucher(stored.value).forEach(count);
    },
    *judge() {
      yield* over;
      for (const year of new Set([...pools.years(), ...counters.years(), ...must.keys()])) {
        const expected = (must.get(year) ?? startReplay()).soFar();
        yield* poolFindings(year, pools.of(year), expected);
        for (const code of ['cap', 'provider-quota'] as const) {
          const owners = code === 'cap' ? expected.caps : expected.providers;
          for (const { owner, stored, other } of counters.differences(code, year, owners)) {
            yield finding(code, `year ${year} ${owner}`, { year, stored, expected: other });
          }
        }
      }
    },
  };
}

function* poolFindings(
  year: number,
  { balances, specs }: ReturnType<ReturnType<typeof storedPools>['of']>,
  expected: Replay,
): Iterable<Finding> {
  for (const account of held) {
    if (balances[account] === expected.balances[account]) continue;
    const figures = { year, account, stored: balances[account], expected: expected.balances[account] };
    yield finding('account', `year ${year}`, figures);
  }
  for (const line of new Set([...Object.keys(specs), ...expected.specs.keys()])) {
    const { usedAmount: storedAmount = 0, usedCount: storedCount = 0 } = specs[line] ?? {};
    const { amount, count } = expected.specs.get(line) ?? { amount: 0, count: 0 };
    if (storedAmount === amount && storedCount === count) continue;
    yield finding('line', `year ${year} ${line}`, { year, line, storedAmount, storedCount, amount, count });
  }
}

function overFace(voucher: Voucher): Finding[] {
  const { id, face, paid = 0, recovered = 0 } = voucher;
  const payable = paidFor(voucher);
  if (payable <= face && paid <= payable && recovered <= payable) return [];
  return [finding('over-face', id, { payable, paid, face, recovered })];
}
