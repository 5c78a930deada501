import { fen } from '../../money/money.ts';
import type { PinnedPolicy } from '../../orders/order.ts';
import type { Plan } from '../../policy/plan.ts';
import type { Reads } from '../../ports/store.ts';
import type { Limits } from '../../subsidy/entitlement.ts';

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
 * What fund, specs and yearly cap have left at this moment. Good for a true answer; that nothing goes over a limit is
 * the condition of the write (clause 一-(二)).
 */
export async function readLimits(
  reads: Pick<Reads, 'pool' | 'capUsed'>,
  year: number,
  uscc: string,
  specs: PinnedPolicy['specs'],
): Promise<Limits> {
  const [pool, capUsed] = await Promise.all([reads.pool(year), reads.capUsed(year, uscc)]);
  return {
    fundLeft: fen(Math.max(0, pool.balances.available)),
    capUsed: fen(capUsed),
    specs: Object.fromEntries(
      specs.flatMap(({ id }) => {
        const spec = pool.specs[id];
        return spec ? [[id, { leftAmount: fen(Math.max(0, spec.leftAmount)), leftCount: spec.leftCount }]] : [];
      }),
    ),
  };
}
