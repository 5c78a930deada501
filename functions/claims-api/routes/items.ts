import { claimsRoutes } from '../../../contracts/claims.ts';
import type { BodyOf } from '../../../contracts/route.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { ok } from '../../../core/result.ts';
import { type EvidenceInput, makeAddItem } from '../../../core/usecases/claims/add-item.ts';
import { makeChangeItem } from '../../../core/usecases/claims/change-item.ts';
import { makeHearProvider } from '../../../core/usecases/claims/hear-provider.ts';
import { visibleClaim, visibleItem } from '../../../core/usecases/claims/read-claim.ts';
import { makeWithdrawItem } from '../../../core/usecases/claims/withdraw-item.ts';
import { pageArguments, toPage } from '../../_runtime/page.ts';
import { commandRoute, readRoute } from '../../_runtime/route.ts';
import { toClaimItemAnswer } from '../answers.ts';

/** Leaves out what was not sent: it is then absent, not empty. */
const toEvidence = ({
  usage,
  contractDocumentId,
  ...listed
}: BodyOf<typeof claimsRoutes.changeClaimItem>): EvidenceInput => ({
  ...listed,
  ...(usage ? { usage } : {}),
  ...(contractDocumentId ? { contractDocumentId } : {}),
});

export const addClaimItem = (ports: Ports) => {
  const add = makeAddItem(ports);
  return commandRoute(
    claimsRoutes.addClaimItem,
    ({ params, body: { voucherId, ...evidence }, command }) =>
      add({ ...params, voucherId, evidence: toEvidence(evidence) }, command),
    toClaimItemAnswer,
  );
};

export const changeClaimItem = (ports: Ports) => {
  const change = makeChangeItem(ports);
  return commandRoute(
    claimsRoutes.changeClaimItem,
    ({ params, body, command }) => change({ ...params, evidence: toEvidence(body) }, command),
    toClaimItemAnswer,
  );
};

export const withdrawClaimItem = (ports: Ports) => {
  const withdraw = makeWithdrawItem(ports);
  return commandRoute(
    claimsRoutes.withdrawClaimItem,
    ({ params, command }) => withdraw(params, command),
    toClaimItemAnswer,
  );
};

export const hearProvider = (ports: Ports) => {
  const hear = makeHearProvider(ports);
  return commandRoute(
    claimsRoutes.hearProvider,
    ({ params, body, command }) => hear({ ...params, ...body }, command),
    toClaimItemAnswer,
  );
};

export const listClaimItems = ({ reads }: Ports) =>
  readRoute(
    claimsRoutes.listClaimItems,
    async ({ params, query, actor }) => {
      const visible = await visibleClaim(reads, params.claimId, actor);
      return visible.ok ? ok(await reads.list('itemsOfClaim', params, pageArguments(query))) : visible;
    },
    toPage(toClaimItemAnswer),
  );

export const readClaimItem = ({ reads }: Ports) =>
  readRoute(
    claimsRoutes.readClaimItem,
    async ({ params, actor }) => {
      const visible = await visibleItem(reads, params, actor);
      return visible.ok ? ok(visible.value.item) : visible;
    },
    toClaimItemAnswer,
  );
