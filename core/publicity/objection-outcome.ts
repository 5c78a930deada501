import type { ClaimItem, ItemAudit } from '../claims/claim.ts';
import { claimItemTransitions } from '../claims/claim.ts';
import type { TaskDecision } from '../inbox/task.ts';
import { revise } from '../lifecycle/record.ts';
import { fen, formatYuan } from '../money/money.ts';
import { ok, type Result, refuse } from '../result.ts';

/** Refuses a correction above what was asked for the item; a correction may raise what the audit approved up to that. */
export function checkCorrection(item: Pick<ClaimItem, 'asked'>, corrected: number): Result<void> {
  return corrected > item.asked
    ? refuse('correction-too-large', { values: { asked: formatYuan(fen(item.asked)) } })
    : ok(undefined);
}

/** What a decision on an objection means for the item it concerns. */
export interface ObjectionOutcome {
  /** The item, no longer suspended: approved or rejected. */
  readonly item: ClaimItem;
  /** Whether its amount changed, so that it must be publicised anew with a full window (clause 七-(一)). */
  readonly material: boolean;
}

/**
 * Applies a decision on an objection to the suspended item. Upheld with another amount, the audit's amount is
 * corrected, with 0 as rejection; dismissed, or upheld without another amount, the item goes on as it was.
 */
export function outcomeOfObjection(item: ClaimItem, decision: TaskDecision, at: number): Result<ObjectionOutcome> {
  const { audit } = item;
  const { openObjectionId: _, ...rest } = item;
  const corrected = decision.outcome === 'uphold' ? decision.corrected : undefined;
  if (corrected !== undefined) {
    const fits = checkCorrection(item, corrected);
    if (!fits.ok) return fits;
  }
  const material = audit !== undefined && corrected !== undefined && corrected !== audit.approved;
  const after = material ? correctedAudit(audit, item, corrected, decision) : audit;
  const transition = after?.approved === 0 ? claimItemTransitions.resumeRejected : claimItemTransitions.resume;
  return ok({
    item: { ...revise(rest, at, { status: transition.to }), ...(after ? { audit: after } : {}) },
    material,
  });
}

function correctedAudit(audit: ItemAudit, item: ClaimItem, corrected: number, decision: TaskDecision): ItemAudit {
  return {
    ...audit,
    outcome: corrected === 0 ? 'reject' : corrected < item.asked ? 'reduce' : 'approve',
    approved: fen(corrected),
    correctedBy: decision.decidedBy,
    ...(decision.reasonCode ? { reasonCode: decision.reasonCode } : {}),
    ...(decision.note ? { note: decision.note } : {}),
  };
}
