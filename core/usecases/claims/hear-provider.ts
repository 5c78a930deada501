import { isDeduction, wasHeard } from '../../claims/audit.ts';
import type { ClaimItem, ClaimStatus } from '../../claims/claim.ts';
import { revise } from '../../lifecycle/record.ts';
import { seenBy } from '../../lifecycle/version.ts';
import { fen } from '../../money/money.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok, refuse } from '../../result.ts';
import { visibleItem } from './read-claim.ts';

export interface HearProvider {
  readonly claimId: string;
  readonly itemId: string;
  readonly statement: string;
}

/** A claim that went back for the sake of other items can be used for the hearing too. */
const openClaims: readonly ClaimStatus[] = ['under-audit', 'returned'];

/** The provider answers a proposed deduction, once per proposal (clause 七-(二): after the provider was heard). */
export const makeHearProvider =
  ({ reads }: Ports): CommandUseCase<HearProvider, ClaimItem> =>
  async ({ statement, ...ids }, command) => {
    const visible = await visibleItem(reads, ids, command.actor);
    if (!visible.ok) return visible;
    const { claim, item } = visible.value;
    const completed = claim.status === 'under-audit' && claim.auditCompletedAt !== undefined;
    if (!openClaims.includes(claim.status) || completed) return refuse('nothing-to-hear');
    if (!item.audit || !isDeduction(item) || wasHeard(item)) return refuse('nothing-to-hear');
    const seen = seenBy(command, item);
    if (!seen.ok) return seen;
    const hearing = { statement, proposed: fen(item.audit.approved), at: command.at };
    const value = revise(item, command.at, { hearing });
    return ok({
      result: value,
      changes: [
        { do: 'update', entity: 'claimItem', value, from: ['approved', 'rejected'], audit: { action: 'hear' } },
      ],
    });
  };
