import type { DueKind } from '../core/queries.ts';
import { KEY_SEPARATOR } from './table.ts';

const list = (...parts: readonly (string | number)[]) => parts.join(KEY_SEPARATOR);

/** Partition keys of the indexes: one list each. */
export const lists = {
  organisations: (kind: string, jurisdiction: string) => list('ORGS', kind, jurisdiction),
  certifiedProviders: () => list('CERTIFIED_PROVIDERS'),
  membershipsOf: (sub: string) => list('SUBJECT', sub),
  certificationsOf: (organisationId: string) => list('CERTS_OF', organisationId),
  documentsOf: (organisationId: string) => list('DOCS_OF', organisationId),
  offeringsOf: (providerId: string) => list('OFFERINGS_OF', providerId),
  published: () => list('PUBLISHED'),
  plans: () => list('PLANS'),
  ordersOfEnterprise: (id: string) => list('ORDERS_OF_ENTERPRISE', id),
  ordersOfProvider: (id: string) => list('ORDERS_OF_PROVIDER', id),
  waitingOrders: (year: number) => list('WAITING', year),
  vouchersOfEnterprise: (id: string) => list('VOUCHERS_OF_ENTERPRISE', id),
  vouchersOfProvider: (id: string) => list('VOUCHERS_OF_PROVIDER', id),
  vouchersOfYear: (year: number) => list('VOUCHERS', year),
  claimsOfProvider: (id: string) => list('CLAIMS_OF', id),
  claimsOfYear: (year: number) => list('CLAIMS', year),
  itemsToPay: (year: number) => list('ITEMS_TO_PAY', year),
  deferredItems: () => list('DEFERRED_ITEMS'),
  noticesOfYear: (year: number) => list('NOTICES', year),
  objectionsOfNotice: (id: string) => list('OBJECTIONS_OF', id),
  payoutsOfYear: (year: number) => list('PAYOUTS', year),
  paymentsOfProvider: (id: string) => list('PAYMENTS_OF', id),
  returnsToConfirm: () => list('RETURNS_TO_CONFIRM'),
  recoveriesOfYear: (year: number) => list('RECOVERIES', year),
  tasks: (role: string, status: string, jurisdiction = 'ALL') => list('TASKS', role, jurisdiction, status),
  tasksOfKind: (role: string, kind: string, status: string, jurisdiction = 'ALL') =>
    list('TASKS_OF_KIND', role, jurisdiction, kind, status),
  tasksInHands: (role: string, sub: string, jurisdiction = 'ALL') => list('TASKS_IN_HANDS', role, jurisdiction, sub),
  postingsOfOrder: (orderId: string) => list('POSTINGS_OF', orderId),
  localPolicies: (jurisdiction: string, year: number) => list('LOCAL_POLICIES', jurisdiction, year),
  due: (kind: DueKind) => list('DUE', kind),
} as const;
