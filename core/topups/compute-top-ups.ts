import { categories, categoryOf, kinds } from '../catalogue/kinds.ts';
import { add, type Fen, fen, formatYuan, max, min, prorate, ratioOf, subtract, sum, ZERO } from '../money/money.ts';
import type { EntitlementPart, TraceStep } from '../orders/order.ts';
import type { Values } from '../result.ts';
import { type RuleName, rules } from '../rules/index.ts';
import { type FeeLine, percent } from '../subsidy/entitlement.ts';
import type { LocalTerms, PublishedLocalPolicy } from './local-policy.ts';
import type { TopUp } from './top-up.ts';

/** What an order gets top-ups on: its lines, and its voucher as it was computed before them. */
export interface ToppedUp {
  readonly lines: readonly FeeLine[];
  readonly parts: readonly Pick<EntitlementPart, 'category' | 'amount'>[];
  /** Fen the enterprise pays itself at least (clause 一-(三)). */
  readonly ownShareFloor: Fen;
}

/** A policy in force with what its fund has left, and what the enterprise had of it this year. */
export interface OpenPolicy {
  readonly policy: PublishedLocalPolicy;
  readonly fundLeft: Fen;
  readonly enterpriseUsed: Fen;
}

/**
 * What local policies add to a voucher (clause 一-(三)): each its ratio of the fees that the voucher supports, or of the
 * voucher, line by line and rounded down to the fen, at most what the policy allows per order, per enterprise and year,
 * and what its fund has left. The regional voucher comes first and is not trimmed by them: what own-share floor and
 * voucher leave of the fee is given to the policies in their order, so that the lowest priority is trimmed first.
 * A function of its arguments alone: the same facts give the same amounts (一-(二), equal).
 */
export function computeTopUps(order: ToppedUp, open: readonly OpenPolicy[]): TopUp[] {
  return inOrder(
    order,
    open.map(({ policy: { id, terms }, fundLeft, enterpriseUsed }) => ({
      of: { policyId: id, ...pinned(terms) },
      limits: (derivation) => {
        derivation.limit('local-order-maximum', fen(terms.orderMaximum), { most: formatYuan(fen(terms.orderMaximum)) });
        const left = max(subtract(fen(terms.enterpriseMaximum), enterpriseUsed), ZERO);
        derivation.limit('local-enterprise-maximum', left, {
          most: formatYuan(fen(terms.enterpriseMaximum)),
          left: formatYuan(left),
        });
        derivation.limit('local-fund-limit', max(fundLeft, ZERO), { left: formatYuan(max(fundLeft, ZERO)) });
      },
    })),
  );
}

/**
 * What of granted top-ups stays after part performance: each computed again on the delivered fee and on what stays of
 * the voucher, and none above what was granted (clause 六: only the delivered part stays).
 */
export function topUpsAfterDelivery(order: ToppedUp, granted: readonly TopUp[]): TopUp[] {
  const kept = inOrder(
    order,
    granted.map(({ amount, trace: _trace, ...of }) => ({
      of,
      limits: (derivation) =>
        derivation.limit('local-granted-limit', fen(amount), { granted: formatYuan(fen(amount)) }),
    })),
  );
  const before = new Map(granted.map(({ policyId, trace }) => [policyId, trace]));
  return kept.map((topUp) => ({ ...topUp, trace: [...(before.get(topUp.policyId) ?? []), ...topUp.trace] }));
}

interface Candidate {
  readonly of: Omit<TopUp, 'amount' | 'trace'>;
  readonly limits: (derivation: Derivation) => void;
}

function inOrder(order: ToppedUp, candidates: readonly Candidate[]): TopUp[] {
  const fee = sum(order.lines.map((line) => line.fee));
  const floor = order.ownShareFloor;
  let room = max(subtract(fee, sum(order.parts.map(({ amount }) => fen(amount))), floor), ZERO);
  return candidates
    .toSorted((a, b) => a.of.priority - b.of.priority || (a.of.policyId < b.of.policyId ? -1 : 1))
    .map(({ of, limits }) => {
      const derivation = new Derivation();
      if (of.basis === 'fee') onFees(derivation, of, order);
      else onVoucher(derivation, of, order);
      limits(derivation);
      derivation.limit('local-own-share-limit', room, { most: formatYuan(room), floor: formatYuan(floor) });
      room = subtract(room, derivation.amount);
      return { ...of, amount: derivation.amount, trace: derivation.trace };
    });
}

type Base = Pick<LocalTerms, 'ratio' | 'categories'>;

/** A share of the fee of each line that the voucher supports, and of its days that nobody was subsidised for (clause 五-(三)). */
function onFees(derivation: Derivation, { ratio, categories: named }: Base, { lines, parts }: ToppedUp): void {
  const supported = new Set(parts.filter(({ amount }) => amount > 0).map(({ category }) => category));
  lines.forEach(({ kind, fee: agreed, serviceDays }, index) => {
    const category = categoryOf(kind);
    if (!named.includes(category) || !supported.has(category)) return;
    const fee = serviceDays ? prorate(agreed, serviceDays.fresh, serviceDays.days) : agreed;
    derivation.add('local-ratio-of-fee', ratioOf(fee, ratio, 'down'), {
      line: index + 1,
      kindZh: kinds[kind].zh,
      kindEn: kinds[kind].en,
      fee: formatYuan(fee),
      percent: percent(ratio),
    });
  });
}

function onVoucher(derivation: Derivation, { ratio, categories: named }: Base, { parts }: ToppedUp): void {
  for (const { category, amount } of parts) {
    if (!named.includes(category) || amount === 0) continue;
    derivation.add('local-ratio-of-voucher', ratioOf(fen(amount), ratio, 'down'), {
      categoryZh: categories[category].zh,
      categoryEn: categories[category].en,
      voucher: formatYuan(fen(amount)),
      percent: percent(ratio),
    });
  }
}

const pinned = ({ name, basis, ratio, categories: named, priority }: LocalTerms) => ({
  name,
  basis,
  ratio,
  categories: named,
  priority,
});

type LocalRule = Extract<RuleName, `local-${string}`>;

/** Takes the amount of one top-up through its limits, one step of the trace after the other. */
class Derivation {
  amount: Fen = ZERO;
  readonly trace: TraceStep[] = [];

  add(rule: LocalRule, amount: Fen, values: Values): void {
    this.amount = add(this.amount, amount);
    this.#step(rule, { ...values, lineAmount: formatYuan(amount) });
  }

  limit(rule: LocalRule, most: Fen, values: Values): void {
    this.amount = min(this.amount, most);
    this.#step(rule, values);
  }

  #step(rule: LocalRule, values: Values): void {
    this.trace.push({ rule, clause: rules[rule].clause, values: { ...values }, amount: this.amount });
  }
}
