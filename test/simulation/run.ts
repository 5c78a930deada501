import type { DurableEngine } from '../support/engine.ts';
import { auditor } from './actors/auditor.ts';
import { cashier } from './actors/bank.ts';
import { cityReviewer, financeOfficer, officer } from './actors/departments.ts';
import { enterpriseMember } from './actors/enterprise.ts';
import { localPolicymakers } from './actors/local-policies.ts';
import { newcomer } from './actors/newcomer.ts';
import { planners } from './actors/planners.ts';
import { claimant, seller } from './actors/provider.ts';
import { objector } from './actors/public.ts';
import { recoverers } from './actors/recoveries.ts';
import { bankReturns } from './actors/returns.ts';
import { reviewersOfTheYear } from './actors/reviewers-of-the-year.ts';
import { type FaultKind, type FaultRates, ratesOf } from './faults.ts';
import { listenToLogs } from './logs.ts';
import { judge } from './oracle.ts';
import { papersOf } from './papers.ts';
import { BEGINNING, openWorld, type WorldTampering } from './world.ts';

export interface RunOptions {
  readonly seed: number;
  /** Simulated hours at most; absent: until nothing happens any more. */
  readonly hours?: number;
  readonly rates?: FaultRates;
  /** People, deeds and faults that are left out: how a story is made shorter. */
  readonly without?: ReadonlySet<string>;
  readonly tampering?: WorldTampering;
}

export interface Outcome {
  /** What was broken, in words; empty when every promise held. */
  readonly broken: readonly string[];
  readonly trace: readonly string[];
  readonly hash: string;
  readonly turns: number;
  /** Simulated hours that it lasted. */
  readonly hours: number;
  readonly faults: Readonly<Record<FaultKind, number>>;
  /** Who lived in it, and what they did, by name. */
  readonly people: readonly string[];
  readonly deeds: readonly string[];
  /** Places at which a fault was injected. */
  readonly places: readonly string[];
  /** Answers by route, and visits by state of a state machine. */
  readonly routes: ReadonlyMap<string, number>;
  readonly states: ReadonlyMap<string, number>;
}

const HOUR = 3_600_000;
/** To the end of February of the next year. */
const WHOLE_LIFE = 24 * 166;
const MOST_TURNS = 12_000;
let tables = 0;

/** Lives one seed's story and judges it. */
export async function runSeed(engine: DurableEngine, options: RunOptions): Promise<Outcome> {
  const { seed, hours = WHOLE_LIFE } = options;
  tables += 1;
  const logs = listenToLogs();
  try {
    const world = await openWorld(engine, {
      ...options,
      table: `simulated-${process.pid}-${tables}`,
      rates: options.rates ?? ratesOf(seed),
      mostTurns: MOST_TURNS,
      errorsOf: logs.errorsOf,
    });
    const { surroundings, prepared, scheduler, clock, log, workflows } = world;
    const { enterprises, providers, offers, year } = prepared;
    for (const party of enterprises) {
      for (const member of [0, 1] as const) enterpriseMember(surroundings, party, member, offers);
    }
    for (const provider of providers) {
      const papers = papersOf(seed, provider, world.deposit, clock.now);
      seller(surroundings, provider, papers);
      claimant(surroundings, provider, papers, year);
    }
    for (const number of [1, 2]) {
      auditor(surroundings, number);
      officer(surroundings, number, year);
      financeOfficer(surroundings, number, year);
    }
    objector(surroundings);
    cityReviewer(surroundings);
    if (seed % 3 === 1) newcomer(surroundings, world.objects);
    if (seed % 3 === 1) reviewersOfTheYear(surroundings, year);
    if (seed % 3 === 2) planners(surroundings, year + 1);
    const bank = cashier(surroundings);
    bankReturns(surroundings, bank);
    recoverers(surroundings, year);
    if (seed % 3 === 0) localPolicymakers(surroundings, year);

    const ended = await scheduler.run(clock.now() + hours * HOUR);
    if (ended === 'too-long') world.breaks([`after ${MOST_TURNS} turns nothing had come to rest`]);
    const executions = workflows.executions();
    const table = await world.everything();
    world.breaks(world.differences(table).map((key) => `${key} is not what was written there`));
    if (ended === 'rest')
      world.breaks(
        await judge({
          ...{ table, log, bank, executions, prepared },
          ...{ events: world.events, stream: world.stream(), mostTaken: world.mostTaken },
        }),
      );
    const states = new Map<string, number>();
    for (const { workflow, states: visited } of executions) {
      for (const state of visited) states.set(`${workflow} ${state}`, (states.get(`${workflow} ${state}`) ?? 0) + 1);
    }
    await world.close();
    return {
      broken: world.broken,
      get trace() {
        return world.trace.lines();
      },
      hash: world.trace.hash(),
      turns: scheduler.turns,
      hours: Math.ceil((clock.now() - BEGINNING) / HOUR),
      faults: world.faults.counts,
      people: world.people,
      deeds: world.deeds,
      places: world.faults.places,
      routes: world.routes,
      states,
    };
  } finally {
    logs.stop();
  }
}
