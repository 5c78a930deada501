import type { lists } from '../storage/lists.ts';
import type { IndexName, PrefixName } from '../storage/table.ts';

export type ListName = keyof typeof lists;

/** What a function may do with the items of the table, by the first part of their partition key. */
export interface Permission {
  /** Gets and queries. */
  readonly reads: readonly PrefixName[];
  /** Puts whole items: entities with their trail, uniqueness, journal, outbox, stored answers. */
  readonly writes: readonly PrefixName[];
  /** Adds to counters: only where money moves. */
  readonly counts?: readonly PrefixName[];
  readonly deletes?: readonly PrefixName[];
  /** Lists read through each index. */
  readonly lists: { readonly [I in IndexName]?: readonly ListName[] };
}

/** A posting: its entry, and the balances it moves. */
const COUNTERS = ['fund', 'spec', 'cap'] as const;

/**
 * Every function with its rights in the single table: no more and no less than its code uses, which
 * `test/infra/permissions.test.ts` reads out of the bundle. Only `registry-api` reads identity records.
 */
export const permissions = {
  'registry-api': {
    reads: [
      'organisation',
      'identityRecord',
      'certification',
      'document',
      'unique',
      'calendarOverrides',
      'idempotency',
    ],
    writes: ['organisation', 'identityRecord', 'certification', 'unique', 'outbox', 'idempotency'],
    lists: { gsi1: ['membershipsOf', 'organisations', 'certificationsOf'], gsi2: ['certifiedProviders'] },
  },
  'documents-api': {
    reads: ['document', 'organisation', 'calendarOverrides', 'idempotency'],
    writes: ['document', 'idempotency'],
    lists: { gsi1: ['membershipsOf', 'documentsOf'] },
  },
  'catalogue-api': {
    reads: ['offering', 'organisation', 'document', 'plan', 'task', 'calendarOverrides', 'idempotency'],
    writes: ['offering', 'task', 'outbox', 'idempotency'],
    lists: { gsi1: ['membershipsOf', 'offeringsOf'], gsi2: ['published'] },
  },
  'plan-api': {
    reads: ['plan', 'fund', 'spec', 'cap', 'journal', 'calendarOverrides', 'idempotency'],
    writes: ['plan', 'calendarOverrides', 'spec', 'journal', 'idempotency'],
    counts: COUNTERS,
    lists: { gsi1: ['membershipsOf', 'plans'] },
  },
  'orders-api': {
    reads: [
      'order',
      'voucher',
      'offering',
      'organisation',
      'document',
      'plan',
      'fund',
      'spec',
      'cap',
      'unique',
      'calendarOverrides',
      'idempotency',
    ],
    writes: ['order', 'voucher', 'unique', 'journal', 'idempotency'],
    counts: COUNTERS,
    lists: {
      gsi1: ['membershipsOf', 'ordersOfEnterprise', 'vouchersOfEnterprise'],
      gsi2: ['ordersOfProvider', 'vouchersOfProvider'],
    },
  },
  'claims-api': {
    reads: [
      'claim',
      'conflictDeclaration',
      'offering',
      'order',
      'voucher',
      'organisation',
      'document',
      'plan',
      'task',
      'unique',
      'calendarOverrides',
      'idempotency',
    ],
    writes: ['claim', 'conflictDeclaration', 'task', 'voucher', 'unique', 'outbox', 'idempotency'],
    lists: { gsi1: ['membershipsOf', 'claimsOfProvider', 'ordersOfEnterprise'], gsi2: ['claimsOfYear'] },
  },
  'publicity-api': {
    reads: ['notice', 'objection', 'claim', 'organisation', 'document', 'plan', 'calendarOverrides', 'idempotency'],
    writes: ['notice', 'objection', 'claim', 'outbox', 'idempotency'],
    lists: { gsi1: ['membershipsOf', 'noticesOfYear', 'objectionsOfNotice'] },
  },
  'payouts-api': {
    reads: [
      'payout',
      'claim',
      'identityRecord',
      'organisation',
      'plan',
      'task',
      'fund',
      'calendarOverrides',
      'idempotency',
    ],
    writes: ['payout', 'claim', 'task', 'unique', 'outbox', 'idempotency'],
    lists: { gsi1: ['membershipsOf', 'itemsToPay', 'payoutsOfYear'] },
  },
  'inbox-api': {
    reads: ['task', 'calendarOverrides', 'idempotency'],
    writes: ['task', 'outbox', 'idempotency'],
    lists: { gsi1: ['membershipsOf', 'tasks'] },
  },
  'public-api': {
    reads: ['offering', 'plan', 'notice', 'calendarOverrides', 'idempotency'],
    writes: [],
    lists: {
      gsi1: ['membershipsOf', 'noticesOfYear'],
      gsi2: ['published', 'certifiedProviders'],
      gsi3: ['vouchersOfYear'],
    },
  },
  'certification-steps': {
    reads: ['certification', 'organisation', 'plan', 'task', 'calendarOverrides', 'idempotency'],
    writes: ['certification', 'organisation', 'task', 'unique', 'outbox', 'idempotency'],
    lists: {},
  },
  'offering-steps': {
    reads: ['offering', 'plan', 'task', 'calendarOverrides', 'idempotency'],
    writes: ['offering', 'task', 'outbox', 'idempotency'],
    lists: {},
  },
  'claim-steps': {
    reads: [
      'claim',
      'offering',
      'order',
      'organisation',
      'voucher',
      'document',
      'plan',
      'task',
      'unique',
      'calendarOverrides',
      'idempotency',
    ],
    writes: ['claim', 'task', 'outbox', 'idempotency'],
    lists: { gsi1: ['ordersOfEnterprise'] },
  },
  'publicity-steps': {
    reads: ['notice', 'claim', 'plan', 'calendarOverrides', 'idempotency'],
    writes: ['notice', 'claim', 'outbox', 'idempotency'],
    lists: { gsi1: ['objectionsOfNotice'] },
  },
  'objection-steps': {
    reads: ['objection', 'notice', 'claim', 'task', 'plan', 'calendarOverrides', 'idempotency'],
    writes: ['objection', 'notice', 'claim', 'task', 'outbox', 'idempotency'],
    lists: {},
  },
  'payout-steps': {
    reads: ['payout', 'claim', 'voucher', 'task', 'plan', 'fund', 'calendarOverrides', 'idempotency'],
    writes: ['payout', 'claim', 'voucher', 'task', 'journal', 'outbox', 'idempotency'],
    counts: COUNTERS,
    lists: {},
  },
  'outbox-relay': { reads: [], writes: [], deletes: ['outbox'], lists: {} },
  deadlines: {
    reads: ['task', 'order', 'voucher', 'plan', 'calendarOverrides', 'idempotency'],
    writes: ['task', 'order', 'voucher', 'journal', 'outbox', 'idempotency'],
    counts: COUNTERS,
    lists: { due: ['due'] },
  },
} as const satisfies Record<string, Permission>;

export type FunctionName = keyof typeof permissions;
export const functionNames = Object.keys(permissions) as FunctionName[];
