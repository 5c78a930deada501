import { ordersRoutes } from '../contracts/orders.ts';
import { payoutsRoutes } from '../contracts/payouts.ts';
import { planRoutes } from '../contracts/plan.ts';
import { publicityRoutes } from '../contracts/publicity.ts';
import { registryRoutes } from '../contracts/registry.ts';
import type { AnyRouteContract } from '../contracts/route.ts';
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
  const enterprises = trial.caps.map((cap: { uscc: string }) => cap.uscc);
  const vouchers = (
    await Promise.all(
      enterpriseIds.map((id) => all(inspector, ordersRoutes.listVouchers, { query: { enterpriseId: id } })),
    )
  ).flat();
  const details = await Promise.all(
    vouchers.map((v) => inspector.do(ordersRoutes.readVoucher, { params: { voucherId: v.id } })),
  );
  const orders = (
    await Promise.all(
      enterpriseIds.map((id) => all(inspector, ordersRoutes.listOrders, { query: { enterpriseId: id } })),
    )
  ).flat();
  const reserved = orders.filter((o) => o.status === 'placed' || o.status === 'answered');
  const payouts = await all(inspector, payoutsRoutes.listPayouts, { query: { year } });
  const lines = (
    await Promise.all(payouts.map((p) => all(inspector, payoutsRoutes.listPayoutLines, { params: { payoutId: p.id } })))
  ).flat();
  const notices = await all(inspector, publicityRoutes.listNotices, { query: { year } });

  const paidFen = sumOf(
    details.filter((v) => v.status === 'redeemed'),
    (v) => fenOf(v.payable),
  );
  /** Fen of a voucher that the fund still backs or has paid. */
  const backed = (v: { status: string; face: string; payable?: string }) =>
    ended.includes(v.status) || v.status === 'refused'
      ? 0
      : fenOf(v.status === 'payable' || v.status === 'redeemed' ? (v.payable ?? '0.00') : v.face);
  const capHolds = enterprises.every((uscc: string) => {
    const stored = fenOf(trial.caps.find((cap: { uscc: string }) => cap.uscc === uscc)?.stored ?? '0.00');
    const live = sumOf(
      details.filter((v) => v.enterpriseUscc === uscc && counting.includes(v.status)),
      (v) => fenOf(v.face),
    );
    return reserved.length === 0
      ? stored === live && stored <= fenOf(plan.parameters.yearlyCap)
      : stored <= fenOf(plan.parameters.yearlyCap);
  });
  const specHolds = fund.specs.every((spec: { specId: string; usedAmount: string; usedCount: number }) => {
    const of = details.filter((v) => v.parts.length === 1 && v.parts[0].specId === spec.specId);
    return (
      fenOf(spec.usedAmount) === sumOf(of, backed) &&
      spec.usedCount === of.filter((v) => !ended.includes(v.status)).length
    );
  });
  return {
    orders: orders.length,
    vouchersIssued: vouchers.length,
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
        ) === paidFen,
      'nothing is on its way any more':
        fenOf(fund.balances.active) ===
          sumOf(
            details.filter((v) => ['active', 'used', 'claimed'].includes(v.status)),
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
