import type { ClaimItem } from '../claims/claim.ts';
import type { Notice, NoticeLine } from '../publicity/notice.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Payout } from './payout.ts';

/** The stored records that justify the payment of an item. */
export interface Grounds {
  readonly item: ClaimItem;
  /** The notice that publicises the item as it stands, and its line there. */
  readonly notice: Notice | undefined;
  readonly line: NoticeLine | undefined;
}

/**
 * Nothing is paid without audit and a complete publicity window, and no other amount than the one publicised
 * (invariant 8, clause 七-(一)).
 */
export function checkGrounds({ item, notice, line }: Grounds): Result<void> {
  const { audit, payable } = item;
  if (!audit || audit.approved === 0 || (audit.outcome !== 'approve' && audit.outcome !== 'reduce')) {
    return refuse('item-not-audited');
  }
  if (notice?.status !== 'closed' || notice.closedAt === undefined || notice.closedAt < notice.endsAt) {
    return refuse('window-not-complete');
  }
  if (notice.days.length < 5) return refuse('window-not-complete');
  return line?.approved === payable && audit.approved === payable ? ok(undefined) : refuse('amount-not-publicised');
}

/** Nothing is paid without the approval of two different people, one of each department, neither the proposer (invariant 8). */
export function checkApprovals({ approvals, proposedBy }: Pick<Payout, 'approvals' | 'proposedBy'>): Result<void> {
  const industry = approvals.find(({ department }) => department === 'industry');
  const finance = approvals.find(({ department }) => department === 'finance');
  const people = new Set([industry?.sub, finance?.sub, proposedBy]);
  return industry && finance && people.size === 3 ? ok(undefined) : refuse('approvals-incomplete');
}
