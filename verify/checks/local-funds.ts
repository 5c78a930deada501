import type { Voucher, VoucherStatus } from '../../core/orders/voucher.ts';
import { localAccounts, replayLocal } from '../../core/topups/local-ledger.ts';
import { localBalancesOf } from '../../storage/local-funds.ts';
import type { Check } from '../check.ts';
import { findingsOf } from '../finding.ts';

const repair = {
  repairZh: '以该政策的变动记录为准更正余额。',
  repairEn: 'The movements of the policy are right: set what differs to them.',
};
const finding = findingsOf('local-funds', {
  balance: {
    zh: '地方资金科目 {account} 为 {stored} 分，按变动记录为 {replayed} 分。',
    en: 'The local fund has {stored} fen in {account}; its movements come to {replayed} fen.',
    ...repair,
  },
  used: {
    zh: '企业已得 {stored} 分，按变动记录为 {replayed} 分。',
    en: 'An enterprise had {stored} fen of it; the movements come to {replayed} fen.',
    ...repair,
  },
  vouchers: {
    zh: '科目 {account} 为 {stored} 分，而券上的地方配套为 {expected} 分（一-(三)）。',
    en: 'The account {account} has {stored} fen; top-ups of vouchers come to {expected} fen (一-(三)).',
    ...repair,
  },
});

type Entries = ReturnType<typeof replayLocal>;

/** Delivered, so that the jurisdiction owes the top-up whatever becomes of the voucher. */
const delivered: readonly VoucherStatus[] = ['used', 'claimed', 'payable', 'redeemed', 'recovered', 'refused'];

/** Funds of local policies: their movements, their balances, and the top-ups of vouchers (clause 一-(三)). */
export function localFunds(): Check {
  const movements = new Map<string, Entries>();
  const usedMust = new Map<string, number>();
  const usedIs = new Map<string, number>();
  const balances = new Map<string, Entries>();
  const topUps = new Map<string, { granted: number; used: number }>();

  const seeVoucher = ({ status, localTopUps = [] }: Voucher) => {
    const account = status === 'active' ? 'granted' : delivered.includes(status) ? 'used' : undefined;
    if (!account) return;
    for (const { policyId, amount } of localTopUps) {
      const sums = topUps.get(policyId) ?? { granted: 0, used: 0 };
      sums[account] += amount;
      topUps.set(policyId, sums);
    }
  };

  return {
    see(stored) {
      switch (stored.kind) {
        case 'local-posting': {
          const { policyId, entries, enterprise } = stored.posting;
          const before = movements.get(policyId);
          movements.set(policyId, replayLocal([{ entries: before ?? {} }, { entries }]));
          if (enterprise) {
            const key = `${policyId} ${enterprise.uscc}`;
            usedMust.set(key, (usedMust.get(key) ?? 0) + enterprise.amount);
          }
          return;
        }
        case 'local-fund':
          balances.set(stored.policyId, localBalancesOf(stored.item));
          return;
        case 'local-used':
          usedIs.set(`${stored.policyId} ${stored.owner}`, stored.used);
          return;
        case 'entity':
          if (stored.entity === 'voucher') seeVoucher(stored.value);
      }
    },
    *judge() {
      for (const policyId of new Set([...movements.keys(), ...balances.keys(), ...topUps.keys()])) {
        const is = balances.get(policyId) ?? localBalancesOf(undefined);
        const must = movements.get(policyId) ?? localBalancesOf(undefined);
        for (const account of localAccounts) {
          if (is[account] === must[account]) continue;
          yield finding('balance', policyId, { account, stored: is[account], replayed: must[account] });
        }
        const owed = topUps.get(policyId) ?? { granted: 0, used: 0 };
        for (const account of ['granted', 'used'] as const) {
          if (is[account] === owed[account]) continue;
          yield finding('vouchers', policyId, { account, stored: is[account], expected: owed[account] });
        }
      }
      for (const key of new Set([...usedMust.keys(), ...usedIs.keys()])) {
        const stored = usedIs.get(key) ?? 0;
        const replayed = usedMust.get(key) ?? 0;
        if (stored !== replayed) yield finding('used', key, { stored, replayed });
      }
    },
  };
}
