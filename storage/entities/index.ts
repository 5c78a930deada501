import { offeringSchema, offeringVersionSchema } from '../../core/catalogue/offering.ts';
import { claimItemSchema, claimSchema, conflictDeclarationSchema } from '../../core/claims/claim.ts';
import { documentSchema } from '../../core/documents/document.ts';
import { lastDayOfTask, type Task, taskSchema } from '../../core/inbox/task.ts';
import { correctionSchema } from '../../core/ledger/correction.ts';
import { yearEndSchema } from '../../core/ledger/year-end-record.ts';
import { orderSchema } from '../../core/orders/order.ts';
import { serviceHistorySchema } from '../../core/orders/service-history.ts';
import { voucherSchema } from '../../core/orders/voucher.ts';
import { waitingListSchema } from '../../core/orders/waiting-list.ts';
import { payoutLineSchema, payoutSchema } from '../../core/payouts/payout.ts';
import { calendarOverridesSchema, planSchema } from '../../core/policy/plan.ts';
import { planVersionSchema } from '../../core/policy/plan-version.ts';
import { noticePageSchema, noticeSchema, objectionSchema } from '../../core/publicity/notice.ts';
import { recoverySchema } from '../../core/recoveries/recovery.ts';
import { certificationSchema } from '../../core/registry/certification.ts';
import { identityRecordSchema, memberSchema, organisationSchema } from '../../core/registry/organisation.ts';
import { localPolicySchema, localSchemeSchema } from '../../core/topups/local-policy.ts';
import { NO_DAY, partition, sortKey } from '../keys.ts';
import { lists } from '../lists.ts';
import type { EntityDefinitions } from './definition.ts';

/** Every entity with its schema, its key and its places in the indexes. */
export const entityDefinitions: EntityDefinitions = {
  organisation: {
    schema: organisationSchema,
    key: ({ id }) => ({ pk: partition('organisation', id), sk: 'ORG' }),
    indexes: (o) => ({
      gsi1: { pk: lists.organisations(o.kind, o.jurisdiction), sk: sortKey(o.createdAt, o.id) },
      ...(o.kind === 'provider' && o.status === 'certified'
        ? { gsi2: { pk: lists.certifiedProviders(), sk: sortKey(o.certifiedAt ?? 0, o.id) } }
        : {}),
    }),
  },
  member: {
    schema: memberSchema,
    key: ({ organisationId, sub }) => ({ pk: partition('organisation', organisationId), sk: sortKey('MEMBER', sub) }),
    indexes: (m) =>
      m.removedAt === undefined
        ? { gsi1: { pk: lists.membershipsOf(m.sub), sk: sortKey(m.createdAt, m.organisationId) } }
        : {},
  },
  identityRecord: {
    schema: identityRecordSchema,
    key: ({ organisationId }) => ({ pk: partition('identityRecord', organisationId), sk: 'IDENTITY' }),
    indexes: () => ({}),
  },
  certification: {
    schema: certificationSchema,
    key: ({ id }) => ({ pk: partition('certification', id), sk: 'CERT' }),
    indexes: (c) => ({ gsi1: { pk: lists.certificationsOf(c.organisationId), sk: sortKey(c.submittedAt, c.id) } }),
  },
  document: {
    schema: documentSchema,
    key: ({ id }) => ({ pk: partition('document', id), sk: 'DOC' }),
    indexes: (d) =>
      d.organisationId ? { gsi1: { pk: lists.documentsOf(d.organisationId), sk: sortKey(d.createdAt, d.id) } } : {},
  },
  offering: {
    schema: offeringSchema,
    key: ({ id }) => ({ pk: partition('offering', id), sk: 'OFFERING' }),
    indexes: (o) => ({
      gsi1: { pk: lists.offeringsOf(o.providerId), sk: sortKey(o.createdAt, o.id) },
      ...(o.status === 'published' && o.listing
        ? { gsi2: { pk: lists.published(), sk: sortKey(o.listing.category, o.listing.kind, o.id) } }
        : {}),
    }),
  },
  offeringVersion: {
    schema: offeringVersionSchema,
    key: ({ offeringId, number }) => ({ pk: partition('offering', offeringId), sk: sortKey('VERSION', number) }),
    indexes: () => ({}),
  },
  plan: {
    schema: planSchema,
    key: ({ year }) => ({ pk: partition('plan', year), sk: 'PLAN' }),
    indexes: (p) => ({ gsi1: { pk: lists.plans(), sk: sortKey(p.year) } }),
  },
  planVersion: {
    schema: planVersionSchema,
    key: ({ year, number }) => ({ pk: partition('plan', year), sk: sortKey('VERSION', number) }),
    indexes: () => ({}),
  },
  calendarOverrides: {
    schema: calendarOverridesSchema,
    key: ({ year }) => ({ pk: partition('calendarOverrides', year), sk: 'OVERRIDES' }),
    indexes: () => ({}),
  },
  order: {
    schema: orderSchema,
    key: ({ id }) => ({ pk: partition('order', id), sk: 'ORDER' }),
    indexes: (o) => ({
      gsi1: { pk: lists.ordersOfEnterprise(o.enterpriseId), sk: sortKey(o.createdAt, o.id) },
      gsi2: { pk: lists.ordersOfProvider(o.providerId), sk: sortKey(o.createdAt, o.id) },
      ...(o.reservedUntil && (o.status === 'placed' || o.status === 'answered')
        ? { due: { pk: lists.due('reservation'), sk: sortKey(o.reservedUntil, o.id) } }
        : {}),
      ...(o.waiting
        ? { gsi3: { pk: lists.waitingOrders(o.planYear), sk: sortKey(o.waiting.year, o.waiting.number) } }
        : {}),
    }),
  },
  voucher: {
    schema: voucherSchema,
    key: ({ id }) => ({ pk: partition('voucher', id), sk: 'VOUCHER' }),
    indexes: (v) => ({
      gsi1: { pk: lists.vouchersOfEnterprise(v.enterpriseId), sk: sortKey(v.activeAt, v.id) },
      gsi2: { pk: lists.vouchersOfProvider(v.providerId), sk: sortKey(v.activeAt, v.id) },
      gsi3: { pk: lists.vouchersOfYear(v.year), sk: sortKey(v.activeAt, v.id) },
      // A claimed one too: the claim it is in may never be filed.
      ...(v.status === 'active' || v.status === 'used' || v.status === 'claimed'
        ? { due: { pk: lists.due('voucher'), sk: sortKey(v.expiresOn, v.id) } }
        : {}),
    }),
  },
  serviceHistory: {
    schema: serviceHistorySchema,
    key: ({ enterpriseUscc }) => ({ pk: partition('serviceHistory', enterpriseUscc), sk: 'SERVICES' }),
    indexes: () => ({}),
  },
  waitingList: {
    schema: waitingListSchema,
    key: ({ year }) => ({ pk: partition('waitingList', year), sk: 'FIGURES' }),
    indexes: () => ({}),
  },
  claim: {
    schema: claimSchema,
    key: ({ id }) => ({ pk: partition('claim', id), sk: 'CLAIM' }),
    indexes: (c) => ({
      gsi1: { pk: lists.claimsOfProvider(c.providerId), sk: sortKey(c.year, c.id) },
      gsi2: { pk: lists.claimsOfYear(c.year), sk: sortKey(c.createdAt, c.id) },
    }),
  },
  claimItem: {
    schema: claimItemSchema,
    key: ({ claimId, id }) => ({ pk: partition('claim', claimId), sk: sortKey('ITEM', id) }),
    indexes: (i) => {
      const sk = sortKey(i.activeAt, i.id);
      if (i.status === 'final') return { gsi1: { pk: lists.itemsToPay(i.year), sk } };
      return i.status === 'deferred' ? { gsi1: { pk: lists.deferredItems(), sk } } : {};
    },
  },
  conflictDeclaration: {
    schema: conflictDeclarationSchema,
    key: ({ auditorSub }) => ({ pk: partition('conflictDeclaration', auditorSub), sk: 'DECLARATION' }),
    indexes: () => ({}),
  },
  notice: {
    schema: noticeSchema,
    key: ({ id }) => ({ pk: partition('notice', id), sk: 'NOTICE' }),
    indexes: (n) => ({ gsi1: { pk: lists.noticesOfYear(n.year), sk: sortKey(n.publishedAt, n.id) } }),
  },
  noticePage: {
    schema: noticePageSchema,
    key: ({ noticeId, page }) => ({ pk: partition('notice', noticeId), sk: sortKey('PAGE', page) }),
    indexes: () => ({}),
  },
  objection: {
    schema: objectionSchema,
    key: ({ id }) => ({ pk: partition('objection', id), sk: 'OBJECTION' }),
    indexes: (o) => ({ gsi1: { pk: lists.objectionsOfNotice(o.noticeId), sk: sortKey(o.createdAt, o.id) } }),
  },
  payout: {
    schema: payoutSchema,
    key: ({ id }) => ({ pk: partition('payout', id), sk: 'PAYOUT' }),
    indexes: (p) => ({ gsi1: { pk: lists.payoutsOfYear(p.year), sk: sortKey(p.createdAt, p.id) } }),
  },
  payoutLine: {
    schema: payoutLineSchema,
    key: ({ payoutId, id }) => ({ pk: partition('payout', payoutId), sk: sortKey('LINE', id) }),
    indexes: (l) => ({
      gsi1: { pk: lists.paymentsOfProvider(l.providerId), sk: sortKey(l.createdAt, l.payoutId, l.id) },
      ...(l.status === 'return-recorded'
        ? { gsi2: { pk: lists.returnsToConfirm(), sk: sortKey(l.updatedAt, l.payoutId, l.id) } }
        : {}),
    }),
  },
  recovery: {
    schema: recoverySchema,
    key: ({ providerId, id }) => ({ pk: partition('recovery', providerId), sk: sortKey('RECOVERY', id) }),
    indexes: (r) => ({ gsi1: { pk: lists.recoveriesOfYear(r.year), sk: sortKey(r.createdAt, r.id) } }),
  },
  correction: {
    schema: correctionSchema,
    key: ({ year, postingId }) => ({ pk: partition('correction', year), sk: sortKey('CORRECTION', postingId) }),
    indexes: () => ({}),
  },
  task: {
    schema: taskSchema,
    key: ({ id }) => ({ pk: partition('task', id), sk: 'TASK' }),
    indexes: (t) => ({
      gsi1: { pk: lists.tasks(t.role, t.status, t.jurisdiction), sk: placeOfTask(t) },
      gsi2: { pk: lists.tasksOfKind(t.role, t.kind, t.status, t.jurisdiction), sk: placeOfTask(t) },
      ...(t.status === 'open' && t.heldBy !== undefined
        ? { gsi3: { pk: lists.tasksInHands(t.role, t.heldBy, t.jurisdiction), sk: placeOfTask(t) } }
        : {}),
      ...(t.status === 'open' && t.dueOn ? { due: { pk: lists.due('task'), sk: sortKey(t.dueOn, t.id) } } : {}),
      ...(t.status === 'open' && !t.dueOn && t.expectedBy
        ? { due: { pk: lists.due('expected-task'), sk: sortKey(t.expectedBy, t.id) } }
        : {}),
    }),
  },
  yearEnd: {
    schema: yearEndSchema,
    key: ({ year }) => ({ pk: partition('yearEnd', year), sk: 'YEAR_END' }),
    indexes: () => ({}),
  },
  localPolicy: {
    schema: localPolicySchema,
    key: ({ id }) => ({ pk: partition('localPolicy', id), sk: 'LOCAL_POLICY' }),
    indexes: (p) => ({ gsi1: { pk: lists.localPolicies(p.jurisdiction, p.year), sk: sortKey(p.createdAt, p.id) } }),
  },
  localScheme: {
    schema: localSchemeSchema,
    key: ({ jurisdiction, year }) => ({ pk: partition('localScheme', jurisdiction, year), sk: 'SCHEME' }),
    indexes: () => ({}),
  },
};

/** Where a task lies in its lists: an open one by its last day, then by its opening; what has ended by its opening. */
function placeOfTask(task: Task): string {
  const opened = [task.createdAt, task.id] as const;
  return task.status === 'open' ? sortKey(lastDayOfTask(task) ?? NO_DAY, ...opened) : sortKey(...opened);
}
