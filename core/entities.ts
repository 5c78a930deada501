import type { Offering, OfferingVersion } from './catalogue/offering.ts';
import type { Claim, ClaimItem, ConflictDeclaration } from './claims/claim.ts';
import type { Document } from './documents/document.ts';
import type { Task } from './inbox/task.ts';
import type { Correction } from './ledger/correction.ts';
import type { YearEnd } from './ledger/year-end-record.ts';
import type { Order } from './orders/order.ts';
import type { ServiceHistory } from './orders/service-history.ts';
import type { Voucher } from './orders/voucher.ts';
import type { WaitingList } from './orders/waiting-list.ts';
import type { Payout, PayoutLine } from './payouts/payout.ts';
import type { CalendarOverrides, Plan } from './policy/plan.ts';
import type { PlanVersion } from './policy/plan-version.ts';
import type { Notice, NoticePage, Objection } from './publicity/notice.ts';
import type { Recovery } from './recoveries/recovery.ts';
import type { Certification } from './registry/certification.ts';
import type { IdentityRecord, Member, Organisation } from './registry/organisation.ts';
import type { LocalPolicy, LocalScheme } from './topups/local-policy.ts';

/** Every stored entity by name. */
export interface Entities {
  organisation: Organisation;
  member: Member;
  identityRecord: IdentityRecord;
  certification: Certification;
  document: Document;
  offering: Offering;
  offeringVersion: OfferingVersion;
  plan: Plan;
  planVersion: PlanVersion;
  calendarOverrides: CalendarOverrides;
  order: Order;
  voucher: Voucher;
  serviceHistory: ServiceHistory;
  waitingList: WaitingList;
  claim: Claim;
  claimItem: ClaimItem;
  conflictDeclaration: ConflictDeclaration;
  notice: Notice;
  noticePage: NoticePage;
  objection: Objection;
  payout: Payout;
  payoutLine: PayoutLine;
  recovery: Recovery;
  correction: Correction;
  task: Task;
  yearEnd: YearEnd;
  localPolicy: LocalPolicy;
  localScheme: LocalScheme;
}

export type EntityName = keyof Entities;

/** Ids that are more than one string. */
interface CompositeIds {
  member: Pick<Member, 'organisationId' | 'sub'>;
  offeringVersion: Pick<OfferingVersion, 'offeringId' | 'number'>;
  claimItem: Pick<ClaimItem, 'claimId' | 'id'>;
  noticePage: Pick<NoticePage, 'noticeId' | 'page'>;
  payoutLine: Pick<PayoutLine, 'payoutId' | 'id'>;
  recovery: Pick<Recovery, 'providerId' | 'id'>;
  correction: Pick<Correction, 'year' | 'postingId'>;
  identityRecord: Pick<IdentityRecord, 'organisationId'>;
  plan: Pick<Plan, 'year'>;
  planVersion: Pick<PlanVersion, 'year' | 'number'>;
  calendarOverrides: Pick<CalendarOverrides, 'year'>;
  yearEnd: Pick<YearEnd, 'year'>;
  waitingList: Pick<WaitingList, 'year'>;
  localScheme: Pick<LocalScheme, 'jurisdiction' | 'year'>;
  serviceHistory: Pick<ServiceHistory, 'enterpriseUscc'>;
  conflictDeclaration: Pick<ConflictDeclaration, 'auditorSub'>;
}

/** What names an entity: the fields its key is made of. */
export type EntityId<E extends EntityName> = E extends keyof CompositeIds ? CompositeIds[E] : { readonly id: string };
