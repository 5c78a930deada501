import { businessDateOf } from '../calendar/business-date.ts';
import type { Claim, ClaimItem } from '../claims/claim.ts';
import { lastDayOfTask, type Task } from '../inbox/task.ts';
import { figuresOfVoucher } from '../ledger/voucher-figures.ts';
import type { Order } from '../orders/order.ts';
import type { Voucher, VoucherStatus } from '../orders/voucher.ts';
import type { Payout } from '../payouts/payout.ts';
import type { Notice } from '../publicity/notice.ts';
import type { Certification } from '../registry/certification.ts';
import type { Organisation } from '../registry/organisation.ts';
import type { Milestone, Standing } from './names.ts';
import { passed } from './stages.ts';
import { gathered, type Tally, WHOLE_REGION } from './tally.ts';

const standingOf: Readonly<Record<VoucherStatus, Standing>> = {
  active: 'active',
  used: 'used',
  claimed: 'claimed',
  payable: 'payable',
  redeemed: 'paid',
  recovered: 'ended',
  refused: 'ended',
  void: 'ended',
  expired: 'ended',
};

/** Names of a standing's two measures. */
export const vouchersOf = (standing: Standing): string => `${standing}-count`;
export const fenOf = (standing: Standing): string => `${standing}-fen`;

/** Of an order, what its claim item is counted by. */
export type OrderOfItem = Pick<Order, 'planYear' | 'createdAt' | 'jurisdiction' | 'category'>;

/**
 * Something that is counted, as it stands. What it counts for follows from it alone, so that counting it again is counting
 * it once, and a replay comes to the same. No personal data is in it.
 */
export type Countable =
  | { readonly entity: 'organisation'; readonly value: Organisation }
  | { readonly entity: 'certification'; readonly value: Certification }
  | { readonly entity: 'order'; readonly value: Order }
  | { readonly entity: 'voucher'; readonly value: Voucher }
  | { readonly entity: 'claim'; readonly value: Claim }
  | { readonly entity: 'claimItem'; readonly value: ClaimItem; readonly order: OrderOfItem }
  | { readonly entity: 'notice'; readonly value: Notice }
  | { readonly entity: 'payout'; readonly value: Payout }
  | { readonly entity: 'task'; readonly value: Task };

export const countedEntities = [
  'organisation',
  'certification',
  'order',
  'voucher',
  'claim',
  'claimItem',
  'notice',
  'payout',
  'task',
] as const satisfies readonly Countable['entity'][];

export const isCounted = (entity: unknown): entity is Countable['entity'] =>
  countedEntities.some((counted) => counted === entity);

/** Something that is counted, by name: `order/ord_…`, `claimItem/clm_…/itm_…`. */
export type Reference = string;

export const referenceOf = (
  entity: string,
  { id, claimId }: { readonly id: string; readonly claimId?: string | undefined },
): Reference => (entity === 'claimItem' ? `${entity}/${claimId}/${id}` : `${entity}/${id}`);

/** Everything that one thing counts for now. */
export const figuresOf = (of: Countable): Tally[] => gathered(all(of));

function all(of: Countable): readonly Tally[] {
  switch (of.entity) {
    case 'organisation':
      return ofOrganisation(of.value);
    case 'certification':
      return passed('certification', of.value.jurisdiction, of.value.submittedAt, of.value.decidedAt);
    case 'order':
      return ofOrder(of.value);
    case 'voucher':
      return ofVoucher(of.value);
    case 'claim':
      return passed('audit', WHOLE_REGION, of.value.filedAt, of.value.auditCompletedAt);
    case 'claimItem':
      return ofClaimItem(of.value, of.order);
    case 'notice':
      return passed('publicity', WHOLE_REGION, of.value.publishedAt, of.value.closedAt);
    case 'payout':
      return ofPayout(of.value);
    case 'task':
      return ofTask(of.value);
  }
}

/** `2026-11`, in Shanghai. */
const monthOf = (at: number): string => businessDateOf(at).slice(0, 7);

/** An organisation counts in the month in which it registered. */
function ofOrganisation({ kind, jurisdiction, status, createdAt, certifiedAt }: Organisation): Tally[] {
  // Registered by mistake, and taken back: it was none.
  if (status === 'annulled') return [];
  const count = (measure: string): Tally => ({
    book: 'organisations',
    table: 'organisations',
    cell: [monthOf(createdAt), jurisdiction, kind],
    measure,
    amount: 1,
  });
  return [count('registered'), ...(certifiedAt === undefined ? [] : [count('certified')])];
}

/** An order and all that becomes of it count in the month in which it was placed. */
const milestone = ({ planYear, createdAt, jurisdiction, category }: OrderOfItem, measure: Milestone): Tally => ({
  book: planYear,
  table: 'orders',
  cell: [monthOf(createdAt), jurisdiction, category],
  measure,
  amount: 1,
});

function ofOrder(order: Order): Tally[] {
  const { jurisdiction, createdAt, contract, signedAt, deliveredAt, voucherId, status } = order;
  const delivered = status === 'delivered' || status === 'partly-performed';
  return [
    milestone(order, 'placed'),
    ...(voucherId === undefined ? [] : [milestone(order, 'issued')]),
    ...(voucherId !== undefined && delivered ? [milestone(order, 'delivered')] : []),
    ...passed('answer', jurisdiction, createdAt, contract?.answeredAt),
    ...passed('signing', jurisdiction, contract?.answeredAt, signedAt),
    ...passed('delivery', jurisdiction, signedAt, delivered ? deliveredAt : undefined),
  ];
}

function ofClaimItem({ status, audit }: ClaimItem, order: OrderOfItem): Tally[] {
  if (status === 'draft' || status === 'withdrawn') return [];
  const audited = audit !== undefined && audit.outcome !== 'return';
  return [
    milestone(order, 'claimed'),
    ...(audited ? [milestone(order, 'audited')] : []),
    ...(status === 'paid' ? [milestone(order, 'paid')] : []),
  ];
}

/**
 * A voucher counts in the month in which it became active, once for each spec that it is of, as it does against the plan
 * (clause 五-(一)); with the money that counts against the spec now, to the fen.
 */
function ofVoucher(voucher: Voucher): Tally[] {
  const { year, jurisdiction, status, activeAt, paidAt, parts } = voucher;
  const standing = standingOf[status];
  const specs = figuresOfVoucher(voucher).flatMap((figures) => figures.specs);
  return [
    ...parts.flatMap(({ specId, category }): Tally[] => {
      const cell = { book: year, table: 'vouchers', cell: [monthOf(activeAt), jurisdiction, category] } as const;
      const fen = specs.filter((spec) => spec.specId === specId).reduce((sum, { amount }) => sum + amount, 0);
      return [
        { ...cell, measure: vouchersOf(standing), amount: 1 },
        { ...cell, measure: fenOf(standing), amount: fen },
      ];
    }),
    ...passed('issue-to-payment', jurisdiction, activeAt, paidAt),
  ];
}

function ofPayout({ proposedAt, approvals, resends }: Payout): Tally[] {
  // What the bank gave back is sent again on the approvals that it had.
  if (resends) return [];
  const signed = (department: 'industry' | 'finance') => approvals.find((one) => one.department === department)?.at;
  return [
    ...passed('industry-approval', WHOLE_REGION, proposedAt, signed('industry')),
    ...passed('finance-approval', WHOLE_REGION, signed('industry'), signed('finance')),
  ];
}

/** In the place of a last day, of a task that has none. */
export const WITHOUT_LAST_DAY = 'none';

/**
 * An open task waits in its office, under its last day: what is overdue is the sum of the days before today, whatever day
 * it is, and nothing has to be counted at midnight. A month of an office is a cell, its days are the measures. Whose hands
 * it is in counts for nothing.
 */
function ofTask({ status, role, jurisdiction = WHOLE_REGION, ...task }: Task): Tally[] {
  if (status !== 'open') return [];
  const day = lastDayOfTask(task);
  const [month, measure] = day === undefined ? [WITHOUT_LAST_DAY, WITHOUT_LAST_DAY] : [day.slice(0, 7), day];
  return [{ book: 'tasks', table: 'tasks', cell: [month, jurisdiction, role], measure, amount: 1 }];
}
