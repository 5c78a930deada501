import { type BusinessDate, businessDate, compareDates, yearOf } from '../calendar/business-date.ts';
import type { PlanParameters } from '../policy/plan.ts';

/**
 * The last day of a used voucher: its own, or the end of the first claim window that closes after its use if that is
 * later. Claims are filed once a year (clause 七-(一)); a contract that ends in spring would otherwise expire before
 * the provider can ever be paid for the money it advanced.
 */
export function validAfterUse(
  usedOn: BusinessDate,
  expiresOn: string,
  { claimWindow }: Pick<PlanParameters, 'claimWindow'>,
): BusinessDate {
  const year = yearOf(usedOn);
  const thisYears = businessDate(`${year}-${claimWindow.to}`);
  const closes = usedOn <= thisYears ? thisYears : businessDate(`${year + 1}-${claimWindow.to}`);
  const own = businessDate(expiresOn);
  return compareDates(own, closes) > 0 ? own : closes;
}
