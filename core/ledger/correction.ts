import * as z from 'zod';
import { namesSchema } from '../actors/names.ts';
import { recordFields } from '../lifecycle/record.ts';
import { defineTransitions } from '../lifecycle/transition.ts';
import { amountSchema, type Fen, fen, ZERO } from '../money/money.ts';
import { departments } from '../policy/plan.ts';
import { ok, type Result, refuse } from '../result.ts';
import { APPROPRIATE, CUT, combine, move, type Posting } from './posting.ts';

/** Reason of a posting that corrects another one. */
export const CORRECT = 'correct';

/** Why an entry was wrong. */
export const correctionReasons = ['amount-mistyped', 'entered-twice', 'wrong-year'] as const;
export const correctionReasonSchema = z.enum(correctionReasons);
export type CorrectionReason = (typeof correctionReasons)[number];

export const correctionStatuses = ['proposed', 'approved', 'posted', 'refused'] as const;
export type CorrectionStatus = (typeof correctionStatuses)[number];

/** Proposed by finance; approved by one department; posted with the approval of the other, by a third person. */
export const correctionTransitions = defineTransitions<CorrectionStatus>()({
  propose: { from: ['posted', 'refused'], to: 'proposed', by: ['finance-officer'], clause: '一-(二)' },
  approve: { from: ['proposed'], to: 'approved', by: ['regional-officer', 'finance-officer'], clause: '一-(二)' },
  post: {
    from: ['approved'],
    to: 'posted',
    by: ['regional-officer', 'finance-officer'],
    clause: '一-(二)',
    ledger: 'the opposite of what was wrong',
  },
  refuse: {
    from: ['proposed', 'approved'],
    to: 'refused',
    by: ['regional-officer', 'finance-officer'],
    clause: '一-(二)',
  },
});

/**
 * What was corrected of one posting, and what is proposed: one record for each, so that all its corrections together never
 * exceed it, and one is decided before the next begins (decision 9: a correction is another entry).
 */
export const correctionSchema = z.strictObject({
  year: z.int(),
  postingId: z.string(),
  ...recordFields,
  status: z.enum(correctionStatuses),
  /** Reason of the posting that is corrected. */
  reason: z.string(),
  /** Fen that it moved. */
  moved: amountSchema,
  /** Fen of it that corrections took back. */
  corrected: amountSchema,
  /** The latest proposal. */
  amount: amountSchema,
  reasonCode: correctionReasonSchema,
  note: z.string(),
  proposedBy: z.string(),
  proposedAt: z.int(),
  approvals: z.array(z.strictObject({ department: z.enum(departments), sub: z.string(), at: z.int() })),
  /** Who took part, by name. */
  names: namesSchema.optional(),
  /** Who took part in the latest proposal: none of them decides on it. */
  excluded: z.array(z.string()),
  /** Postings that corrected it so far. */
  postings: z.array(z.string()),
});
export type Correction = z.infer<typeof correctionSchema>;

/** The command that puts another entry right, by its reason, in both languages: what stands beside the journal must change with it. */
const rightCommand: Readonly<Record<string, string>> = {
  reserve: '取消订单 · cancel-order',
  serve: '取消订单 · cancel-order',
  release: '重新下单 · place-order',
  issue: '确认交付情况 · confirm-delivery',
  void: '重新下单 · place-order',
  reduce: '重新下单 · place-order',
  expire: '重新下单 · place-order',
  refuse: '对公示提出异议 · lodge-objection',
  accrue: '提出追回 · propose-recovery',
  fund: '提出追回 · propose-recovery',
  pay: '登记退汇或提出追回 · record-bank-return or propose-recovery',
  return: '办理重发 · correct-payout-line',
  recover: '对尚未追回的部分提出追回 · propose-recovery for what has not come back',
};
/** Computed, or corrected already: only the appropriation itself can be put right. */
const appropriationChange = '提出调整资金规模 · propose-appropriation';

/**
 * Fen that a posting moved, if it may be corrected by an entry: what somebody typed and nothing but the fund's own figures
 * depends on. All else is written together with vouchers, specs, caps, recoveries or another year, which an entry alone
 * would leave behind; the refusal names the command that changes both.
 */
export function correctable({ reason, entries }: Posting): Result<Fen> {
  if (reason === APPROPRIATE || reason === CUT) return ok(fen(Math.abs(entries.available ?? 0)));
  const command = rightCommand[reason] ?? appropriationChange;
  return refuse('posting-not-correctable', { values: { reason, command } });
}

/** Fen of the posting that may still be corrected. */
export const correctableLeft = (moved: Fen, correction: Pick<Correction, 'corrected'> | undefined): Fen =>
  fen(moved - (correction?.corrected ?? ZERO));

/** The opposite of a posting, in whole or in part: same year, same reference, pointing at what it corrects. */
export const correctionPosting = (
  posting: Posting,
  { amount, postings }: Pick<Correction, 'amount' | 'postings'>,
  cause: Pick<Posting, 'at' | 'actor'>,
): Posting => ({
  ...cause,
  id: `led_correct_${posting.id.replace(/^led_/, '')}_${postings.length + 1}`,
  year: posting.year,
  reason: CORRECT,
  reference: posting.reference,
  corrects: { id: posting.id, reason: posting.reason },
  entries: combine(
    (posting.entries.available ?? 0) > 0
      ? move('available', 'appropriation', amount)
      : move('appropriation', 'available', amount),
  ),
  specs: [],
});

/** Postings that correct more than the one they point at, or not its opposite; always empty. */
export function wrongCorrections(postings: readonly Posting[]): string[] {
  const byId = new Map(postings.map((posting) => [posting.id, posting]));
  const corrections = postings.filter(({ corrects }) => corrects !== undefined);
  return [...Map.groupBy(corrections, ({ corrects }) => corrects?.id ?? '')].flatMap(([id, of]) => {
    const before = byId.get(id);
    const left = before && combine(before.entries, ...of.map(({ entries }) => entries));
    const within =
      left &&
      Object.entries(left).every(([account, amount]) => {
        const was = before.entries[account as keyof typeof before.entries] ?? 0;
        return Math.sign(amount) === Math.sign(was) && Math.abs(amount) <= Math.abs(was);
      });
    return within ? [] : [id];
  });
}
