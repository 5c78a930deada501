import type { Entitlement } from '../orders/order.ts';
import { type Result, refuse } from '../result.ts';
import type { LimitRule } from './entitlement.ts';

/** The refusal for each limit that can bring a voucher down to nothing. */
const refusals = {
  'ratio-of-fee': 'voucher-below-one-fen',
  'overlapping-days': 'service-days-subsidised',
  'delivered-fee': 'voucher-below-one-fen',
  'asked-amount': 'voucher-below-one-fen',
  'no-voucher-asked': 'voucher-below-one-fen',
  'issued-face-limit': 'voucher-below-one-fen',
  'category-without-spec': 'category-not-in-plan',
  'spec-count-limit': 'spec-count-exhausted',
  'spec-amount-limit': 'spec-amount-exhausted',
  'yearly-cap-limit': 'yearly-cap-reached',
  'jurisdiction-quota-limit': 'jurisdiction-quota-exhausted',
  'provider-quota-limit': 'provider-quota-exhausted',
  'fund-limit': 'fund-exhausted',
  'own-share-limit': 'own-share-below-floor',
} as const satisfies Record<LimitRule, string>;

/** Refuses an order whose voucher comes to nothing, with the rule that took the last of it and what can be done. */
export function refuseNothingLeft(entitlement: Entitlement, year: number): Result<never> {
  const step = entitlement.trace.findLast(({ rule }) => rule === entitlement.limitedBy);
  const rule = refusals[entitlement.limitedBy as LimitRule] ?? 'voucher-below-one-fen';
  return refuse(rule, { values: { ...step?.values, year } });
}
