import { businessDateOf, yearOf } from '../../core/calendar/business-date.ts';
import type { Category } from '../../core/catalogue/kinds.ts';
import { openPlan } from '../../demo/business.ts';
import type { System } from '../../demo/system.ts';

/** What each category gets, and how many vouchers of it: enough of two, and of platform systems less than one order takes. */
const shares: Readonly<Record<Category, { readonly amount: string; readonly count: number }>> = {
  infrastructure: { amount: '60000.00', count: 50 },
  'business-application': { amount: '80000.00', count: 50 },
  'platform-system': { amount: '1000.00', count: 20 },
};

/** Drafts, signs and opens the plan of the year that the clock stands in, with other amounts where a test needs them. Answers the year. */
export async function openYearlyPlan(
  system: System,
  amounts: Partial<Readonly<Record<Category, string>>> = {},
): Promise<number> {
  const year = yearOf(businessDateOf(system.clock.now()));
  const specs = (Object.keys(shares) as Category[]).map((category) => ({
    category,
    ...shares[category],
    ...(amounts[category] ? { amount: amounts[category] } : {}),
  }));
  await openPlan(system, { year, appropriation: '200000.00', specs });
  return year;
}
