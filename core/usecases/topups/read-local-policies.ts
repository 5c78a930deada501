import { type Actor, maySee } from '../../actors/actor.ts';
import { businessDateOf, yearOf } from '../../calendar/business-date.ts';
import type { Ports, QueryUseCase } from '../../ports/context.ts';
import { pageArguments } from '../../ports/pages.ts';
import type { Page } from '../../ports/store.ts';
import type { Jurisdiction } from '../../registry/jurisdictions.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { type LocalBalances, type LocalPosting, replayLocal } from '../../topups/local-ledger.ts';
import type { LocalPolicy, PublishedLocalPolicy } from '../../topups/local-policy.ts';
import { visibleLocalPolicy } from './stored-local-policy.ts';

export interface PublishedPolicies {
  readonly jurisdiction: Jurisdiction;
  readonly year: number;
  readonly policies: readonly PublishedLocalPolicy[];
}

/** What a jurisdiction has published for a year, this one by default: in force, or ended since (clause 八-(一)). */
export const makeReadPublishedLocalPolicies =
  ({ reads }: Pick<Ports, 'reads'>) =>
  async (input: {
    readonly jurisdiction: Jurisdiction;
    readonly year?: number | undefined;
    readonly at: number;
  }): Promise<Result<PublishedPolicies>> => {
    const { jurisdiction, year = yearOf(businessDateOf(input.at)) } = input;
    const scheme = await reads.get('localScheme', { jurisdiction, year });
    return ok({ jurisdiction, year, policies: scheme?.policies ?? [] });
  };

export interface LocalPoliciesPage {
  readonly jurisdiction: Jurisdiction;
  readonly year: number;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Policies of a jurisdiction for a year, drafts too. A city reviewer names the own one. */
export const makeListLocalPolicies =
  ({ reads }: Pick<Ports, 'reads'>): QueryUseCase<LocalPoliciesPage, Page<LocalPolicy>> =>
  async ({ jurisdiction, year, ...page }, actor) =>
    actor.role === 'city-reviewer' && actor.jurisdiction !== jurisdiction
      ? refuse('jurisdiction-forbidden')
      : ok(await reads.list('localPolicies', { jurisdiction, year }, pageArguments(page)));

export const makeReadLocalPolicy =
  ({ reads }: Pick<Ports, 'reads'>): QueryUseCase<{ readonly policyId: string }, LocalPolicy> =>
  ({ policyId }, actor) =>
    visibleLocalPolicy(reads, policyId, actor);

export interface LocalFundState {
  readonly policy: LocalPolicy;
  readonly balances: LocalBalances;
}

/** What the fund of a policy has left, what is granted, and what its jurisdiction owes (clause 一-(三)). */
export const makeReadLocalFund =
  ({ reads }: Pick<Ports, 'reads'>): QueryUseCase<{ readonly policyId: string }, LocalFundState> =>
  async ({ policyId }, actor) => {
    const policy = await visibleLocalPolicy(reads, policyId, actor);
    return policy.ok ? ok({ policy: policy.value, balances: await reads.localFund(policyId) }) : policy;
  };

export interface LocalFunds extends Omit<PublishedPolicies, 'policies'> {
  readonly funds: readonly { readonly policy: PublishedLocalPolicy; readonly balances: LocalBalances }[];
  readonly total: LocalBalances;
}

/** What the funds of a jurisdiction's published policies hold and owe for a year, this one by default (clause 一-(三)). */
export const makeReadLocalFunds =
  ({ reads }: Pick<Ports, 'reads'>) =>
  async (
    input: { readonly jurisdiction: Jurisdiction; readonly year?: number | undefined; readonly at: number },
    actor: Actor,
  ): Promise<Result<LocalFunds>> => {
    if (!maySee(actor, { organisations: [], jurisdiction: input.jurisdiction })) return refuse('not-found');
    const published = await makeReadPublishedLocalPolicies({ reads })(input);
    if (!published.ok) return published;
    const { policies, ...of } = published.value;
    const funds = await Promise.all(
      policies.map(async (policy) => ({ policy, balances: await reads.localFund(policy.id) })),
    );
    return ok({ ...of, funds, total: replayLocal(funds.map(({ balances }) => ({ entries: balances }))) });
  };

/** Movements of the fund of a policy, newest first. */
export const makeReadLocalJournal =
  ({
    reads,
  }: Pick<Ports, 'reads'>): QueryUseCase<
    { readonly policyId: string; readonly limit: number; readonly cursor?: string | undefined },
    Page<LocalPosting>
  > =>
  async ({ policyId, ...page }, actor) => {
    const policy = await visibleLocalPolicy(reads, policyId, actor);
    return policy.ok ? ok(await reads.list('localJournal', { policyId }, pageArguments(page))) : policy;
  };
