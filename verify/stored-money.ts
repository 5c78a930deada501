import type { Pool } from '../core/ports/store.ts';
import { type Shard, shardOf, sumOf } from '../storage/pool.ts';
import type { Stored } from './stored.ts';

/** The pools of all years as stored: what their shards hold together. */
export function storedPools() {
  const sizes = new Map<number, number>();
  const shards = new Map<number, Map<number, Shard>>();
  const shardsOf = (year: number) => shards.get(year) ?? new Map<number, Shard>();
  return {
    see(stored: Stored): void {
      if (stored.kind === 'pool') sizes.set(stored.year, stored.shards);
      if (stored.kind === 'shard') {
        shards.set(stored.year, shardsOf(stored.year).set(stored.shard, shardOf(stored.item)));
      }
    },
    years: () => [...shards.keys()],
    of: (year: number): Pool => sumOf([...shardsOf(year).values()]),
    /** A cut left less than its commitments: the fund owes more than it has. */
    isShort: (year: number): boolean => [...shardsOf(year).values()].some(({ short }) => short),
    /** Shards that hold money and are none of the pool's. */
    strange: (year: number): number[] => [...shardsOf(year).keys()].filter((shard) => shard >= (sizes.get(year) ?? 1)),
    /** Marked for the waiting list on every shard there is. */
    isMarked: (year: number): boolean => [...shardsOf(year).values()].every(({ waiting }) => waiting),
  };
}

type CounterKind = 'cap' | 'provider-quota';

export interface CounterDifference {
  readonly owner: string;
  readonly stored: number;
  readonly other: number;
}

/** What is stored as used of yearly caps and quotas of providers, by year and owner. */
export function storedCounters() {
  const used = {
    cap: new Map<number, Map<string, number>>(),
    'provider-quota': new Map<number, Map<string, number>>(),
  };
  const of = (kind: CounterKind, year: number): Map<string, number> => used[kind].get(year) ?? new Map();
  return {
    see(stored: Stored): void {
      if (stored.kind !== 'cap' && stored.kind !== 'provider-quota') return;
      used[stored.kind].set(stored.year, of(stored.kind, stored.year).set(stored.owner, stored.used));
    },
    years: () => [...used.cap.keys(), ...used['provider-quota'].keys()],
    of,
    /** Where it is not what another source says. */
    *differences(kind: CounterKind, year: number, others: ReadonlyMap<string, number>): Iterable<CounterDifference> {
      const stored = of(kind, year);
      for (const owner of new Set([...stored.keys(), ...others.keys()])) {
        const difference = { owner, stored: stored.get(owner) ?? 0, other: others.get(owner) ?? 0 };
        if (difference.stored !== difference.other) yield difference;
      }
    },
  };
}
