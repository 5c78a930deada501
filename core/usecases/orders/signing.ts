import { businessDateOf, yearOf } from '../../calendar/business-date.ts';
import type { Contract, Entitlement, Order, PinnedPolicy } from '../../orders/order.ts';
import { openPlan } from '../../policy/current-plan.ts';
import type { Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { entitleNow } from './limits.ts';

/** What the signature of an order would issue: nothing, or a voucher computed by the pinned policy. */
export type Signing =
  | { readonly voucher: false }
  | { readonly voucher: true; readonly policy: PinnedPolicy; readonly entitlement: Entitlement };

/**
 * The entitlement of an order by its contract (clause 六): computed by the policy version it was placed under, limited
 * by what was chosen and by what is left now, its own reservation included. A voucher counts in the year in which it
 * becomes active (五-(三)), so an order of another year cannot be signed.
 */
export async function signingOf(reads: Reads, order: Order, contract: Contract, at: number): Promise<Result<Signing>> {
  const { policy, choice } = order;
  if (choice.use === 'none' || !policy) return ok({ voucher: false });
  if (yearOf(businessDateOf(at)) !== order.planYear)
    return refuse('order-of-another-year', { values: { year: order.planYear } });
  const held = order.reservation?.parts ?? [];
  const facts = { lines: contract.lines, choice, held };
  const [plan, entitlement] = await Promise.all([
    openPlan(reads, order.planYear),
    entitleNow(reads, order.planYear, order.enterpriseUscc, policy, facts),
  ]);
  if (!plan.ok) return plan;
  return ok({ voucher: true, policy, entitlement });
}
