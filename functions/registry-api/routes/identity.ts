import { registryRoutes } from '../../../contracts/registry.ts';
import { toShanghaiIso } from '../../../core/calendar/business-date.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeDiscloseIdentity, makePutIdentity, makeReadIdentity } from '../../../core/usecases/registry/identity.ts';
import { visibleOrganisation } from '../../../core/usecases/registry/read-organisation.ts';
import { readTrail } from '../../_runtime/read-trail.ts';
import { commandRoute, readRoute } from '../../_runtime/route.ts';
import { toIdentityAnswer } from '../answers.ts';

export const putIdentity = (ports: Ports) => {
  const put = makePutIdentity(ports);
  return commandRoute(
    registryRoutes.putIdentity,
    ({ params, body: { bankAccount, ...fields }, command }) =>
      put({ ...params, fields: { ...fields, ...(bankAccount ? { bankAccount } : {}) } }, command),
    (record) => toIdentityAnswer({ record, unmasked: false }),
  );
};

export const readIdentity = (ports: Ports) => {
  const read = makeReadIdentity(ports);
  return readRoute(
    registryRoutes.readIdentity,
    ({ params, actor, at }) => read(params.organisationId, actor, at),
    toIdentityAnswer,
  );
};

export const discloseIdentity = (ports: Ports) => {
  const disclose = makeDiscloseIdentity(ports);
  return commandRoute(
    registryRoutes.discloseIdentity,
    ({ params, body, command }) => disclose({ ...params, ...body }, command),
    ({ until }) => ({ until: toShanghaiIso(until) }),
  );
};

/** The access log of identity data (clause 四): disclosures and changes, with their reasons. */
export const readIdentityTrail = ({ reads }: Ports) =>
  readRoute(
    registryRoutes.readIdentityTrail,
    async ({ params, query, actor }) => {
      const visible = await visibleOrganisation(reads, params.organisationId, actor);
      return visible.ok ? readTrail(reads, 'identityRecord', params, query, actor) : visible;
    },
    (page) => page,
  );
