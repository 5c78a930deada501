import { topUpsRoutes } from '../../../contracts/topups.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeDraftLocalPolicy, makeReviseLocalPolicy } from '../../../core/usecases/topups/draft-local-policy.ts';
import { makeEnactLocalPolicy } from '../../../core/usecases/topups/enact-local-policy.ts';
import { makeEndLocalPolicy } from '../../../core/usecases/topups/end-local-policy.ts';
import {
  makeListLocalPolicies,
  makeReadLocalFund,
  makeReadLocalFunds,
  makeReadLocalJournal,
  makeReadLocalPolicy,
  makeReadPublishedLocalPolicies,
} from '../../../core/usecases/topups/read-local-policies.ts';
import { toPage } from '../../_runtime/page.ts';
import { readTrail } from '../../_runtime/read-trail.ts';
import { commandRoute, type Route, readRoute } from '../../_runtime/route.ts';
import {
  toLocalFundAnswer,
  toLocalFundsAnswer,
  toLocalJournalEntry,
  toLocalPolicyAnswer,
  toPublishedLocalPoliciesAnswer,
  toTerms,
} from '../local-policy-answers.ts';

/** Every route of local policies and their funds. */
export const localPoliciesApi = (ports: Ports): readonly Route[] => [
  readRoute(
    topUpsRoutes.readPublishedLocalPolicies,
    ({ params, query, at }) => makeReadPublishedLocalPolicies(ports)({ ...params, ...query, at }),
    toPublishedLocalPoliciesAnswer,
  ),
  commandRoute(
    topUpsRoutes.draftLocalPolicy,
    ({ body: { year, ...terms }, command }) => makeDraftLocalPolicy()({ year, terms: toTerms(terms) }, command),
    toLocalPolicyAnswer,
  ),
  commandRoute(
    topUpsRoutes.reviseLocalPolicy,
    ({ params, body, command }) => makeReviseLocalPolicy(ports)({ ...params, terms: toTerms(body) }, command),
    toLocalPolicyAnswer,
  ),
  commandRoute(
    topUpsRoutes.enactLocalPolicy,
    ({ params, command }) => makeEnactLocalPolicy(ports)(params, command),
    toLocalPolicyAnswer,
  ),
  commandRoute(
    topUpsRoutes.endLocalPolicy,
    ({ params, body, command }) => makeEndLocalPolicy(ports)({ ...params, ...body }, command),
    toLocalPolicyAnswer,
  ),
  readRoute(
    topUpsRoutes.listLocalPolicies,
    ({ query, actor }) => makeListLocalPolicies(ports)(query, actor),
    toPage(toLocalPolicyAnswer),
  ),
  readRoute(
    topUpsRoutes.readLocalPolicy,
    ({ params, actor }) => makeReadLocalPolicy(ports)(params, actor),
    toLocalPolicyAnswer,
  ),
  readRoute(
    topUpsRoutes.readLocalPolicyTrail,
    async ({ params, query, actor }) => {
      const policy = await makeReadLocalPolicy(ports)(params, actor);
      return policy.ok ? readTrail(ports.reads, 'localPolicy', { id: params.policyId }, query, actor) : policy;
    },
    (trail) => trail,
  ),
  readRoute(
    topUpsRoutes.readLocalFund,
    ({ params, actor }) => makeReadLocalFund(ports)(params, actor),
    toLocalFundAnswer,
  ),
  readRoute(
    topUpsRoutes.readLocalFunds,
    ({ params, query, actor, at }) => makeReadLocalFunds(ports)({ ...params, ...query, at }, actor),
    toLocalFundsAnswer,
  ),
  readRoute(
    topUpsRoutes.readLocalJournal,
    ({ params, query, actor }) => makeReadLocalJournal(ports)({ ...params, ...query }, actor),
    toPage(toLocalJournalEntry),
  ),
];
