import { type BusinessDate, businessDate, compareDates, yearOf } from '../calendar/business-date.ts';
import type { PlanParameters } from '../policy/plan.ts';

/**
 * The last day of a used voucher: its own, or the end of the first claim window that opens after its use if that is
 * later. A provider files one claim a year (clause 七-(一)); a contract that ends in spring, or one delivered after its
 * provider has filed, would otherwise expire before the provider can ever be paid for the money it advanced.
 */
export function validAfterUse(
  usedOn: BusinessDate,
  expiresOn: string,
  { claimWindow }: Pick<PlanParameters, 'claimWindow'>,
): BusinessDate {
  const year = yearOf(usedOn);
  const opens = businessDate(`${year}-${claimWindow.from}`);
  const closes = businessDate(`${usedOn < opens ? year : year + 1}-${claimWindow.to}`);
  const own = businessDate(expiresOn);
  return compareDates(own, closes) > 0 ? own : closes;
}
