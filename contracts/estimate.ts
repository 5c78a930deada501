import * as z from 'zod';
import { kindSchema } from '../core/catalogue/kinds.ts';
import { formatYuan } from '../core/money/money.ts';
import { computeEntitlement } from '../core/subsidy/entitlement.ts';
import { fenOf } from './amounts.ts';
import { jurisdiction, yuan } from './fields.ts';
import type { entitlementAnswer } from './orders.ts';
import type { publishedPlanAnswer } from './plan.ts';
import { traceAnswer } from './sentences.ts';

/** What somebody says who asks what a voucher would be worth, before they are known to the system. */
export const estimateFields = z.strictObject({
  kind: kindSchema,
  /** The whole fee of the contract, after the provider's discount. */
  fee: yuan,
  /** What the enterprise has in vouchers of this year already. */
  alreadyHeld: yuan.prefault('0'),
  /** Where the plan sets quotas for jurisdictions. */
  jurisdiction: jurisdiction.optional(),
});
export type EstimateFields = z.output<typeof estimateFields>;

/**
 * What the voucher of an order of one line would be today, and why: the rule that also decides it when an order is
 * placed, on the figures that the plan has published (clauses 五, 六). It holds nothing, and overtakes nobody who waits.
 */
export function estimateVoucher(
  plan: z.output<typeof publishedPlanAnswer>,
  { kind, fee, alreadyHeld, jurisdiction: place }: EstimateFields,
): z.output<typeof entitlementAnswer> {
  const quota = plan.quotas.find((line) => line.jurisdiction === place);
  const { amount, limitedBy, parts, trace } = computeEntitlement(
    {
      policyVersion: plan.policyVersion,
      parameters: { yearlyCap: fenOf(plan.parameters.yearlyCap), ownShareFloor: fenOf(plan.parameters.ownShareFloor) },
      specs: plan.specs,
    },
    {
      lines: [{ kind, fee }],
      choice: { use: 'maximum' },
      limits: {
        fundLeft: fenOf(plan.fund.left),
        capUsed: alreadyHeld,
        specs: Object.fromEntries(
          plan.specs.map(({ id, leftAmount, leftCount }) => [id, { leftAmount: fenOf(leftAmount), leftCount }]),
        ),
        ...(quota ? { quotas: { jurisdiction: fenOf(quota.leftAmount) } } : {}),
      },
    },
  );
  return {
    amount: formatYuan(amount),
    limitedBy,
    parts: parts.map((part) => ({ ...part, fee: formatYuan(part.fee), amount: formatYuan(part.amount) })),
    derivation: trace.map(traceAnswer),
  };
}
