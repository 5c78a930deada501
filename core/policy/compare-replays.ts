import { type Category, categories } from '../catalogue/kinds.ts';
import { keptOf, type ReplayedOrder, type YearOfOrders } from './replay-events.ts';
import {
  asItWas,
  type OrderOutcome,
  type ReplayOutcome,
  type RunOut,
  replayOrders,
  type Scenario,
} from './replay-orders.ts';

/** Vouchers and fen of a group, and the enterprises that get more or less than they did. */
export interface Comparison {
  readonly before: Tally;
  readonly after: Tally;
  readonly gaining: Tally;
  readonly losing: Tally;
}

/** Vouchers (or enterprises) and what they come to in fen, after part performance and what ended without use. */
export interface Tally {
  readonly count: number;
  readonly amount: number;
}

export interface BeforeAndAfter<T> {
  readonly before: T;
  readonly after: T;
}

/** What another policy would have made of a year's orders. */
export interface Simulation {
  readonly orders: number;
  /** Orders whose amounts the replay of the policy as it was doesn't give: 0 unless orders of one moment overtook each other. */
  readonly differing: number;
  /** Fen at the signatures, before anything was voided or partly performed. */
  readonly issued: BeforeAndAfter<number>;
  readonly total: Comparison;
  readonly fund: BeforeAndAfter<RunOut>;
  readonly specs: ReadonlyMap<Category, BeforeAndAfter<{ readonly amount: RunOut; readonly count: RunOut }>>;
  readonly byJurisdiction: ReadonlyMap<string, Comparison>;
  readonly byCategory: ReadonlyMap<Category, Comparison>;
}

/** Plays a year under a scenario and holds it against what was really issued. Pure: it reads and writes nothing. */
export function simulate(year: YearOfOrders, scenario: Scenario): Simulation {
  const was = replayOrders(year, asItWas);
  const would = replayOrders(year, scenario);
  const orders = [...year.orders.values()];
  const pairs = orders.map((order): Pair => ({ order, before: really(order), after: outcomeOf(would, order) }));
  const issued = (of: keyof BeforeAndAfter<unknown>) => pairs.reduce((sum, pair) => sum + pair[of].issued, 0);
  const jurisdictions = Map.groupBy(pairs, ({ order }) => order.jurisdiction);
  return {
    orders: orders.length,
    differing: orders.filter((order) => !same(outcomeOf(was, order), really(order))).length,
    issued: { before: issued('before'), after: issued('after') },
    total: comparison(pairs),
    fund: { before: was.fund, after: would.fund },
    specs: new Map(
      [...was.specs].map(([category, before]) => [category, { before, after: would.specs.get(category) ?? before }]),
    ),
    byJurisdiction: new Map(
      [...jurisdictions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, ofThere]) => [code, comparison(ofThere)]),
    ),
    byCategory: new Map(
      (Object.keys(categories) as Category[]).map((category) => [category, comparison(pairs, category)]),
    ),
  };
}

interface Pair extends BeforeAndAfter<OrderOutcome> {
  readonly order: ReplayedOrder;
}

const nothing: OrderOutcome = { issued: 0, kept: new Map() };

/** A reservation that was never signed is no voucher. */
const outcomeOf = ({ orders }: ReplayOutcome, { id }: ReplayedOrder): OrderOutcome => {
  const outcome = orders.get(id);
  return outcome && outcome.issued > 0 ? outcome : nothing;
};

const really = ({ voucher }: ReplayedOrder): OrderOutcome =>
  voucher ? { issued: voucher.issuedFace, kept: keptOf(voucher) } : nothing;

const amountOf = ({ kept }: OrderOutcome, category?: Category): number =>
  category === undefined ? [...kept.values()].reduce((sum, amount) => sum + amount, 0) : (kept.get(category) ?? 0);

const same = (a: OrderOutcome, b: OrderOutcome): boolean =>
  a.issued === b.issued && [...a.kept.keys(), ...b.kept.keys()].every((key) => a.kept.get(key) === b.kept.get(key));

/** One group of orders; with a category, only what their vouchers have of it. */
function comparison(pairs: readonly Pair[], category?: Category): Comparison {
  const tally = (of: keyof BeforeAndAfter<unknown>): Tally =>
    tallyOf(pairs.map((pair) => amountOf(pair[of], category)));
  // Who gains and who loses are enterprises: what one order loses another of theirs may gain.
  const enterprises = Map.groupBy(pairs, ({ order }) => order.uscc);
  const differences = [...enterprises.values()].map((own) =>
    own.reduce((sum, { before, after }) => sum + amountOf(after, category) - amountOf(before, category), 0),
  );
  return {
    before: tally('before'),
    after: tally('after'),
    gaining: tallyOf(differences),
    losing: tallyOf(differences.map((difference) => -difference)),
  };
}

/** Counts and adds up what is above zero. */
const tallyOf = (amounts: readonly number[]): Tally => {
  const counted = amounts.filter((amount) => amount > 0);
  return { count: counted.length, amount: counted.reduce((sum, amount) => sum + amount, 0) };
};
