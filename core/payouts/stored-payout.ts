import type { ClaimItem } from '../claims/claim.ts';
import { everyPage } from '../ports/pages.ts';
import type { Reads } from '../ports/store.ts';
import type { Notice, NoticeLine } from '../publicity/notice.ts';
import { currentNoticeOf, linesOfNotice } from '../publicity/stored-notice.ts';
import type { Grounds } from './payable.ts';
import type { PayoutLine } from './payout.ts';

/** All lines of a payment order, read from the table itself. */
export const linesOf = (reads: Pick<Reads, 'list'>, payoutId: string): Promise<PayoutLine[]> =>
  everyPage((page) => reads.list('linesOfPayout', { payoutId }, page));

/** The stored records that justify the payment of these items; each notice is read once. */
export async function groundsOf(
  reads: Pick<Reads, 'get' | 'getMany' | 'list'>,
  items: readonly ClaimItem[],
): Promise<Grounds[]> {
  const claims = await reads.getMany(
    'claim',
    items.map(({ claimId }) => ({ id: claimId })),
  );
  const snapshots = new Map<string, NoticeLine[]>();
  const linesIn = async (notice: Notice): Promise<NoticeLine[]> => {
    const known = snapshots.get(notice.id) ?? (await linesOfNotice(reads, notice.id));
    snapshots.set(notice.id, known);
    return known;
  };
  const grounds: Grounds[] = [];
  for (const item of items) {
    const claim = claims.find(({ id }) => id === item.claimId);
    const notice = claim && (await currentNoticeOf(reads, claim, item.id));
    const line = notice && (await linesIn(notice)).find(({ claimItemId }) => claimItemId === item.id);
    grounds.push({ item, notice, line });
  }
  return grounds;
}
