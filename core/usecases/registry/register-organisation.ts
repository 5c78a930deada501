import { born } from '../../lifecycle/record.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { type Member, type Organisation, usccKey } from '../../registry/organisation.ts';
import { ok, refuse } from '../../result.ts';

export type Registration = Pick<
  Organisation,
  'kind' | 'uscc' | 'name' | 'jurisdiction' | 'industrySection' | 'address'
> & { readonly memberName: string };

/** Registers an enterprise or a provider; the person who does so becomes its owner (clauses 二-(三), 三-(一), 四). */
export const makeRegisterOrganisation =
  (ports: Pick<Ports, 'reads'>): CommandUseCase<Registration, Organisation> =>
  async ({ memberName, ...registration }, command) => {
    const id = command.newId('org');
    const key = usccKey(registration);
    const owner = await ports.reads.uniqueOwner('organisation-uscc', key);
    if (owner !== undefined && owner !== id)
      return refuse('organisation-exists', { values: { uscc: registration.uscc } });
    const organisation: Organisation = { id, ...born(command.at), ...registration, status: 'registered' };
    const member: Member = {
      organisationId: id,
      organisationKind: registration.kind,
      sub: command.actor.sub,
      name: memberName,
      role: 'owner',
      ...born(command.at),
    };
    return ok({
      result: organisation,
      changes: [
        { do: 'claim-unique', kind: 'organisation-uscc', key, owner: id, rule: 'organisation-exists' },
        { do: 'create', entity: 'organisation', value: organisation },
        { do: 'create', entity: 'member', value: member },
      ],
    });
  };
