import type { EntityId, EntityName } from '../core/entities.ts';
import type { TaskStatus } from '../core/inbox/task.ts';
import type { LastDays, QueryArguments, QueryName } from '../core/queries.ts';
import { entityDefinitions } from './entities/index.ts';
import { AUDIT, journalPartition, localJournalPartition, NO_DAY, partition, sortKey } from './keys.ts';
import { lists } from './lists.ts';
import type { IndexName } from './table.ts';

/** One key condition: the only way this system lists anything. */
export interface Access {
  /** Absent: the table itself. */
  readonly index?: IndexName;
  readonly pk: string;
  readonly sk?: { readonly beginsWith: string } | { readonly upTo: string; readonly from?: string | undefined };
  /** Newest first, unless the order is a priority. */
  readonly descending?: boolean;
}

/** What the items of a list are: an entity, parsed by its schema, or another kind of item. */
type ItemKind = EntityName | 'audit' | 'posting' | 'local-posting' | 'due';

interface QueryDefinition<Q extends QueryName> {
  readonly items: ItemKind;
  /** What the list is for: becomes a row of `docs/access-patterns.md`. */
  readonly purpose: string;
  access(args: QueryArguments<Q>): Access;
}

const newestFirst = { descending: true } as const;

/** Open tasks lie by their last day, and can be asked for by it; what has ended comes newest first. */
const byLastDay = (status: TaskStatus, lastDays: LastDays | undefined): Pick<Access, 'sk' | 'descending'> =>
  status !== 'open'
    ? newestFirst
    : lastDays === undefined
      ? {}
      : { sk: lastDays === 'none' ? { beginsWith: `${NO_DAY}#` } : lastDays };

/** Every list by name, with the key condition that serves it. */
export const queryDefinitions: { readonly [Q in QueryName]: QueryDefinition<Q> } = {
  membershipsOf: {
    items: 'member',
    purpose: 'organisations a signed-in person acts for',
    access: ({ sub }) => ({ index: 'gsi1', pk: lists.membershipsOf(sub) }),
  },
  membersOfOrganisation: {
    items: 'member',
    purpose: 'people of an organisation',
    access: ({ organisationId }) => ({ pk: partition('organisation', organisationId), sk: { beginsWith: 'MEMBER#' } }),
  },
  organisationsIn: {
    items: 'organisation',
    purpose: 'organisations of a jurisdiction',
    access: ({ kind, jurisdiction }) => ({
      index: 'gsi1',
      pk: lists.organisations(kind, jurisdiction),
      ...newestFirst,
    }),
  },
  certifiedProviders: {
    items: 'organisation',
    purpose: 'public list of certified providers',
    access: () => ({ index: 'gsi2', pk: lists.certifiedProviders() }),
  },
  certificationsOf: {
    items: 'certification',
    purpose: 'applications of an organisation',
    access: ({ organisationId }) => ({ index: 'gsi1', pk: lists.certificationsOf(organisationId), ...newestFirst }),
  },
  documentsOf: {
    items: 'document',
    purpose: 'documents of an organisation',
    access: ({ organisationId }) => ({ index: 'gsi1', pk: lists.documentsOf(organisationId), ...newestFirst }),
  },
  offeringsOf: {
    items: 'offering',
    purpose: 'offerings of a provider, published or not',
    access: ({ providerId }) => ({ index: 'gsi1', pk: lists.offeringsOf(providerId), ...newestFirst }),
  },
  versionsOfOffering: {
    items: 'offeringVersion',
    purpose: 'versions of an offering',
    access: ({ offeringId }) => ({
      pk: partition('offering', offeringId),
      sk: { beginsWith: 'VERSION#' },
      ...newestFirst,
    }),
  },
  publishedOfferings: {
    items: 'offering',
    purpose: 'public catalogue, all or by category or kind',
    access: ({ category, kind }) => ({
      index: 'gsi2',
      pk: lists.published(),
      ...(category ? { sk: { beginsWith: `${sortKey(category, ...(kind ? [kind] : []))}#` } } : {}),
    }),
  },
  plans: {
    items: 'plan',
    purpose: 'annual plans',
    access: () => ({ index: 'gsi1', pk: lists.plans(), ...newestFirst }),
  },
  versionsOfPlan: {
    items: 'planVersion',
    purpose: 'versions of an annual plan',
    access: ({ year }) => ({ pk: partition('plan', year), sk: { beginsWith: 'VERSION#' }, ...newestFirst }),
  },
  ordersOfEnterprise: {
    items: 'order',
    purpose: 'orders of an enterprise',
    access: ({ enterpriseId }) => ({ index: 'gsi1', pk: lists.ordersOfEnterprise(enterpriseId), ...newestFirst }),
  },
  ordersOfProvider: {
    items: 'order',
    purpose: 'orders to a provider',
    access: ({ providerId }) => ({ index: 'gsi2', pk: lists.ordersOfProvider(providerId), ...newestFirst }),
  },
  waitingOrders: {
    items: 'order',
    purpose: 'orders that wait for money of a year, first come first',
    access: ({ year }) => ({ index: 'gsi3', pk: lists.waitingOrders(year) }),
  },
  vouchersOfEnterprise: {
    items: 'voucher',
    purpose: 'vouchers of an enterprise',
    access: ({ enterpriseId }) => ({ index: 'gsi1', pk: lists.vouchersOfEnterprise(enterpriseId), ...newestFirst }),
  },
  vouchersOfProvider: {
    items: 'voucher',
    purpose: 'vouchers a provider accepted',
    access: ({ providerId }) => ({ index: 'gsi2', pk: lists.vouchersOfProvider(providerId) }),
  },
  vouchersOfYear: {
    items: 'voucher',
    purpose: 'public register of a year, in order of use',
    access: ({ year }) => ({ index: 'gsi3', pk: lists.vouchersOfYear(year) }),
  },
  claimsOfProvider: {
    items: 'claim',
    purpose: 'claims of a provider',
    access: ({ providerId }) => ({ index: 'gsi1', pk: lists.claimsOfProvider(providerId), ...newestFirst }),
  },
  claimsOfYear: {
    items: 'claim',
    purpose: 'claims of a year',
    access: ({ year }) => ({ index: 'gsi2', pk: lists.claimsOfYear(year) }),
  },
  itemsOfClaim: {
    items: 'claimItem',
    purpose: 'items of a claim',
    access: ({ claimId }) => ({ pk: partition('claim', claimId), sk: { beginsWith: 'ITEM#' } }),
  },
  itemsToPay: {
    items: 'claimItem',
    purpose: 'final items of a year not yet in a payment order, in order of use',
    access: ({ year }) => ({ index: 'gsi1', pk: lists.itemsToPay(year) }),
  },
  deferredItems: {
    items: 'claimItem',
    purpose: 'items owed that no fund had money for yet, of all years, in order of use',
    access: () => ({ index: 'gsi1', pk: lists.deferredItems() }),
  },
  noticesOfYear: {
    items: 'notice',
    purpose: 'public notices of a year',
    access: ({ year }) => ({ index: 'gsi1', pk: lists.noticesOfYear(year), ...newestFirst }),
  },
  pagesOfNotice: {
    items: 'noticePage',
    purpose: 'snapshot of a notice',
    access: ({ noticeId }) => ({ pk: partition('notice', noticeId), sk: { beginsWith: 'PAGE#' } }),
  },
  objectionsOfNotice: {
    items: 'objection',
    purpose: 'objections to a notice',
    access: ({ noticeId }) => ({ index: 'gsi1', pk: lists.objectionsOfNotice(noticeId) }),
  },
  payoutsOfYear: {
    items: 'payout',
    purpose: 'payment orders of a year',
    access: ({ year }) => ({ index: 'gsi1', pk: lists.payoutsOfYear(year), ...newestFirst }),
  },
  linesOfPayout: {
    items: 'payoutLine',
    purpose: 'lines of a payment order',
    access: ({ payoutId }) => ({ pk: partition('payout', payoutId), sk: { beginsWith: 'LINE#' } }),
  },
  paymentsOfProvider: {
    items: 'payoutLine',
    purpose: 'payments to a provider',
    access: ({ providerId }) => ({ index: 'gsi1', pk: lists.paymentsOfProvider(providerId), ...newestFirst }),
  },
  returnsToConfirm: {
    items: 'payoutLine',
    purpose: 'lines that the bank gave back, waiting for a second person',
    access: () => ({ index: 'gsi2', pk: lists.returnsToConfirm() }),
  },
  recoveriesOfProvider: {
    items: 'recovery',
    purpose: 'money taken back from a provider',
    access: ({ providerId }) => ({ pk: partition('recovery', providerId), sk: { beginsWith: 'RECOVERY#' } }),
  },
  recoveriesOfYear: {
    items: 'recovery',
    purpose: 'money taken back from vouchers of a year',
    access: ({ year }) => ({ index: 'gsi1', pk: lists.recoveriesOfYear(year), ...newestFirst }),
  },
  correctionsOfYear: {
    items: 'correction',
    purpose: "postings of a year's journal that were corrected, or are proposed to be",
    access: ({ year }) => ({ pk: partition('correction', year), sk: { beginsWith: 'CORRECTION#' } }),
  },
  tasks: {
    items: 'task',
    purpose:
      'inbox of a role, by jurisdiction for cities: open tasks by last day, then by opening, without a day last, all or of some days; by another state, newest first',
    access: ({ role, status, jurisdiction, lastDays }) => ({
      index: 'gsi1',
      pk: lists.tasks(role, status, jurisdiction),
      ...byLastDay(status, lastDays),
    }),
  },
  tasksOfKind: {
    items: 'task',
    purpose: 'the same of one kind',
    access: ({ role, kind, status, jurisdiction, lastDays }) => ({
      index: 'gsi2',
      pk: lists.tasksOfKind(role, kind, status, jurisdiction),
      ...byLastDay(status, lastDays),
    }),
  },
  tasksInHands: {
    items: 'task',
    purpose: 'open tasks that somebody has in hand, by last day, then by opening, all or of some days',
    access: ({ role, sub, jurisdiction, lastDays }) => ({
      index: 'gsi3',
      pk: lists.tasksInHands(role, sub, jurisdiction),
      ...byLastDay('open', lastDays),
    }),
  },
  due: {
    items: 'due',
    purpose: 'what fell due by a date',
    access: ({ kind, upTo }) => ({ index: 'due', pk: lists.due(kind), sk: { upTo } }),
  },
  trail: {
    items: 'audit',
    purpose: 'immutable trail of an entity',
    access: ({ entity, id }) => ({
      pk: auditPartition(entity, id as EntityId<EntityName>),
      sk: { beginsWith: `${AUDIT}#` },
    }),
  },
  journal: {
    items: 'posting',
    purpose: 'one of the 16 journal partitions of a year',
    access: ({ year, partition: number }) => ({ pk: journalPartition(year, number) }),
  },
  postingsOfOrder: {
    items: 'posting',
    purpose: 'everything that money did for an order, in order of time, over all years',
    access: ({ orderId }) => ({ index: 'gsi1', pk: lists.postingsOfOrder(orderId) }),
  },
  localPolicies: {
    items: 'localPolicy',
    purpose: 'policies of a jurisdiction for a year, drafts too',
    access: ({ jurisdiction, year }) => ({
      index: 'gsi1',
      pk: lists.localPolicies(jurisdiction, year),
      ...newestFirst,
    }),
  },
  localJournal: {
    items: 'local-posting',
    purpose: 'movements of the fund of a local policy',
    access: ({ policyId }) => ({ pk: localJournalPartition(policyId), ...newestFirst }),
  },
};

/** The partition that holds an entity's trail: its own. */
export function auditPartition<E extends EntityName>(entity: E, id: EntityId<E>): string {
  return entityDefinitions[entity].key(id).pk;
}
