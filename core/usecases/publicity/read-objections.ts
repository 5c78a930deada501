import type { Page, Reads } from '../../ports/store.ts';
import type { Objection } from '../../publicity/notice.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** Objections to a notice, for staff. */
export async function listObjections(
  reads: Pick<Reads, 'get' | 'list'>,
  {
    noticeId,
    page,
  }: { readonly noticeId: string; readonly page: { readonly limit: number; readonly cursor?: string } },
): Promise<Result<Page<Objection>>> {
  const notice = await reads.get('notice', { id: noticeId });
  return notice ? ok(await reads.list('objectionsOfNotice', { noticeId }, page)) : refuse('not-found');
}

export async function readObjection(reads: Pick<Reads, 'get'>, objectionId: string): Promise<Result<Objection>> {
  const objection = await reads.get('objection', { id: objectionId });
  return objection ? ok(objection) : refuse('not-found');
}
