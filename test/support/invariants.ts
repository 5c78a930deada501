import { accounts } from '../../core/ledger/accounts.ts';
import { backingOf } from '../../core/ledger/backing.ts';
import { imbalance, type Posting, replay } from '../../core/ledger/posting.ts';
import type { Order } from '../../core/orders/order.ts';
import { capCountingStatuses, fundYearOf, type Voucher } from '../../core/orders/voucher.ts';
import type { Page, Reads } from '../../core/ports/store.ts';
import { JOURNAL_PARTITIONS, type QueryArguments, type QueryName, type QueryResult } from '../../core/queries.ts';

type Reading = Pick<Reads, 'list' | 'get' | 'fund' | 'spec' | 'capUsed'>;

/**
 * Whether the invariants of money hold for a year (mission, invariants 1 to 4), from what is stored: the journal, the
 * vouchers, the reservations of orders, and the counters beside them.
 */
export async function checkInvariants(store: Reading, year: number): Promise<Record<string, boolean>> {
  const [plan, fund, vouchers, earlier, orders, journal] = await Promise.all([
    store.get('plan', { year }),
    store.fund(year),
    all(store, 'vouchersOfYear', { year }),
    all(store, 'vouchersOfYear', { year: year - 1 }),
    reservations(store, year),
    postings(store, year),
  ]);
  const counting = vouchers.filter(({ status }) => capCountingStatuses.includes(status));
  const replayed = replay(journal);
  const uscc = [...new Set([...vouchers, ...orders].map(({ enterpriseUscc }) => enterpriseUscc))];
  const cap = plan?.parameters.yearlyCap ?? 0;
  const caps = await Promise.all(uscc.map((code) => store.capUsed(year, code)));
  const specs = await Promise.all(
    (plan?.specs ?? []).map(async (spec) => ({ spec, balance: await store.spec(year, spec.id) })),
  );
  const cameIn = -(fund.appropriation + fund.carryIn);
  // A close moves vouchers together with their money; what they count against stays where it was.
  const held = [...earlier, ...vouchers].filter((voucher) => fundYearOf(voucher) === year);

  return {
    'every posting sums to zero': journal.every(({ entries }) => imbalance(entries) === 0),
    'balances equal the replay of the journal': accounts.every((account) => replayed[account] === fund[account]),
    'total control holds':
      fund.available >= 0 &&
      fund.reserved + fund.active + fund.accrued + fund.paid + fund.deferred <= cameIn - fund.recovered,
    'accounts equal reservations and vouchers':
      fund.reserved === total(orders, reserved) &&
      fund.active === total(held.filter(isActive), ({ face }) => face) &&
      fund.accrued === total(held, (voucher) => backingOf(voucher)?.accrued ?? 0) &&
      fund.deferred === total(held, (voucher) => backingOf(voucher)?.deferred ?? 0) &&
      fund.paid === total([...earlier, ...vouchers], (voucher) => paidOf(voucher, year)),
    'cap counters equal live vouchers': uscc.every((code, index) => {
      const own = <T extends { enterpriseUscc: string }>(records: readonly T[]) =>
        records.filter((r) => r.enterpriseUscc === code);
      return caps[index] === total(own(counting), ({ face }) => face) + total(own(orders), reserved);
    }),
    'no cap counter is above the cap': caps.every((used) => used <= cap),
    'spec counts equal live vouchers': specs.every(
      ({ spec, balance }) =>
        balance?.usedCount === holding(counting, spec.id) + holding(orders.map(reservationOf), spec.id),
    ),
    'spec amounts equal live vouchers':
      total(specs, ({ balance }) => balance?.usedAmount ?? 0) === total(counting, spent) + total(orders, reserved) &&
      specs.every(({ spec, balance }) => {
        const effects = journal.flatMap((posting) => posting.specs.filter(({ specId }) => specId === spec.id));
        return balance?.usedAmount === total(effects, ({ amount }) => amount);
      }),
    'no spec is over its limits': specs.every(
      ({ spec, balance }) =>
        balance !== undefined &&
        balance.leftAmount >= 0 &&
        balance.leftCount >= 0 &&
        balance.leftAmount + balance.usedAmount === spec.amount &&
        balance.leftCount + balance.usedCount === spec.count,
    ),
  };
}

const isActive = ({ status }: Voucher) => status === 'active' || status === 'used' || status === 'claimed';

/** Fen of the fund behind a voucher: its face until the payout settles it, then what is payable. */
function backed({ status, face, payable }: Voucher): number {
  if (status === 'refused') return 0;
  return status === 'payable' || status === 'redeemed' || status === 'recovered' ? (payable ?? face) : face;
}

/** Fen that a year's fund has paid of a voucher: in parts, where some of it was deferred. */
function paidOf(voucher: Voucher, year: number): number {
  const { status, paid = 0, paidFrom = [] } = voucher;
  const done = status === 'redeemed' || status === 'recovered';
  const whole = done ? backed(voucher) : status === 'payable' ? paid : 0;
  const inParts = total(paidFrom, ({ amount }) => amount);
  const part = total(
    paidFrom.filter((from) => from.year === year),
    ({ amount }) => amount,
  );
  return part + (fundYearOf(voucher) === year ? whole - inParts : 0);
}

/** Fen of its specs that a voucher has used: what came back is free again. */
const spent = (voucher: Voucher): number => backed(voucher) - (voucher.recovered ?? 0);

const reserved = (order: Order): number => order.reservation?.amount ?? 0;
const reservationOf = (order: Order) => ({ parts: order.reservation?.parts ?? [] });

const holding = (records: readonly Pick<Voucher, 'parts'>[], specId: string): number =>
  records.filter(({ parts }) => parts.some((part) => part.specId === specId && part.amount > 0)).length;

const total = <T>(records: readonly T[], amount: (record: T) => number): number =>
  records.reduce((sum, record) => sum + amount(record), 0);

/** Unsigned orders whose reservation holds money of the year: those that the sweep watches. */
async function reservations(store: Reading, year: number): Promise<Order[]> {
  const due = await all(store, 'due', { kind: 'reservation', upTo: '9999-12-31' });
  // Who waits by agreement has no last day.
  const waiting = await all(store, 'waitingOrders', { year });
  const ids = new Set([...due, ...waiting].map(({ id }) => id));
  const orders = await Promise.all([...ids].map((id) => store.get('order', { id })));
  return orders.filter(
    (order) => order?.planYear === year && (order.status === 'placed' || order.status === 'answered'),
  ) as Order[];
}

async function postings(store: Reading, year: number): Promise<Posting[]> {
  const partitions = Array.from({ length: JOURNAL_PARTITIONS }, (_, partition) =>
    all(store, 'journal', { year, partition }),
  );
  return (await Promise.all(partitions)).flat();
}

async function all<Q extends QueryName>(store: Reading, query: Q, args: QueryArguments<Q>): Promise<QueryResult<Q>[]> {
  const items: QueryResult<Q>[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<QueryResult<Q>> = await store.list(query, args, { limit: 100, ...(cursor ? { cursor } : {}) });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return items;
}
