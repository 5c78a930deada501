import { createHash } from 'node:crypto';
import type { Book, Table } from '../core/progress/tally.ts';
import { JOURNAL_PARTITIONS } from '../core/queries.ts';
import { KEY_SEPARATOR, type PrefixName, prefixes } from './table.ts';

/** A primary key. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

const join = (...parts: readonly (string | number)[]) => parts.join(KEY_SEPARATOR);

/** A partition key: prefix and id. */
export const partition = (prefix: PrefixName, ...id: readonly (string | number)[]): string =>
  join(prefixes[prefix], ...id);

/** The parts that a partition key was made of. */
export const keyParts = (pk: string): string[] => pk.split(KEY_SEPARATOR);

/** A sort key whose numbers sort as numbers. */
export const sortKey = (...parts: readonly (string | number)[]): string =>
  join(...parts.map((part) => (typeof part === 'number' ? String(part).padStart(15, '0') : part)));

/** How many shards a year's pool has; written once, with what first comes into it. */
export const poolKey = (year: number): Key => ({ pk: partition('fund', year), sk: 'POOL' });
/** A shard has a partition of its own: that is what it is for. */
export const shardKey = (year: number, shard: number): Key => ({ pk: partition('fund', year, shard), sk: 'BALANCE' });
export const capKey = (year: number, uscc: string): Key => ({ pk: partition('cap', year, uscc), sk: 'USED' });
export const providerQuotaKey = (year: number, providerId: string): Key => ({
  pk: partition('cap', year, providerId),
  sk: 'PROVIDER',
});
export const uniqueKey = (kind: string, key: string): Key => ({ pk: partition('unique', kind, key), sk: 'OWNER' });
export const idempotencyKey = (hash: string): Key => ({ pk: partition('idempotency', hash), sk: 'ANSWER' });
export const outboxKey = (eventId: string): Key => ({ pk: partition('outbox', eventId), sk: 'EVENT' });

/** The fund of a local policy; its movements, in order of time; what an enterprise had of it. */
export const localFundKey = (policyId: string): Key => ({ pk: partition('localFund', policyId), sk: 'BALANCE' });
export const localJournalPartition = (policyId: string): string => partition('localFund', policyId, 'JOURNAL');
export const localEntryKey = (policyId: string, at: number, id: string): Key => ({
  pk: localJournalPartition(policyId),
  sk: sortKey(at, id),
});
export const localUsedKey = (policyId: string, uscc: string): Key => ({
  pk: partition('localFund', policyId, uscc),
  sk: 'USED',
});

/** What was counted of a year, or of organisations, a cell to an item. */
export const progressPartition = (book: Book): string => partition('progress', book);
export const progressKey = (book: Book, table: Table, cell: readonly string[]): Key => ({
  pk: progressPartition(book),
  sk: sortKey(table, ...cell),
});
/** What one thing was counted for, so that it is counted once. */
export const countedKey = (entity: string, ...id: readonly string[]): Key => ({
  pk: partition('progress', 'COUNTED', entity, ...id),
  sk: 'COUNTED',
});

export const journalPartition = (year: number, number: number): string => partition('journal', year, number);

/** Postings spread over partitions by their id, so that a busy day is not one hot partition. */
export const journalKey = (year: number, id: string): Key => ({
  pk: journalPartition(year, (createHash('sha256').update(id).digest()[0] ?? 0) % JOURNAL_PARTITIONS),
  sk: id,
});

/** In the place of a date that there is none of: after all there are. */
export const NO_DAY = 'none';

export const AUDIT = 'AUDIT';
export const auditSortKey = (at: number, requestId: string, entitySortKey: string, version: number): string =>
  sortKey(AUDIT, at, requestId, entitySortKey, version);
