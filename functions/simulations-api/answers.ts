import type * as z from 'zod';
import type { simulationAnswer } from '../../contracts/simulation.ts';
import { toShanghaiIso } from '../../core/calendar/business-date.ts';
import type { BeforeAndAfter, Comparison, Tally } from '../../core/policy/compare-replays.ts';
import type { RunOut } from '../../core/policy/replay-orders.ts';
import type { SimulationReport } from '../../core/usecases/plan/simulate-policy.ts';
import { money } from '../_runtime/money.ts';

const toTally = ({ count, amount }: Tally) => ({ count, amount: money(amount) });

const toComparison = ({ before, after, gaining, losing }: Comparison) => ({
  before: toTally(before),
  after: toTally(after),
  difference: money(after.amount - before.amount),
  gaining: toTally(gaining),
  losing: toTally(losing),
});

const toRunOut = <T>({ at, left }: RunOut, show: (left: number) => T) => ({
  ...(at === undefined ? {} : { exhaustedAt: toShanghaiIso(at) }),
  left: show(left),
});
const both = <T, U>({ before, after }: BeforeAndAfter<T>, show: (one: T) => U) => ({
  before: show(before),
  after: show(after),
});
const asMoney = (runOut: RunOut) => toRunOut(runOut, money);
const asCount = (runOut: RunOut) => toRunOut(runOut, (left) => left);

export const toSimulationAnswer = (of: SimulationReport): z.input<typeof simulationAnswer> => ({
  year: of.year,
  postings: of.postings,
  orders: of.orders,
  differing: of.differing,
  issued: { ...both(of.issued, money), difference: money(of.issued.after - of.issued.before) },
  total: toComparison(of.total),
  fund: both(of.fund, asMoney),
  specs: [...of.specs].map(([category, { before, after }]) => ({
    category,
    amount: both({ before: before.amount, after: after.amount }, asMoney),
    count: both({ before: before.count, after: after.count }, asCount),
  })),
  byJurisdiction: [...of.byJurisdiction].map(([jurisdiction, group]) => ({ jurisdiction, ...toComparison(group) })),
  byCategory: [...of.byCategory].map(([category, group]) => ({
    category,
    ...toComparison(group),
  })),
});
