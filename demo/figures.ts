import { ordersRoutes } from '../contracts/orders.ts';
import { payoutsRoutes } from '../contracts/payouts.ts';
import { planRoutes } from '../contracts/plan.ts';
import { publicityRoutes } from '../contracts/publicity.ts';
import { registryRoutes } from '../contracts/registry.ts';
import type { AnyRouteContract } from '../contracts/route.ts';
import { JOURNAL_PARTITIONS } from '../core/queries.ts';
import { jurisdictions } from '../core/registry/jurisdictions.ts';
import { fenOf } from './business.ts';
import type { Json, Person } from './client.ts';
import type { System } from './system.ts';

/** What the system says of a year, read over HTTP by an inspector, and whether the invariants hold on it. */
export interface Figures {
  readonly orders: number;
  readonly vouchersIssued: number;
  readonly paidFen: number;
  readonly ledgerBalanced: boolean;
  readonly invariants: Readonly<Record<string, boolean>>;
}

async function all(
  person: Person,
  contract: AnyRouteContract,
  options: { params?: Record<string, string | number>; query?: Record<string, string | number> },
): Promise<Json[]> {
  const items = [];
  let cursor: string | undefined;
  do {
    const page = await person.do(contract, {
      ...options,
      query: { ...options.query, limit: 100, ...(cursor ? { cursor } : {}) },
    });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return items;
}

/** Statuses of vouchers whose benefit the enterprise had, has or may have: they count against its yearly cap. */
const counting = ['active', 'used', 'claimed', 'payable', 'redeemed', 'refused'];
const ended = ['void', 'expired'];

export async function readFigures(system: System, year: number): Promise<Figures> {
  const inspector = system.person('inspector');
  const params = { year };
  const fund = await inspector.do(planRoutes.readFund, { params });
  const trial = await inspector.do(planRoutes.trialBalance, { params });
  const plan = await inspector.do(planRoutes.readPublishedPlan, { params });
  const enterpriseIds = await everyEnterprise(inspector);
  const vouchers = (
    await Promise.all(
      enterpriseIds.map((id) => all(inspector, ordersRoutes.listVouchers, { query: { enterpriseId: id } })),
    )
  ).flat();
  const everyVoucher = await Promise.all(
    vouchers.map((v) => inspector.do(ordersRoutes.readVoucher, { params: { voucherId: v.id } })),
  );
  // Limits count in the year of use; money stands in the year of the fund.
  const details = everyVoucher.filter((v) => v.year === year);
  const funded = everyVoucher.filter((v) => v.fundYear === year);
  const caps = await capsOf(inspector, year);
  const orders = (
    await Promise.all(
      enterpriseIds.map((id) => all(inspector, ordersRoutes.listOrders, { query: { enterpriseId: id } })),
    )
  ).flat();
  const payouts = await all(inspector, payoutsRoutes.listPayouts, { query: { year } });
  const lines = (
    await Promise.all(payouts.map((p) => all(inspector, payoutsRoutes.listPayoutLines, { params: { payoutId: p.id } })))
  ).flat();
  const notices = await all(inspector, publicityRoutes.listNotices, { query: { year } });

  const redeemed = (of: readonly Json[]) =>
    sumOf(
      of.filter((v) => v.status === 'redeemed'),
      (v) => fenOf(v.payable),
    );
  const paidFen = redeemed(funded);
  /** Fen of a voucher that the fund still backs or has paid. */
  const backed = (v: { status: string; face: string; payable?: string }) =>
    ended.includes(v.status) || v.status === 'refused'
      ? 0
      : fenOf(v.status === 'payable' || v.status === 'redeemed' ? (v.payable ?? '0.00') : v.face);
  // An order belongs to the plan of the year in which it was placed, in Shanghai.
  const ofYear = orders.filter((o) => o.createdAt.startsWith(`${year}-`));
  const uscc = new Map(everyVoucher.map((v) => [v.enterpriseId, v.enterpriseUscc]));
  const reserved = new Map<string, number>();
  for (const order of ofYear.filter((o) => ['placed', 'answered'].includes(o.status))) {
    const of = uscc.get(order.enterpriseId) ?? '';
    reserved.set(of, (reserved.get(of) ?? 0) + fenOf(order.reservedAmount ?? '0.00'));
  }
  const capHolds = [...caps].every(([uscc, used]) => {
    const live = sumOf(
      details.filter((v) => v.enterpriseUscc === uscc && counting.includes(v.status)),
      (v) => fenOf(v.face),
    );
    return used === live + (reserved.get(uscc) ?? 0) && used <= fenOf(plan.parameters.yearlyCap);
  });
  const specHolds = fund.specs.every((spec: { specId: string; usedAmount: string; usedCount: number }) => {
    const of = details.filter((v) => v.parts.length === 1 && v.parts[0].specId === spec.specId);
    return (
      fenOf(spec.usedAmount) === sumOf(of, backed) &&
      spec.usedCount === of.filter((v) => !ended.includes(v.status)).length
    );
  });
  return {
    orders: ofYear.length,
    vouchersIssued: details.length,
    paidFen,
    ledgerBalanced: trial.balanced === true && trial.unbalanced.length === 0,
    invariants: {
      'every posting sums to zero, balances are the replay of the journal': trial.balanced === true,
      'the fund identity holds': Object.values(fund.identity).every(Boolean),
      'every enterprise’s cap counter is the sum of its vouchers, within the cap': capHolds,
      'spec counters are the sums of their vouchers': specHolds,
      'what was paid is what was redeemed':
        fenOf(fund.balances.paid) === paidFen &&
        sumOf(
          lines.filter((l) => l.status === 'paid'),
          (l) => fenOf(l.amount),
        ) === redeemed(details),
      'nothing is on its way any more':
        fenOf(fund.balances.active) ===
          sumOf(
            funded.filter((v) => ['active', 'used', 'claimed'].includes(v.status)),
            (v) => fenOf(v.face),
          ) && fenOf(fund.balances.accrued) === 0,
      'every notice was open for five working days and closed': notices.every(
        (n) => n.status === 'closed' && n.days.length >= 5,
      ),
      'every payment was approved by two people of two departments': payouts.every(
        (p) => new Set(p.approvals.map((a: { department: string }) => a.department)).size === 2,
      ),
    },
  };
}

/** Fen of the yearly cap by USCC, as the journal adds up; the trial balance says that the counters are the same. */
async function capsOf(inspector: Person, year: number): Promise<ReadonlyMap<string, number>> {
  const partitions = await Promise.all(
    Array.from({ length: JOURNAL_PARTITIONS }, (_, partition) =>
      all(inspector, planRoutes.readJournal, { params: { year }, query: { partition } }),
    ),
  );
  const caps = new Map<string, number>();
  for (const { cap } of partitions.flat()) {
    if (cap) caps.set(cap.uscc, (caps.get(cap.uscc) ?? 0) + signedFen(cap.amount));
  }
  return caps;
}

/** Fen of a movement, which may be negative. */
export const signedFen = (yuan: string): number => (yuan.startsWith('-') ? -fenOf(yuan.slice(1)) : fenOf(yuan));

/** Ids of the enterprises of all 14 jurisdictions. */
async function everyEnterprise(inspector: Person): Promise<readonly string[]> {
  const lists = await Promise.all(
    Object.keys(jurisdictions).map((jurisdiction) =>
      all(inspector, registryRoutes.listOrganisations, { query: { kind: 'enterprise', jurisdiction } }),
    ),
  );
  return lists.flat().map(({ id }) => id);
}

const sumOf = (items: readonly Json[], amount: (item: Json) => number): number =>
  items.reduce((total, item) => total + amount(item), 0);
