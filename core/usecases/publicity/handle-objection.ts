import type { Claim, ClaimItem } from '../../claims/claim.ts';
import { claimItemTransitions } from '../../claims/claim.ts';
import { openTask } from '../../inbox/open-task.ts';
import type { TaskDecision } from '../../inbox/task.ts';
import { lastDayOf } from '../../inbox/time-limit.ts';
import { revise } from '../../lifecycle/record.ts';
import { fen } from '../../money/money.ts';
import { parametersOf } from '../../policy/current-plan.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { Change, Decision, Reads } from '../../ports/store.ts';
import { type Objection, objectionTransitions } from '../../publicity/notice.ts';
import { outcomeOfObjection } from '../../publicity/objection-outcome.ts';
import { publication } from '../../publicity/publish.ts';
import { noticeLineOf } from '../../publicity/snapshot.ts';
import { currentNoticeOf } from '../../publicity/stored-notice.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { peopleOf } from '../registry/members.ts';
import { finishing } from './finish-items.ts';

interface Handled {
  readonly objectionId: string;
}

/**
 * Asks the industry department to decide an objection, but nobody who audited the claim or acts for its provider.
 * `late`: the time limit has passed, the next task waits as long as it takes, past the same time again too.
 */
export const makeOpenObjectionTask =
  (ports: Ports, late: boolean) =>
  async ({ objectionId }: Handled, command: StepCommand): Promise<Result<Decision<{ taskId: string }>>> => {
    const { reads } = ports;
    const concerned = await concernedBy(reads, objectionId);
    if (!concerned.ok) return concerned;
    const { objection, claim, item } = concerned.value;
    const again = { limit: 'objectionWorkingDays', year: claim.year } as const;
    return ok(
      await openTask(reads, command, {
        kind: 'objection',
        role: 'regional-officer',
        subject: { entity: 'objection', id: objection.id, label: `${claim.providerName} ${item.voucherNumber}` },
        ...(late ? { expectedBy: await lastDayOf(ports, command.at, again) } : { dueOn: objection.dueOn }),
        excluded: [...new Set([...claim.auditors, ...(await peopleOf(reads, claim.providerId))])],
      }),
    );
  };

type Settled = Handled & { readonly claimId: string; readonly next: 'ask-again' | 'finish' };

/**
 * Applies the decision to the objection, those joined to it, and the item. A corrected amount is a material
 * correction: the item is publicised anew in an edition of its own, with a full window, and the old notice stays
 * readable (clause 七-(一)). A correction that cannot be is asked again.
 */
export const makeSettleObjection =
  (ports: Ports) =>
  async (
    { objectionId, decision: answer }: Handled & { readonly decision: { readonly taskId: string } },
    command: StepCommand,
  ): Promise<Result<Decision<Settled>>> => {
    const { reads } = ports;
    const concerned = await concernedBy(reads, objectionId);
    if (!concerned.ok) return concerned;
    const { objection, claim, item } = concerned.value;
    const result = { objectionId, claimId: claim.id };
    if (objection.status !== 'open') return ok({ result: { ...result, next: 'finish' }, changes: [] });
    const task = await reads.get('task', { id: answer.taskId });
    const decision = task?.kind === 'objection' && task.subject.id === objectionId ? task.decision : undefined;
    if (!decision || claim.auditors.includes(decision.decidedBy)) {
      return ok({ result: { ...result, next: 'ask-again' }, changes: [] });
    }
    const outcome = outcomeOfObjection(item, decision, command.at);
    if (!outcome.ok) return ok({ result: { ...result, next: 'ask-again' }, changes: [] });
    const joined = await reads.getMany(
      'objection',
      objection.joined.map((id) => ({ id })),
    );
    const { resume, resumeRejected } = claimItemTransitions;
    const transition = outcome.value.item.status === resume.to ? resume : resumeRejected;
    return ok({
      result: { ...result, next: 'finish' },
      changes: [
        ...[objection, ...joined].map((each) => decided(each, decision, command)),
        {
          do: 'update',
          entity: 'claimItem',
          value: outcome.value.item,
          from: transition.from,
          audit: {
            action: outcome.value.material ? 'correct' : transition.name,
            ...(decision.reasonCode ? { reasonCode: decision.reasonCode } : {}),
          },
        },
        ...(outcome.value.material ? await publishAnew(ports, claim, outcome.value.item, command) : []),
      ],
    });
  };

/** Finishes the item if its window is over already; if not, the window's own workflow will. */
export const makeFinishObjectedItem =
  ({ reads }: Ports) =>
  async ({ objectionId }: Handled, command: StepCommand): Promise<Result<Decision<{ claimId: string }>>> => {
    const concerned = await concernedBy(reads, objectionId);
    if (!concerned.ok) return concerned;
    const { claim, item } = concerned.value;
    const notice = await currentNoticeOf(reads, claim, item.id);
    return ok({
      result: { claimId: claim.id },
      changes: notice?.status === 'closed' ? await finishing(reads, [item], command) : [],
    });
  };

function decided(objection: Objection, decision: TaskDecision, { at }: StepCommand): Change {
  const transition = decision.outcome === 'uphold' ? objectionTransitions.uphold : objectionTransitions.dismiss;
  const reasonCode = decision.reasonCode ?? '';
  return {
    do: 'update',
    entity: 'objection',
    value: revise(objection, at, {
      status: transition.to,
      decision: {
        reasonCode,
        note: decision.note ?? '',
        ...(decision.corrected === undefined ? {} : { corrected: fen(decision.corrected) }),
        decidedBy: decision.decidedBy,
        decidedAt: decision.decidedAt,
      },
    }),
    from: transition.from,
    audit: { action: transition.name, ...(reasonCode ? { reasonCode } : {}) },
  };
}

/** The next edition with the corrected item alone, the mark on the notice it corrects, and the workflow of its window. */
async function publishAnew(
  { reads, calendar }: Ports,
  claim: Claim,
  item: ClaimItem,
  command: StepCommand,
): Promise<Change[]> {
  const corrects = await currentNoticeOf(reads, claim, item.id);
  const line = noticeLineOf(item);
  if (!corrects || !line) throw new Error(`objection to item ${item.id} that was not publicised`);
  const { publicityWorkingDays } = await parametersOf(reads, claim.year, command.at);
  const { notice, changes } = publication({
    id: command.newId('ntc'),
    at: command.at,
    claim,
    lines: [line],
    workingDays: publicityWorkingDays,
    calendar: await calendar(),
    corrects,
  });
  const replaced = [...corrects.replaced, { claimItemId: item.id, noticeId: notice.id }];
  return [
    ...changes,
    {
      do: 'update',
      entity: 'notice',
      value: revise(corrects, command.at, { replaced }),
      audit: { action: 'replace-line' },
    },
    {
      do: 'event',
      event: {
        id: command.newId('evt'),
        at: command.at,
        type: 'workflow-requested',
        workflow: 'publicity-window',
        input: { claimId: claim.id, noticeId: notice.id },
      },
    },
  ];
}

async function concernedBy(
  reads: Pick<Reads, 'get'>,
  objectionId: string,
): Promise<Result<{ objection: Objection; claim: Claim; item: ClaimItem }>> {
  const objection = await reads.get('objection', { id: objectionId });
  const claim = objection && (await reads.get('claim', { id: objection.claimId }));
  const item = objection && (await reads.get('claimItem', { claimId: objection.claimId, id: objection.claimItemId }));
  return objection && claim && item ? ok({ objection, claim, item }) : refuse('not-found');
}
