import { ordersRoutes } from '../contracts/orders.ts';
import { payoutsRoutes } from '../contracts/payouts.ts';
import { planRoutes } from '../contracts/plan.ts';
import type { AnyRouteContract } from '../contracts/route.ts';
import { fenOf } from './business.ts';
import type { Person } from './client.ts';
import type { System } from './system.ts';

/** What the system says of a year, read over HTTP by an inspector, and whether the invariants hold on it. */
export interface Figures {
  readonly orders: number;
  readonly vouchersIssued: number;
  readonly paidFen: number;
  readonly ledgerBalanced: boolean;
  readonly invariants: Readonly<Record<string, boolean>>;
}

// biome-ignore lint/suspicious/noExplicitAny: answers of the API as they are
async function all(person: Person, contract: AnyRouteContract, options: { params?: Record<string, string | number>; query?: Record<string, string | number> }): Promise<any[]> {
  const items = [];
  let cursor: string | undefined;
  do {
    const page = await person.do(contract, { ...options, query: { ...options.query, limit: 100, ...(cursor ? { cursor } : {}) } });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return items;
}
