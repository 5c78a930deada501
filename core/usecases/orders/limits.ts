import { type Fen, fen } from '../../money/money.ts';
import type { Entitlement, PinnedPolicy } from '../../orders/order.ts';
import { behindList, type WaitingList } from '../../orders/waiting-list.ts';
import type { Plan } from '../../policy/plan.ts';
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
  reads: Pick<Reads, 'get' | 'pool' | 'poolEstimate' | 'capUsed'>,
  year: number,
  uscc: string,
  policy: PinnedPolicy,
  asked: Omit<EntitlementFacts, 'limits'> | Promise<Omit<EntitlementFacts, 'limits'>>,
): Promise<Entitled> {
  const [estimate, capUsed, facts] = await Promise.all([reads.poolEstimate(year), reads.capUsed(year, uscc), asked]);
  const within = (limits: Omit<Limits, 'capUsed'>) =>
    computeEntitlement(policy, { ...facts, limits: { ...limits, capUsed: fen(capUsed) } });
  const unlimited = within(withoutPool(policy.specs));
  if (estimate.waiting) {
    const [list, pool] = await Promise.all([reads.get('waitingList', { year }), reads.pool(year)]);
    if (list) return { entitlement: within(behindList(limitsOf(pool, policy.specs), list)), unlimited, list };
  }
  const entitlement = within(limitsOf(estimate, policy.specs));
  const sameParts = entitlement.parts.every((part, i) => part.amount === unlimited.parts[i]?.amount);
  if (entitlement.amount === unlimited.amount && sameParts) return { entitlement, unlimited };
  return { entitlement: within(limitsOf(await reads.pool(year), policy.specs)), unlimited };
}

/** More than any fund has, and still exact when a reservation is added to it. */
const PLENTY = fen(1e15);

/** The limits of a pool that has enough for everybody. */
export const withoutPool = (specs: PinnedPolicy['specs']): Omit<Limits, 'capUsed'> => ({
  fundLeft: PLENTY,
  specs: Object.fromEntries(specs.map(({ id }) => [id, { leftAmount: PLENTY, leftCount: 1 }])),
});

export const limitsOf = ({ balances, specs }: Pool, planned: PinnedPolicy['specs']): Omit<Limits, 'capUsed'> => ({
  fundLeft: atLeastZero(balances.available),
  specs: Object.fromEntries(
    planned.flatMap(({ id }) => {
      const spec = specs[id];
      return spec ? [[id, { leftAmount: atLeastZero(spec.leftAmount), leftCount: spec.leftCount }]] : [];
    }),
  ),
});

const atLeastZero = (amount: number): Fen => fen(Math.max(0, amount));
