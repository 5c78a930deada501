import type { ClaimItem } from '../../core/claims/claim.ts';
import { type Countable, figuresOf, isCounted, type OrderOfItem, referenceOf } from '../../core/progress/figures.ts';
import { type Counted, difference, gathered, type Tally } from '../../core/progress/tally.ts';
import type { Check } from '../check.ts';
import { findingsOf } from '../finding.ts';
import type { Stored } from '../stored.ts';

const finding = findingsOf('progress', {
  thing: {
    zh: '进度统计没有按其现状计入（相差 {measures} 项）。',
    en: 'It is not counted in the progress as it stands ({measures} measures differ).',
    repairZh:
      '以 {"recount":["上述名称"]} 调用函数 follow-up，重新计入，重复计入没有影响；单机版在其下一次变动时自行计入。',
    repairEn:
      'Call the function follow-up with {"recount":["the name above"]}: counting again counts nothing twice. On one machine, its next change counts it.',
  },
  cell: {
    zh: '进度统计中 {measure} 为 {stored}，而逐项计入之和为 {expected}。公开进度与看板有误，资金与决定不受影响。',
    en: 'The progress says {measure} {stored}; what was counted comes to {expected}. Public progress and dashboards are wrong, money and decisions are not.',
    repairZh: '把该项改为逐项计入之和；它只由统计函数写入，另请查明是谁改动了它。',
    repairEn: 'Set it to what was counted; only the counting function writes it, so find out who else did.',
  },
});

/** A change may be under way to the count for that long, milliseconds. */
const UNDER_WAY = 60_000;

interface Thing {
  readonly figures: readonly Tally[];
  readonly updatedAt: number;
}

const nameOf = ({ book, table, cell, measure }: Tally): string => [book, table, ...cell, measure].join(' ');

/** What is counted is what there is: each thing once and as it stands, and every cell the sum of what was counted. */
export function progress(): Check {
  const things = new Map<string, Thing>();
  const items: ClaimItem[] = [];
  const orders = new Map<string, OrderOfItem>();
  const counted = new Map<string, readonly Tally[]>();
  const cells: { readonly book: Tally['book']; readonly of: Counted }[] = [];

  const add = (name: string, of: Countable) =>
    things.set(name, { figures: figuresOf(of), updatedAt: of.value.updatedAt });

  return {
    see(stored) {
      if (stored.kind === 'progress') cells.push({ book: stored.book, of: stored.cell });
      if (stored.kind === 'counted') counted.set(stored.name, stored.figures);
      if (stored.kind !== 'entity') return;
      if (stored.entity === 'order') {
        const { planYear, createdAt, jurisdiction, category } = stored.value;
        orders.set(stored.value.id, { planYear, createdAt, jurisdiction, category });
      }
      if (stored.entity === 'claimItem') items.push(stored.value);
      else if (isCountable(stored)) add(referenceOf(stored.entity, stored.value), stored);
    },
    *judge(_, now) {
      for (const item of items) {
        const order = orders.get(item.orderId);
        if (order) add(referenceOf('claimItem', item), { entity: 'claimItem', value: item, order });
      }
      for (const name of new Set([...things.keys(), ...counted.keys()])) {
        const { figures, updatedAt } = things.get(name) ?? { figures: [], updatedAt: 0 };
        const differs = difference(counted.get(name) ?? [], figures);
        if (differs.length > 0 && Math.abs(now - updatedAt) > UNDER_WAY)
          yield finding('thing', name, { measures: differs.length });
      }
      const expected = new Map(gathered([...counted.values()].flat()).map((tally) => [nameOf(tally), tally.amount]));
      const kept = new Map(cells.flatMap(talliesOf).map((tally) => [nameOf(tally), tally.amount]));
      for (const measure of new Set([...expected.keys(), ...kept.keys()])) {
        const figures = { measure, stored: kept.get(measure) ?? 0, expected: expected.get(measure) ?? 0 };
        if (figures.stored !== figures.expected) yield finding('cell', measure, figures);
      }
    },
  };
}

type Plain = Exclude<Countable, { entity: 'claimItem' }>;

const isCountable = (stored: Stored): stored is Extract<Stored, { kind: 'entity' }> & Plain =>
  stored.kind === 'entity' && isCounted(stored.entity);

const talliesOf = ({ book, of: { table, cell, measures } }: { readonly book: Tally['book']; readonly of: Counted }) =>
  Object.entries(measures).map(([measure, amount]): Tally => ({ book, table, cell, measure, amount }));
