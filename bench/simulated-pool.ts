/** What the simulated table does to a transaction (quality: the budget pool). */
export const CONDITIONS = {
  /** Clients that issue one voucher after the other. */
  clients: 512,
  /** How long a transaction holds the items it writes; another that comes meanwhile is cancelled. */
  writeMs: 8,
  /** What a partition takes; an item in a transaction counts twice. */
  unitsPerSecond: 1000,
  unitsPerWrite: 2,
  /** A command's way to the table and back, and what it does besides. */
  thinkMs: 4,
  seconds: 20,
} as const;

export interface PoolPace {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly conflictsPerIssue: number;
  readonly throttlesPerIssue: number;
}

interface Attempt {
  readonly at: number;
  readonly began: number;
  readonly shard: number;
  readonly tries: number;
}

/**
 * Issues on a table with partition limits and transaction conflicts, simulated event by event: each voucher belongs to
 * the shard of its order, a cancelled or throttled one is tried again there with full jitter, as `commit.ts` does.
 */
export function simulatePool(shards: number, seed = 1): PoolPace {
  const { clients, writeMs, unitsPerSecond, unitsPerWrite, thinkMs, seconds } = CONDITIONS;
  const random = numbers(seed);
  const queue = new Queue();
  const heldUntil = new Float64Array(shards);
  const tokens = new Float64Array(shards).fill(unitsPerSecond);
  const refilled = new Float64Array(shards);
  const end = seconds * 1000;
  const latencies: number[] = [];
  let conflicts = 0;
  let throttles = 0;
  const order = (at: number) => queue.add({ at, began: at, shard: Math.floor(random() * shards), tries: 0 });
  const again = (attempt: Attempt) => {
    const jitter = random() * Math.min(500, 5 * 2 ** attempt.tries);
    queue.add({ ...attempt, at: attempt.at + jitter + thinkMs, tries: attempt.tries + 1 });
  };
  for (let client = 0; client < clients; client++) order(random() * thinkMs);
  for (let attempt = queue.next(); attempt && attempt.at < end; attempt = queue.next()) {
    const { at, shard, began } = attempt;
    const rested = at - (refilled[shard] ?? 0);
    tokens[shard] = Math.min(unitsPerSecond, (tokens[shard] ?? 0) + (rested * unitsPerSecond) / 1000);
    refilled[shard] = at;
    if ((tokens[shard] ?? 0) < unitsPerWrite) {
      throttles += 1;
      again(attempt);
      continue;
    }
    // A cancelled transaction has used its units all the same.
    tokens[shard] = (tokens[shard] ?? 0) - unitsPerWrite;
    if ((heldUntil[shard] ?? 0) > at) {
      conflicts += 1;
      again(attempt);
      continue;
    }
    heldUntil[shard] = at + writeMs;
    latencies.push(at + writeMs - began);
    order(at + writeMs + thinkMs);
  }
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor((latencies.length - 1) * share)] ?? 0;
  return {
    perSecond: latencies.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    conflictsPerIssue: conflicts / latencies.length,
    throttlesPerIssue: throttles / latencies.length,
  };
}

/** Attempts by time: a binary heap. */
class Queue {
  readonly #heap: Attempt[] = [];

  add(attempt: Attempt): void {
    const heap = this.#heap;
    let place = heap.push(attempt) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if ((heap[parent]?.at ?? 0) <= attempt.at) break;
      this.#swap(place, parent);
      place = parent;
    }
  }

  next(): Attempt | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    heap[0] = last;
    for (let place = 0; ; ) {
      const left = 2 * place + 1;
      const at = (index: number) => heap[index]?.at ?? Number.POSITIVE_INFINITY;
      const least = at(left + 1) < at(left) ? left + 1 : left;
      if (at(least) >= last.at) return first;
      this.#swap(place, least);
      place = least;
    }
  }

  #swap(a: number, b: number): void {
    const heap = this.#heap;
    [heap[a], heap[b]] = [heap[b] as Attempt, heap[a] as Attempt];
  }
}

/** Numbers from 0 up to 1 that a seed decides. */
function numbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}
