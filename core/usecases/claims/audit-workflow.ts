import { type Claim, type ClaimItem, claimItemTransitions, claimTransitions } from '../../claims/claim.ts';
import { openTask, type TaskRequest } from '../../inbox/open-task.ts';
import { lastDayOf, type TimeLimit } from '../../inbox/time-limit.ts';
import { revise } from '../../lifecycle/record.ts';
import { fen, sum } from '../../money/money.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { Change, Decision, Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { findingsNow } from './item-facts.ts';
import { itemsIn } from './read-claim.ts';

/** Which filing of a claim a workflow belongs to. */
export interface Round {
  readonly claimId: string;
  readonly round: number;
}

/** Items in one visit of the step: two writes each, within a transaction's 100. */
export const ITEMS_PER_PAGE = 40;

type TakenIn = Round & { readonly next: 'more' | 'audit' };

/**
 * Takes filed items in, a page at a time: findings are made anew on what is known at filing, and marks of the round
 * before are cleared. Items that kept their audit keep it.
 */
export const makeTakeInItems =
  ({ reads }: Ports) =>
  async ({ claimId, round }: Round, command: StepCommand): Promise<Result<Decision<TakenIn>>> => {
    const claim = await claimOfRound(reads, { claimId, round });
    if (!claim.ok) return claim;
    const waiting = (await itemsIn(reads, claimId)).filter(({ status }) => status === 'draft' || status === 'returned');
    const page = waiting.slice(0, ITEMS_PER_PAGE);
    const { file } = claimItemTransitions;
    const changes: Change[] = [];
    for (const item of page) {
      const { audit: _audit, hearing: _hearing, correctedAt: _corrected, ...rest } = item;
      const findings = await findingsNow(reads, item, command.at);
      const value = revise<ClaimItem>(rest, command.at, { status: file.to, findings });
      changes.push({ do: 'update', entity: 'claimItem', value, from: file.from, audit: { action: file.name } });
    }
    return ok({ result: { claimId, round, next: waiting.length > page.length ? 'more' : 'audit' }, changes });
  };

/**
 * Asks the auditors. Due after twice the plan's time limit for reviews, because a claim has many items where other
 * reviews have one.
 */
export const makeOpenAudit =
  (ports: Ports) =>
  async (round: Round, command: StepCommand): Promise<Result<Decision<{ taskId: string }>>> => {
    const claim = await claimOfRound(ports.reads, round);
    if (!claim.ok) return claim;
    return ok(
      await openFor(ports.reads, command, claim.value, { dueOn: await auditLimit(ports, command, claim.value) }),
    );
  };

const auditLimit = (ports: Ports, { at }: StepCommand, { year }: Claim) => lastDayOf(ports, at, { times: 2, year });

/** The time limit passed: auditors stay responsible, past the same time again too, and the claim says who had been at it. */
export const makeEscalateAudit =
  (ports: Ports) =>
  async (round: Round, command: StepCommand): Promise<Result<Decision<{ taskId: string }>>> => {
    const claim = await claimOfRound(ports.reads, round);
    if (!claim.ok) return claim;
    const expectedBy = await auditLimit(ports, command, claim.value);
    return ok(await openFor(ports.reads, command, claim.value, { expectedBy }));
  };

async function openFor(
  reads: Reads,
  command: StepCommand,
  claim: Claim,
  limit: TimeLimit,
): Promise<Decision<{ taskId: string }>> {
  const request: TaskRequest = {
    kind: 'claim-audit',
    role: 'auditor',
    subject: { entity: 'claim', id: claim.id, label: `${claim.providerName} ${claim.year}` },
    ...limit,
    excluded: [],
  };
  const opened = await openTask(reads, command, request);
  const { taskId } = opened.result;
  if (claim.taskId === taskId) return opened;
  const late = 'expectedBy' in limit;
  const value = revise(claim, command.at, {
    taskId,
    auditBy: late ? limit.expectedBy : limit.dueOn,
    ...(late ? { lateAuditors: claim.auditors } : {}),
  });
  const action = late ? 'escalate-audit' : 'open-audit';
  return {
    ...opened,
    changes: [...opened.changes, { do: 'update', entity: 'claim', value, from: ['under-audit'], audit: { action } }],
  };
}

type Applied = { readonly claimId: string; readonly next: 'returned' | 'audited' };

/**
 * What the completed audit means for the claim: any returned item sends it back, with only those items open; else its
 * approved total stands and it goes to publicity (clause 七-(一)).
 */
export const makeApplyAudit =
  ({ reads }: Ports) =>
  async ({ claimId, round }: Round, command: StepCommand): Promise<Result<Decision<Applied>>> => {
    const claim = await claimOfRound(reads, { claimId, round });
    if (!claim.ok) return claim;
    if (claim.value.auditCompletedAt === undefined) return refuse('audit-not-open');
    const items = await itemsIn(reads, claimId);
    if (items.some(({ status }) => status === 'returned')) {
      const { return: sendBack } = claimTransitions;
      const value = revise(claim.value, command.at, { status: sendBack.to });
      return ok({
        result: { claimId, next: 'returned' },
        changes: [{ do: 'update', entity: 'claim', value, from: sendBack.from, audit: { action: sendBack.name } }],
      });
    }
    const { publicise } = claimTransitions;
    const approved = sum(items.map(({ status, audit }) => fen(status === 'approved' ? (audit?.approved ?? 0) : 0)));
    const value = revise(claim.value, command.at, { status: publicise.to, approved });
    return ok({
      result: { claimId, next: 'audited' },
      changes: [
        { do: 'update', entity: 'claim', value, from: publicise.from, audit: { action: publicise.name } },
        {
          do: 'event',
          event: {
            id: command.newId('evt'),
            at: command.at,
            type: 'workflow-requested',
            workflow: 'publicity-window',
            input: { claimId },
          },
        },
      ],
    });
  };

/** The claim as long as this round is being audited. */
async function claimOfRound(reads: Pick<Reads, 'get'>, { claimId, round }: Round): Promise<Result<Claim>> {
  const claim = await reads.get('claim', { id: claimId });
  if (!claim) return refuse('not-found');
  return claim.status === 'under-audit' && claim.round === round
    ? ok(claim)
    : refuse('wrong-state', { values: { state: claim.status, allowed: 'under-audit' } });
}
