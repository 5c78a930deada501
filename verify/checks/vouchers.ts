import type { Balances } from '../../core/ledger/accounts.ts';
import { backingOf } from '../../core/ledger/backing.ts';
import type { Order } from '../../core/orders/order.ts';
import { capCountingStatuses, fundYearOf, type Voucher } from '../../core/orders/voucher.ts';
import { paidFor } from '../../core/payouts/paid-from.ts';
import { shardOf, sumOf } from '../../storage/pool.ts';
import type { Check } from '../check.ts';
import { findingsOf } from '../finding.ts';

const repair = {
  repairZh: '停止写入，逐张核对该年的券、预占与分录；以更正分录补记差额。',
  repairEn: 'Stop writing, compare vouchers, reservations and entries of the year one by one, and post the difference.',
};

const finding = findingsOf('vouchers', {
  account: {
    zh: '{year} 年科目 {account} 为 {stored} 分，而券与预占合计 {expected} 分。',
    en: 'The account {account} of {year} holds {stored} fen; vouchers and reservations come to {expected} fen.',
    ...repair,
  },
  recovered: {
    zh: '各年收回合计 {stored} 分，而券上记载收回 {expected} 分。',
    en: 'All years recovered {stored} fen; vouchers say {expected} fen.',
    ...repair,
  },
  cap: {
    zh: '{year} 年年度限额已用 {stored} 分，而有效券与预占合计 {expected} 分（五-(三)）。',
    en: 'The yearly cap of {year} has {stored} fen used; live vouchers and reservations come to {expected} fen (五-(三)).',
    ...repair,
  },
  spec: {
    zh: '{year} 年规格 {spec} 计 {storedCount} 张 {storedAmount} 分，而有效券与预占为 {count} 张、各规格合计 {amount} 分（五-(一)）。',
    en: 'The spec {spec} of {year} counts {storedCount} vouchers; live vouchers and reservations are {count} (五-(一)).',
    ...repair,
  },
  amounts: {
    zh: '{year} 年各规格已用合计 {stored} 分，而有效券与预占合计 {expected} 分（五-(一)）。',
    en: 'All specs of {year} have {stored} fen used; live vouchers and reservations come to {expected} fen (五-(一)).',
    ...repair,
  },
  'over-face': {
    zh: '券的应付 {payable} 分、已付 {paid} 分或收回 {recovered} 分超过其上限（面额 {face} 分）。',
    en: 'The voucher says {payable} fen payable, {paid} paid, {recovered} recovered, of a face of {face} fen.',
    ...repair,
  },
});

const held = ['reserved', 'active', 'accrued', 'deferred', 'paid'] as const;
type Held = (typeof held)[number];

/** Sums by key; what was never added to is zero. */
class Sums<K> extends Map<K, number> {
  plus(key: K, amount: number): void {
    if (amount !== 0) this.set(key, (this.get(key) ?? 0) + amount);
  }
}

/** Accounts, yearly caps and specs are what vouchers and reservations say (invariants 3 and 4, clauses 五-(一), 五-(三)). */
export function vouchers(): Check {
  const accountsMust = new Map<number, Sums<Held>>();
  const capsMust = new Sums<string>();
  const capsAre = new Map<string, number>();
  const countsMust = new Sums<string>();
  const amountsMust = new Sums<number>();
  const shards = new Map<number, ReturnType<typeof shardOf>[]>();
  const over: ReturnType<typeof finding>[] = [];
  let recovered = 0;

  const account = (year: number, of: Held, amount: number) => {
    const sums = accountsMust.get(year) ?? new Sums<Held>();
    accountsMust.set(year, sums);
    sums.plus(of, amount);
  };

  const seeVoucher = (voucher: Voucher) => {
    const { id, year, face, payable = face, paid = 0, enterpriseUscc, parts } = voucher;
    const backing = backingOf(voucher) ?? {};
    const fundYear = fundYearOf(voucher);
    for (const [of, amount] of Object.entries(backing)) account(fundYear, of as Held, amount);
    for (const { year: payer, amount } of paidBy(voucher)) account(payer, 'paid', amount);
    recovered += voucher.recovered ?? 0;
    const overpaid = payable > face || paid > payable || (voucher.recovered ?? 0) > payable;
    if (overpaid) over.push(finding('over-face', id, { payable, paid, face, recovered: voucher.recovered ?? 0 }));
    if (!capCountingStatuses.includes(voucher.status)) return;
    capsMust.plus(`${year} ${enterpriseUscc}`, face);
    for (const { specId, amount } of parts) if (amount > 0) countsMust.plus(`${year} ${specId}`, 1);
    amountsMust.plus(year, spentOf(voucher));
  };

  const seeOrder = ({ status, planYear, enterpriseUscc, reservation }: Order) => {
    if (!reservation || !(status === 'placed' || status === 'answered')) return;
    account(planYear, 'reserved', reservation.amount);
    capsMust.plus(`${planYear} ${enterpriseUscc}`, reservation.amount);
    for (const { specId, amount } of reservation.parts) if (amount > 0) countsMust.plus(`${planYear} ${specId}`, 1);
    amountsMust.plus(planYear, reservation.amount);
  };

  return {
    see(stored) {
      if (stored.kind === 'cap') capsAre.set(`${stored.year} ${stored.owner}`, stored.used);
      else if (stored.kind === 'shard') {
        shards.set(stored.year, [...(shards.get(stored.year) ?? []), shardOf(stored.item)]);
      } else if (stored.kind === 'entity') {
        if (stored.entity === 'voucher') seeVoucher(stored.value);
        else if (stored.entity === 'order') seeOrder(stored.value);
      }
    },
    *judge() {
      yield* over;
      let cameBack = 0;
      for (const year of new Set([...shards.keys(), ...accountsMust.keys()])) {
        const { balances, specs } = sumOf(shards.get(year) ?? []);
        cameBack -= balances.recovered;
        yield* accountFindings(year, balances, accountsMust.get(year) ?? new Sums());
        let usedAmount = 0;
        for (const { specId: spec, usedCount, usedAmount: used } of Object.values(specs)) {
          // Quotas of jurisdictions stand beside the specs and count the same money again.
          if (spec.includes(':')) continue;
          usedAmount += used;
          const count = countsMust.get(`${year} ${spec}`) ?? 0;
          if (count !== usedCount) {
            yield finding('spec', `year ${year} ${spec}`, {
              year,
              spec,
              storedCount: usedCount,
              storedAmount: used,
              count,
              amount: amountsMust.get(year) ?? 0,
            });
          }
        }
        const expected = amountsMust.get(year) ?? 0;
        if (usedAmount !== expected) yield finding('amounts', `year ${year}`, { year, stored: usedAmount, expected });
      }
      if (cameBack !== recovered) yield finding('recovered', 'all years', { stored: cameBack, expected: recovered });
      for (const key of new Set([...capsAre.keys(), ...capsMust.keys()])) {
        const stored = capsAre.get(key) ?? 0;
        const expected = capsMust.get(key) ?? 0;
        const [year = ''] = key.split(' ');
        if (stored !== expected) yield finding('cap', key, { year, stored, expected });
      }
    },
  };
}

function* accountFindings(year: number, stored: Balances, must: ReadonlyMap<Held, number>) {
  for (const account of held) {
    const expected = must.get(account) ?? 0;
    if (stored[account] !== expected) {
      yield finding('account', `year ${year}`, { year, account, stored: stored[account], expected });
    }
  }
}

/** What each year's fund paid of a voucher so far. */
function paidBy(voucher: Voucher): readonly { readonly year: number; readonly amount: number }[] {
  if (voucher.paidFrom) return voucher.paidFrom;
  const year = fundYearOf(voucher);
  switch (voucher.status) {
    case 'redeemed':
    case 'recovered':
      return [{ year, amount: paidFor(voucher) }];
    case 'payable':
      return [{ year, amount: voucher.paid ?? 0 }];
    default:
      return [];
  }
}

/** Fen of its specs that a counting voucher has used: neither what was deducted nor what came back. */
function spentOf(voucher: Voucher): number {
  const { status, face, recovered } = voucher;
  if (status === 'refused') return 0;
  const settled = status === 'payable' || status === 'redeemed' || status === 'recovered';
  return (settled ? paidFor(voucher) : face) - (recovered ?? 0);
}
