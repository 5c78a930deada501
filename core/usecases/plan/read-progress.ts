import { type BusinessDate, businessDate, businessDateOf } from '../../calendar/business-date.ts';
import type { Category } from '../../catalogue/kinds.ts';
import { isPublished } from '../../policy/current-plan.ts';
import type { Plan } from '../../policy/plan.ts';
import type { Ports } from '../../ports/context.ts';
import { type Forecast, forecastOf } from '../../progress/forecast.ts';
import { type OpenWork, openWorkOf } from '../../progress/open-work.ts';
import {
  issuedByMonth,
  type Part,
  type Progress,
  progressOf,
  type YearFigures,
  yearFiguresOf,
} from '../../progress/summary.ts';
import { ok, type Result, refuse } from '../../result.ts';

export interface ProgressRequest extends Part {
  readonly year: number;
}

const publishedPlan = async ({ reads }: Ports, year: number): Promise<Result<Plan>> => {
  const plan = await reads.get('plan', { year });
  return plan && isPublished(plan) ? ok(plan) : refuse('not-found');
};

/** How far the vouchers of a year have come, in public (clause 八-(二)). */
export const makeReadProgress =
  (ports: Ports) =>
  async ({ year, ...part }: ProgressRequest): Promise<Result<Progress & { readonly year: number }>> => {
    const plan = await publishedPlan(ports, year);
    return plan.ok ? ok({ year, ...progressOf(await ports.reads.progress(year), part) }) : plan;
  };

export interface FiguresOfYear extends YearFigures {
  readonly year: number;
  readonly today: BusinessDate;
  readonly forecast: {
    readonly fund: Forecast;
    readonly specs: readonly (Forecast & { readonly category: Category })[];
  };
}

/**
 * What the departments steer a year by. What is left is read from the pool itself, an estimate where writers are under way;
 * the pace comes from what was counted (clause 八-(三)).
 */
export const makeReadYearFigures =
  (ports: Ports) =>
  async ({ year, at, ...part }: ProgressRequest & { readonly at: number }): Promise<Result<FiguresOfYear>> => {
    const found = await publishedPlan(ports, year);
    if (!found.ok) return found;
    const { specs, openedAt, createdAt } = found.value;
    const [counted, organisations, pool] = await Promise.all([
      ports.reads.progress(year),
      ports.reads.progress('organisations'),
      ports.reads.poolEstimate(year),
    ]);
    const today = businessDateOf(at);
    const since = businessDate(businessDateOf(openedAt ?? createdAt));
    return ok({
      year,
      today,
      ...yearFiguresOf(counted, organisations, part),
      forecast: {
        fund: forecastOf(year, today, since, pool.balances.available, issuedByMonth(counted)),
        specs: specs.map(({ id, category, amount }) => ({
          category,
          ...forecastOf(year, today, since, pool.specs[id]?.leftAmount ?? amount, issuedByMonth(counted, { category })),
        })),
      },
    });
  };

/** What waits for a decision now, by office: counted within seconds (clause 八-(三)). */
export const makeReadOpenWork =
  (ports: Ports) =>
  async (at: number): Promise<OpenWork & { readonly today: BusinessDate }> => {
    const today = businessDateOf(at);
    return { today, ...openWorkOf(await ports.reads.progress('tasks'), today) };
  };
