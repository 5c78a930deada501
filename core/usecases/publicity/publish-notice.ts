import { claimTransitions } from '../../claims/claim.ts';
import { revise } from '../../lifecycle/record.ts';
import { parametersOf } from '../../policy/current-plan.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { Decision } from '../../ports/store.ts';
import type { Notice } from '../../publicity/notice.ts';
import { publication } from '../../publicity/publish.ts';
import { noticeLineOf } from '../../publicity/snapshot.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { itemsIn } from '../claims/read-claim.ts';

/** A window that is running: `endsAt` is an ISO moment in UTC, for the wait of the workflow. */
export interface RunningWindow {
  readonly claimId: string;
  readonly noticeId: string;
  readonly endsAt: string;
}

export const runningWindow = ({ claimId, id, endsAt }: Notice): RunningWindow => ({
  claimId,
  noticeId: id,
  endsAt: new Date(endsAt).toISOString(),
});

/**
 * Publicises an audited claim (clause 七-(一)): the snapshot of all its items and the window are stored in one
 * transaction. A notice that already exists, such as a new edition after a correction, is taken as it is. Refuses with
 * `claim-not-audited` while an item of the claim has no final audit.
 */
export const makePublishNotice =
  ({ reads, calendar }: Ports) =>
  async (
    input: { readonly claimId: string; readonly noticeId?: string | undefined },
    command: StepCommand,
  ): Promise<Result<Decision<RunningWindow>>> => {
    const claim = await reads.get('claim', { id: input.claimId });
    if (!claim) return refuse('not-found');
    const noticeId = input.noticeId ?? claim.noticeId;
    const existing = noticeId === undefined ? undefined : await reads.get('notice', { id: noticeId });
    if (existing) return ok({ result: runningWindow(existing), changes: [] });

    const items = await itemsIn(reads, claim.id);
    const lines = items.flatMap((item) => noticeLineOf(item) ?? []);
    if (lines.length < items.length || lines.length === 0) {
      return refuse('claim-not-audited', { values: { count: items.length - lines.length } });
    }
    const { publicityWorkingDays } = await parametersOf(reads, claim.year, command.at);
    const { notice, changes } = publication({
      id: command.newId('ntc'),
      at: command.at,
      claim,
      lines,
      workingDays: publicityWorkingDays,
      calendar: await calendar(),
    });
    const { publicise } = claimTransitions;
    return ok({
      result: runningWindow(notice),
      changes: [
        ...changes,
        {
          do: 'update',
          entity: 'claim',
          value: revise(claim, command.at, { status: publicise.to, noticeId: notice.id }),
          from: [...publicise.from, publicise.to],
          audit: { action: 'publish-notice' },
        },
      ],
    });
  };
