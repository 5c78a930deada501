import type { DurableEngine } from '../support/engine.ts';
import { type FaultKind, faultKinds } from './faults.ts';
import { type Outcome, type RunOptions, runSeed } from './run.ts';

/** What many seeds came to. */
export interface Totals {
  readonly seeds: number;
  readonly turns: number;
  /** Seeds that broke something, with what. */
  readonly broken: ReadonlyMap<number, readonly string[]>;
  readonly faults: Readonly<Record<FaultKind, number>>;
  /** Answers by route, and visits by state of a state machine. */
  readonly routes: ReadonlyMap<string, number>;
  readonly states: ReadonlyMap<string, number>;
}

/** Seeds that are under way at once: while one waits for the engine, another computes. They share nothing. */
const AT_ONCE = 3;
/** The engine remembers a token per transaction for ten minutes, and grows slower with them. */
const SEEDS_PER_ENGINE = 40;

/** Runs seeds one after the other, a few at a time. Their order and company change nothing in what each comes to. */
export async function runSeeds(
  startEngine: () => Promise<DurableEngine>,
  seeds: readonly number[],
  options: Omit<RunOptions, 'seed'> = {},
  tell: (seed: number, outcome: Outcome) => void = () => undefined,
): Promise<Totals> {
  const faults = Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>;
  const routes = new Map<string, number>();
  const states = new Map<string, number>();
  const broken = new Map<number, readonly string[]>();
  const count = (into: Map<string, number>, from: ReadonlyMap<string, number>) => {
    for (const [name, times] of from) into.set(name, (into.get(name) ?? 0) + times);
  };
  let turns = 0;
  const take = (seed: number, outcome: Outcome) => {
    turns += outcome.turns;
    for (const kind of faultKinds) faults[kind] += outcome.faults[kind];
    count(routes, outcome.routes);
    count(states, outcome.states);
    if (outcome.broken.length > 0) broken.set(seed, outcome.broken);
    tell(seed, outcome);
  };
  for (let from = 0; from < seeds.length; from += SEEDS_PER_ENGINE) {
    const waiting = seeds.slice(from, from + SEEDS_PER_ENGINE);
    const engine = await startEngine();
    const work = async () => {
      for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
        take(seed, await runSeed(engine, { ...options, seed }));
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    } finally {
      await engine.stop();
    }
  }
  return { seeds: seeds.length, turns, broken, faults, routes, states };
}

/** The totals as somebody reads them. */
export function report(
  { seeds, turns, broken, faults, routes, states }: Totals,
  all: { routes: number; states: number },
): string {
  const list = (of: Readonly<Record<string, number>>) =>
    Object.entries(of)
      .map(([name, times]) => `${name} ${times}`)
      .join(', ');
  return [
    `${seeds} seeds, ${turns} turns, ${broken.size} broken`,
    `faults: ${list(faults)}`,
    `routes met: ${routes.size} of ${all.routes}; states met: ${states.size} of ${all.states}`,
  ].join('\n');
}
