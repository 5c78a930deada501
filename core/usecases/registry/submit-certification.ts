import { born, revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change } from '../../ports/store.ts';
import { applicationFindings, applicationIssues } from '../../registry/application.ts';
import type { Certification } from '../../registry/certification.ts';
import { organisationTransitions } from '../../registry/organisation.ts';
import { ok, refuse, refuseAll } from '../../result.ts';

/** Applies for certification with the documents of clause 三-(一) or 四; after a return or a rejection, applies again. */
export const makeSubmitCertification =
  (
    ports: Pick<Ports, 'reads'>,
  ): CommandUseCase<{ organisationId: string; documents: Certification['documents'] }, Certification> =>
  async ({ organisationId, documents }, command) => {
    const { reads } = ports;
    if (command.actor.organisationId !== organisationId) return refuse('not-found');
    const organisation = await reads.get('organisation', { id: organisationId });
    if (!organisation) return refuse('not-found');
    const seen = seenBy(command, organisation);
    if (!seen.ok) return seen;
    const submit = organisationTransitions.submit;
    const status = allow(submit, organisation.status);
    if (!status.ok) return status;
    const ids = Object.values(documents).filter((id) => id !== undefined);
    const [identity, found, earlier] = await Promise.all([
      reads.get('identityRecord', { organisationId }),
      reads.getMany(
        'document',
        ids.map((id) => ({ id })),
      ),
      organisation.certificationId ? reads.get('certification', { id: organisation.certificationId }) : undefined,
    ]);
    const complete = refuseAll(applicationIssues(organisation, identity, documents, found));
    if (!complete.ok) return complete;

    const certification: Certification = {
      id: command.newId('crt'),
      ...born(command.at),
      organisationId,
      organisationKind: organisation.kind,
      organisationName: organisation.name,
      jurisdiction: organisation.jurisdiction,
      status: 'city-review',
      round: (earlier?.round ?? 0) + 1,
      submittedAt: command.at,
      submittedBy: command.actor.sub,
      documents,
      findings: applicationFindings(organisation),
      deciders: [],
      reasons: [],
    };
    return ok({
      result: certification,
      changes: [
        { do: 'create', entity: 'certification', value: certification },
        // Uploaded before the jurisdiction was corrected: its reviewers must be able to open them.
        ...found
          .filter(({ jurisdiction }) => jurisdiction !== organisation.jurisdiction)
          .map(
            (document): Change => ({
              do: 'update',
              entity: 'document',
              value: revise(document, command.at, { jurisdiction: organisation.jurisdiction }),
              from: ['accepted'],
              audit: { action: 'move-jurisdiction' },
            }),
          ),
        {
          do: 'update',
          entity: 'organisation',
          value: revise(organisation, command.at, { status: status.value, certificationId: certification.id }),
          from: submit.from,
          audit: { action: submit.name },
        },
        {
          do: 'event',
          event: {
            id: command.newId('evt'),
            at: command.at,
            type: 'workflow-requested',
            workflow: 'certification-review',
            input: { certificationId: certification.id },
          },
        },
      ],
    });
  };
