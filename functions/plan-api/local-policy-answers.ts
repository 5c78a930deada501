import type * as z from 'zod';
import type {
  LocalTermsBody,
  localFundAnswer,
  localFundsAnswer,
  localJournalEntry,
  localPolicyAnswer,
  publishedLocalPoliciesAnswer,
} from '../../contracts/topups.ts';
import { toShanghaiIso } from '../../core/calendar/business-date.ts';
import { type LocalBalances, type LocalPosting, localAccounts } from '../../core/topups/local-ledger.ts';
import type { LocalPolicy, LocalTerms } from '../../core/topups/local-policy.ts';
import type { LocalFundState, LocalFunds, PublishedPolicies } from '../../core/usecases/topups/read-local-policies.ts';
import { money } from '../_runtime/money.ts';

/** A policy's terms from the body of a request; a category named twice is named. */
export const toTerms = ({
  name,
  basis,
  ratio,
  categories,
  orderMaximum,
  enterpriseMaximum,
  priority,
  fund,
}: LocalTermsBody): LocalTerms => ({
  name,
  basis,
  ratio,
  categories: [...new Set(categories)],
  orderMaximum,
  enterpriseMaximum,
  priority,
  fund,
});

const termsAnswer = (terms: LocalTerms) => ({
  ...terms,
  orderMaximum: money(terms.orderMaximum),
  enterpriseMaximum: money(terms.enterpriseMaximum),
  fund: money(terms.fund),
});

export const toLocalPolicyAnswer = (policy: LocalPolicy): z.input<typeof localPolicyAnswer> => ({
  id: policy.id,
  version: policy.version,
  status: policy.status,
  jurisdiction: policy.jurisdiction,
  year: policy.year,
  ...termsAnswer(policy.terms),
  drafters: policy.drafters,
  ...(policy.enactedAt === undefined ? {} : { enactedAt: toShanghaiIso(policy.enactedAt) }),
  enactedBy: policy.enactedBy,
  ...(policy.endedAt === undefined ? {} : { endedAt: toShanghaiIso(policy.endedAt) }),
  endedBy: policy.endedBy,
  ...(policy.endReason === undefined ? {} : { endReason: policy.endReason }),
  names: policy.names,
});

export const toPublishedLocalPoliciesAnswer = ({
  jurisdiction,
  year,
  policies,
}: PublishedPolicies): z.input<typeof publishedLocalPoliciesAnswer> => ({
  jurisdiction,
  year,
  items: policies.map(({ id, terms, enactedAt, endedAt }) => ({
    id,
    ...termsAnswer(terms),
    inForce: endedAt === undefined,
    enactedAt: toShanghaiIso(enactedAt),
    ...(endedAt === undefined ? {} : { endedAt: toShanghaiIso(endedAt) }),
  })),
});

export const toLocalFundAnswer = ({ policy, balances }: LocalFundState): z.input<typeof localFundAnswer> => ({
  policyId: policy.id,
  jurisdiction: policy.jurisdiction,
  year: policy.year,
  status: policy.status,
  balances: toLocalBalances(balances),
});

const toLocalBalances = ({ appropriation, available, granted, used }: LocalBalances) => ({
  appropriation: money(appropriation),
  available: money(available),
  granted: money(granted),
  used: money(used),
});

export const toLocalFundsAnswer = ({
  jurisdiction,
  year,
  funds,
  total,
}: LocalFunds): z.input<typeof localFundsAnswer> => ({
  jurisdiction,
  year,
  items: funds.map(({ policy: { id, terms, endedAt }, balances }) => ({
    policyId: id,
    name: terms.name,
    status: endedAt === undefined ? 'in-force' : 'ended',
    balances: toLocalBalances(balances),
  })),
  total: toLocalBalances(total),
});

export const toLocalJournalEntry = (posting: LocalPosting): z.input<typeof localJournalEntry> => ({
  id: posting.id,
  at: toShanghaiIso(posting.at),
  reason: posting.reason,
  reference: posting.reference,
  orderId: posting.orderId,
  actor: posting.actor,
  by: posting.by,
  entries: Object.fromEntries(
    localAccounts.flatMap((account) => {
      const amount = posting.entries[account];
      return amount === undefined ? [] : [[account, money(amount)]];
    }),
  ),
  enterprise: posting.enterprise && { uscc: posting.enterprise.uscc, amount: money(posting.enterprise.amount) },
});
