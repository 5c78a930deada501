import {
  type Offering,
  type OfferingVersion,
  offeringTransitions,
  offeringVersionTransitions,
} from '../../catalogue/offering.ts';
import { taskTransitions } from '../../inbox/task.ts';
import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import type { Command, CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change, Reads } from '../../ports/store.ts';
import { ok } from '../../result.ts';
import { offeringFor } from './stored.ts';

export interface Withdrawal {
  readonly offeringId: string;
  /** For the trail. */
  readonly note?: string | undefined;
}

/**
 * The provider takes an offering out of the catalogue, for good: the published version can no longer be ordered, and
 * an unfinished version ends with it, its review included. Orders that pinned a version go on (clause 三-(二)).
 */
export const makeWithdrawOffering =
  ({ reads }: Ports): CommandUseCase<Withdrawal, Offering> =>
  async ({ offeringId, note }, command) => {
    const found = await offeringFor(reads, command.actor, offeringId);
    if (!found.ok) return found;
    const offering = found.value;
    const seen = seenBy(command, offering);
    if (!seen.ok) return seen;
    const transition = offeringTransitions.withdraw;
    const status = allow(transition, offering.status);
    if (!status.ok) return status;

    const withdrawn = revise(offering, command.at, { status: status.value });
    const numbers = [...new Set([offering.publishedNumber ?? offering.latestNumber, offering.latestNumber])];
    const versions = await reads.getMany(
      'offeringVersion',
      numbers.map((number) => ({ offeringId, number })),
    );
    const ending = await Promise.all(versions.map((version) => endVersion(reads, version, command)));
    return ok({
      result: withdrawn,
      changes: [
        {
          do: 'update',
          entity: 'offering',
          value: withdrawn,
          from: transition.from,
          audit: { action: transition.name, ...(note ? { note } : {}) },
        },
        ...ending.flat(),
      ],
    });
  };

/** The changes that end a version, and its review if one is going on; none for a version that has ended. */
async function endVersion(reads: Pick<Reads, 'get'>, version: OfferingVersion, command: Command): Promise<Change[]> {
  const transition = offeringVersionTransitions.withdraw;
  if (!transition.from.includes(version.status)) return [];
  const ended = revise(version, command.at, { status: transition.to });
  const changes: Change[] = [
    {
      do: 'update',
      entity: 'offeringVersion',
      value: ended,
      from: transition.from,
      audit: { action: transition.name },
    },
  ];
  if (version.status !== 'in-review' || !version.review) return changes;
  const { execution, taskId } = version.review;
  const task = taskId === undefined ? undefined : await reads.get('task', { id: taskId });
  if (task?.status === 'open') {
    const cancelled = revise(task, command.at, { status: 'cancelled' });
    changes.push({
      do: 'update',
      entity: 'task',
      value: cancelled,
      from: taskTransitions.cancel.from,
      audit: { action: taskTransitions.cancel.name },
    });
  }
  changes.push({
    do: 'event',
    event: {
      id: command.newId('evt'),
      at: command.at,
      type: 'workflow-cancelled',
      workflow: 'offering-review',
      executionName: execution,
      cause: 'offering-withdrawn',
    },
  });
  return changes;
}
