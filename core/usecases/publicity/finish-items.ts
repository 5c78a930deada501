import type { ClaimItem } from '../../claims/claim.ts';
import { finishItemChanges } from '../../claims/finish-item.ts';
import type { Command, Ports, StepCommand } from '../../ports/context.ts';
import type { Change, Decision, Reads } from '../../ports/store.ts';
import { LINES_PER_PAGE } from '../../publicity/snapshot.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** Items finished in one transaction: at most five writes each, beside fund, specs and the step's answer. */
export const ITEMS_PER_STEP = 15;

interface Progress {
  readonly claimId: string;
  readonly noticeId: string;
  readonly from: number;
}

/**
 * Finishes the items of a closed notice, a page at a time in the order of the snapshot: approved ones become final,
 * rejected ones are refused (clauses 七-(一), 七-(二)). Items under an objection are passed over, and finished when it
 * is decided; so are lines that were corrected and publicised anew.
 */
export const makeFinishItems =
  ({ reads }: Ports) =>
  async (
    { claimId, noticeId, from }: Progress,
    command: StepCommand,
  ): Promise<Result<Decision<Progress & { readonly next: 'more' | 'done' }>>> => {
    const notice = await reads.get('notice', { id: noticeId });
    if (!notice) return refuse('not-found');
    if (notice.status !== 'closed')
      return refuse('wrong-state', { values: { state: notice.status, allowed: 'closed' } });
    const page = await reads.get('noticePage', { noticeId, page: Math.floor(from / LINES_PER_PAGE) + 1 });
    const start = from % LINES_PER_PAGE;
    const lines = page?.lines.slice(start, start + ITEMS_PER_STEP) ?? [];
    const replaced = new Set(notice.replaced.map((line) => line.claimItemId));
    const items = await reads.getMany(
      'claimItem',
      lines.flatMap(({ claimItemId }) => (replaced.has(claimItemId) ? [] : [{ claimId, id: claimItemId }])),
    );
    const upTo = from + lines.length;
    const finished = await finishing(reads, items, command);
    // A line replaced since the notice was read has a new window: it must not be finished with the old one.
    const unreplaced: Change = { do: 'check', entity: 'notice', id: { id: noticeId }, version: notice.version };
    return ok({
      result: { claimId, noticeId, from: upTo, next: upTo < notice.lineCount ? 'more' : 'done' },
      changes: finished.length > 0 ? [unreplaced, ...finished] : [],
    });
  };

/** The changes that finish those of the items that are decided. */
export async function finishing(
  reads: Pick<Reads, 'getMany'>,
  items: readonly ClaimItem[],
  command: Pick<Command, 'at' | 'actor' | 'newId'>,
): Promise<Change[]> {
  const decided = items.filter(({ status }) => status === 'approved' || status === 'rejected');
  const vouchers = await reads.getMany(
    'voucher',
    decided.map(({ voucherId }) => ({ id: voucherId })),
  );
  return decided.flatMap((item) => {
    const voucher = vouchers.find(({ id }) => id === item.voucherId);
    if (!voucher) throw new Error(`claim item ${item.id} without its voucher`);
    return finishItemChanges(item, voucher, command);
  });
}
