import { businessDateOf } from '../../calendar/business-date.ts';
import { auditedStatuses, awaitsHearing } from '../../claims/audit.ts';
import type { Claim } from '../../claims/claim.ts';
import { deciderOf, decideTask } from '../../inbox/open-task.ts';
import { revise } from '../../lifecycle/record.ts';
import { seenBy } from '../../lifecycle/version.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok, refuse } from '../../result.ts';
import { mayAudit } from './may-audit.ts';
import { itemsIn, visibleClaim } from './read-claim.ts';

/**
 * Ends the audit of a round when every item is decided, and resumes the workflow. Deductions are final only after the
 * provider was heard or let its time pass (clause 七-(二)); that waits while the claim goes back for correction anyway.
 */
export const makeCompleteAudit =
  ({ reads }: Ports): CommandUseCase<{ readonly claimId: string }, Claim> =>
  async ({ claimId }, command) => {
    const visible = await visibleClaim(reads, claimId, command.actor);
    if (!visible.ok) return visible;
    const claim = visible.value;
    const items = await itemsIn(reads, claimId);
    const may = await mayAudit(reads, claim, items, command.actor);
    if (!may.ok) return may;
    const seen = seenBy(command, claim);
    if (!seen.ok) return seen;
    const undecided = items.filter(({ status }) => !auditedStatuses.includes(status));
    if (undecided.length > 0) return refuse('audit-incomplete', { values: { count: undecided.length } });
    if (!items.some(({ status }) => status === 'returned')) {
      const today = businessDateOf(command.at);
      const unheard = items.filter((item) => awaitsHearing(item, today));
      const until =
        unheard
          .map(({ audit }) => audit?.hearingUntil ?? '')
          .sort()
          .at(-1) ?? '';
      if (unheard.length > 0) return refuse('hearing-open', { values: { count: unheard.length, until } });
    }
    const task = await reads.get('task', { id: may.value.taskId });
    // Somebody may have completed it since the claim was read.
    if (task?.status === 'decided') return refuse('audit-completed');
    if (task?.status !== 'open') return refuse('audit-not-open');
    const { sub } = command.actor;
    const value = revise(claim, command.at, {
      auditorSub: sub,
      auditCompletedAt: command.at,
      auditors: claim.auditors.includes(sub) ? claim.auditors : [...claim.auditors, sub],
    });
    return ok({
      result: value,
      changes: [
        ...decideTask(task, { outcome: 'completed', reasons: [], ...deciderOf(command) }, command),
        { do: 'update', entity: 'claim', value, from: ['under-audit'], audit: { action: 'complete-audit' } },
      ],
    });
  };
