import type { Actor } from '../../actors/actor.ts';
import { born, revise } from '../../lifecycle/record.ts';
import { seenBy } from '../../lifecycle/version.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change } from '../../ports/store.ts';
import type { Member } from '../../registry/organisation.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** Whether the person still acts for the organisation. */
export const isActive = ({ removedAt }: Member): boolean => removedAt === undefined;

/** Subjects of the people of an organisation, of whatever time: none of them decides on it, should they be staff now. */
export const peopleOf = async (reads: Pick<Ports['reads'], 'list'>, organisationId: string): Promise<string[]> =>
  (await reads.list('membersOfOrganisation', { organisationId }, { limit: 100 })).items.map(({ sub }) => sub);

async function asOwner(reads: Ports['reads'], organisationId: string, actor: Actor): Promise<Result<Member>> {
  if (actor.organisationId !== organisationId) return refuse('not-found');
  const member = await reads.get('member', { organisationId, sub: actor.sub });
  return member?.role === 'owner' && isActive(member) ? ok(member) : refuse('owner-only');
}

/** Asserts in the storage condition that a member is as it was read. */
const stillAs = ({ organisationId, sub, version }: Member): Change => ({
  do: 'check',
  entity: 'member',
  id: { organisationId, sub },
  version,
});

/** The owner adds a person by the subject of their sign-in; delegation without sharing a password. */
export const makeAddMember =
  (
    ports: Pick<Ports, 'reads'>,
  ): CommandUseCase<{ organisationId: string; sub: string; name: string; role: Member['role'] }, Member> =>
  async ({ organisationId, sub, name, role }, command) => {
    const owner = await asOwner(ports.reads, organisationId, command.actor);
    if (!owner.ok) return owner;
    const earlier = await ports.reads.get('member', { organisationId, sub });
    if (earlier && isActive(earlier)) return refuse('member-exists');
    if (earlier) {
      const { removedAt: _returned, ...rest } = earlier;
      const back = revise<Member>(rest, command.at, { name, role });
      return ok({
        result: back,
        changes: [
          { do: 'update', entity: 'member', value: back, audit: { action: 'add-again' } },
          stillAs(owner.value),
        ],
      });
    }
    const member: Member = {
      organisationId,
      organisationKind: owner.value.organisationKind,
      sub,
      name,
      role,
      ...born(command.at),
    };
    return ok({
      result: member,
      changes: [{ do: 'create', entity: 'member', value: member, rule: 'member-exists' }, stillAs(owner.value)],
    });
  };

/** The owner changes what a member may do. The last owner stays owner. */
export const makeChangeMemberRole =
  (
    ports: Pick<Ports, 'reads'>,
  ): CommandUseCase<{ organisationId: string; sub: string; role: Member['role'] }, Member> =>
  async ({ organisationId, sub, role }, command) => {
    const owner = await asOwner(ports.reads, organisationId, command.actor);
    if (!owner.ok) return owner;
    const member = await ports.reads.get('member', { organisationId, sub });
    if (!member || !isActive(member)) return refuse('not-found');
    const seen = seenBy(command, member);
    if (!seen.ok) return seen;
    // An owner never demotes themselves, so that there is always one.
    if (sub === command.actor.sub && role !== 'owner') return refuse('last-owner');
    const changed = revise(member, command.at, { role });
    return ok({
      result: changed,
      changes: [
        { do: 'update', entity: 'member', value: changed, audit: { action: 'change-role' } },
        // Two owners who demote each other at once: one of them no longer is an owner.
        ...(sub === owner.value.sub ? [] : [stillAs(owner.value)]),
      ],
    });
  };

/**
 * The owner removes a person, or a clerk leaves: from then on they neither read nor act for the organisation; the trail
 * keeps what they did. Owners don't remove themselves, so that there is always one.
 */
export const makeRemoveMember =
  (ports: Pick<Ports, 'reads'>): CommandUseCase<{ organisationId: string; sub: string }, Member> =>
  async ({ organisationId, sub }, command) => {
    const { actor } = command;
    if (actor.organisationId !== organisationId) return refuse('not-found');
    const owner = sub === actor.sub ? undefined : await asOwner(ports.reads, organisationId, actor);
    if (owner && !owner.ok) return owner;
    const member = await ports.reads.get('member', { organisationId, sub });
    if (!member || !isActive(member)) return refuse('not-found');
    const seen = seenBy(command, member);
    if (!seen.ok) return seen;
    if (!owner && member.role === 'owner') return refuse('last-owner');
    const removed = revise(member, command.at, { removedAt: command.at });
    return ok({
      result: removed,
      changes: [
        { do: 'update', entity: 'member', value: removed, audit: { action: owner ? 'remove' : 'leave' } },
        ...(owner ? [stillAs(owner.value)] : []),
      ],
    });
  };
