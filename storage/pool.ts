import { type Account, accounts, type Balances, emptyBalances, holdingAccounts } from '../core/ledger/accounts.ts';
import { APPROPRIATE, combine, type Posting } from '../core/ledger/posting.ts';
import { fen, formatYuan } from '../core/money/money.ts';
import { quotaLine } from '../core/policy/quotas.ts';
import type { Change, Pool, SpecBalance } from '../core/ports/store.ts';
import type { Failure } from '../core/result.ts';
import { homeShard, share } from './shards.ts';

/**
 * The pool of a year: its fund and what is left of its specs, split over shards so that a busy day is not one hot item
 * (ADR 8). A shard is one item; what all shards hold together is the pool. Nothing in here touches the table.
 */
export interface Shard {
  readonly balances: Balances;
  readonly specs: Readonly<Record<string, SpecLeft>>;
  /** The pool owes more than it has, after a cut: nothing is taken from the shard until that is settled. */
  readonly short: boolean;
  /** Somebody waits for money of the year: no order takes any without having looked at the waiting list. */
  readonly waiting: boolean;
}

export interface SpecLeft {
  readonly leftAmount: number;
  readonly leftCount: number;
  readonly usedAmount: number;
  readonly usedCount: number;
}

/** What a transaction does to the pool of one year. */
export interface PoolMovements {
  readonly postings: readonly Posting[];
  readonly openings: readonly Extract<Change, { do: 'open-spec' }>[];
  readonly marks: readonly Extract<Change, { do: 'mark-waiting' }>[];
  readonly resizings: readonly Extract<Change, { do: 'resize-spec' }>[];
}

/** What a transaction does to one shard. Spec amounts and counts are taken when positive, as in a posting. */
export interface ShardEffect {
  accounts: Partial<Record<Account, number>>;
  specs: Record<string, { amount: number; count: number }>;
  openings: Record<string, { amount: number; count: number }>;
  /** By how much specs get larger or smaller; what is left of them, not what is used. */
  resizings: Record<string, { amount: number; count: number }>;
  /** What is free is spread evenly over all shards again: it must still be what was seen, and takers may come again. */
  settled?: { readonly seen: number };
  /** A cut below what is committed: nothing is taken from the shard until what is free is settled over all of them. */
  closed?: true;
  /** The mark of the waiting list is set, or lifted. */
  waiting?: boolean;
}

/** What the pool of a year is asked beside its amounts. */
export interface PoolRules {
  /** A cut of the appropriation may leave the fund with less than nothing free. */
  readonly mayFallShort: boolean;
  /** Taken for an order that has not looked at the waiting list: refused while somebody waits. */
  readonly respectsWaiting: boolean;
}

const noEffect = (): ShardEffect => ({ accounts: {}, specs: {}, openings: {}, resizings: {} });

/** The effects of a transaction by shard. */
export type PoolEffect = ReadonlyMap<number, ShardEffect>;

/**
 * Where what a transaction does in one year goes: the money of an order always to the order's own shard, so
 * that each shard holds what it gave; what is appropriated evenly to all. Anything else that concerns the fund as a whole
 * goes to the first: a close takes from all shards of one year, and may not touch all of the next in the same transaction.
 */
export function effectOf(
  { postings, openings, marks, resizings }: PoolMovements,
  shards: number,
): Map<number, ShardEffect> {
  const effects = new Map<number, ShardEffect>();
  const at = (shard: number): ShardEffect => effectAt(effects, shard);
  const move = (shard: number, entries: Partial<Record<Account, number>>) => {
    const effect = at(shard);
    effect.accounts = combine(effect.accounts, entries);
  };
  for (const { orderId, reason, entries, specs } of postings) {
    const home = homeShard(orderId, shards);
    if (reason === APPROPRIATE && (entries.available ?? 0) > 0) {
      const { available = 0, ...others } = entries;
      share(available, shards).forEach((part, shard) => {
        if (part > 0) move(shard, { available: part });
      });
      move(home, others);
    } else if (Object.keys(entries).length > 0) move(home, entries);
    for (const { specId, amount, count } of specs) {
      const effect = at(home);
      const before = effect.specs[specId] ?? { amount: 0, count: 0 };
      effect.specs[specId] = { amount: before.amount + amount, count: before.count + count };
    }
  }
  for (const { specId, amount, count } of openings) {
    const amounts = share(amount, shards);
    share(count, shards).forEach((part, shard) => {
      at(shard).openings[specId] = { amount: amounts[shard] ?? 0, count: part };
    });
  }
  for (const { waiting } of marks) {
    for (let shard = 0; shard < shards; shard++) at(shard).waiting = waiting;
  }
  for (const { specId, amount, count } of resizings) {
    const amounts = shareChange(amount, shards);
    shareChange(count, shards).forEach((part, shard) => {
      at(shard).resizings[specId] = { amount: amounts[shard] ?? 0, count: part };
    });
  }
  return effects;
}

/** Shares more out, or less: what a shard can't give is taken from others. */
const shareChange = (change: number, shards: number): number[] =>
  share(Math.abs(change), shards).map((part) => Math.sign(change) * part + 0);

/** What the pool holds in all. */
export function sumOf(shards: readonly Shard[]): Pool {
  const balances: Record<Account, number> = { ...emptyBalances };
  const specs: Record<string, SpecBalance> = {};
  for (const shard of shards) {
    for (const account of accounts) balances[account] += shard.balances[account];
    for (const [specId, left] of Object.entries(shard.specs)) {
      const before = specs[specId] ?? { specId, leftAmount: 0, leftCount: 0, usedAmount: 0, usedCount: 0 };
      specs[specId] = {
        specId,
        leftAmount: before.leftAmount + left.leftAmount,
        leftCount: before.leftCount + left.leftCount,
        usedAmount: before.usedAmount + left.usedAmount,
        usedCount: before.usedCount + left.usedCount,
      };
    }
  }
  return { balances, specs, waiting: shards.some(({ waiting }) => waiting) };
}

/** Something that is taken from a shard and must be there: how much a shard has, and what an effect takes of it. */
interface Stock {
  readonly isFund: boolean;
  left(shard: Shard | undefined): number;
  taken(effect: ShardEffect | undefined): number;
  take(effect: ShardEffect, amount: number): void;
  /** Why the pool as a whole refuses, with what is left of it. */
  refusal(left: number): Failure;
}

const available = (year: number): Stock => ({
  isFund: true,
  left: (shard) => shard?.balances.available ?? 0,
  taken: (effect) => 0 - (effect?.accounts.available ?? 0),
  take(effect, amount) {
    effect.accounts = combine(effect.accounts, { available: -amount });
  },
  refusal: (left) => ({
    rule: 'fund-exhausted',
    values: { year, left: formatYuan(fen(Math.max(0, left))) },
  }),
});

/** How the lines of jurisdictions' quotas begin; all others are specs. */
const QUOTA_LINE = quotaLine('');

const specStock = (specId: string, part: 'amount' | 'count'): Stock => ({
  isFund: false,
  left: (shard) => shard?.specs[specId]?.[part === 'amount' ? 'leftAmount' : 'leftCount'] ?? 0,
  taken: (effect) => (effect?.specs[specId]?.[part] ?? 0) - (effect?.resizings[specId]?.[part] ?? 0),
  take(effect, amount) {
    const before = effect.specs[specId] ?? { amount: 0, count: 0 };
    effect.specs[specId] = { ...before, [part]: before[part] + amount };
  },
  refusal: (left) =>
    specId.startsWith(QUOTA_LINE)
      ? { rule: 'jurisdiction-quota-exhausted' }
      : part === 'count'
        ? { rule: 'spec-count-exhausted' }
        : { rule: 'spec-amount-exhausted', values: { left: formatYuan(fen(Math.max(0, left))) } },
});

const stocksOf = (year: number, effect: PoolEffect): Stock[] => [
  // Counts first: without one left, the amount says nothing.
  ...[
    ...new Set([...effect.values()].flatMap(({ specs, resizings }) => Object.keys({ ...specs, ...resizings }))),
  ].flatMap((specId) => [specStock(specId, 'count'), specStock(specId, 'amount')]),
  available(year),
];

/**
 * The same effect with what a shard is short of taken from others, given what an atomic snapshot of all shards shows.
 * Refuses, provably, when all shards together have too little; only a cut of the appropriation may leave the fund short.
 */
export function spread(
  year: number,
  effect: PoolEffect,
  snapshot: readonly Shard[],
  { mayFallShort, respectsWaiting }: PoolRules,
): { readonly effect: PoolEffect } | { readonly refused: Failure } {
  if (respectsWaiting && snapshot.some(({ waiting }) => waiting)) return { refused: { rule: 'waiting-list-ahead' } };
  const result = new Map([...effect].map(([shard, of]) => [shard, structuredClone(of)]));
  const all = (amount: (shard: number) => number) => snapshot.reduce((sum, _, shard) => sum + amount(shard), 0);
  for (const stock of stocksOf(year, effect)) {
    const left = all((shard) => stock.left(snapshot[shard]));
    const taken = all((shard) => stock.taken(result.get(shard)));
    const lacking = taken > left && taken > 0;
    const unsettled = stock.isFund && taken > 0 && snapshot.some(({ short }) => short);
    if (stock.isFund && mayFallShort && (lacking || unsettled)) close(result, snapshot);
    else if (lacking) return { refused: stock.refusal(left) };
    else if (unsettled) settle(result, snapshot);
    else borrow(stock, result, snapshot);
  }
  return { effect: result };
}

/** Takes what a shard is short of from one that has it, else from the fullest on. */
function borrow(stock: Stock, effect: Map<number, ShardEffect>, snapshot: readonly Shard[]): void {
  const room = (shard: number) => stock.left(snapshot[shard]) - stock.taken(effect.get(shard));
  const shards = snapshot.map((_, shard) => shard);
  for (const short of shards.filter((shard) => room(shard) < 0 && stock.taken(effect.get(shard)) > 0)) {
    let missing = -room(short);
    const from = (donor: number, amount: number) => {
      stock.take(effectAt(effect, donor), amount);
      stock.take(effectAt(effect, short), -amount);
      missing -= amount;
    };
    const whole = shards.find((shard) => shard !== short && room(shard) >= missing);
    if (whole !== undefined) from(whole, missing);
    else {
      for (const donor of shards.filter((shard) => room(shard) > 0).sort((a, b) => room(b) - room(a))) {
        if (missing > 0) from(donor, Math.min(missing, room(donor)));
      }
    }
  }
}

/**
 * Spreads what is free evenly over all shards, after a cut had closed them. Each write holds only if the shard still is
 * what was seen.
 */
function settle(effect: Map<number, ShardEffect>, snapshot: readonly Shard[]): void {
  const free = snapshot.reduce(
    (sum, { balances }, shard) => sum + balances.available + (effect.get(shard)?.accounts.available ?? 0),
    0,
  );
  const targets = share(free, snapshot.length);
  snapshot.forEach(({ balances }, shard) => {
    const { available: _, ...others } = effectAt(effect, shard).accounts;
    effectAt(effect, shard).accounts = combine(others, { available: (targets[shard] ?? 0) - balances.available });
    effectAt(effect, shard).settled = { seen: balances.available };
  });
}

/**
 * Closes every shard to takers, whatever it holds by now: a cut must come through however busy the year is. Where the
 * gap stands doesn't matter, because nobody takes anything before all shards were looked at together.
 */
function close(effect: Map<number, ShardEffect>, snapshot: readonly Shard[]): void {
  snapshot.forEach((_, shard) => {
    effectAt(effect, shard).closed = true;
  });
}

function effectAt(effects: Map<number, ShardEffect>, shard: number): ShardEffect {
  const effect = effects.get(shard) ?? noEffect();
  effects.set(shard, effect);
  return effect;
}

/** An update of one shard's item: every account and spec that gives must hold it (clauses 一-(二), 五-(一)). */
export interface ShardUpdate {
  readonly UpdateExpression: string;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
}

const specParts = ['leftAmount', 'leftCount', 'usedAmount', 'usedCount'] as const;

const nothing = { amount: 0, count: 0 };

/** Attribute of a spec's balance in a shard's item. */
const specAttribute = (specId: string, part: keyof SpecLeft): string => `${specId}:${part}`;

export function shardUpdate(
  { accounts: entries, specs, openings, resizings, settled, closed, waiting }: ShardEffect,
  { respectsWaiting }: Pick<PoolRules, 'respectsWaiting'>,
): ShardUpdate | undefined {
  const names: Record<string, string> = { '#type': 'type' };
  const values: Record<string, unknown> = { ':type': 'fund' };
  const adds: string[] = [];
  const conditions: string[] = [];
  const add = (attribute: string, amount: number, mustHold: boolean) => {
    if (amount === 0) return;
    const n = adds.length;
    names[`#${n}`] = attribute;
    values[`:${n}`] = amount;
    adds.push(`#${n} :${n}`);
    if (!mustHold || amount > 0) return;
    values[`:needed${n}`] = -amount;
    conditions.push(`#${n} >= :needed${n}`);
  };
  for (const [account, amount] of Object.entries(entries) as [Account, number][]) {
    const taken = account === 'available' && amount < 0 && !settled && !closed;
    add(account, amount, account === 'available' ? taken : isHolding(account));
    // A pool that owes more than it has gives nothing until that is settled.
    if (taken) {
      names['#short'] = 'short';
      conditions.push('attribute_not_exists(#short)');
    }
    if (account === 'available' && amount < 0 && respectsWaiting) {
      names['#waiting'] = 'waiting';
      conditions.push('attribute_not_exists(#waiting)');
    }
  }
  for (const specId of Object.keys({ ...specs, ...resizings })) {
    const { amount, count } = specs[specId] ?? nothing;
    const more = resizings[specId] ?? nothing;
    add(specAttribute(specId, 'leftAmount'), more.amount - amount, true);
    add(specAttribute(specId, 'leftCount'), more.count - count, true);
    // What was used may have been taken from another shard's share: only the sum over all is never negative.
    add(specAttribute(specId, 'usedAmount'), amount, false);
    add(specAttribute(specId, 'usedCount'), count, false);
  }
  if (settled) {
    names['#available'] = 'available';
    names['#short'] = 'short';
    values[':seen'] = settled.seen;
    conditions.push(
      settled.seen === 0 ? '(attribute_not_exists(#available) OR #available = :seen)' : '#available = :seen',
    );
  } else if (closed) {
    names['#short'] = 'short';
    values[':short'] = true;
  }
  const opened = Object.entries(openings).flatMap(([specId, { amount, count }], n) => {
    conditions.push(`attribute_not_exists(#open${n}leftAmount)`);
    const initial = { leftAmount: amount, leftCount: count, usedAmount: 0, usedCount: 0 };
    return specParts.map((part) => {
      names[`#open${n}${part}`] = specAttribute(specId, part);
      values[`:open${n}${part}`] = initial[part];
      return `#open${n}${part} = :open${n}${part}`;
    });
  });
  if (adds.length === 0 && opened.length === 0 && !settled && !closed && waiting === undefined) {
    return undefined;
  }
  if (waiting !== undefined) {
    names['#waiting'] = 'waiting';
    if (waiting) values[':waiting'] = true;
  }
  const removed = [...(settled ? ['#short'] : []), ...(waiting === false ? ['#waiting'] : [])];
  const set = [
    '#type = :type',
    ...opened,
    ...(closed ? ['#short = :short'] : []),
    ...(waiting ? ['#waiting = :waiting'] : []),
  ];
  return {
    UpdateExpression: [
      `SET ${set.join(', ')}`,
      ...(adds.length > 0 ? [`ADD ${adds.join(', ')}`] : []),
      ...(removed.length > 0 ? [`REMOVE ${removed.join(', ')}`] : []),
    ].join(' '),
    ...(conditions.length > 0 ? { ConditionExpression: conditions.join(' AND ') } : {}),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}

/** An account that holds an order's money and has less of it than a posting moves: a fault, not a shortage. */
export function heldAccountShort(effect: ShardEffect, found: Shard): Failure | undefined {
  const short = (Object.entries(effect.accounts) as [Account, number][]).find(
    ([account, amount]) =>
      account !== 'available' && isHolding(account) && amount < 0 && found.balances[account] < -amount,
  );
  return short && { rule: 'ledger-account-short', values: { account: short[0] } };
}

/** A stored shard; empty when nothing was ever posted to it. */
export function shardOf(item: Readonly<Record<string, unknown>> | undefined): Shard {
  const specs: Record<string, SpecLeft> = {};
  for (const attribute of Object.keys(item ?? {})) {
    const [specId, part] = splitSpecAttribute(attribute);
    if (part !== 'leftAmount' || specId === undefined) continue;
    const of = (name: keyof SpecLeft) => Number(item?.[specAttribute(specId, name)] ?? 0);
    specs[specId] = {
      leftAmount: of('leftAmount'),
      leftCount: of('leftCount'),
      usedAmount: of('usedAmount'),
      usedCount: of('usedCount'),
    };
  }
  const balances = Object.fromEntries(accounts.map((account) => [account, Number(item?.[account] ?? 0)]));
  return {
    balances: balances as unknown as Balances,
    specs,
    short: item?.short === true,
    waiting: item?.waiting === true,
  };
}

function splitSpecAttribute(attribute: string): [string?, string?] {
  const at = attribute.lastIndexOf(':');
  return at < 0 ? [] : [attribute.slice(0, at), attribute.slice(at + 1)];
}

const isHolding = (account: Account): boolean => (holdingAccounts as readonly Account[]).includes(account);
