import { named } from '../../actors/names.ts';
import { openTask } from '../../inbox/open-task.ts';
import { refusalOf } from '../../inbox/task.ts';
import { lastDayOf } from '../../inbox/time-limit.ts';
import { lotsTotal } from '../../ledger/carry-lots.ts';
import { type YearEnd, yearEndTransitions } from '../../ledger/year-end-record.ts';
import { revise } from '../../lifecycle/record.ts';
import { formatYuanZh } from '../../money/money.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { Change, Decision } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';

interface OfYear {
  readonly year: number;
}

type YearEndTransition = (typeof yearEndTransitions)[keyof typeof yearEndTransitions];

/** A change of the close's state. */
export const moveTo = (
  stored: YearEnd,
  transition: YearEndTransition,
  { at }: Pick<StepCommand, 'at'>,
  fields: Partial<Omit<YearEnd, 'version' | 'updatedAt'>> = {},
  note: { readonly reasonCode?: string } = {},
): Change => ({
  do: 'update',
  entity: 'yearEnd',
  value: revise(stored, at, { ...fields, status: transition.to }),
  from: transition.from,
  audit: { action: transition.name, ...note },
});

/** Asks a department: neither who asked for the run, nor who approved it for the other one. */
const makeAsk =
  (kind: 'year-end-industry' | 'year-end-finance', role: 'regional-officer' | 'finance-officer') =>
  ({ reads }: Ports) =>
  async ({ year }: OfYear, command: StepCommand): Promise<Result<Decision<{ taskId: string }>>> => {
    const stored = await reads.get('yearEnd', { year });
    if (!stored) return refuse('not-found');
    const free = lotsTotal(stored.report?.lots.free ?? []);
    return ok(
      await openTask(reads, command, {
        kind,
        role,
        subject: { entity: 'yearEnd', id: String(year), label: `${year} 年度结转 ${formatYuanZh(free)}` },
        ...(stored.expectedBy ? { expectedBy: stored.expectedBy } : {}),
        excluded: [...new Set([stored.requestedBy, ...stored.approvals.map(({ sub }) => sub)])],
      }),
    );
  };

export const makeAskIndustry = makeAsk('year-end-industry', 'regional-officer');
export const makeAskFinance = makeAsk('year-end-finance', 'finance-officer');

/** Applies a department's decision; two different people, one of each department, neither who asked (clause 一-(二)). */
export const makeApplyApproval =
  (ports: Ports) =>
  async (
    { year, decision: answer }: OfYear & { readonly decision: { readonly taskId: string } },
    command: StepCommand,
  ): Promise<Result<Decision<OfYear & { next: 'approved' | 'refused' }>>> => {
    const { reads } = ports;
    const stored = await reads.get('yearEnd', { year });
    const task = await reads.get('task', { id: answer.taskId });
    if (!stored || task?.subject.entity !== 'yearEnd' || task.subject.id !== String(year)) return refuse('not-found');
    const { decision } = task;
    if (!decision) return refuse('wrong-state', { values: { state: task.status, allowed: 'decided' } });
    const department = task.kind === 'year-end-industry' ? 'industry' : 'finance';
    const names = named(stored.names, { sub: decision.decidedBy, name: decision.decidedByName });
    if (decision.outcome !== 'approve') {
      const refusal = refusalOf(department, decision);
      const note = decision.reasonCode ? { reasonCode: decision.reasonCode } : {};
      return ok({
        result: { year, next: 'refused' },
        changes: [moveTo(stored, yearEndTransitions.refuse, command, { approvals: [], refusal, names }, note)],
      });
    }
    const industry = department === 'industry';
    if ([stored.requestedBy, ...stored.approvals.map(({ sub }) => sub)].includes(decision.decidedBy)) {
      return refuse('same-person');
    }
    const approvals: YearEnd['approvals'] = [
      ...stored.approvals,
      { department, sub: decision.decidedBy, at: decision.decidedAt },
    ];
    const transition = industry ? yearEndTransitions.approveByIndustry : yearEndTransitions.approveByFinance;
    return ok({
      result: { year, next: 'approved' },
      changes: [
        moveTo(stored, transition, command, {
          approvals,
          names,
          ...(industry ? { expectedBy: await lastDayOf(ports, command.at, { year }) } : {}),
        }),
      ],
    });
  };
