import type { Posting } from '../../ledger/posting.ts';
import type { Ports, QueryUseCase } from '../../ports/context.ts';
import type { Page } from '../../ports/store.ts';
import { ok, refuse } from '../../result.ts';

export interface JournalRequest {
  readonly year: number;
  /** One of the journal's partitions, from 0. */
  readonly partition: number;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A page of one of the partitions of a year's journal, in order of the entries' ids. */
export const makeReadJournal =
  ({ reads }: Ports): QueryUseCase<JournalRequest, Page<Posting>> =>
  async ({ year, partition, limit, cursor }) =>
    ok(await reads.list('journal', { year, partition }, { limit, ...(cursor === undefined ? {} : { cursor }) }));

/** A page of everything that money did for an order, in order of time and over all years (clause 一-(二), registered). */
export const makeListOrderPostings =
  ({ reads }: Ports): QueryUseCase<Omit<JournalRequest, 'year' | 'partition'> & { orderId: string }, Page<Posting>> =>
  async ({ orderId, limit, cursor }) =>
    (await reads.get('order', { id: orderId }))
      ? ok(await reads.list('postingsOfOrder', { orderId }, { limit, ...(cursor === undefined ? {} : { cursor }) }))
      : refuse('not-found');
