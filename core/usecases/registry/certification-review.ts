import { businessDateOf } from '../../calendar/business-date.ts';
import { openTask, type TaskRequest } from '../../inbox/open-task.ts';
import type { Task } from '../../inbox/task.ts';
import { lastDayOf } from '../../inbox/time-limit.ts';
import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { Change, Decision } from '../../ports/store.ts';
import { type Certification, certificationTransitions } from '../../registry/certification.ts';
import { type Organisation, organisationTransitions } from '../../registry/organisation.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { peopleOf } from './members.ts';

/** Where the review goes after a level. */
export type ReviewNext = 'region' | 'approved' | 'returned' | 'rejected';

type Reviewed = { readonly certificationId: string; readonly next: ReviewNext };

/** Asks the city of the organisation: enterprises are reviewed there, providers recommended (clauses 四, 二-(二)). */
export const makeOpenCityReview =
  (ports: Ports) =>
  async (
    { certificationId }: { certificationId: string },
    command: StepCommand,
  ): Promise<Result<Decision<{ taskId: string }>>> => {
    const certification = await ports.reads.get('certification', { id: certificationId });
    if (!certification) return refuse('not-found');
    const dueOn = await lastDayOf(ports, command.at);
    // The applicant reads until when the city has it.
    const told: Change = {
      do: 'update',
      entity: 'certification',
      value: revise(certification, command.at, { cityDueOn: dueOn }),
      from: ['city-review'],
      audit: { action: 'ask-city' },
    };
    const request: TaskRequest = {
      kind: certification.organisationKind === 'provider' ? 'provider-recommendation' : 'enterprise-certification',
      role: 'city-reviewer',
      jurisdiction: certification.jurisdiction,
      subject: subjectOf(certification),
      dueOn,
      excluded: [
        ...new Set([certification.submittedBy, ...(await peopleOf(ports.reads, certification.organisationId))]),
      ],
    };
    return ok(await openTask(ports.reads, command, request, certification.status === 'city-review' ? [told] : []));
  };

/** Asks the region: selection of a provider, or an enterprise whose city let the time limit pass. Another person than at the city. */
export const makeOpenRegionalReview =
  (ports: Ports) =>
  async (
    { certificationId }: { certificationId: string },
    command: StepCommand,
  ): Promise<Result<Decision<{ taskId: string }>>> => {
    const certification = await ports.reads.get('certification', { id: certificationId });
    if (!certification) return refuse('not-found');
    const expectedBy = await lastDayOf(ports, command.at);
    // There is no level above: the applicant reads by when the region is expected to decide.
    const told: Change = {
      do: 'update',
      entity: 'certification',
      value: revise(certification, command.at, { regionExpectedBy: expectedBy }),
      from: ['regional-review'],
      audit: { action: 'ask-region' },
    };
    const request: TaskRequest = {
      kind: certification.organisationKind === 'provider' ? 'provider-selection' : 'enterprise-certification',
      role: 'regional-officer',
      subject: subjectOf(certification),
      expectedBy,
      excluded: [
        ...new Set([
          certification.submittedBy,
          ...certification.deciders,
          ...(await peopleOf(ports.reads, certification.organisationId)),
        ]),
      ],
    };
    return ok(await openTask(ports.reads, command, request, certification.status === 'regional-review' ? [told] : []));
  };

const subjectOf = (certification: Certification): Task['subject'] => ({
  entity: 'certification',
  id: certification.id,
  label: certification.organisationName,
});

/** Applies what a level decided: certification and organisation change together. */
export const makeApplyReview =
  (ports: Ports) =>
  async (
    { certificationId, taskId, level }: { certificationId: string; taskId: string; level: 'city' | 'region' },
    command: StepCommand,
  ): Promise<Result<Decision<Reviewed>>> => {
    const [certification, task] = await Promise.all([
      ports.reads.get('certification', { id: certificationId }),
      ports.reads.get('task', { id: taskId }),
    ]);
    const organisation = certification && (await ports.reads.get('organisation', { id: certification.organisationId }));
    if (!certification || !organisation || !task) return refuse('not-found');
    // The region decides or nobody does: without a decision there is nothing to apply.
    if (level === 'region' && !task.decision) return refuse('task-closed', { values: { state: task.status } });
    const next = nextOf(certification, task, level);
    const already = finalStatus[next] === certification.status;
    if (already) return ok({ result: { certificationId, next }, changes: [] });
    return next === 'region'
      ? forward(certification, task, command)
      : conclude(certification, organisation, task, next, command);
  };

const finalStatus = {
  region: 'regional-review',
  approved: 'approved',
  returned: 'returned',
  rejected: 'rejected',
} as const;

function nextOf(certification: Certification, task: Task, level: 'city' | 'region'): ReviewNext {
  switch (task.decision?.outcome) {
    case 'approve':
      // A city only recommends a provider; the region selects it (clause 二-(二)).
      return certification.organisationKind === 'provider' && level === 'city' ? 'region' : 'approved';
    case 'return':
      return 'returned';
    case 'reject':
      return 'rejected';
    default:
      return 'region';
  }
}

function forward(certification: Certification, task: Task, command: StepCommand): Result<Decision<Reviewed>> {
  const { forward: transition } = certificationTransitions;
  const status = allow(transition, certification.status);
  if (!status.ok) return status;
  const value = revise(certification, command.at, {
    status: status.value,
    deciders: decidersAfter(certification, task),
  });
  return ok({
    result: { certificationId: certification.id, next: 'region' },
    changes: [
      {
        do: 'update',
        entity: 'certification',
        value,
        from: transition.from,
        audit: { action: task.decision ? transition.name : 'escalate-overdue' },
      },
    ],
  });
}

const decidersAfter = (certification: Certification, task: Task) => [
  ...certification.deciders,
  ...(task.decision ? [task.decision.decidedBy] : []),
];

const transitionNames = {
  approved: ['approve', 'certify'],
  returned: ['return', 'return'],
  rejected: ['reject', 'reject'],
} as const;

function conclude(
  certification: Certification,
  organisation: Organisation,
  task: Task,
  next: Exclude<ReviewNext, 'region'>,
  command: StepCommand,
): Result<Decision<Reviewed>> {
  const [ofCertification, ofOrganisation] = transitionNames[next];
  const transition = certificationTransitions[ofCertification];
  const effect = organisationTransitions[ofOrganisation];
  const status = allow(transition, certification.status);
  if (!status.ok) return status;
  const standing = allow(effect, organisation.status);
  if (!standing.ok) return standing;
  const note = {
    ...(task.decision?.reasonCode ? { reasonCode: task.decision.reasonCode } : {}),
    ...(task.decision?.note ? { note: task.decision.note } : {}),
  };
  const filing =
    next === 'approved' && organisation.kind === 'provider' ? { recordNumber: recordNumberOf(command) } : {};
  const changes: Change[] = [
    {
      do: 'update',
      entity: 'certification',
      value: revise(certification, command.at, {
        status: status.value,
        deciders: decidersAfter(certification, task),
        reasons: task.decision?.reasons ?? [],
        decidedAt: command.at,
      }),
      from: transition.from,
      audit: { action: transition.name, ...note },
    },
    {
      do: 'update',
      entity: 'organisation',
      value: revise(organisation, command.at, {
        status: standing.value,
        ...(next === 'approved' ? { certifiedAt: command.at, ...filing } : {}),
      }),
      from: effect.from,
      audit: { action: effect.name, ...note },
    },
  ];
  if (filing.recordNumber) {
    changes.push({
      do: 'claim-unique',
      kind: 'record-number',
      key: filing.recordNumber,
      owner: organisation.id,
      rule: 'record-number-taken',
    });
  }
  return ok({ result: { certificationId: certification.id, next }, changes });
}

/** The number under which the region files a selected provider, such as NMYF-2026-7K3Q9XW2. */
const recordNumberOf = (command: StepCommand) =>
  `NMYF-${businessDateOf(command.at).slice(0, 4)}-${command.newId('fil').slice(4, 12)}`;
