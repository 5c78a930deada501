import { registryRoutes } from '../../../contracts/registry.ts';
import { toShanghaiIso } from '../../../core/calendar/business-date.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { ok, refuse } from '../../../core/result.ts';
import { pageArguments, toPage } from '../../_runtime/page.ts';
import { readRoute } from '../../_runtime/route.ts';
import { toOrganisationAnswer } from '../answers.ts';

/** Organisations of a jurisdiction; a city reviewer lists its own only. */
export const listOrganisations = ({ reads }: Ports) =>
  readRoute(
    registryRoutes.listOrganisations,
    async ({ query: { kind, jurisdiction, ...page }, actor }) =>
      actor.role === 'city-reviewer' && actor.jurisdiction !== jurisdiction
        ? refuse('jurisdiction-forbidden')
        : ok(await reads.list('organisationsIn', { kind, jurisdiction }, pageArguments(page))),
    toPage(toOrganisationAnswer),
  );

/** The public list of certified providers (clause 八-(一)). */
export const listProviders = ({ reads }: Ports) =>
  readRoute(
    registryRoutes.listProviders,
    async ({ query }) => ok(await reads.list('certifiedProviders', {}, pageArguments(query))),
    toPage((o) => ({
      id: o.id,
      name: o.name,
      uscc: o.uscc,
      jurisdiction: o.jurisdiction,
      recordNumber: o.recordNumber ?? '',
      certifiedAt: toShanghaiIso(o.certifiedAt ?? o.createdAt),
    })),
  );
