import { createHash } from 'node:crypto';
import {
  type Offering,
  type OfferingVersion,
  offeringTransitions,
  offeringVersionTransitions,
} from '../../catalogue/offering.ts';
import { openTask } from '../../inbox/open-task.ts';
import type { TaskDecision } from '../../inbox/task.ts';
import { lastDayOf, type TimeLimit } from '../../inbox/time-limit.ts';
import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { DomainEvent } from '../../ports/events.ts';
import type { Change, Decision, Reads } from '../../ports/store.ts';
import type { FieldReason } from '../../registry/certification.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { peopleOf } from '../registry/members.ts';
import type { VersionId } from './stored.ts';

type Step<I, O> = (input: I, command: StepCommand) => Promise<Result<Decision<O>>>;

/**
 * Asks the region's industry department to review a version within the plan's review time (clause 三-(二)). Whoever
 * belongs to the provider, or once did, is excluded: staff don't decide on their own organisation.
 */
export const makeOpenReview =
  (ports: Ports): Step<VersionId, { taskId: string }> =>
  async (id, command) =>
    askForReview(ports.reads, id, command, { dueOn: await lastDayOf(ports, command.at) });

/** Asks again after the review time ran out: the second task waits as long as it takes, past its time too. */
export const makeEscalateReview =
  (ports: Ports): Step<VersionId, { taskId: string }> =>
  async (id, command) =>
    askForReview(ports.reads, id, command, { expectedBy: await lastDayOf(ports, command.at) });

async function askForReview(
  reads: Reads,
  id: VersionId,
  command: StepCommand,
  limit: TimeLimit,
): Promise<Result<Decision<{ taskId: string }>>> {
  const version = await reads.get('offeringVersion', id);
  if (!version) return refuse('not-found');
  if (version.status !== 'in-review') return ok(answerAtOnce(command));
  const opened = await openTask(reads, command, {
    kind: 'offering-review',
    role: 'regional-officer',
    subject: { entity: 'offering', id: version.offeringId, label: `${version.name}（第 ${version.number} 版）` },
    excluded: await peopleOf(reads, version.providerId),
    ...limit,
  });
  const { taskId } = opened.result;
  if (!version.review || version.review.taskId === taskId) return ok(opened);
  const isFirst = 'dueOn' in limit;
  const decideBy = isFirst ? limit.dueOn : limit.expectedBy;
  const noted = revise(version, command.at, { review: { ...version.review, taskId, decideBy } });
  return ok({
    result: opened.result,
    changes: [
      ...opened.changes,
      {
        do: 'update',
        entity: 'offeringVersion',
        value: noted,
        from: ['in-review'],
        audit: { action: isFirst ? 'open-review' : 'escalate' },
      },
    ],
  });
}

/** A version withdrawn before anybody was asked needs no reviewer: the execution goes on without a task. */
const answerAtOnce = (command: StepCommand): Decision<{ taskId: string }> => {
  const output = { taskId: 'none', outcome: 'cancelled' };
  const { token = '' } = command;
  const event: DomainEvent = {
    // A retry brings another token, which is answered by an event of its own.
    id: `${command.newId('evt')}-${createHash('sha256').update(token).digest('hex').slice(0, 16)}`,
    at: command.at,
    type: 'task-answered',
    token,
    output,
  };
  return { result: { taskId: output.taskId }, changes: [{ do: 'event', event }] };
};

/** What became of a review; `escalate` when its time ran out without a decision. */
export type ReviewEnd = 'published' | 'returned' | 'rejected' | 'withdrawn' | 'escalate';

/** The whole state of the workflow behind a review. */
export interface ReviewState extends VersionId {
  readonly next: ReviewEnd;
}

/**
 * Applies what the reviewer decided: publishes the version in place of the one before, returns it with a reason per
 * field, or rejects it (clause 三-(二)). Run again after it took effect, it says what became of the version.
 */
export const makeApplyReview =
  ({ reads }: Ports): Step<VersionId & { readonly taskId: string }, ReviewState> =>
  async ({ offeringId, number, taskId }, command) => {
    const state = (next: ReviewEnd): ReviewState => ({ offeringId, number, next });
    const version = await reads.get('offeringVersion', { offeringId, number });
    if (!version) return refuse('not-found');
    if (version.status !== 'in-review') return ok({ result: state(ended(version)), changes: [] });
    const [offering, task] = await Promise.all([
      reads.get('offering', { id: offeringId }),
      reads.get('task', { id: taskId }),
    ]);
    if (!offering || !task) return refuse('not-found');
    if (task.status === 'overdue') return ok({ result: state('escalate'), changes: [] });
    const { decision } = task;
    if (!decision) return refuse('wrong-state', { values: { state: task.status, allowed: 'decided' } });
    switch (decision.outcome) {
      case 'approve':
        return publish(reads, offering, version, decision, command, state('published'));
      case 'return':
        return ok({
          result: state('returned'),
          changes: [endReview('return', version, decision, decision.reasons, command)],
        });
      default:
        return ok({
          result: state('rejected'),
          changes: [endReview('reject', version, decision, rejection(decision), command)],
        });
    }
  };

const ended = ({ status }: OfferingVersion): ReviewEnd => {
  switch (status) {
    case 'published':
    case 'superseded':
      return 'published';
    case 'returned':
    case 'rejected':
    case 'withdrawn':
      return status;
    default:
      return 'withdrawn';
  }
};

/** A rejection concerns the version as a whole. */
const rejection = ({ reasonCode, note }: TaskDecision): FieldReason[] => [
  { pointer: '/', reasonCode: reasonCode ?? 'rejected', ...(note === undefined ? {} : { note }) },
];

function endReview(
  name: 'return' | 'reject',
  version: OfferingVersion,
  decision: TaskDecision,
  reasons: FieldReason[],
  command: StepCommand,
): Change {
  const { from, to } = offeringVersionTransitions[name];
  const value = revise(version, command.at, { status: to, reasons, reviewedBy: decision.decidedBy });
  return { do: 'update', entity: 'offeringVersion', value, from, audit: { action: name, ...noted(decision) } };
}

const noted = ({ reasonCode, note }: TaskDecision) => ({
  ...(reasonCode === undefined ? {} : { reasonCode }),
  ...(note === undefined ? {} : { note }),
});

async function publish(
  reads: Pick<Reads, 'get'>,
  offering: Offering,
  version: OfferingVersion,
  decision: TaskDecision,
  command: StepCommand,
  result: ReviewState,
): Promise<Result<Decision<ReviewState>>> {
  const status = allow(offeringTransitions.publish, offering.status);
  if (!status.ok) return status;
  const { publish: transition, supersede } = offeringVersionTransitions;
  const { name, kind, category, price, priceUnit, voucherSupported, number } = version;
  const published = revise(version, command.at, {
    status: transition.to,
    reviewedBy: decision.decidedBy,
    publishedAt: command.at,
  });
  const listed = revise(offering, command.at, {
    status: status.value,
    publishedNumber: number,
    listing: { name, kind, category, price, priceUnit, voucherSupported },
  });
  const changes: Change[] = [
    {
      do: 'update',
      entity: 'offeringVersion',
      value: published,
      from: transition.from,
      audit: { action: transition.name, ...noted(decision) },
    },
    {
      do: 'update',
      entity: 'offering',
      value: listed,
      from: offeringTransitions.publish.from,
      audit: { action: offeringTransitions.publish.name },
    },
  ];
  const { publishedNumber } = offering;
  const earlier =
    publishedNumber === undefined
      ? undefined
      : await reads.get('offeringVersion', { offeringId: offering.id, number: publishedNumber });
  if (earlier?.status === 'published') {
    const superseded = revise(earlier, command.at, { status: supersede.to });
    changes.push({
      do: 'update',
      entity: 'offeringVersion',
      value: superseded,
      from: supersede.from,
      audit: { action: supersede.name },
    });
  }
  return ok({ result, changes });
}
