import { type Claim, type ClaimItem, claimTransitions } from '../../claims/claim.ts';
import { missingEvidence } from '../../claims/evidence.ts';
import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { type Issue, ok, refuse, refuseAll } from '../../result.ts';
import { windowOpen } from './open-claim.ts';
import { itemsIn, visibleClaim } from './read-claim.ts';

/**
 * Files a claim, or files it again after a return with every faulty item corrected. The workflow `claim-audit` then
 * takes the items in, page by page; a return ends it, and the next filing starts the next round (clause 七-(一)).
 * The first filing is within the claim window; a correction is not bound to it.
 */
export const makeFileClaim =
  ({ reads }: Ports): CommandUseCase<{ readonly claimId: string }, Claim> =>
  async ({ claimId }, command) => {
    const visible = await visibleClaim(reads, claimId, command.actor);
    if (!visible.ok) return visible;
    const claim = visible.value;
    const again = claim.status === 'returned';
    const transition = again ? claimTransitions.refile : claimTransitions.file;
    const allowed = allow({ ...transition, from: ['draft', 'returned'] }, claim.status);
    if (!allowed.ok) return allowed;
    const seen = seenBy(command, claim);
    if (!seen.ok) return seen;
    if (!again) {
      const open = await windowOpen(reads, claim.year, command.at);
      if (!open.ok) return open;
    }
    const items = await itemsIn(reads, claimId);
    if (items.length === 0) return refuse('claim-empty');
    const complete = refuseAll(items.flatMap(notReady).slice(0, MOST_ISSUES));
    if (!complete.ok) return complete;

    const { auditCompletedAt: _completed, taskId: _task, auditBy: _by, auditorSub: _auditor, ...rest } = claim;
    const value = revise<Claim>(rest, command.at, {
      status: transition.to,
      filedAt: command.at,
      round: again ? claim.round + 1 : claim.round,
    });
    return ok({
      result: value,
      changes: [
        { do: 'update', entity: 'claim', value, from: transition.from, audit: { action: transition.name } },
        {
          do: 'event',
          event: {
            id: command.newId('evt'),
            at: command.at,
            type: 'workflow-requested',
            workflow: 'claim-audit',
            input: { claimId, round: value.round },
          },
        },
      ],
    });
  };

const MOST_ISSUES = 50;

const notReady = (item: ClaimItem): Issue[] => {
  const base = `/items/${item.id}`;
  return item.status === 'returned' && item.correctedAt === undefined
    ? [{ pointer: base, rule: 'item-not-corrected' }]
    : missingEvidence(item, base);
};
