import { registryRoutes } from '../../../contracts/registry.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { ok } from '../../../core/result.ts';
import {
  isActive,
  makeAddMember,
  makeChangeMemberRole,
  makeRemoveMember,
} from '../../../core/usecases/registry/members.ts';
import { visibleOrganisation } from '../../../core/usecases/registry/read-organisation.ts';
import { pageArguments, toPage } from '../../_runtime/page.ts';
import { commandRoute, readRoute } from '../../_runtime/route.ts';
import { toMemberAnswer } from '../answers.ts';

export const readMemberships = ({ reads }: Ports) =>
  readRoute(
    registryRoutes.readMemberships,
    async ({ actor }) => ok(await reads.list('membershipsOf', { sub: actor.sub }, { limit: 100 })),
    ({ items }) => ({
      items: items.map(({ organisationId, organisationKind, role }) => ({
        organisationId,
        kind: organisationKind,
        role,
      })),
    }),
  );

export const listMembers = ({ reads }: Ports) =>
  readRoute(
    registryRoutes.listMembers,
    async ({ params, query, actor }) => {
      const visible = await visibleOrganisation(reads, params.organisationId, actor);
      if (!visible.ok) return visible;
      const { items, ...rest } = await reads.list('membersOfOrganisation', params, pageArguments(query));
      return ok({ ...rest, items: items.filter(isActive) });
    },
    toPage(toMemberAnswer),
  );

export const addMember = (ports: Ports) => {
  const add = makeAddMember(ports);
  return commandRoute(
    registryRoutes.addMember,
    ({ params, body, command }) => add({ ...params, ...body }, command),
    toMemberAnswer,
  );
};

export const changeMemberRole = (ports: Ports) => {
  const change = makeChangeMemberRole(ports);
  return commandRoute(
    registryRoutes.changeMemberRole,
    ({ params, body, command }) => change({ ...params, ...body }, command),
    toMemberAnswer,
  );
};

export const removeMember = (ports: Ports) => {
  const remove = makeRemoveMember(ports);
  return commandRoute(registryRoutes.removeMember, ({ params, command }) => remove(params, command), toMemberAnswer);
};
