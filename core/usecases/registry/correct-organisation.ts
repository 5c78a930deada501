import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { type Organisation, organisationTransitions } from '../../registry/organisation.ts';
import { ok, refuse } from '../../result.ts';

/** What was declared and may be declared anew; the code and the kind are who it is. */
export type Declaration = Pick<Organisation, 'name' | 'jurisdiction' | 'industrySection' | 'address'>;

/**
 * A member corrects what the organisation declared of itself, whenever it may apply: what a reviewer returned for a
 * wrong name or jurisdiction must be possible to put right (clause 四). Under review and once certified it stands.
 */
export const makeCorrectOrganisation =
  (ports: Pick<Ports, 'reads'>): CommandUseCase<{ organisationId: string; declared: Declaration }, Organisation> =>
  async ({ organisationId, declared }, command) => {
    if (command.actor.organisationId !== organisationId) return refuse('not-found');
    const organisation = await ports.reads.get('organisation', { id: organisationId });
    if (!organisation) return refuse('not-found');
    const seen = seenBy(command, organisation);
    if (!seen.ok) return seen;
    const { submit } = organisationTransitions;
    const may = allow(submit, organisation.status);
    if (!may.ok) return may;
    const corrected = revise(organisation, command.at, declared);
    return ok({
      result: corrected,
      changes: [
        { do: 'update', entity: 'organisation', value: corrected, from: submit.from, audit: { action: 'correct' } },
      ],
    });
  };
