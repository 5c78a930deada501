import { type Fen, fen } from '../../money/money.ts';
import type { Entitlement, PinnedPolicy } from '../../orders/order.ts';
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

/**
 * The entitlement by what fund, specs and yearly cap have left at this moment. Good for a true answer; that nothing goes
 * over a limit is the condition of the write (clause 一-(二)). A year's money stands in many places: while there is plenty
 * they are read one by one, and only an order that the money itself limits is decided on a view of one moment.
 */
export async function entitleNow(
  reads: Pick<Reads, 'pool' | 'poolEstimate' | 'capUsed'>,
  year: number,
  uscc: string,
  policy: PinnedPolicy,
  asked: Omit<EntitlementFacts, 'limits'> | Promise<Omit<EntitlementFacts, 'limits'>>,
): Promise<Entitlement> {
  const [estimate, capUsed, facts] = await Promise.all([reads.poolEstimate(year), reads.capUsed(year, uscc), asked]);
  const within = (limits: Omit<Limits, 'capUsed'>) =>
    computeEntitlement(policy, { ...facts, limits: { ...limits, capUsed: fen(capUsed) } });
  const entitlement = within(limitsOf(estimate, policy.specs));
  const unlimited = within({
    fundLeft: PLENTY,
    specs: Object.fromEntries(policy.specs.map(({ id }) => [id, { leftAmount: PLENTY, leftCount: 1 }])),
  });
  const sameParts = entitlement.parts.every((part, i) => part.amount === unlimited.parts[i]?.amount);
  if (entitlement.amount === unlimited.amount && sameParts) return entitlement;
  return within(limitsOf(await reads.pool(year), policy.specs));
}

/** More than any fund has, and still exact when a reservation is added to it. */
const PLENTY = fen(1e15);

const limitsOf = ({ balances, specs }: Pool, planned: PinnedPolicy['specs']): Omit<Limits, 'capUsed'> => ({
  fundLeft: atLeastZero(balances.available),
  specs: Object.fromEntries(
    planned.flatMap(({ id }) => {
      const spec = specs[id];
      return spec ? [[id, { leftAmount: atLeastZero(spec.leftAmount), leftCount: spec.leftCount }]] : [];
    }),
  ),
});

const atLeastZero = (amount: number): Fen => fen(Math.max(0, amount));
