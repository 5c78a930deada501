import type { Claim } from '../claims/claim.ts';
import { everyPage } from '../ports/pages.ts';
import type { Reads } from '../ports/store.ts';
import type { Notice, NoticeLine } from './notice.ts';

type NoticeReads = Pick<Reads, 'get' | 'list'>;

/** All lines of a notice in order, read from the table itself. */
export async function linesOfNotice(reads: Pick<Reads, 'list'>, noticeId: string): Promise<NoticeLine[]> {
  // A page of a notice holds up to a hundred lines: fewer of them at a time.
  const pages = await everyPage((page) => reads.list('pagesOfNotice', { noticeId }, { ...page, limit: 20 }));
  return pages.flatMap(({ lines }) => lines);
}

/**
 * The notice that publicises an item as it stands: the claim's first one, or the latest edition if the line was
 * corrected since. Undefined when the claim was never publicised.
 */
export async function currentNoticeOf(
  reads: NoticeReads,
  claim: Pick<Claim, 'noticeId'>,
  claimItemId: string,
): Promise<Notice | undefined> {
  let id = claim.noticeId;
  let notice: Notice | undefined;
  while (id !== undefined) {
    notice = await reads.get('notice', { id });
    id = notice?.replaced.find((line) => line.claimItemId === claimItemId)?.noticeId;
  }
  return notice;
}
