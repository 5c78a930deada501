import type { Category } from '../catalogue/kinds.ts';
import type { EntitlementPart } from './order.ts';

const codes: Record<Category, string> = {
  infrastructure: 'INF',
  'business-application': 'APP',
  'platform-system': 'PLT',
};

/** The number people see, such as `NM2026-INF-7K2M9QX4TD`: region, year, category (`MIX` for several), part of the id. */
export function voucherNumber(id: string, year: number, parts: readonly Pick<EntitlementPart, 'category'>[]): string {
  const [first, ...others] = parts;
  const code = first && others.length === 0 ? codes[first.category] : 'MIX';
  return `NM${year}-${code}-${id.slice(-10)}`;
}
