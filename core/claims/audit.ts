import type { BusinessDate } from '../calendar/business-date.ts';
import type { Transition } from '../lifecycle/transition.ts';
import { type Fen, fen, formatYuan, prorate, type Ratio, ZERO } from '../money/money.ts';
import type { PlanParameters } from '../policy/plan.ts';
import type { FieldReason } from '../registry/certification.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { CorrectionReason, ReductionReason, RejectionReason } from './audit-reasons.ts';
import { type ClaimItem, type ClaimItemStatus, claimItemTransitions, type ItemAudit } from './claim.ts';
import { hasFinding } from './findings.ts';

export type Severity = NonNullable<ItemAudit['severity']>;

/** What an auditor says of an item. Amounts are not among it: they follow from the plan and the evidence. */
export type Verdict =
  | { readonly outcome: 'approve'; readonly note?: string | undefined }
  | {
      readonly outcome: 'reduce';
      readonly reasonCode: ReductionReason;
      /** With `quality-problem` (clause 七-(二)). */
      readonly severity?: Severity | undefined;
      /** With the other reasons: fen of the fee that the evidence supports. */
      readonly recognisedFee?: Fen | undefined;
      readonly note?: string | undefined;
    }
  | { readonly outcome: 'reject'; readonly reasonCode: RejectionReason; readonly note?: string | undefined }
  | {
      readonly outcome: 'return';
      readonly reasons: readonly (FieldReason & { reasonCode: CorrectionReason })[];
      readonly note?: string | undefined;
    };

/** What a verdict comes to. */
export interface Judgement {
  readonly transition: Transition<ClaimItemStatus>;
  /** Fen approved. */
  readonly approved: Fen;
}

/** Ratios have at most four decimals: an exact number of ten-thousandths. */
const PARTS = 10_000;
const tenThousandths = (ratio: Ratio): number => Math.round(Number(ratio) * PARTS);

/** What is left after the plan's deduction for a severity, rounded down to the fen (clause 七-(二)). */
export const afterDeduction = (asked: Fen, deduction: Ratio): Fen =>
  prorate(asked, PARTS - tenThousandths(deduction), PARTS);

/** The part of the voucher that falls on the fee which the evidence supports, rounded down to the fen. */
export const forRecognisedFee = (asked: Fen, recognised: Fen, fee: Fen): Fen => prorate(asked, recognised, fee);

/**
 * The amount and state that a verdict gives an item. A deduction that leaves nothing rejects it. An item whose price is
 * above the market is worth 0 (clause 七-(二)); who sees it otherwise says why.
 */
export function judge(
  item: Pick<ClaimItem, 'asked' | 'findings'>,
  verdict: Verdict,
  facts: { readonly fee: Fen; readonly deductions: PlanParameters['qualityDeductions'] },
): Result<Judgement> {
  const { approve, reject, return: sendBack } = claimItemTransitions;
  if (
    (verdict.outcome === 'approve' || verdict.outcome === 'reduce') &&
    !verdict.note &&
    hasFinding(item, 'item-price-above-market')
  ) {
    return refuse('above-market-needs-note', { issues: [{ pointer: '/note', rule: 'above-market-needs-note' }] });
  }
  switch (verdict.outcome) {
    case 'approve':
      return ok({ transition: approve, approved: fen(item.asked) });
    case 'reject':
      return ok({ transition: reject, approved: ZERO });
    case 'return':
      return ok({ transition: sendBack, approved: ZERO });
    case 'reduce': {
      const reduced = reduce(fen(item.asked), verdict, facts);
      return reduced.ok
        ? ok({ transition: reduced.value === ZERO ? reject : approve, approved: reduced.value })
        : reduced;
    }
  }
}

function reduce(
  asked: Fen,
  { reasonCode, severity, recognisedFee }: Extract<Verdict, { outcome: 'reduce' }>,
  { fee, deductions }: { readonly fee: Fen; readonly deductions: PlanParameters['qualityDeductions'] },
): Result<Fen> {
  if (reasonCode === 'quality-problem') {
    if (severity !== undefined && recognisedFee === undefined) return ok(afterDeduction(asked, deductions[severity]));
    return refuse('deduction-basis-required', {
      issues: [
        { pointer: recognisedFee === undefined ? '/severity' : '/recognisedFee', rule: 'deduction-basis-required' },
      ],
    });
  }
  if (recognisedFee === undefined || severity !== undefined) {
    return refuse('deduction-basis-required', {
      issues: [{ pointer: severity === undefined ? '/recognisedFee' : '/severity', rule: 'deduction-basis-required' }],
    });
  }
  return recognisedFee < fee
    ? ok(forRecognisedFee(asked, recognisedFee, fee))
    : refuse('recognised-fee-too-high', {
        values: { fee: formatYuan(fee) },
        issues: [{ pointer: '/recognisedFee', rule: 'recognised-fee-too-high', values: { fee: formatYuan(fee) } }],
      });
}

/** A proposed deduction that the provider may answer before the audit is complete (clause 七-(二)). */
export const isDeduction = (item: Pick<ClaimItem, 'audit'>): boolean => item.audit?.outcome === 'reduce';

/** Whether the provider has answered this deduction, or one that was no milder. */
export const wasHeard = ({ audit, hearing }: Pick<ClaimItem, 'audit' | 'hearing'>): boolean =>
  audit !== undefined && hearing !== undefined && audit.approved >= hearing.proposed;

/** Whether an item still waits for the provider's answer on that day. */
export const awaitsHearing = (item: Pick<ClaimItem, 'audit' | 'hearing'>, today: BusinessDate): boolean =>
  isDeduction(item) && !wasHeard(item) && today <= (item.audit?.hearingUntil ?? today);

/** States in which an item has been decided in this round. */
export const auditedStatuses: readonly ClaimItemStatus[] = ['approved', 'rejected', 'returned'];
