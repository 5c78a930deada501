import { named } from '../../actors/names.ts';
import {
  type Correction,
  type CorrectionReason,
  correctable,
  correctableLeft,
  correctionPosting,
  correctionTransitions,
} from '../../ledger/correction.ts';
import type { Posting } from '../../ledger/posting.ts';
import { born, revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import { type Fen, fen, formatYuan, ZERO } from '../../money/money.ts';
import { departmentOf, type Plan, planTransitions } from '../../policy/plan.ts';
import type { Command, CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change, Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';

interface OfPosting {
  readonly year: number;
  readonly postingId: string;
}

export interface CorrectionProposal extends OfPosting {
  /** Fen to correct; all that is left of the posting without it. */
  readonly amount?: Fen | undefined;
  readonly reasonCode: CorrectionReason;
  readonly note: string;
}

/**
 * Finance proposes to correct a posting (clause 一-(二)): one proposal at a time, and over all of them never more than was
 * posted. Nothing moves before both departments, two other people, have approved it.
 */
export const makeProposeCorrection =
  ({ reads }: Ports): CommandUseCase<CorrectionProposal, Correction> =>
  async ({ year, postingId, amount, reasonCode, note }, command) => {
    const found = await readCorrectable(reads, { year, postingId });
    if (!found.ok) return found;
    const { posting, moved, plan } = found.value;
    const earlier = await reads.get('correction', { year, postingId });
    const { propose } = correctionTransitions;
    const status = earlier ? allow(propose, earlier.status) : ok(propose.to);
    if (!status.ok) return status;
    const left = correctableLeft(moved, earlier);
    const taken = amount ?? left;
    if (taken > left || taken === 0) {
      const values = { left: formatYuan(left) };
      return refuse('correction-exceeds-posting', {
        values,
        issues: [{ pointer: '/amount', rule: 'correction-exceeds-posting', values }],
      });
    }
    const free = await enoughFree(reads, posting, taken, plan);
    if (!free.ok) return free;
    const { actor, at } = command;
    const proposal = {
      status: status.value,
      amount: taken,
      reasonCode,
      note,
      proposedBy: actor.sub,
      proposedAt: at,
      approvals: [],
      names: named(undefined, actor),
      excluded: [actor.sub],
    };
    if (!earlier) {
      const value: Correction = {
        year,
        postingId,
        ...born(at),
        reason: posting.reason,
        moved,
        corrected: ZERO,
        postings: [],
        ...proposal,
      };
      return ok({ result: value, changes: [{ do: 'create', entity: 'correction', value }] });
    }
    const value = revise(earlier, at, proposal);
    return ok({
      result: value,
      changes: [
        {
          do: 'update',
          entity: 'correction',
          value,
          from: propose.from,
          audit: { action: propose.name, reasonCode, note },
        },
      ],
    });
  };

export interface CorrectionDecision extends OfPosting {
  readonly outcome: 'approve' | 'refuse';
  readonly note: string;
}

/**
 * A department decides on a proposed correction. The two approvals are of two departments and two people, neither the
 * proposer; with the second the opposite entry is posted, and the plan's appropriation follows it.
 */
export const makeDecideCorrection =
  ({ reads }: Ports): CommandUseCase<CorrectionDecision, Correction> =>
  async ({ year, postingId, outcome, note }, command) => {
    const { actor, at } = command;
    const department = departmentOf(actor.role);
    if (!department) return refuse('role-forbidden');
    const correction = await reads.get('correction', { year, postingId });
    if (!correction) return refuse('not-found');
    const seen = seenBy(command, correction);
    if (!seen.ok) return seen;
    const second = correction.status === 'approved';
    const transition = correctionTransitions[outcome === 'refuse' ? 'refuse' : second ? 'post' : 'approve'];
    const status = allow(transition, correction.status);
    if (!status.ok) return status;
    if (correction.excluded.includes(actor.sub)) return refuse('same-person');
    const decided = (fields: Partial<Omit<Correction, 'version' | 'updatedAt'>>) => {
      const value = revise(correction, at, { ...fields, status: transition.to });
      const change: Change = {
        do: 'update',
        entity: 'correction',
        value,
        from: transition.from,
        unlessSubject: { sub: actor.sub, attributes: ['excluded'] },
        audit: { action: transition.name, reasonCode: correction.reasonCode, note },
      };
      return { value, change };
    };
    if (outcome === 'refuse') {
      const { value, change } = decided({});
      return ok({ result: value, changes: [change] });
    }
    if (correction.approvals.some((approval) => approval.department === department)) {
      return refuse('correction-other-department');
    }
    const approved = {
      approvals: [...correction.approvals, { department, sub: actor.sub, at }],
      names: named(correction.names, actor),
      excluded: [...correction.excluded, actor.sub],
    };
    if (!second) {
      const { value, change } = decided(approved);
      return ok({ result: value, changes: [change] });
    }
    const entry = await entryOf(reads, correction, command);
    if (!entry.ok) return entry;
    const { posting, changes } = entry.value;
    const { value, change } = decided({
      ...approved,
      corrected: fen(correction.corrected + correction.amount),
      postings: [...correction.postings, posting.id],
    });
    return ok({ result: value, changes: [change, ...changes] });
  };

/** The entry of an approved correction, and the plan whose appropriation it changes. */
async function entryOf(
  reads: Ports['reads'],
  correction: Correction,
  { at, actor }: Command,
): Promise<Result<{ readonly posting: Posting; readonly changes: Change[] }>> {
  const found = await readCorrectable(reads, correction);
  if (!found.ok) return found;
  const { plan } = found.value;
  const free = await enoughFree(reads, found.value.posting, fen(correction.amount), plan);
  if (!free.ok) return free;
  const posting = correctionPosting(found.value.posting, correction, { at, actor: actor.sub });
  // What came in is the negative of the account.
  const appropriation = fen(plan.appropriation - (posting.entries.appropriation ?? 0));
  return ok({
    posting,
    changes: [
      { do: 'post', posting },
      {
        do: 'update',
        entity: 'plan',
        value: revise(plan, at, { appropriation }),
        from: planTransitions.confirmAppropriation.from,
        audit: { action: 'correct-appropriation', reasonCode: correction.reasonCode, note: correction.note },
      },
    ],
  });
}

async function readCorrectable(
  reads: Pick<Reads, 'get' | 'posting'>,
  { year, postingId }: OfPosting,
): Promise<Result<{ readonly posting: Posting; readonly moved: Fen; readonly plan: Plan }>> {
  const posting = await reads.posting(year, postingId);
  const plan = await reads.get('plan', { year });
  if (!posting || !plan) return refuse('not-found');
  const moved = correctable(posting);
  if (!moved.ok) return moved;
  if (plan.status === 'closed') return refuse('correction-of-closed-year', { values: { year } });
  return ok({ posting, moved: moved.value, plan });
}

/** What was appropriated by mistake is taken back from what is free: no commitment loses its money by a correction. */
async function enoughFree(
  reads: Pick<Reads, 'fund'>,
  { entries, year }: Posting,
  amount: Fen,
  plan: Plan,
): Promise<Result<void>> {
  if ((entries.available ?? 0) < 0) return ok(undefined);
  const left = Math.max(0, Math.min((await reads.fund(year)).available, plan.appropriation));
  return amount <= left
    ? ok(undefined)
    : refuse('correction-exceeds-free', { values: { left: formatYuan(fen(left)) } });
}
