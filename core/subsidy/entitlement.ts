import { type Category, categories, categoryOf, type Kind, kinds } from '../catalogue/kinds.ts';
import {
  allocate,
  type Fen,
  fen,
  formatYuan,
  max,
  prorate,
  type Ratio,
  ratioOf,
  subtract,
  sum,
  ZERO,
} from '../money/money.ts';
import type { Entitlement, EntitlementPart, TraceStep, VoucherChoice } from '../orders/order.ts';
import type { ServiceDays } from '../orders/same-service.ts';
import type { VoucherSpec } from '../policy/plan.ts';
import type { Values } from '../result.ts';
import { type RuleName, rules } from '../rules/index.ts';

/** The policy that an amount is computed by: the plan's figures as the order pinned them. */
export interface SubsidyPolicy {
  readonly policyVersion: number;
  readonly parameters: { readonly yearlyCap: Fen; readonly ownShareFloor: Fen };
  readonly specs: readonly Pick<VoucherSpec, 'id' | 'category' | 'ratio'>[];
}

/** A line of the contract (or the estimate): the fee actually agreed, after the provider's discount. */
export interface FeeLine {
  readonly kind: Kind;
  readonly fee: Fen;
  /** Days of the contract, where an earlier voucher subsidises some of them already (clause 五-(三)). */
  readonly serviceDays?: ServiceDays;
}

/** What the plan's fund, specs and the enterprise's yearly cap have left for others and for this order. */
export interface Limits {
  readonly fundLeft: Fen;
  /** Fen of the yearly cap in use, this order's own reservation included. */
  readonly capUsed: Fen;
  readonly specs: Readonly<Record<string, { readonly leftAmount: Fen; readonly leftCount: number }>>;
  /** Fen that quotas of the plan have left; absent without one. */
  readonly quotas?: QuotasLeft | undefined;
}

export interface QuotasLeft {
  readonly jurisdiction?: Fen | undefined;
  readonly provider?: Fen | undefined;
}

export interface EntitlementFacts {
  readonly lines: readonly FeeLine[];
  readonly choice: VoucherChoice;
  readonly limits: Limits;
  /** What this very order holds already, in parts by spec: for it, that counts as left. */
  readonly held?: readonly Pick<EntitlementPart, 'specId' | 'amount'>[];
  /** Top-ups granted already. Those of a signature come after its voucher and don't trim it (clause 一-(三)). */
  readonly localTopUps?: Fen;
}

/** Rules that can set the amount, each a step of the trace. */
export type LimitRule = Extract<
  RuleName,
  | 'ratio-of-fee'
  | 'overlapping-days'
  | 'category-without-spec'
  | 'spec-count-limit'
  | 'spec-amount-limit'
  | 'yearly-cap-limit'
  | 'jurisdiction-quota-limit'
  | 'provider-quota-limit'
  | 'fund-limit'
  | 'own-share-limit'
  | 'asked-amount'
  | 'no-voucher-asked'
  | 'delivered-fee'
  | 'issued-face-limit'
>;

/**
 * The amount of an order's voucher (clause 六): `min(asked, ratio × fee, what is left of the yearly cap, of each
 * spec's amount and count, of the fund, own-share floor)`, in fen, with the steps that led to it. The ratio is applied
 * line by line, each rounded down to the fen (五-(二)); of a line whose kind was subsidised for some of its days before, only
 * fee × other days ÷ all days counts, rounded down to the fen first (五-(三)). A spec that is used up takes only its own part to 0. When a limit
 * on the total is below the sum of the parts, the parts shrink in proportion (largest remainder), none above what it was.
 * A function of its arguments alone: the same facts give the same amount (一-(二), equal).
 */
export function computeEntitlement(policy: SubsidyPolicy, facts: EntitlementFacts): Entitlement {
  const { limits, choice } = facts;
  const held = new Map((facts.held ?? []).filter((part) => part.amount > 0).map((part) => [part.specId, part.amount]));
  const heldTotal = sum(held.values());
  const fee = sum(facts.lines.map((line) => line.fee));
  const ledger = new Derivation(policy, facts.lines);

  for (const spec of policy.specs) {
    if (!ledger.has(spec.id)) continue;
    const own = held.get(spec.id);
    const left = limits.specs[spec.id] ?? { leftAmount: ZERO, leftCount: 0 };
    const count = left.leftCount + (own === undefined ? 0 : 1);
    const amount = fen(left.leftAmount + (own ?? 0));
    const names = categoryNames(spec.category);
    ledger.limitPart('spec-count-limit', spec.id, count < 1 ? ZERO : ledger.amountOf(spec.id), { ...names, count });
    ledger.limitPart('spec-amount-limit', spec.id, amount, { ...names, left: formatYuan(amount) });
  }

  const capLeft = atLeastZero(subtract(fen(policy.parameters.yearlyCap + heldTotal), limits.capUsed));
  ledger.limitTotal('yearly-cap-limit', capLeft, {
    cap: formatYuan(policy.parameters.yearlyCap),
    left: formatYuan(capLeft),
  });
  for (const [rule, left] of [
    ['jurisdiction-quota-limit', limits.quotas?.jurisdiction],
    ['provider-quota-limit', limits.quotas?.provider],
  ] as const) {
    if (left === undefined) continue;
    const most = atLeastZero(fen(left + heldTotal));
    ledger.limitTotal(rule, most, { left: formatYuan(most) });
  }
  const fundLeft = fen(limits.fundLeft + heldTotal);
  ledger.limitTotal('fund-limit', fundLeft, { left: formatYuan(fundLeft) });
  limitByOwnShare(ledger, policy, fee, facts.localTopUps ?? ZERO);
  if (choice.use === 'amount') ledger.limitTotal('asked-amount', choice.amount, { asked: formatYuan(choice.amount) });
  if (choice.use === 'none') ledger.limitTotal('no-voucher-asked', ZERO, {});
  return ledger.entitlement();
}

/** What of a voucher stays after part performance: see {@link entitlementAfterDelivery}. */
export interface DeliveryFacts {
  /** Lines of the contract with the fee that was delivered. */
  readonly lines: readonly FeeLine[];
  /** The voucher's parts as issued. */
  readonly parts: readonly EntitlementPart[];
}

/**
 * The face of a voucher whose contract was partly performed: recomputed on the delivered fee, line by line and rounded
 * down, and no part above what was issued (clause 六: only the delivered part stays).
 */
export function entitlementAfterDelivery(policy: SubsidyPolicy, facts: DeliveryFacts): Entitlement {
  const issued = new Map(facts.parts.map((part) => [part.specId, part.amount]));
  const ledger = new Derivation(policy, facts.lines, 'delivered-fee');
  for (const spec of policy.specs) {
    if (!ledger.has(spec.id)) continue;
    const amount = issued.get(spec.id) ?? ZERO;
    ledger.limitPart('issued-face-limit', spec.id, amount, {
      ...categoryNames(spec.category),
      issued: formatYuan(amount),
    });
  }
  limitByOwnShare(ledger, policy, sum(facts.lines.map((line) => line.fee)), ZERO);
  return ledger.entitlement();
}

function limitByOwnShare(ledger: Derivation, policy: SubsidyPolicy, fee: Fen, localTopUps: Fen): void {
  const floor = policy.parameters.ownShareFloor;
  const most = atLeastZero(subtract(fee, localTopUps, floor));
  ledger.limitTotal('own-share-limit', most, {
    fee: formatYuan(fee),
    floor: formatYuan(floor),
    most: formatYuan(most),
  });
}

const atLeastZero = (amount: Fen): Fen => max(amount, ZERO);

/** Names of a category for the sentences of the trace. */
const categoryNames = (category: Category) => ({
  categoryZh: categories[category].zh,
  categoryEn: categories[category].en,
});

/** "0.15" as people read it: "15%". */
export const percent = (ratio: Ratio): string => `${ratioOf(fen(10_000), ratio, 'down') / 100}%`;

type Part = { specId: string; category: Category; ratio: Ratio; fee: Fen; amount: Fen };

/** Takes an amount through its limits, one step of the trace after the other. */
class Derivation {
  readonly #parts = new Map<string, Part>();
  readonly #trace: TraceStep[] = [];
  #limitedBy: LimitRule;

  constructor(
    policy: SubsidyPolicy,
    lines: readonly FeeLine[],
    first: 'ratio-of-fee' | 'delivered-fee' = 'ratio-of-fee',
  ) {
    this.#limitedBy = first;
    const specs = new Map(policy.specs.map((spec) => [spec.category, spec]));
    lines.forEach(({ kind, fee: agreed, serviceDays }, index) => {
      const category = categoryOf(kind);
      const line = { line: index + 1, kindZh: kinds[kind].zh, kindEn: kinds[kind].en };
      const spec = specs.get(category);
      if (!spec) {
        this.#step('category-without-spec', { ...line, fee: formatYuan(agreed), ...categoryNames(category) });
        return;
      }
      const fee = serviceDays ? this.#countDays(line, agreed, serviceDays) : agreed;
      const names = { ...line, fee: formatYuan(fee) };
      const amount = ratioOf(fee, spec.ratio, 'down');
      const part = this.#parts.get(spec.id) ?? {
        specId: spec.id,
        category,
        ratio: spec.ratio,
        fee: ZERO,
        amount: ZERO,
      };
      this.#parts.set(spec.id, { ...part, fee: fen(part.fee + fee), amount: fen(part.amount + amount) });
      this.#step(
        first,
        { ...names, percent: percent(spec.ratio), lineAmount: formatYuan(amount) },
        categories[category].clause,
      );
    });
    if (this.#parts.size === 0 && lines.length > 0) this.#limitedBy = 'category-without-spec';
  }

  has(specId: string): boolean {
    return this.#parts.has(specId);
  }

  amountOf(specId: string): Fen {
    return this.#parts.get(specId)?.amount ?? ZERO;
  }

  limitPart(rule: LimitRule, specId: string, limit: Fen, values: Values): void {
    const part = this.#parts.get(specId);
    if (!part) return;
    if (limit < part.amount) {
      this.#parts.set(specId, { ...part, amount: limit });
      this.#limitedBy = rule;
    }
    this.#step(rule, values);
  }

  limitTotal(rule: LimitRule, limit: Fen, values: Values): void {
    const parts = [...this.#parts.values()];
    const total = this.#total();
    if (limit < total) {
      const amounts = allocate(
        limit,
        parts.map((part) => part.amount),
      );
      parts.forEach((part, index) => {
        this.#parts.set(part.specId, { ...part, amount: amounts[index] ?? ZERO });
      });
      this.#limitedBy = rule;
    }
    this.#step(rule, values);
  }

  entitlement(): Entitlement {
    return {
      amount: this.#total(),
      parts: [...this.#parts.values()].filter((part) => part.amount > 0),
      trace: this.#trace,
      limitedBy: this.#limitedBy,
    };
  }

  /** The part of a line's fee that falls on days nobody was subsidised for, rounded down to the fen. */
  #countDays(line: Values, fee: Fen, { days, fresh }: ServiceDays): Fen {
    const counted = prorate(fee, fresh, days);
    this.#limitedBy = 'overlapping-days';
    this.#step('overlapping-days', { ...line, fee: formatYuan(fee), days, fresh, counted: formatYuan(counted) });
    return counted;
  }

  #total(): Fen {
    return sum([...this.#parts.values()].map((part) => part.amount));
  }

  #step(rule: LimitRule, values: Values, clause = rules[rule].clause): void {
    this.#trace.push({ rule, clause, values: { ...values }, amount: this.#total() });
  }
}
