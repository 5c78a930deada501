import { businessDateOf } from '../../calendar/business-date.ts';
import { addWorkingDays } from '../../calendar/working-days.ts';
import { claimItemTransitions } from '../../claims/claim.ts';
import { born, revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { parametersOf } from '../../policy/current-plan.ts';
import type { Command, CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change, Reads } from '../../ports/store.ts';
import { MOST_JOINED, type Notice, type Objection, objectionTransitions } from '../../publicity/notice.ts';
import { windowNow } from '../../publicity/publish.ts';
import { linesOfNotice } from '../../publicity/stored-notice.ts';
import { type Issue, ok, type Result, refuse, refuseAll } from '../../result.ts';

export interface ObjectionFields {
  readonly noticeId: string;
  readonly claimItemId: string;
  readonly name: string;
  readonly phone: string;
  readonly grounds: string;
  readonly documentIds: readonly string[];
}

/**
 * Anybody objects to a line of a notice within its window (clause 七-(一)). In the same transaction the item, and only
 * that item, is suspended and its handling starts. A further objection to a suspended item is decided together with
 * the first.
 */
export const makeLodgeObjection =
  (ports: Ports): CommandUseCase<ObjectionFields, Objection> =>
  async (fields, command) => {
    const { reads } = ports;
    const notice = await reads.get('notice', { id: fields.noticeId });
    if (!notice) return refuse('not-found');
    const calendar = await ports.calendar();
    // The stored window is revised when it ends; an announced holiday counts for objectors at once.
    const { endsAt, lastDay } = windowNow(notice, calendar);
    if (notice.status !== 'open' || command.at >= endsAt) {
      return refuse('objection-window-closed', { values: { lastDay } });
    }
    const line = await checkLine(reads, notice, fields.claimItemId);
    if (!line.ok) return line;
    const evidence = refuseAll(await evidenceIssues(reads, fields.documentIds, command));
    if (!evidence.ok) return evidence;
    const item = await reads.get('claimItem', { claimId: notice.claimId, id: fields.claimItemId });
    if (!item) return refuse('not-found');

    const { objectionWorkingDays } = await parametersOf(reads, notice.year, command.at);
    const objection: Objection = {
      id: command.newId('obj'),
      ...born(command.at),
      status: 'open',
      noticeId: notice.id,
      claimId: notice.claimId,
      claimItemId: item.id,
      grounds: fields.grounds,
      joined: [],
      documentIds: [...fields.documentIds],
      objector: {
        name: fields.name,
        phone: fields.phone,
        ...(command.actor.organisationId ? { organisationId: command.actor.organisationId } : {}),
      },
      dueOn: addWorkingDays(businessDateOf(command.at), objectionWorkingDays, calendar).date,
    };
    // Whoever closes the notice at this moment wins, and the objection is refused on the next attempt.
    const stillOpen: Change = { do: 'check', entity: 'notice', id: { id: notice.id }, version: notice.version };
    const joined = await joining(reads, item.openObjectionId, objection, command);
    if (!joined.ok) return joined;
    if (joined.value) return ok({ ...joined.value, changes: [stillOpen, ...joined.value.changes] });

    const { suspend } = claimItemTransitions;
    const suspended = allow(suspend, item.status);
    if (!suspended.ok) return suspended;
    return ok({
      result: objection,
      changes: [
        stillOpen,
        { do: 'create', entity: 'objection', value: objection },
        {
          do: 'update',
          entity: 'claimItem',
          value: revise(item, command.at, { status: suspended.value, openObjectionId: objection.id }),
          from: suspend.from,
          audit: { action: suspend.name },
        },
        {
          do: 'event',
          event: {
            id: command.newId('evt'),
            at: command.at,
            type: 'workflow-requested',
            workflow: 'objection-handling',
            input: { objectionId: objection.id },
          },
        },
      ],
    });
  };

async function checkLine(reads: Pick<Reads, 'list'>, notice: Notice, claimItemId: string): Promise<Result<void>> {
  const pointer = '/claimItemId';
  const replaced = notice.replaced.find((line) => line.claimItemId === claimItemId);
  if (replaced) {
    return refuseAll([{ pointer, rule: 'notice-line-replaced', values: { notice: replaced.noticeId } }]);
  }
  const lines = await linesOfNotice(reads, notice.id);
  return refuseAll(
    lines.some((line) => line.claimItemId === claimItemId) ? [] : [{ pointer, rule: 'notice-line-unknown' }],
  );
}

/** Evidence is an accepted document for this purpose, of nobody or of the objector's own organisation. */
async function evidenceIssues(
  reads: Pick<Reads, 'getMany'>,
  ids: readonly string[],
  { actor }: Pick<Command, 'actor'>,
): Promise<Issue[]> {
  const documents =
    ids.length === 0
      ? []
      : await reads.getMany(
          'document',
          ids.map((id) => ({ id })),
        );
  return ids.flatMap((id, index): Issue[] => {
    const document = documents.find((found) => found.id === id);
    const usable =
      document?.status === 'accepted' &&
      document.purpose === 'objection-evidence' &&
      (document.organisationId === undefined || document.organisationId === actor.organisationId);
    return usable ? [] : [{ pointer: `/documentIds/${index}`, rule: 'evidence-unusable' }];
  });
}

/** The changes that join an objection to the open one on the same item; undefined when there is none. */
async function joining(
  reads: Pick<Reads, 'get'>,
  openId: string | undefined,
  objection: Objection,
  command: Command,
): Promise<Result<{ result: Objection; changes: Change[] } | undefined>> {
  const lead = openId === undefined ? undefined : await reads.get('objection', { id: openId });
  if (lead?.status !== 'open') return ok(undefined);
  // The same request, sent twice at once: the other one was faster, and its answer stands.
  if (lead.id === objection.id) return refuse('try-again');
  if (lead.joined.length >= MOST_JOINED) {
    return refuse('objections-joined-limit', { values: { limit: MOST_JOINED + 1 } });
  }
  const joined = { ...objection, joinedTo: lead.id, dueOn: lead.dueOn };
  return ok({
    result: joined,
    changes: [
      { do: 'create', entity: 'objection', value: joined },
      {
        do: 'update',
        entity: 'objection',
        value: revise(lead, command.at, { joined: [...lead.joined, joined.id] }),
        from: objectionTransitions.uphold.from,
        audit: { action: 'join' },
      },
    ],
  });
}
