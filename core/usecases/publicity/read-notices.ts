import type { Page, Reads } from '../../ports/store.ts';
import type { Notice, NoticePage } from '../../publicity/notice.ts';
import { snapshotHash } from '../../publicity/snapshot.ts';
import { linesOfNotice } from '../../publicity/stored-notice.ts';
import { ok, type Result, refuse } from '../../result.ts';

type NoticeReads = Pick<Reads, 'get' | 'list'>;

/** Public notices of a year, newest first (clause 一-(二), open). */
export const listNotices = (
  reads: NoticeReads,
  { year, page }: { readonly year: number; readonly page: { readonly limit: number; readonly cursor?: string } },
): Promise<Page<Notice>> => reads.list('noticesOfYear', { year }, page);

export async function readNotice(reads: NoticeReads, noticeId: string): Promise<Result<Notice>> {
  const notice = await reads.get('notice', { id: noticeId });
  return notice ? ok(notice) : refuse('not-found');
}

/** One page of the snapshot, with the notice it belongs to. */
export async function readNoticeLines(
  reads: NoticeReads,
  noticeId: string,
  number: number,
): Promise<Result<{ notice: Notice; page: NoticePage }>> {
  const notice = await reads.get('notice', { id: noticeId });
  const page = notice && (await reads.get('noticePage', { noticeId, page: number }));
  return page ? ok({ notice, page }) : refuse('not-found');
}

/** The hash as published and as computed again from the stored lines. */
export interface Verification {
  readonly notice: Notice;
  readonly recomputed: string;
}

export async function verifyNotice(reads: NoticeReads, noticeId: string): Promise<Result<Verification>> {
  const notice = await reads.get('notice', { id: noticeId });
  return notice ? ok({ notice, recomputed: snapshotHash(await linesOfNotice(reads, noticeId)) }) : refuse('not-found');
}
