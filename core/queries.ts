import type { Actor, StaffRole } from './actors/actor.ts';
import type { Entities } from './entities.ts';
import type { TaskKind, TaskStatus } from './inbox/task.ts';
import type { Posting } from './ledger/posting.ts';
import type { OrganisationKind } from './registry/organisation.ts';
import type { LocalPosting } from './topups/local-ledger.ts';

/** An entry of the immutable trail of an entity. */
export interface AuditEntry {
  readonly entity: string;
  readonly at: number;
  readonly action: string;
  /** Of the staff, also by the name they had then. */
  readonly actor: Pick<Actor, 'sub' | 'name' | 'role' | 'organisationId'>;
  readonly version: number;
  readonly fromStatus?: string;
  readonly toStatus?: string;
  readonly reasonCode?: string;
  readonly note?: string;
  readonly requestId: string;
}

/**
 * Dates that the daily sweep looks at: deadlines, at which it ends something, and the days by which the last level of a
 * review, or an approval of money, is expected, past which it only counts.
 */
export type DueKind = 'task' | 'reservation' | 'voucher' | 'expected-task';
export interface Due {
  readonly kind: DueKind;
  readonly id: string;
  readonly dueOn: string;
}

/** Last days of open tasks: from one to another, both inclusive, or those that have none. */
export type LastDays = { readonly from?: string | undefined; readonly upTo: string } | 'none';

/** Whose tasks; those of cities by jurisdiction. `lastDays`: of open ones only. */
interface TasksOf {
  readonly role: StaffRole;
  readonly jurisdiction?: string | undefined;
  readonly lastDays?: LastDays | undefined;
}

/**
 * Every list the system reads, with what it is asked by and what it gives. Each is served by one key condition:
 * see `storage/queries.ts` and `docs/access-patterns.md`. None scans the table.
 */
export interface Queries {
  membershipsOf: [{ sub: string }, Entities['member']];
  membersOfOrganisation: [{ organisationId: string }, Entities['member']];
  organisationsIn: [{ kind: OrganisationKind; jurisdiction: string }, Entities['organisation']];
  certifiedProviders: [Record<never, never>, Entities['organisation']];
  certificationsOf: [{ organisationId: string }, Entities['certification']];
  documentsOf: [{ organisationId: string }, Entities['document']];
  offeringsOf: [{ providerId: string }, Entities['offering']];
  versionsOfOffering: [{ offeringId: string }, Entities['offeringVersion']];
  publishedOfferings: [{ category?: string; kind?: string }, Entities['offering']];
  plans: [Record<never, never>, Entities['plan']];
  versionsOfPlan: [{ year: number }, Entities['planVersion']];
  ordersOfEnterprise: [{ enterpriseId: string }, Entities['order']];
  ordersOfProvider: [{ providerId: string }, Entities['order']];
  waitingOrders: [{ year: number }, Entities['order']];
  vouchersOfEnterprise: [{ enterpriseId: string }, Entities['voucher']];
  vouchersOfProvider: [{ providerId: string }, Entities['voucher']];
  vouchersOfYear: [{ year: number }, Entities['voucher']];
  claimsOfProvider: [{ providerId: string }, Entities['claim']];
  claimsOfYear: [{ year: number }, Entities['claim']];
  itemsOfClaim: [{ claimId: string }, Entities['claimItem']];
  itemsToPay: [{ year: number }, Entities['claimItem']];
  deferredItems: [Record<never, never>, Entities['claimItem']];
  noticesOfYear: [{ year: number }, Entities['notice']];
  pagesOfNotice: [{ noticeId: string }, Entities['noticePage']];
  objectionsOfNotice: [{ noticeId: string }, Entities['objection']];
  payoutsOfYear: [{ year: number }, Entities['payout']];
  linesOfPayout: [{ payoutId: string }, Entities['payoutLine']];
  paymentsOfProvider: [{ providerId: string }, Entities['payoutLine']];
  returnsToConfirm: [Record<never, never>, Entities['payoutLine']];
  recoveriesOfProvider: [{ providerId: string }, Entities['recovery']];
  recoveriesOfYear: [{ year: number }, Entities['recovery']];
  correctionsOfYear: [{ year: number }, Entities['correction']];
  tasks: [TasksOf & { status: TaskStatus }, Entities['task']];
  tasksOfKind: [TasksOf & { status: TaskStatus; kind: TaskKind }, Entities['task']];
  tasksInHands: [TasksOf & { sub: string }, Entities['task']];
  due: [{ kind: DueKind; upTo: string }, Due];
  trail: [{ entity: keyof Entities; id: Readonly<Record<string, string | number>> }, AuditEntry];
  localPolicies: [{ jurisdiction: string; year: number }, Entities['localPolicy']];
  localJournal: [{ policyId: string }, LocalPosting];
  postingsOfOrder: [{ orderId: string }, Posting];
  /** One of the journal's 16 partitions of a year. */
  journal: [{ year: number; partition: number }, Posting];
}

export type QueryName = keyof Queries;
export type QueryArguments<Q extends QueryName> = Queries[Q][0];
export type QueryResult<Q extends QueryName> = Queries[Q][1];

export const JOURNAL_PARTITIONS = 16;
