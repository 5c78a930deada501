import { bankSerialKey, invoiceKey } from '../../core/claims/evidence.ts';
import { contractNumberKey } from '../../core/orders/contract.ts';
import type { UniqueKind } from '../../core/ports/store.ts';
import { usccKey } from '../../core/registry/organisation.ts';
import { uniqueKey } from '../../storage/keys.ts';
import { NOBODY } from '../../storage/transaction.ts';
import type { Check } from '../check.ts';
import { findingsOf } from '../finding.ts';
import type { Stored } from '../stored.ts';

const finding = findingsOf('uniqueness', {
  free: {
    zh: '{kind} 未登记为已占用：同一事项可能被再次计入（五-(三)）。',
    en: 'Its {kind} is not on record as taken: the same thing may count again (五-(三)).',
    repairZh: '补写占用记录，所有者为 {owner}。',
    repairEn: 'Write the record with the owner {owner}.',
  },
  twice: {
    zh: '{kind} 由 {recorded} 占用，而 {owner} 也使用它（五-(三)）。',
    en: 'Its {kind} is taken by {recorded}, and {owner} uses it too (五-(三)).',
    repairZh: '冻结两者，由审核决定哪一个计入。',
    repairEn: 'Freeze both; an auditor decides which of them counts.',
  },
  ownerless: {
    zh: '{kind} 由不存在的 {recorded} 占用：无人再能使用它。',
    en: 'A {kind} is taken by {recorded}, which does not exist: nobody can use it any more.',
    repairZh: '从备份中取回所有者，或释放该占用。',
    repairEn: 'Take the owner from a backup, or release it.',
  },
});

/** What is owned by a record that this check sees. */
const ownedBy = {
  'contract-number': 'order',
  invoice: 'claimItem',
  'claim-window': 'claim',
  'organisation-uscc': 'organisation',
  'evidence-document': 'claimItem',
} as const satisfies Partial<Record<UniqueKind, string>>;

interface Taken {
  readonly kind: UniqueKind;
  readonly key: string;
  readonly owner: string;
}

/** What counts once, ever, is on record for whoever uses it, and only for them (clause 五-(三)). */
export function uniqueness(): Check {
  /** On record and not seen in use yet, and the other way round: what meets its other half is done with. */
  const recorded = new Map<string, { readonly kind: string; readonly owner: string }>();
  const used = new Map<string, Taken[]>();
  const owners = { order: new Set(), claimItem: new Set(), claim: new Set(), organisation: new Set() };

  return {
    see(stored) {
      if (stored.kind === 'unique' && stored.owner !== NOBODY) {
        recorded.set(stored.name, { kind: stored.unique, owner: stored.owner });
      }
      if (stored.kind !== 'entity') return;
      if (stored.entity in owners && 'id' in stored.value) {
        owners[stored.entity as keyof typeof owners].add(stored.value.id);
      }
      for (const taken of takenBy(stored)) {
        const name = uniqueKey(taken.kind, taken.key).pk;
        used.set(name, [...(used.get(name) ?? []), taken]);
      }
    },
    *judge() {
      for (const [name, users] of used) {
        const record = recorded.get(name);
        for (const { kind, owner } of users) {
          if (!record) yield finding('free', owner, { kind, owner });
          else if (record.owner !== owner) yield finding('twice', owner, { kind, owner, recorded: record.owner });
        }
      }
      for (const [name, { kind, owner }] of recorded) {
        if (!(kind in ownedBy)) continue;
        const entity = ownedBy[kind as keyof typeof ownedBy];
        if (!owners[entity].has(owner)) yield finding('ownerless', name, { kind, recorded: owner });
      }
    },
  };
}

/** What an entity uses that counts once. */
function takenBy(stored: Extract<Stored, { kind: 'entity' }>): Taken[] {
  switch (stored.entity) {
    case 'order': {
      const { id: owner, providerId, contract, signedAt } = stored.value;
      if (!contract || signedAt === undefined) return [];
      return [{ kind: 'contract-number', key: contractNumberKey(providerId, contract.number), owner }];
    }
    case 'claimItem': {
      const { id: owner, status, invoices, transfers } = stored.value;
      if (status === 'withdrawn') return [];
      return [
        ...invoices.map((invoice) => ({ kind: 'invoice' as const, key: invoiceKey(invoice), owner })),
        ...transfers.map(({ serial }) => ({ kind: 'bank-serial' as const, key: bankSerialKey(serial), owner })),
      ];
    }
    case 'claim': {
      const { id: owner, providerId, year } = stored.value;
      return [{ kind: 'claim-window', key: `${providerId}#${year}`, owner }];
    }
    case 'organisation': {
      const { id: owner, status } = stored.value;
      return status === 'annulled' ? [] : [{ kind: 'organisation-uscc', key: usccKey(stored.value), owner }];
    }
    default:
      return [];
  }
}
