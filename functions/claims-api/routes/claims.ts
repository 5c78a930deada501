import { claimsRoutes } from '../../../contracts/claims.ts';
import { businessDateOf, yearOf } from '../../../core/calendar/business-date.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { ok } from '../../../core/result.ts';
import { makeFileClaim } from '../../../core/usecases/claims/file-claim.ts';
import { listClaims as list } from '../../../core/usecases/claims/list-claims.ts';
import { makeOpenClaim } from '../../../core/usecases/claims/open-claim.ts';
import { visibleClaim } from '../../../core/usecases/claims/read-claim.ts';
import { pageArguments, toPage } from '../../_runtime/page.ts';
import { readTrail } from '../../_runtime/read-trail.ts';
import { commandRoute, readRoute } from '../../_runtime/route.ts';
import { toClaimAnswer } from '../answers.ts';

export const openClaim = (ports: Ports) => {
  const open = makeOpenClaim(ports);
  return commandRoute(claimsRoutes.openClaim, ({ command }) => open({}, command), toClaimAnswer);
};

export const listClaims = ({ reads }: Ports) =>
  readRoute(
    claimsRoutes.listClaims,
    async ({ query, actor, at }) =>
      ok(await list(reads, { year: query.year ?? yearOf(businessDateOf(at)), page: pageArguments(query) }, actor)),
    toPage(toClaimAnswer),
  );

export const readClaim = ({ reads }: Ports) =>
  readRoute(claimsRoutes.readClaim, ({ params, actor }) => visibleClaim(reads, params.claimId, actor), toClaimAnswer);

export const readClaimTrail = ({ reads }: Ports) =>
  readRoute(
    claimsRoutes.readClaimTrail,
    async ({ params, query, actor }) => {
      const visible = await visibleClaim(reads, params.claimId, actor);
      return visible.ok ? readTrail(reads, 'claim', { id: params.claimId }, query, actor) : visible;
    },
    (page) => page,
  );

export const fileClaim = (ports: Ports) => {
  const file = makeFileClaim(ports);
  return commandRoute(claimsRoutes.fileClaim, ({ params, command }) => file(params, command), toClaimAnswer);
};
