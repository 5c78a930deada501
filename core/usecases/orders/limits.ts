import { type Fen, fen } from '../../money/money.ts';
import type { Entitlement, PinnedPolicy } from '../../orders/order.ts';
import { behindList, type WaitingList } from '../../orders/waiting-list.ts';
import type { Plan } from '../../policy/plan.ts';
import { type Quotas, quotaLine, quotasOf } from '../../policy/quotas.ts';
import type { Pool, Reads } from '../../ports/store.ts';
import { computeEntitlement, type EntitlementFacts, type Limits } from '../../subsidy/entitlement.ts';

/** What of a plan an order pins (clause 五-(一)). */
export const pin = ({ policyVersion, parameters, specs }: Plan): PinnedPolicy => ({
  policyVersion,
  parameters: {
    yearlyCap: parameters.yearlyCap,
    ownShareFloor: parameters.ownShareFloor,
    voucherValidityDays: parameters.voucherValidityDays,
    renewalOfSameService: parameters.renewalOfSameService,
    claimWindow: parameters.claimWindow,
    ...(parameters.jurisdictionQuotas ? { jurisdictionQuotas: parameters.jurisdictionQuotas } : {}),
    ...(parameters.providerQuota === undefined ? {} : { providerQuota: parameters.providerQuota }),
  },
  specs: specs.map(({ id, category, ratio }) => ({ id, category, ratio })),
});

/** What an order is entitled to, and what it would be if fund and specs had enough. */
export interface Entitled {
  readonly entitlement: Entitlement;
  readonly unlimited: Entitlement;
  /** The waiting list it was decided behind: a write that takes money must find it unchanged. */
  readonly list?: WaitingList;
}

/**
 * The entitlement by what fund, specs and yearly cap have left at this moment. Good for a true answer; that nothing goes
 * over a limit is the condition of the write (clause 一-(二)). A year's money stands in many places: while there is plenty
 * they are read one by one, and only an order that the money itself limits, or that others wait before, is decided on a
 * view of one moment.
 */
export async function entitleNow(
  reads: Pick<Reads, 'get' | 'pool' | 'poolEstimate' | 'capUsed' | 'providerUsed'>,
  year: number,
  parties: Parties,
  policy: PinnedPolicy,
  asked: Omit<EntitlementFacts, 'limits'> | Promise<Omit<EntitlementFacts, 'limits'>>,
): Promise<Entitled> {
  const quotas = quotasOf(policy.parameters, parties);
  const [estimate, used, facts] = await Promise.all([
    reads.poolEstimate(year),
    usedBy(reads, year, parties.enterpriseUscc, quotas),
    asked,
  ]);
  const within = (pool: Pool, list?: WaitingList) => entitleWithin(pool, { used, quotas }, policy, facts, list);
  if (estimate.waiting) {
    const [list, pool] = await Promise.all([reads.get('waitingList', { year }), reads.pool(year)]);
    if (list) return within(pool, list);
  }
  const estimated = within(estimate);
  const { entitlement, unlimited } = estimated;
  const sameParts = entitlement.parts.every((part, i) => part.amount === unlimited.parts[i]?.amount);
  const quotaBinds = quotas?.jurisdiction !== undefined && unlimited.limitedBy === 'jurisdiction-quota-limit';
  if (entitlement.amount === unlimited.amount && sameParts && !quotaBinds) return estimated;
  return within(await reads.pool(year));
}

/** The entitlement by what this pool has left; with a list, behind everybody who waits in it. */
export function entitleWithin(
  pool: Pool,
  { used, quotas }: { readonly used: Used; readonly quotas: Quotas | undefined },
  policy: PinnedPolicy,
  facts: Omit<EntitlementFacts, 'limits'>,
  list?: WaitingList,
): Entitled {
  const own = ownLimits(pool, used, quotas);
  const left = limitsOf(pool, policy.specs);
  const compute = (limits: PoolLimits) => computeEntitlement(policy, { ...facts, limits: { ...limits, ...own } });
  return {
    entitlement: compute(list ? behindList(left, list) : left),
    unlimited: compute(withoutPool(policy.specs)),
    ...(list ? { list } : {}),
  };
}

/** Whose limits an order counts against. */
export interface Parties {
  readonly enterpriseUscc: string;
  readonly jurisdiction: string;
  readonly providerId: string;
}

/** Fen that enterprise and provider have used of what is theirs alone. */
export interface Used {
  readonly cap: Fen;
  readonly provider: Fen;
}

export async function usedBy(
  reads: Pick<Reads, 'capUsed' | 'providerUsed'>,
  year: number,
  uscc: string,
  quotas: Quotas | undefined,
): Promise<Used> {
  const [cap, provider] = await Promise.all([
    reads.capUsed(year, uscc),
    quotas?.provider ? reads.providerUsed(year, quotas.provider.id) : 0,
  ]);
  return { cap: fen(cap), provider: fen(provider) };
}

type PoolLimits = Pick<Limits, 'fundLeft' | 'specs'>;

/** The limits that don't depend on how much money fund and specs have: nobody waits for those. */
function ownLimits(pool: Pool, used: Used, quotas: Quotas | undefined): Pick<Limits, 'capUsed' | 'quotas'> {
  const { jurisdiction, provider } = quotas ?? {};
  return {
    capUsed: used.cap,
    ...(quotas
      ? {
          quotas: {
            ...(jurisdiction
              ? { jurisdiction: atLeastZero(pool.specs[quotaLine(jurisdiction)]?.leftAmount ?? 0) }
              : {}),
            ...(provider ? { provider: atLeastZero(provider.quota - used.provider) } : {}),
          },
        }
      : {}),
  };
}

/** More than any fund has, and still exact when a reservation is added to it. */
const PLENTY = fen(1e15);

/** The limits of a pool that has enough for everybody. */
export const withoutPool = (specs: PinnedPolicy['specs']): PoolLimits => ({
  fundLeft: PLENTY,
  specs: Object.fromEntries(specs.map(({ id }) => [id, { leftAmount: PLENTY, leftCount: 1 }])),
});

const limitsOf = ({ balances, specs }: Pool, planned: PinnedPolicy['specs']): PoolLimits => ({
  fundLeft: atLeastZero(balances.available),
  specs: Object.fromEntries(
    planned.flatMap(({ id }) => {
      const spec = specs[id];
      return spec ? [[id, { leftAmount: atLeastZero(spec.leftAmount), leftCount: spec.leftCount }]] : [];
    }),
  ),
});

const atLeastZero = (amount: number): Fen => fen(Math.max(0, amount));
