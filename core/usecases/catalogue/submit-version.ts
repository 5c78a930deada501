import { businessDateOf, yearOf } from '../../calendar/business-date.ts';
import { type OfferingVersion, offeringVersionTransitions } from '../../catalogue/offering.ts';
import { checkSubmission, type SubmissionFacts, submissionFindings } from '../../catalogue/review-version.ts';
import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import { parametersOf } from '../../policy/current-plan.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok, refuse } from '../../result.ts';
import { certifiedProvider, type VersionId, versionFor } from './stored.ts';

/**
 * The provider submits a version for review. A price above the market price is refused here and never reaches a
 * reviewer; what a person must judge is noted as findings (clause 三-(二)).
 */
export const makeSubmitVersion =
  ({ reads }: Ports): CommandUseCase<VersionId, OfferingVersion> =>
  async ({ offeringId, number }, command) => {
    const found = await versionFor(reads, command.actor, { offeringId, number });
    if (!found.ok) return found;
    const version = found.value;
    const seen = seenBy(command, version);
    if (!seen.ok) return seen;
    const transition = offeringVersionTransitions.submit;
    const status = allow(transition, version.status);
    if (!status.ok) return status;
    const provider = await certifiedProvider(reads, command.actor);
    if (!provider.ok) return provider;
    const offering = await reads.get('offering', { id: offeringId });
    if (!offering) return refuse('not-found');

    const { publishedNumber } = offering;
    const facts: SubmissionFacts = {
      version,
      providerName: provider.value.name,
      evidence: await reads.get('document', { id: version.marketPrice.documentId }),
      published:
        publishedNumber === undefined
          ? undefined
          : await reads.get('offeringVersion', { offeringId, number: publishedNumber }),
      parameters: await parametersOf(reads, yearOf(businessDateOf(command.at)), command.at),
      at: command.at,
    };
    const checked = checkSubmission(facts);
    if (!checked.ok) return checked;

    const eventId = command.newId('evt');
    const submitted = revise(version, command.at, {
      status: status.value,
      findings: submissionFindings(facts),
      reasons: [],
      review: { execution: eventId, submittedAt: command.at, submittedBy: command.actor.sub },
    });
    return ok({
      result: submitted,
      changes: [
        { do: 'check', entity: 'organisation', id: { id: provider.value.id }, version: provider.value.version },
        {
          do: 'update',
          entity: 'offeringVersion',
          value: submitted,
          from: transition.from,
          audit: { action: transition.name },
        },
        {
          do: 'event',
          event: {
            id: eventId,
            at: command.at,
            type: 'workflow-requested',
            workflow: 'offering-review',
            input: { offeringId, number },
          },
        },
      ],
    });
  };
