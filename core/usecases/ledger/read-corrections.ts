import type { Correction } from '../../ledger/correction.ts';
import type { Posting } from '../../ledger/posting.ts';
import type { Page, Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** A posting with what was corrected of it, or is proposed to be. */
export interface PostingAndCorrection {
  readonly posting: Posting;
  readonly correction: Correction | undefined;
}

export async function readPosting(
  reads: Pick<Reads, 'get' | 'posting'>,
  { year, postingId }: { readonly year: number; readonly postingId: string },
): Promise<Result<PostingAndCorrection>> {
  const posting = await reads.posting(year, postingId);
  return posting
    ? ok({ posting, correction: await reads.get('correction', { year, postingId }) })
    : refuse('not-found');
}

/** Everything of a year's journal that was corrected or is proposed to be. */
export const listCorrections = (
  reads: Pick<Reads, 'list'>,
  { year, page }: { readonly year: number; readonly page: { readonly limit: number; readonly cursor?: string } },
): Promise<Page<Correction>> => reads.list('correctionsOfYear', { year }, page);
