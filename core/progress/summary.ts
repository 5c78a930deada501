import { type Category, categories } from '../catalogue/kinds.ts';
import { type Jurisdiction, jurisdictions } from '../registry/jurisdictions.ts';
import { fenOf, vouchersOf } from './figures.ts';
import { type Milestone, milestones, type Standing, stages, standings } from './names.ts';
import { type StageTime, stageTime } from './stages.ts';
import type { Counted, Table } from './tally.ts';

/** What of a year is asked for. */
export interface Part {
  readonly jurisdiction?: Jurisdiction | undefined;
  readonly category?: Category | undefined;
}

export const jurisdictionCodes = Object.keys(jurisdictions) as Jurisdiction[];
export const categoryIds = Object.keys(categories) as Category[];

const isOf =
  ({ jurisdiction, category }: Part) =>
  ({ cell: [, place, kind] }: Counted): boolean =>
    (jurisdiction === undefined || place === jurisdiction) && (category === undefined || kind === category);

const ofTable = (cells: readonly Counted[], table: Table): readonly Counted[] =>
  cells.filter((cell) => cell.table === table);

const sumOf = (cells: readonly Counted[], measure: string): number =>
  cells.reduce((sum, { measures }) => sum + (measures[measure] ?? 0), 0);

/** Cells by their month, in order. */
const monthsOf = (cells: readonly Counted[]): [month: string, cells: Counted[]][] =>
  [...Map.groupBy(cells, ({ cell: [month = ''] }) => month)].sort(([a], [b]) => (a < b ? -1 : 1));

/** Vouchers and money, by where they stand. */
export interface Line {
  readonly count: number;
  readonly fen: number;
  readonly standings: Readonly<Record<Standing, { readonly count: number; readonly fen: number }>>;
}

function lineOf(cells: readonly Counted[]): Line {
  const each = standings.map(
    (standing) =>
      [standing, { count: sumOf(cells, vouchersOf(standing)), fen: sumOf(cells, fenOf(standing)) }] as const,
  );
  return {
    count: each.reduce((sum, [, { count }]) => sum + count, 0),
    fen: each.reduce((sum, [, { fen }]) => sum + fen, 0),
    standings: Object.fromEntries(each) as Line['standings'],
  };
}

/** The vouchers of a year as the public sees them (clause 八-(二)). */
export interface Progress {
  readonly total: Line;
  /** Months in which vouchers became active, in order. */
  readonly months: readonly (Line & { readonly month: string })[];
  readonly jurisdictions: readonly (Line & { readonly jurisdiction: Jurisdiction })[];
  readonly categories: readonly (Line & { readonly category: Category })[];
}

/** The progress of a year, or of a part of it: months of the part; each jurisdiction and category beside the others of the part. */
export function progressOf(counted: readonly Counted[], part: Part): Progress {
  const cells = ofTable(counted, 'vouchers');
  const within = cells.filter(isOf(part));
  return {
    total: lineOf(within),
    months: monthsOf(within).map(([month, ofMonth]) => ({ month, ...lineOf(ofMonth) })),
    jurisdictions: jurisdictionCodes.map((jurisdiction) => ({
      jurisdiction,
      ...lineOf(cells.filter(isOf({ jurisdiction, category: part.category }))),
    })),
    categories: categoryIds.map((category) => ({
      category,
      ...lineOf(cells.filter(isOf({ jurisdiction: part.jurisdiction, category }))),
    })),
  };
}

export interface Organisations {
  readonly registered: number;
  readonly certified: number;
}

export type Milestones = Readonly<Record<Milestone, number>>;

/** How far things have come, from registration to payment, and where time goes. */
export interface YearFigures {
  readonly enterprises: Organisations;
  readonly providers: Organisations;
  readonly orders: Milestones;
  readonly jurisdictions: readonly {
    readonly jurisdiction: Jurisdiction;
    readonly enterprises: Organisations;
    readonly orders: Milestones;
    readonly fen: number;
  }[];
  readonly months: readonly { readonly month: string; readonly orders: Milestones }[];
  readonly times: readonly StageTime[];
}

const organisationsOf = (cells: readonly Counted[], kind: string): Organisations => {
  const own = cells.filter(({ cell }) => cell[2] === kind);
  return { registered: sumOf(own, 'registered'), certified: sumOf(own, 'certified') };
};

const milestonesOf = (cells: readonly Counted[]): Milestones =>
  Object.fromEntries(milestones.map((milestone) => [milestone, sumOf(cells, milestone)])) as unknown as Milestones;

/** The figures of a year for the departments. `organisations`: the book of organisations, which belong to no year. */
export function yearFiguresOf(year: readonly Counted[], organisations: readonly Counted[], part: Part): YearFigures {
  const place = { jurisdiction: part.jurisdiction };
  const orders = ofTable(year, 'orders').filter(isOf(part));
  const registered = organisations.filter(isOf(place));
  return {
    enterprises: organisationsOf(registered, 'enterprise'),
    providers: organisationsOf(registered, 'provider'),
    orders: milestonesOf(orders),
    jurisdictions: jurisdictionCodes.map((jurisdiction) => ({
      jurisdiction,
      enterprises: organisationsOf(organisations.filter(isOf({ jurisdiction })), 'enterprise'),
      orders: milestonesOf(ofTable(year, 'orders').filter(isOf({ ...part, jurisdiction }))),
      fen: lineOf(ofTable(year, 'vouchers').filter(isOf({ ...part, jurisdiction }))).fen,
    })),
    months: monthsOf(orders).map(([month, ofMonth]) => ({ month, orders: milestonesOf(ofMonth) })),
    times: stages.map((stage) => stageTime(stage, histogramOf(year, stage, part))),
  };
}

/** Of how many cases it took how many working days; a stage of no jurisdiction is the same for all. */
function histogramOf(year: readonly Counted[], stage: string, { jurisdiction }: Part): ReadonlyMap<number, number> {
  const histogram = new Map<number, number>();
  for (const { cell, measures } of ofTable(year, 'times')) {
    if (cell[0] !== stage || (jurisdiction !== undefined && cell[1] !== jurisdiction)) continue;
    for (const [measure, count] of Object.entries(measures)) {
      const days = Number(measure.slice('days-'.length));
      histogram.set(days, (histogram.get(days) ?? 0) + count);
    }
  }
  return histogram;
}

/** Fen issued by month that still count, for a forecast. */
export const issuedByMonth = (counted: readonly Counted[], part: Part = {}): ReadonlyMap<string, number> =>
  new Map(
    monthsOf(ofTable(counted, 'vouchers').filter(isOf(part))).map(([month, cells]) => [month, lineOf(cells).fen]),
  );
