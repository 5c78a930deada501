import { named } from '../../actors/names.ts';
import { openTask } from '../../inbox/open-task.ts';
import { refusalOf } from '../../inbox/task.ts';
import { lastDayOf } from '../../inbox/time-limit.ts';
import { revise } from '../../lifecycle/record.ts';
import { fen, formatYuan, formatYuanZh } from '../../money/money.ts';
import { agrees, totalsOf } from '../../payouts/control-totals.ts';
import { checkApprovals } from '../../payouts/payable.ts';
import { type Payout, payoutTransitions } from '../../payouts/payout.ts';
import { linesOf } from '../../payouts/stored-payout.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { Change, Decision, Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { peopleOf } from '../registry/members.ts';

interface Ordered {
  readonly payoutId: string;
}
type Next<N extends string> = Ordered & { readonly next: N };

/**
 * Presents the collected order for approval. Its control totals must equal its lines; an order that collected nothing
 * is refused at once, and one that could only defer again what is deferred already.
 */
export const makeProposePayout =
  (ports: Ports) =>
  async (
    { payoutId }: Ordered,
    command: StepCommand,
  ): Promise<Result<Decision<Next<'approve' | 'empty' | 'unfunded'>>>> => {
    const { reads } = ports;
    const payout = await reads.get('payout', { id: payoutId });
    if (!payout) return refuse('not-found');
    const lines = await linesOf(reads, payoutId);
    const totals = totalsOf(lines);
    const { total } = totals;
    const items = lines.flatMap((line) => line.items);
    if (!agrees(payout, totals)) {
      return refuse('control-totals-differ', {
        values: { expected: formatYuan(fen(payout.total)), found: formatYuan(total) },
      });
    }
    const unfunded = total === 0 && items.every(({ deferredBefore }) => deferredBefore);
    const next = lines.length === 0 ? 'empty' : unfunded ? 'unfunded' : 'approve';
    const change =
      next === 'approve'
        ? move(payout, payoutTransitions.propose, command, { expectedBy: await expectedOf(ports, payout, command) })
        : move(payout, payoutTransitions.refuse, command);
    return ok({ result: { payoutId, next }, changes: [change] });
  };

/** By when whoever the order waits for now is expected to act: a level's review time of the plan whose money it is. */
export const expectedOf = (ports: Pick<Ports, 'reads' | 'calendar'>, { year }: Payout, { at }: StepCommand) =>
  lastDayOf(ports, at, { year });

/** Asks the industry department: not the proposer, nobody who set an amount or acts for a payee. */
export const makeAskIndustry =
  ({ reads }: Ports) =>
  async ({ payoutId }: Ordered, command: StepCommand): Promise<Result<Decision<{ taskId: string }>>> => {
    const payout = await reads.get('payout', { id: payoutId });
    if (!payout) return refuse('not-found');
    const excluded = [payout.proposedBy, ...(await interestedIn(reads, payoutId))];
    return ok(await askApproval(reads, payout, 'payout-industry', 'regional-officer', excluded, command));
  };

/** Asks the finance department: nor who approved for the industry department. */
export const makeAskFinance =
  ({ reads }: Ports) =>
  async ({ payoutId }: Ordered, command: StepCommand): Promise<Result<Decision<{ taskId: string }>>> => {
    const payout = await reads.get('payout', { id: payoutId });
    if (!payout) return refuse('not-found');
    const approvers = payout.approvals.map(({ sub }) => sub);
    const excluded = [payout.proposedBy, ...approvers, ...(await interestedIn(reads, payoutId))];
    return ok(await askApproval(reads, payout, 'payout-finance', 'finance-officer', excluded, command));
  };

function askApproval(
  reads: Pick<Reads, 'get'>,
  payout: Payout,
  kind: 'payout-industry' | 'payout-finance',
  role: 'regional-officer' | 'finance-officer',
  excluded: readonly string[],
  command: StepCommand,
) {
  return openTask(reads, command, {
    kind,
    role,
    subject: { entity: 'payout', id: payout.id, label: labelOf(payout) },
    ...(payout.expectedBy ? { expectedBy: payout.expectedBy } : {}),
    excluded: [...new Set(excluded)],
  });
}

const labelOf = ({ year, total, deferred }: Payout): string =>
  `${year} ${formatYuanZh(total)}${deferred > 0 ? `，递延 ${formatYuanZh(deferred)}` : ''}`;

/**
 * Who may not approve the order: who set an amount of it (the auditors of its claims, who corrected an item after an
 * objection), and who acts for one of its payees.
 */
async function interestedIn(reads: Pick<Reads, 'getMany' | 'list'>, payoutId: string): Promise<string[]> {
  const lines = await linesOf(reads, payoutId);
  const items = lines.flatMap((line) => line.items);
  const stored = await reads.getMany(
    'claimItem',
    items.map(({ claimId, claimItemId }) => ({ claimId, id: claimItemId })),
  );
  const correctors = stored.flatMap(({ audit }) => audit?.correctedBy ?? []);
  const claims = await reads.getMany(
    'claim',
    [...new Set(items.map(({ claimId }) => claimId))].map((id) => ({ id })),
  );
  const payees: string[] = [];
  for (const id of new Set(lines.map(({ providerId }) => providerId))) payees.push(...(await peopleOf(reads, id)));
  return [...claims.flatMap(({ auditors }) => auditors), ...correctors, ...payees];
}

/** Applies a department's decision. The second approval must be another person's than the first (clause 七-(一)). */
export const makeApplyApproval =
  (ports: Ports) =>
  async (
    { payoutId, decision: answer }: Ordered & { readonly decision: { readonly taskId: string } },
    command: StepCommand,
  ): Promise<Result<Decision<Next<'approved' | 'refused'>>>> => {
    const { reads } = ports;
    const payout = await reads.get('payout', { id: payoutId });
    const task = await reads.get('task', { id: answer.taskId });
    if (!payout || task?.subject.id !== payoutId) return refuse('not-found');
    const { decision } = task;
    if (!decision) return refuse('wrong-state', { values: { state: task.status, allowed: 'decided' } });
    const department = task.kind === 'payout-industry' ? 'industry' : 'finance';
    const names = named(payout.names, { sub: decision.decidedBy, name: decision.decidedByName });
    if (decision.outcome !== 'approve') {
      const refusal = refusalOf(department, decision);
      const note = decision.reasonCode ? { reasonCode: decision.reasonCode } : {};
      return ok({
        result: { payoutId, next: 'refused' },
        changes: [move(payout, payoutTransitions.refuse, command, { refusal, names }, note)],
      });
    }
    const industry = department === 'industry';
    const approvals: Payout['approvals'] = [
      ...payout.approvals,
      { department, sub: decision.decidedBy, at: decision.decidedAt },
    ];
    if (approvals.some(({ sub }) => sub === payout.proposedBy)) return refuse('same-person');
    if (!industry) {
      const complete = checkApprovals({ ...payout, approvals });
      if (!complete.ok) return complete;
    }
    const transition = industry ? payoutTransitions.approveByIndustry : payoutTransitions.approveByFinance;
    return ok({
      result: { payoutId, next: 'approved' },
      changes: [
        move(payout, transition, command, {
          approvals,
          names,
          ...(industry ? { expectedBy: await expectedOf(ports, payout, command) } : {}),
        }),
      ],
    });
  };

type PayoutTransition = (typeof payoutTransitions)[keyof typeof payoutTransitions];

/** A change of the order's state. */
export const move = (
  payout: Payout,
  transition: PayoutTransition,
  { at }: Pick<StepCommand, 'at'>,
  fields: Partial<Omit<Payout, 'version' | 'updatedAt'>> = {},
  note: { readonly reasonCode?: string } = {},
): Change => ({
  do: 'update',
  entity: 'payout',
  value: revise(payout, at, { ...fields, status: transition.to }),
  from: transition.from,
  audit: { action: transition.name, ...note },
});
