import { businessDateOf } from '../../calendar/business-date.ts';
import { addWorkingDays } from '../../calendar/working-days.ts';
import { judge, type Verdict } from '../../claims/audit.ts';
import { correctableFields, correctionReasonCodes } from '../../claims/audit-reasons.ts';
import type { ClaimItem, ItemAudit } from '../../claims/claim.ts';
import { subsidisedFee } from '../../claims/findings.ts';
import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import { parametersOf } from '../../policy/current-plan.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok, refuseAll } from '../../result.ts';
import { mayAudit } from './may-audit.ts';
import { itemsIn, visibleItem } from './read-claim.ts';

export interface AuditItem {
  readonly claimId: string;
  readonly itemId: string;
  readonly verdict: Verdict;
}

/** The auditor's word on one item (clauses 七-(一), 七-(二)); it may be changed until the audit is complete. */
export const makeAuditItem =
  ({ reads, calendar }: Ports): CommandUseCase<AuditItem, ClaimItem> =>
  async ({ verdict, ...ids }, command) => {
    const visible = await visibleItem(reads, ids, command.actor);
    if (!visible.ok) return visible;
    const { claim, item } = visible.value;
    const may = await mayAudit(reads, claim, await itemsIn(reads, claim.id), command.actor);
    if (!may.ok) return may;
    const seen = seenBy(command, item);
    if (!seen.ok) return seen;
    if (verdict.outcome === 'return') {
      const known = refuseAll(unknownReasons(verdict.reasons));
      if (!known.ok) return known;
    }
    const [order, parameters] = await Promise.all([
      reads.get('order', { id: item.orderId }),
      parametersOf(reads, item.year, command.at),
    ]);
    if (!order?.contract) throw new Error(`claim item ${item.id} has no contract`);
    const judged = judge(item, verdict, {
      fee: subsidisedFee({ order, contract: order.contract }),
      deductions: parameters.qualityDeductions,
    });
    if (!judged.ok) return judged;
    const { transition, approved } = judged.value;
    const allowed = allow(transition, item.status);
    if (!allowed.ok) return allowed;

    // The hearing takes as long as a review: the plan has one time limit for both (default 5 working days).
    const hearing =
      verdict.outcome === 'reduce'
        ? {
            hearingUntil: addWorkingDays(businessDateOf(command.at), parameters.reviewWorkingDays, await calendar())
              .date,
          }
        : {};
    const audit: ItemAudit = {
      outcome: verdict.outcome,
      ...('reasonCode' in verdict ? { reasonCode: verdict.reasonCode } : {}),
      ...(verdict.outcome === 'reduce' && verdict.severity ? { severity: verdict.severity } : {}),
      ...(verdict.outcome === 'reduce' && verdict.recognisedFee !== undefined
        ? { recognisedFee: verdict.recognisedFee }
        : {}),
      ...(verdict.note ? { note: verdict.note } : {}),
      approved,
      ...hearing,
      auditedBy: command.actor.sub,
      auditedAt: command.at,
      reasons: verdict.outcome === 'return' ? [...verdict.reasons] : [],
    };
    const value = revise(item, command.at, { status: transition.to, audit });
    const auditors = claim.auditors.includes(command.actor.sub)
      ? claim.auditors
      : [...claim.auditors, command.actor.sub];
    return ok({
      result: value,
      changes: [
        {
          do: 'update',
          entity: 'claimItem',
          value,
          from: transition.from,
          audit: {
            action: `audit-${verdict.outcome}`,
            ...('reasonCode' in verdict ? { reasonCode: verdict.reasonCode } : {}),
          },
        },
        // A new version of the claim with each word: nothing changes behind the back of whoever completes the audit.
        {
          do: 'update',
          entity: 'claim',
          value: revise(claim, command.at, { auditors }),
          from: ['under-audit'],
          audit: { action: 'audit-item', note: item.voucherNumber },
        },
      ],
    });
  };

const unknownReasons = (reasons: Extract<Verdict, { outcome: 'return' }>['reasons']) =>
  reasons.flatMap(({ pointer, reasonCode }, i) => {
    const field = correctableFields.some((open) => pointer === open || pointer.startsWith(`${open}/`));
    const values = { fields: correctableFields.join('、'), reasons: correctionReasonCodes.join('、') };
    return field && correctionReasonCodes.includes(reasonCode)
      ? []
      : [{ pointer: `/reasons/${i}`, rule: 'correction-reason-unknown' as const, values }];
  });
