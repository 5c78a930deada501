import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { type Organisation, organisationTransitions, usccKey } from '../../registry/organisation.ts';
import { ok } from '../../result.ts';
import { visibleOrganisation } from './read-organisation.ts';

/**
 * Staff annul a registration by somebody who had no right to the code: it is free again for the real organisation.
 * Nothing that is under review or certified can be annulled (clause 四).
 */
export const makeAnnulRegistration =
  ({ reads }: Pick<Ports, 'reads'>): CommandUseCase<{ organisationId: string; reason: string }, Organisation> =>
  async ({ organisationId, reason }, command) => {
    const visible = await visibleOrganisation(reads, organisationId, command.actor);
    if (!visible.ok) return visible;
    const organisation = visible.value;
    const seen = seenBy(command, organisation);
    if (!seen.ok) return seen;
    const { annul } = organisationTransitions;
    const may = allow(annul, organisation.status);
    if (!may.ok) return may;
    const annulled = revise(organisation, command.at, { status: may.value });
    return ok({
      result: annulled,
      changes: [
        {
          do: 'update',
          entity: 'organisation',
          value: annulled,
          from: annul.from,
          audit: { action: annul.name, note: reason },
        },
        { do: 'release-unique', kind: 'organisation-uscc', key: usccKey(organisation), owner: organisation.id },
      ],
    });
  };
