import { ordersRoutes } from '../../contracts/orders.ts';
import type { Order } from '../../core/orders/order.ts';
import type { Voucher } from '../../core/orders/voucher.ts';
import type { PayoutLine } from '../../core/payouts/payout.ts';
import { unpack } from '../../storage/packed.ts';
import type { CheckName } from '../../verify/checks/index.ts';
import { findingsIn } from '../support/money-findings.ts';
import type { BankBook } from './actors/bank.ts';
import type { Item } from './history.ts';
import { type ClientLog, isAccepted } from './log.ts';
import type { Prepared } from './prepared.ts';
import { quotasPassed, refusedWithoutReason } from './quota-oracle.ts';
import type { Watch } from './watch.ts';
import type { Walked } from './workflows.ts';

/** What must be true of the table whatever the clients know. */
const ofTheTable: readonly CheckName[] = [
  'readable',
  'trail',
  'ledger',
  'vouchers',
  'waiting-list',
  'services',
  'uniqueness',
  'recoveries',
  'local-funds',
];

/** Fen of an amount as the API writes it. */
const fenOf = (yuan: string): number => Math.round(Number(yuan) * 100);

/** What became of the stream: records still on their way, and such that nobody could read. */
export interface Streamed {
  readonly underWay: number;
  readonly poisoned: number;
  readonly setAside: number;
}

/** All that a life has left behind. */
export interface Life {
  readonly table: readonly Item[];
  readonly log: ClientLog;
  readonly bank: BankBook;
  readonly executions: readonly Walked[];
  /** Workflows that were asked for, by the id of the event. */
  readonly events: ReadonlySet<string>;
  readonly stream: Streamed;
  readonly prepared: Prepared;
  readonly mostTaken: Watch['mostTaken'];
}

/** What the clients know, held against the whole table. Gives what differs, in words. */
export async function judge(life: Life): Promise<readonly string[]> {
  const { table, log, bank, executions, events, stream } = life;
  const broken: string[] = [
    ...quotasPassed(log, life.prepared),
    ...refusedWithoutReason(log, life.prepared, life.mostTaken),
  ];
  const expect = (holds: boolean, sentence: string) => {
    if (!holds) broken.push(sentence);
  };

  // Progress is counted by the stream: it is right when the last record has come.
  const checks = stream.underWay === 0 ? [...ofTheTable, 'progress' as const] : ofTheTable;
  for (const { check, code, where, en } of await findingsIn(table, checks)) {
    broken.push(`${check}/${code} ${where}: ${en}`);
  }
  if (stream.underWay === 0) {
    const { poisoned, setAside } = stream;
    expect(setAside === poisoned, `${poisoned} records could not be read, and ${setAside} were set aside`);
  }

  // The same request, however often, has one answer.
  for (const { who, contract, answers } of log.asked) {
    const given = answers.filter(isAccepted).map(({ status, body }) => `${status} ${JSON.stringify(body)}`);
    expect(new Set(given).size <= 1, `${who} was given ${given.length} different answers to one ${contract.operation}`);
  }

  const { orders, vouchers, lines } = storedIn(table);
  const byId = <T extends { id: string }>(all: readonly T[]) => new Map(all.map((one) => [one.id, one]));
  const storedOrders = byId(orders);
  const storedVouchers = byId(vouchers);

  // One order per wish: as many as were accepted, and no more than were asked for without an answer.
  const placed = log.accepted(ordersRoutes.placeOrder.operation);
  for (const { answer } of placed) expect(storedOrders.has(answer.body.id), `order ${answer.body.id} is gone`);
  const unanswered = log.asked.filter(
    ({ contract, answers }) => contract.operation === ordersRoutes.placeOrder.operation && answers.length === 0,
  ).length;
  const more = orders.length - new Set(placed.map(({ answer }) => answer.body.id)).size;
  expect(more <= unanswered, `${more} orders that nobody was told of, for ${unanswered} wishes without an answer`);

  // The voucher that was shown at the signature is the one that is stored.
  for (const { answer } of log.accepted(ordersRoutes.signOrder.operation)) {
    const { voucher } = answer.body;
    if (!voucher) continue;
    const stored = storedVouchers.get(voucher.id);
    expect(stored?.issuedFace === fenOf(voucher.issuedFace), `voucher ${voucher.number} is not the one that was shown`);
  }
  const signedOrders = new Set(vouchers.map(({ orderId }) => orderId));
  expect(signedOrders.size === vouchers.length, 'an order has two vouchers');

  // What left the account is what the fund says it paid, and nobody was paid twice for one voucher. Of a line that is set
  // off whole, at whatever sending, nothing leaves it.
  const netOf = ({ amount, offsets = [] }: PayoutLine) =>
    offsets.reduce<number>((left, offset) => left - offset.amount, amount);
  for (const [lineId, payments] of bank.paid) {
    const line = lines.find((one) => one.id === lineId);
    const net = line ? netOf(line) : 0;
    expect(payments.length <= 1, `line ${lineId} was paid ${payments.length} times`);
    expect(payments[0] === net, `line ${lineId} was paid ${payments[0]} fen instead of ${net}`);
  }
  for (const line of lines) {
    if (line.status === 'paid')
      expect(bank.paid.has(line.id) || netOf(line) === 0, `line ${line.id} is paid, and no bank paid it`);
  }
  const paidBy = new Map<string, number>();
  for (const line of lines.filter(({ id }) => bank.paid.has(id) && !bank.returned.has(id))) {
    for (const { voucherId, amount } of line.items) paidBy.set(voucherId, (paidBy.get(voucherId) ?? 0) + amount);
  }
  for (const [voucherId, amount] of paidBy) {
    const stored = storedVouchers.get(voucherId);
    expect(
      amount <= (stored?.payable ?? 0),
      `${amount} fen were paid for ${stored?.number}, which is worth ${stored?.payable}`,
    );
  }

  // First used, first subsidised: of one order and year nobody gets a fen while somebody before has to wait for some.
  const yearOf = (item: PayoutLine['items'][number]) => storedVouchers.get(item.voucherId)?.year;
  for (const ofPayout of Map.groupBy(lines, ({ payoutId }) => payoutId).values()) {
    for (const items of Map.groupBy(
      ofPayout.flatMap((line) => line.items),
      yearOf,
    ).values()) {
      const firstWaiting = Math.min(...items.filter(({ deferred }) => deferred > 0).map(({ activeAt }) => activeAt));
      for (const { voucherId, amount, activeAt } of items) {
        expect(amount === 0 || activeAt <= firstWaiting, `${voucherId} was paid before one that became active earlier`);
      }
    }
  }

  // One event, one execution, which carries its name; none of them failed.
  for (const { workflow, input, status, name, error } of executions) {
    expect(events.has(name), `${workflow} ${input} was begun again, or by no event`);
    expect(status !== 'FAILED', `${workflow} ${name} failed: ${error}`);
  }
  const begun = new Set(executions.map(({ name }) => name));
  for (const id of events) expect(begun.has(id), `the workflow of ${id} was never begun`);
  return broken;
}

/** What there is of money in the table, read without the product's lists. */
function storedIn(table: readonly Item[]) {
  const orders: Order[] = [];
  const vouchers: Voucher[] = [];
  const lines: PayoutLine[] = [];
  for (const item of table) {
    if (item.type === 'order') orders.push(unpack(item) as Order);
    else if (item.type === 'voucher') vouchers.push(unpack(item) as Voucher);
    else if (item.type === 'payoutLine') lines.push(unpack(item) as PayoutLine);
  }
  return { orders, vouchers, lines };
}
