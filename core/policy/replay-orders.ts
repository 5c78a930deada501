import type { Category } from '../catalogue/kinds.ts';
import { holdingPosting } from '../ledger/holding.ts';
import type { Posting } from '../ledger/posting.ts';
import { allocate, type Fen, fen, prorate, type Ratio, sum } from '../money/money.ts';
import type { EntitlementPart, PinnedPolicy } from '../orders/order.ts';
import { computeEntitlement, entitlementAfterDelivery, type Limits, type QuotasLeft } from '../subsidy/entitlement.ts';
import { countQuotas, quotaLine } from './quotas.ts';
import type { ReplayedEvent, ReplayedOrder, YearOfOrders } from './replay-events.ts';

/** Another policy for a whole year. What it leaves out is as it was, order by order. */
export interface Scenario {
  readonly ratios: Partial<Record<Category, Ratio>>;
  readonly yearlyCap?: Fen;
  readonly ownShareFloor?: Fen;
  /** Fen appropriated from the opening on, instead of all appropriations and cuts. Carried money stays. */
  readonly fund?: Fen;
  /** Amounts and counts from the opening on. */
  readonly specs: Partial<Record<Category, { readonly amount?: Fen; readonly count?: number }>>;
}

/** The policy as it was. */
export const asItWas: Scenario = { ratios: {}, specs: {} };

/** What an order comes to: at the signature, and what is left of it in the end, by category. */
export interface OrderOutcome {
  readonly issued: number;
  readonly kept: ReadonlyMap<string, number>;
}

/** When nothing was left for the first time, if ever, and what is left after the last event. */
export interface RunOut {
  readonly at?: number;
  readonly left: number;
}

export interface ReplayOutcome {
  readonly orders: ReadonlyMap<string, OrderOutcome>;
  readonly fund: RunOut;
  readonly specs: ReadonlyMap<Category, { readonly amount: RunOut; readonly count: RunOut }>;
}

/**
 * A year's orders played again, in the order of time, under a scenario: each reserves, is signed, delivered and ends as
 * it did, and gets what `computeEntitlement` allows it from what is left then. Pure; with the policy as it was it gives
 * the amounts that were issued, to the fen.
 */
export function replayOrders({ specs, orders, events }: YearOfOrders, scenario: Scenario): ReplayOutcome {
  const replay = new Replay(specs, scenario);
  for (const event of events) replay.play(event, orders);
  return replay.outcome();
}

interface State {
  parts: readonly EntitlementPart[];
  account: 'reserved' | 'active';
  /** Ended: whatever happened later didn't happen. */
  over: boolean;
  issued: number;
}

class Stock {
  left: number;
  #emptyAt: number | undefined;

  constructor(left: number) {
    this.left = left;
  }

  take(amount: number, at: number): void {
    this.left -= amount;
    if (amount > 0 && this.left <= 0) this.#emptyAt ??= at;
  }

  get runOut(): RunOut {
    return { left: this.left, ...(this.#emptyAt === undefined ? {} : { at: this.#emptyAt }) };
  }
}

class Replay {
  readonly #scenario: Scenario;
  readonly #fund = new Stock(0);
  readonly #specs: ReadonlyMap<string, { category: Category; amount: Stock; count: Stock }>;
  /** Amounts and counts of the specs, as the last version has them. */
  readonly #planned: Map<string, { amount: number; count: number }>;
  readonly #caps = new Map<string, number>();
  /** Fen used of quotas, by the line of a jurisdiction or the id of a provider. */
  readonly #quotas = new Map<string, number>();
  readonly #states = new Map<string, State>();
  #appropriated = false;

  constructor(specs: YearOfOrders['specs'], scenario: Scenario) {
    this.#scenario = scenario;
    this.#planned = new Map(specs.map(({ id, amount, count }) => [id, { amount, count }]));
    this.#specs = new Map(
      specs.map(({ id, category, amount, count }) => {
        const other = scenario.specs[category];
        const stocks = { amount: new Stock(other?.amount ?? amount), count: new Stock(other?.count ?? count) };
        return [id, { category, ...stocks }];
      }),
    );
  }

  play(event: ReplayedEvent, orders: YearOfOrders['orders']): void {
    if (event.what === 'fund') this.#move(event);
    else if (event.what === 'resize') this.#resize(event.specs);
    else {
      const order = orders.get(event.orderId);
      if (order) this.#playOrder(event, order);
    }
  }

  #playOrder(event: Extract<ReplayedEvent, { readonly orderId: string }>, order: ReplayedOrder): void {
    const { at } = event;
    const state = this.#states.get(order.id);
    if (event.what === 'reserve' || event.what === 'serve') this.#reserve(order, at, state);
    else if (!state || state.over) return;
    else if (event.what === 'sign') this.#sign(order, state, at);
    else if (event.what === 'deliver') this.#deliver(order, state, at);
    else if (event.what === 'release' || event.what === 'end') this.#end(order, state, at);
    else if (event.what === 'deduct') this.#giveBack(order, state, event.part, event.whole, at);
    else this.#giveBack(order, state, 1, 1, at);
  }

  outcome(): ReplayOutcome {
    return {
      orders: new Map([...this.#states].map(([id, { issued, parts }]) => [id, { issued, kept: byCategory(parts) }])),
      fund: this.#fund.runOut,
      specs: new Map(
        [...this.#specs.values()].map(({ category, amount, count }) => [
          category,
          { amount: amount.runOut, count: count.runOut },
        ]),
      ),
    };
  }

  #move({ amount, appropriation, at }: Extract<ReplayedEvent, { what: 'fund' }>): void {
    const { fund } = this.#scenario;
    if (!appropriation || fund === undefined) this.#fund.take(-amount, at);
    else {
      // The first appropriation is the scenario's; what was added or cut later is in it.
      if (!this.#appropriated) this.#fund.take(-fund, at);
      this.#appropriated = true;
    }
  }

  #resize(specs: YearOfOrders['specs']): void {
    for (const { id, category, amount, count } of specs) {
      const planned = this.#planned.get(id);
      const spec = this.#specs.get(id);
      if (!planned || !spec) continue;
      const other = this.#scenario.specs[category];
      if (other?.amount === undefined) spec.amount.left += amount - planned.amount;
      if (other?.count === undefined) spec.count.left += count - planned.count;
      this.#planned.set(id, { amount, count });
    }
  }

  /** At placing, and again each time that the waiting list gave it something: what it holds counts as left for it. */
  #reserve(order: ReplayedOrder, at: number, before: State | undefined): void {
    if (before?.over || before?.account === 'active') return;
    const { parts, amount } = computeEntitlement(this.#policyOf(order), {
      lines: order.placed,
      choice: order.choice,
      limits: this.#limitsFor(order),
      held: before?.parts ?? [],
    });
    // Refused: what happened to it later didn't happen.
    if (amount === 0) return;
    const state: State = before ?? { parts: [], account: 'reserved', over: false, issued: 0 };
    this.#states.set(order.id, state);
    this.#hold(order, state, 'reserved', parts, at);
  }

  #sign(order: ReplayedOrder, state: State, at: number): void {
    const { parts, amount } = computeEntitlement(this.#policyOf(order), {
      lines: order.contract,
      choice: order.choice,
      limits: this.#limitsFor(order),
      held: state.parts,
    });
    // Nothing is left for it: the signature is refused, and the reservation ends.
    if (amount === 0) this.#end(order, state, at);
    else {
      this.#hold(order, state, 'active', parts, at);
      state.issued = amount;
    }
  }

  #deliver(order: ReplayedOrder, state: State, at: number): void {
    const policy = this.#policyOf(order);
    const kept = entitlementAfterDelivery(policy, { lines: order.delivered, parts: state.parts });
    if (kept.amount === 0) this.#end(order, state, at);
    else this.#hold(order, state, 'active', kept.parts, at);
  }

  #end(order: ReplayedOrder, state: State, at: number): void {
    this.#hold(order, state, state.account, [], at);
    state.over = true;
  }

  /**
   * What a provider isn't paid goes back to fund and spec, the same part of the whole as it was; the enterprise had the
   * benefit. Shared over the specs as the accrual does it.
   */
  #giveBack({ quotas }: ReplayedOrder, { parts }: State, part: number, whole: number, at: number): void {
    const weights = parts.map(({ amount }) => amount);
    const amount = prorate(sum(weights), part, whole);
    if (amount === 0) return;
    this.#count(countQuotas({ specs: [{ specId: '', amount: -amount, count: 0 }] }, quotas));
    allocate(amount, weights).forEach((share, i) => {
      this.#fund.take(-share, at);
      this.#specs.get(parts[i]?.specId ?? '')?.amount.take(-share, at);
    });
  }

  /** Holds these parts instead of those before, as the ledger would post it. */
  #hold(
    { id, uscc, quotas }: ReplayedOrder,
    state: State,
    account: State['account'],
    parts: readonly EntitlementPart[],
    at: number,
  ): void {
    const posting: Posting = holdingPosting({
      id,
      year: 0,
      at,
      reason: 'replay',
      reference: { entity: 'order', id },
      orderId: id,
      actor: 'replay',
      before: { account: state.account, parts: state.parts },
      after: { account, parts },
      uscc,
      cap: 0,
      quotas,
    });
    const { entries, specs, cap } = posting;
    this.#count(posting);
    this.#fund.take(-(entries.available ?? 0), at);
    for (const { specId, amount, count } of specs) {
      this.#specs.get(specId)?.amount.take(amount, at);
      this.#specs.get(specId)?.count.take(count, at);
    }
    if (cap) this.#caps.set(uscc, (this.#caps.get(uscc) ?? 0) + cap.amount);
    state.account = account;
    state.parts = parts;
  }

  /** Quotas that a posting moves. */
  #count({ specs, provider }: Pick<Posting, 'specs' | 'provider'>): void {
    const move = (key: string, amount: number) => this.#quotas.set(key, (this.#quotas.get(key) ?? 0) + amount);
    for (const { specId, amount } of specs) if (!this.#specs.has(specId)) move(specId, amount);
    if (provider) move(provider.id, provider.amount);
  }

  #quotasLeft({ policy, quotas }: ReplayedOrder): QuotasLeft | undefined {
    if (!quotas) return undefined;
    const { jurisdiction, provider } = quotas;
    const left = (quota: number, key: string) => fen(Math.max(0, quota - (this.#quotas.get(key) ?? 0)));
    const quota = jurisdiction && policy.parameters.jurisdictionQuotas?.[jurisdiction];
    return {
      ...(jurisdiction && quota !== undefined ? { jurisdiction: left(quota, quotaLine(jurisdiction)) } : {}),
      ...(provider ? { provider: left(provider.quota, provider.id) } : {}),
    };
  }

  #policyOf({ policy }: ReplayedOrder): PinnedPolicy {
    const { ratios, yearlyCap, ownShareFloor } = this.#scenario;
    return {
      ...policy,
      parameters: {
        ...policy.parameters,
        ...(yearlyCap === undefined ? {} : { yearlyCap }),
        ...(ownShareFloor === undefined ? {} : { ownShareFloor }),
      },
      specs: policy.specs.map((spec) => ({ ...spec, ratio: ratios[spec.category] ?? spec.ratio })),
    };
  }

  #limitsFor(order: ReplayedOrder): Limits {
    const { uscc } = order;
    return {
      quotas: this.#quotasLeft(order),
      fundLeft: fen(Math.max(0, this.#fund.left)),
      capUsed: fen(this.#caps.get(uscc) ?? 0),
      specs: Object.fromEntries(
        [...this.#specs].map(([id, { amount, count }]) => [
          id,
          { leftAmount: fen(Math.max(0, amount.left)), leftCount: count.left },
        ]),
      ),
    };
  }
}

const byCategory = (parts: readonly EntitlementPart[]): ReadonlyMap<string, number> =>
  new Map(parts.map(({ category, amount }) => [category, amount]));
