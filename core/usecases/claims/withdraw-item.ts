import { type Claim, type ClaimItem, type ClaimStatus, claimItemTransitions } from '../../claims/claim.ts';
import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import { fen, subtract } from '../../money/money.ts';
import { voucherTransitions } from '../../orders/voucher.ts';
import type { Command, CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change } from '../../ports/store.ts';
import { ok, refuse } from '../../result.ts';
import { releasePapers } from './check-evidence.ts';
import { visibleItem } from './read-claim.ts';

const openClaims: readonly ClaimStatus[] = ['draft', 'returned'];

/**
 * Takes an item out of a draft claim, or a returned one that cannot be corrected out of its claim. The voucher can be
 * claimed again; the item stays on record.
 */
export const makeWithdrawItem =
  ({ reads }: Ports): CommandUseCase<{ readonly claimId: string; readonly itemId: string }, ClaimItem> =>
  async (ids, command) => {
    const visible = await visibleItem(reads, ids, command.actor);
    if (!visible.ok) return visible;
    const { claim, item } = visible.value;
    if (!openClaims.includes(claim.status)) {
      return refuse('wrong-state', { values: { state: claim.status, allowed: openClaims.join('、') } });
    }
    const { withdraw } = claimItemTransitions;
    const allowed = allow(withdraw, item.status);
    if (!allowed.ok) return allowed;
    const seen = seenBy(command, item);
    if (!seen.ok) return seen;
    const voucher = await reads.get('voucher', { id: item.voucherId });
    if (!voucher) throw new Error(`claim item ${item.id} has no voucher`);
    const { claimId: _claim, claimItemId: _item, ...unclaimed } = voucher;
    const { unclaim } = voucherTransitions;
    const { value, changes } = takeOut(claim, item, command);
    return ok({
      result: value,
      changes: [
        ...changes,
        {
          do: 'update',
          entity: 'voucher',
          value: revise(unclaimed, command.at, { status: unclaim.to }),
          from: unclaim.from,
          audit: { action: unclaim.name },
        },
      ],
    });
  };

/** The changes that take an item out of its open claim and give its papers back; what becomes of its voucher is the caller's. */
export function takeOut(
  claim: Claim,
  item: ClaimItem,
  { at }: Pick<Command, 'at'>,
  from: readonly ClaimStatus[] = openClaims,
): { value: ClaimItem; changes: Change[] } {
  const { withdraw } = claimItemTransitions;
  const value = revise(item, at, { status: withdraw.to });
  return {
    value,
    changes: [
      { do: 'update', entity: 'claimItem', value, from: withdraw.from, audit: { action: withdraw.name } },
      {
        do: 'update',
        entity: 'claim',
        value: revise(claim, at, {
          itemCount: claim.itemCount - 1,
          asked: subtract(fen(claim.asked), fen(item.asked)),
        }),
        from,
        audit: { action: 'withdraw-item', note: item.voucherNumber },
      },
      ...releasePapers(item.id, item),
    ],
  };
}
