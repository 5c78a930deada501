import { chanceOf } from './random.ts';

/** Everything that may go wrong. What each means stands where it is injected. */
export const faultKinds = [
  // Between a function and the table.
  'request-lost',
  'reply-lost',
  'delivered-twice',
  'delivered-after-ten-minutes',
  'conflict',
  'condition-failed',
  'throttled',
  'internal-error',
  'unavailable',
  'transaction-in-progress',
  'keys-unprocessed',
  'stale-index',
  // The processes.
  'function-killed',
  'workflows-killed',
  'engine-killed',
  'clock-ahead',
  'clock-behind',
  // Between people and the API.
  'client-request-lost',
  'client-reply-lost',
  'client-sent-twice',
  'client-sent-after-ten-minutes',
  'oversized-payload',
  // The stream and the workflow service.
  'record-duplicated',
  'record-reordered',
  'record-delayed',
  'record-redelivered',
  'record-poisoned',
  'step-retried-after-success',
  'service-request-lost',
  'service-reply-lost',
  'token-used-twice',
  'token-used-late',
  // The bank.
  'bank-silent',
  'bank-late',
  'bank-duplicate',
  'bank-contradiction',
  'partial-payment-file',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** How often each kind is met where it may be. */
export type FaultRates = Readonly<Partial<Record<FaultKind, number>>>;

export interface Faults {
  /** The fault of a place, if it has one: every place has a name of its own, and the seed has decided about it. */
  at(place: string, kinds: readonly FaultKind[]): FaultKind | undefined;
  /** Something went wrong by itself, as others were faster. */
  met(kind: FaultKind): void;
  /** Whether this reading is one of those that are compared with the engine's. */
  sampled(): boolean;
  readonly counts: Readonly<Record<FaultKind, number>>;
  /** Places at which a fault was injected, in their order. */
  readonly places: readonly string[];
}

/** One reading of so many. */
const SAMPLED = 20;

export function createFaults(seed: number, rates: FaultRates, without: ReadonlySet<string> = new Set()): Faults {
  const counts = Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>;
  const places: string[] = [];
  let readings = 0;
  return {
    counts,
    places,
    sampled() {
      readings += 1;
      return readings % SAMPLED === 0;
    },
    met(kind) {
      counts[kind] += 1;
    },
    at(place, kinds) {
      let chance = chanceOf(`${seed}|${place}`);
      for (const kind of kinds) {
        const rate = rates[kind] ?? 0;
        if (chance < rate) {
          if (without.has(place)) return undefined;
          counts[kind] += 1;
          places.push(place);
          return kind;
        }
        chance -= rate;
      }
      return undefined;
    },
  };
}

/** How a seed goes wrong: from not at all to badly, and each worse in something of its own. */
export function ratesOf(seed: number): FaultRates {
  const level = [0, 0.01, 0.03, 0.06][seed % 4] ?? 0;
  const worst = chanceOf(`${seed}|worst`);
  const rate = (weight: number) => level * weight;
  return {
    'request-lost': rate(0.3),
    'reply-lost': rate(0.5),
    'delivered-twice': rate(0.5),
    'delivered-after-ten-minutes': rate(0.5),
    // Up to every second attempt.
    conflict: worst < 0.1 && level > 0 ? 0.5 : rate(1),
    throttled: rate(0.3),
    'internal-error': rate(0.3),
    unavailable: rate(0.3),
    'transaction-in-progress': rate(0.3),
    'keys-unprocessed': rate(1),
    'stale-index': rate(4),
    'function-killed': rate(0.3),
    'workflows-killed': rate(1),
    'engine-killed': rate(0.8),
    'clock-ahead': rate(1),
    'clock-behind': rate(1),
    'client-request-lost': rate(1),
    'client-reply-lost': rate(2),
    'client-sent-twice': rate(2),
    'client-sent-after-ten-minutes': rate(1),
    'oversized-payload': rate(0.5),
    'record-duplicated': rate(4),
    'record-delayed': rate(1),
    'record-poisoned': rate(0.15),
    'step-retried-after-success': rate(2),
    'service-request-lost': rate(1),
    'service-reply-lost': rate(1),
    'bank-silent': rate(3),
    'bank-late': rate(3),
    'bank-duplicate': rate(3),
    'bank-contradiction': rate(3),
    'partial-payment-file': rate(4),
  };
}
