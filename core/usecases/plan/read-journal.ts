import type { Posting } from '../../ledger/posting.ts';
import type { Ports, QueryUseCase } from '../../ports/context.ts';
import type { Page } from '../../ports/store.ts';
import { ok } from '../../result.ts';

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
