/**
 * Names of the single table: what the infrastructure creates and the repositories use. Nothing else in the project
 * spells a key prefix or an index.
 */
export const tableKeys = { partition: 'pk', sort: 'sk', expiry: 'expiresAt' } as const;

/** General-purpose indexes; what each holds is in `docs/access-patterns.md`. */
export const indexes = {
  gsi1: { partition: 'gsi1pk', sort: 'gsi1sk' },
  gsi2: { partition: 'gsi2pk', sort: 'gsi2sk' },
  gsi3: { partition: 'gsi3pk', sort: 'gsi3sk' },
  /** Sparse: only what has a deadline, by date. */
  due: { partition: 'duepk', sort: 'duesk' },
} as const;
export type IndexName = keyof typeof indexes;

/** First part of every partition key. A function's role names the prefixes it may read and write. */
export const prefixes = {
  organisation: 'ORG',
  identityRecord: 'IDENTITY',
  certification: 'CERT',
  document: 'DOC',
  offering: 'OFFERING',
  plan: 'PLAN',
  calendarOverrides: 'CALENDAR',
  order: 'ORDER',
  voucher: 'VOUCHER',
  serviceHistory: 'SERVICES',
  waitingList: 'WAITING',
  claim: 'CLAIM',
  conflictDeclaration: 'DECLARATION',
  notice: 'NOTICE',
  objection: 'OBJECTION',
  payout: 'PAYOUT',
  recovery: 'RECOVERY',
  correction: 'CORRECTION',
  task: 'TASK',
  yearEnd: 'YEAR_END',
  localPolicy: 'LOCAL_POLICY',
  localScheme: 'LOCAL_SCHEME',
  localFund: 'LOCAL_FUND',
  progress: 'PROGRESS',
  fund: 'FUND',
  cap: 'CAP',
  journal: 'JOURNAL',
  unique: 'UNIQUE',
  outbox: 'OUTBOX',
  idempotency: 'IDEMPOTENCY',
} as const;
export type PrefixName = keyof typeof prefixes;

/** Separates the parts of a key. */
export const KEY_SEPARATOR = '#';
