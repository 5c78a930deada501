import { businessDate, businessDateOf, yearOf } from '../../calendar/business-date.ts';
import type { Kind } from '../../catalogue/kinds.ts';
import type { Contract, Entitlement, Order, PinnedPolicy } from '../../orders/order.ts';
import { overlappingDays, type ServiceDays, type WantedService } from '../../orders/same-service.ts';
import type { WaitingList } from '../../orders/waiting-list.ts';
import { openPlan } from '../../policy/current-plan.ts';
import type { Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import type { FeeLine } from '../../subsidy/entitlement.ts';
import type { LocalScheme } from '../../topups/local-policy.ts';
import type { TopUp } from '../../topups/top-up.ts';
import { schemeOf, topUpsNow } from '../topups/top-ups-now.ts';
import { entitleNow } from './limits.ts';
import { type KnownServices, knownServices } from './service-history.ts';

/** What the signature of an order would issue: nothing, or a voucher computed by the pinned policy. */
export type Signing =
  | { readonly voucher: false }
  | {
      readonly voucher: true;
      readonly policy: PinnedPolicy;
      readonly entitlement: Entitlement;
      /** The waiting list that was found. */
      readonly list?: WaitingList;
      readonly services: KnownServices;
      readonly wanted: WantedService;
      /** Days of each kind that overlaps with an earlier voucher. */
      readonly serviceDays: ReadonlyMap<Kind, ServiceDays>;
      /** What local policies would add (clause 一-(三)), by the policies as they were read. */
      readonly localTopUps: readonly TopUp[];
      readonly scheme: LocalScheme | undefined;
    };

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
  const wanted = wantedBy(contract);
  const known = knownServices(reads, order);
  const facts = known.then(({ live }) => ({ lines: linesOf(contract, overlappingDays(wanted, live)), choice, held }));
  const [plan, services, { entitlement, list }, scheme] = await Promise.all([
    openPlan(reads, order.planYear, at),
    known,
    entitleNow(reads, order.planYear, order, policy, facts),
    schemeOf(reads, order),
  ]);
  if (!plan.ok) return plan;
  const serviceDays = overlappingDays(wanted, services.live);
  const localTopUps = await topUpsNow(reads, scheme, order.enterpriseUscc, {
    lines: linesOf(contract, serviceDays),
    parts: entitlement.parts,
    ownShareFloor: policy.parameters.ownShareFloor,
  });
  return ok({
    voucher: true,
    policy,
    entitlement,
    services,
    wanted,
    serviceDays,
    localTopUps,
    scheme,
    ...(list ? { list } : {}),
  });
}

const wantedBy = ({ lines, startsOn, endsOn }: Contract): WantedService => ({
  kinds: lines.map(({ kind }) => kind),
  from: businessDate(startsOn),
  to: businessDate(endsOn),
});

/** The lines of a contract (or of what was delivered of it), each with its days where they overlap. */
export const linesOf = (
  { lines }: { readonly lines: readonly Pick<FeeLine, 'kind' | 'fee'>[] },
  overlapping: ReadonlyMap<Kind, ServiceDays>,
): FeeLine[] =>
  lines.map(({ kind, fee }) => {
    const serviceDays = overlapping.get(kind);
    return { kind, fee, ...(serviceDays ? { serviceDays } : {}) };
  });
