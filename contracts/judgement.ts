import type * as z from 'zod';
import { judge } from '../core/claims/audit.ts';
import { decisionIssues } from '../core/inbox/decision-issues.ts';
import { takeOverIssues } from '../core/inbox/take-over-reasons.ts';
import { type Fen, formatYuan, subtract, sum } from '../core/money/money.ts';
import { checkCorrection } from '../core/publicity/objection-outcome.ts';
import { fenOf } from './amounts.ts';
import type { claimItemAnswer, verdict } from './claims.ts';
import type { FieldError } from './field-errors.ts';
import type { inboxRoutes } from './inbox.ts';
import type { parametersAnswer } from './plan.ts';
import { failureErrors, issueError } from './sentences.ts';

type Task = z.output<typeof inboxRoutes.readTask.answer>;
type Decision = z.output<NonNullable<typeof inboxRoutes.decideTask.body>>;
type Item = z.output<typeof claimItemAnswer>;

/** What a decision lacks that its contract alone does not ask for: the rules of the inbox, before anything is sent. */
export const decisionErrors = ({ kind }: Pick<Task, 'kind'>, { reasonCode, note, reasons, outcome }: Decision) =>
  decisionIssues(kind, {
    outcome,
    reasonCode,
    note,
    reasons: reasons.map((reason) => ({ pointer: reason.pointer, reasonCode: reason.reasonCode })),
  }).map(issueError);

/** What taking over lacks that its contract alone does not ask for. */
export const takeOverErrors = (given: z.output<NonNullable<typeof inboxRoutes.takeOverTask.body>>) =>
  takeOverIssues(given).map(issueError);

/** Why a task cannot be decided that somebody else has taken, and what to do. */
export const heldError = (holder: string): FieldError =>
  issueError({ pointer: '', rule: 'task-held', values: { holder } });

/** Refuses a corrected amount above what was asked for the item (clause 七-(一)). */
export function correctionErrors({ asked }: Pick<Item, 'asked'>, corrected: Fen): FieldError[] {
  const fits = checkCorrection({ asked: fenOf(asked) }, corrected);
  return fits.ok ? [] : failureErrors(fits.failure, '/corrected');
}

/** What a verdict would make of an item, by the rule that decides it when it is sent (clause 七-(二)). */
export function previewVerdict(
  item: Pick<Item, 'asked' | 'findings'>,
  given: z.output<typeof verdict>,
  facts: {
    /** The fee that the voucher was computed on. */
    readonly fee: string;
    readonly deductions: z.output<typeof parametersAnswer>['qualityDeductions'];
  },
):
  | { readonly approved: string; readonly errors?: never }
  | { readonly approved?: never; readonly errors: FieldError[] } {
  const findings = item.findings.map(({ rule }) => ({ rule }));
  const judged = judge({ asked: fenOf(item.asked), findings }, given, {
    fee: fenOf(facts.fee),
    deductions: facts.deductions,
  });
  return judged.ok
    ? { approved: formatYuan(judged.value.approved) }
    : { errors: failureErrors(judged.failure, '/outcome') };
}

const undecidedStatuses: readonly Item['status'][] = ['draft', 'filed'];

/** How far the audit of a claim is: what is asked, decided and left, in items and money. */
export function auditProgress(items: readonly Pick<Item, 'status' | 'asked' | 'audit'>[]) {
  const inClaim = items.filter(({ status }) => status !== 'withdrawn');
  const decided = inClaim.filter(({ status }) => !undecidedStatuses.includes(status));
  const asked = sum(inClaim.map((item) => fenOf(item.asked)));
  const approved = sum(decided.map(({ audit }) => fenOf(audit?.approved ?? '0')));
  const open = sum(inClaim.filter((item) => !decided.includes(item)).map((item) => fenOf(item.asked)));
  const returned = sum(decided.filter(({ status }) => status === 'returned').map((item) => fenOf(item.asked)));
  return {
    items: inClaim.length,
    decided: decided.length,
    asked: formatYuan(asked),
    approved: formatYuan(approved),
    returned: formatYuan(returned),
    open: formatYuan(open),
    /** asked = approved + deducted + returned + open. */
    deducted: formatYuan(subtract(asked, approved, returned, open)),
  };
}
