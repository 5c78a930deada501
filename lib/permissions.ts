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

/** The balances that a posting moves. */
const BALANCES = ['cap', 'fund'] as const;

/**
 * Every function with its rights in the single table: no more and no less than its code uses, which
 * `test/infra/permissions.test.ts` reads out of the bundle. Only `registry-api`, and
 * `payouts-api` for the bank account of a provider, read identity records.
 */
export const permissions = {
  'registry-api': {
    reads: ['certification', 'document', 'idempotency', 'identityRecord', 'organisation', 'unique'],
    writes: ['certification', 'document', 'idempotency', 'identityRecord', 'organisation', 'outbox', 'unique'],
    lists: { gsi1: ['certificationsOf', 'membershipsOf', 'organisations'], gsi2: ['certifiedProviders'] },
  },
  'documents-api': {
    reads: ['document', 'idempotency', 'organisation'],
    writes: ['document', 'idempotency'],
    lists: { gsi1: ['documentsOf', 'membershipsOf'] },
  },
  'catalogue-api': {
    reads: ['document', 'idempotency', 'offering', 'organisation', 'plan', 'task'],
    writes: ['idempotency', 'offering', 'outbox', 'task'],
    lists: { gsi1: ['membershipsOf', 'offeringsOf'], gsi2: ['published'] },
  },
  'plan-api': {
    reads: [
      'calendarOverrides',
      'cap',
      'correction',
      'fund',
      'idempotency',
      'journal',
      'localFund',
      'localPolicy',
      'localScheme',
      'order',
      'plan',
      'progress',
      'waitingList',
      'yearEnd',
    ],
    writes: [
      'calendarOverrides',
      'correction',
      'fund',
      'idempotency',
      'journal',
      'localFund',
      'localPolicy',
      'localScheme',
      'outbox',
      'plan',
      'waitingList',
      'yearEnd',
    ],
    counts: [...BALANCES, 'localFund'],
    lists: { gsi1: ['localPolicies', 'plans', 'postingsOfOrder'] },
  },
  'orders-api': {
    reads: [
      'calendarOverrides',
      'cap',
      'document',
      'fund',
      'idempotency',
      'localFund',
      'localScheme',
      'offering',
      'order',
      'organisation',
      'plan',
      'serviceHistory',
      'unique',
      'voucher',
      'waitingList',
    ],
    writes: [
      'document',
      'idempotency',
      'journal',
      'localFund',
      'order',
      'serviceHistory',
      'unique',
      'voucher',
      'waitingList',
    ],
    counts: [...BALANCES, 'localFund'],
    lists: {
      gsi1: ['membershipsOf', 'ordersOfEnterprise', 'vouchersOfEnterprise'],
      gsi2: ['ordersOfProvider', 'vouchersOfProvider'],
      gsi3: ['vouchersOfYear', 'waitingOrders'],
    },
  },
  'claims-api': {
    reads: [
      'calendarOverrides',
      'claim',
      'conflictDeclaration',
      'document',
      'idempotency',
      'offering',
      'order',
      'organisation',
      'plan',
      'task',
      'unique',
      'voucher',
    ],
    writes: ['claim', 'conflictDeclaration', 'idempotency', 'outbox', 'task', 'unique', 'voucher'],
    lists: { gsi1: ['claimsOfProvider', 'membershipsOf', 'vouchersOfEnterprise'], gsi2: ['claimsOfYear'] },
  },
  'publicity-api': {
    reads: ['calendarOverrides', 'claim', 'document', 'idempotency', 'notice', 'objection', 'plan'],
    writes: ['claim', 'idempotency', 'objection', 'outbox'],
    lists: { gsi1: ['membershipsOf', 'noticesOfYear', 'objectionsOfNotice'] },
  },
  'payouts-api': {
    reads: [
      'calendarOverrides',
      'claim',
      'idempotency',
      'identityRecord',
      'organisation',
      'payout',
      'recovery',
      'task',
      'unique',
      'voucher',
    ],
    writes: ['claim', 'idempotency', 'outbox', 'payout', 'task', 'unique'],
    lists: {
      gsi1: ['deferredItems', 'itemsToPay', 'membershipsOf', 'paymentsOfProvider', 'payoutsOfYear'],
      gsi2: ['returnsToConfirm'],
    },
  },
  'recoveries-api': {
    reads: ['fund', 'idempotency', 'organisation', 'plan', 'recovery', 'unique', 'voucher', 'yearEnd'],
    writes: ['idempotency', 'journal', 'recovery', 'unique', 'voucher', 'yearEnd'],
    counts: BALANCES,
    lists: { gsi1: ['membershipsOf', 'recoveriesOfYear'] },
  },
  'inbox-api': {
    reads: ['calendarOverrides', 'idempotency', 'task'],
    writes: ['idempotency', 'outbox', 'task'],
    lists: { gsi1: ['tasks'], gsi2: ['tasksOfKind'], gsi3: ['tasksInHands'] },
  },
  /** Reads a year and writes nothing, not even an answer. */
  'simulations-api': {
    reads: ['journal', 'order', 'plan', 'voucher'],
    writes: [],
    lists: {},
  },
  'public-api': {
    reads: [],
    writes: [],
    lists: {},
  },
  'certification-steps': {
    reads: ['calendarOverrides', 'certification', 'idempotency', 'organisation', 'plan', 'task'],
    writes: ['certification', 'idempotency', 'organisation', 'outbox', 'task', 'unique'],
    lists: {},
  },
  'offering-steps': {
    reads: ['calendarOverrides', 'idempotency', 'offering', 'organisation', 'plan', 'task'],
    writes: ['idempotency', 'offering', 'outbox', 'task'],
    lists: {},
  },
  'claim-steps': {
    reads: [
      'calendarOverrides',
      'claim',
      'document',
      'idempotency',
      'offering',
      'order',
      'organisation',
      'plan',
      'task',
      'unique',
      'voucher',
    ],
    writes: ['claim', 'idempotency', 'outbox', 'task'],
    lists: { gsi1: ['vouchersOfEnterprise'] },
  },
  'publicity-steps': {
    reads: ['calendarOverrides', 'claim', 'fund', 'idempotency', 'notice', 'plan', 'voucher'],
    writes: ['claim', 'idempotency', 'journal', 'notice', 'voucher'],
    counts: BALANCES,
    lists: {},
  },
  'objection-steps': {
    reads: [
      'calendarOverrides',
      'claim',
      'fund',
      'idempotency',
      'notice',
      'objection',
      'organisation',
      'plan',
      'task',
      'voucher',
    ],
    writes: ['claim', 'idempotency', 'journal', 'notice', 'objection', 'outbox', 'task', 'voucher'],
    counts: BALANCES,
    lists: {},
  },
  'payout-steps': {
    reads: [
      'calendarOverrides',
      'claim',
      'fund',
      'idempotency',
      'identityRecord',
      'notice',
      'organisation',
      'payout',
      'plan',
      'recovery',
      'task',
      'voucher',
      'yearEnd',
    ],
    writes: ['claim', 'idempotency', 'journal', 'outbox', 'payout', 'recovery', 'task', 'voucher', 'yearEnd'],
    counts: BALANCES,
    lists: { gsi1: ['deferredItems', 'itemsToPay'] },
  },
  'year-end-steps': {
    reads: ['calendarOverrides', 'fund', 'idempotency', 'order', 'plan', 'task', 'voucher', 'waitingList', 'yearEnd'],
    writes: ['fund', 'idempotency', 'journal', 'order', 'outbox', 'plan', 'task', 'voucher', 'waitingList', 'yearEnd'],
    counts: BALANCES,
    lists: { gsi3: ['vouchersOfYear', 'waitingOrders'], due: ['due'] },
  },
  /** Serves waiting lists, and counts what the public and the departments see of a year: that decides nothing. */
  'follow-up': {
    reads: [
      'calendarOverrides',
      'cap',
      'certification',
      'claim',
      'fund',
      'notice',
      'order',
      'organisation',
      'payout',
      'plan',
      'progress',
      'task',
      'voucher',
      'waitingList',
    ],
    writes: ['journal', 'order', 'progress', 'waitingList'],
    counts: [...BALANCES, 'progress'],
    lists: { gsi3: ['waitingOrders'] },
  },
  'outbox-relay': {
    reads: [],
    writes: [],
    deletes: ['outbox'],
    lists: {},
  },
  deadlines: {
    reads: ['claim', 'fund', 'order', 'plan', 'task', 'voucher', 'waitingList'],
    writes: ['claim', 'journal', 'localFund', 'order', 'outbox', 'task', 'unique', 'voucher', 'waitingList'],
    counts: [...BALANCES, 'localFund'],
    lists: { due: ['due'] },
  },
} as const satisfies Record<string, Permission>;

export type FunctionName = keyof typeof permissions;
export const functionNames = Object.keys(permissions) as FunctionName[];

/** Something for every function. */
export const forEachFunction = <T>(make: (name: FunctionName) => T): Record<FunctionName, T> =>
  Object.fromEntries(functionNames.map((name) => [name, make(name)])) as Record<FunctionName, T>;
