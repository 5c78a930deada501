import { claimsRoutes } from '../../../contracts/claims.ts';
import type { Ports } from '../../../core/ports/context.ts';
import { makeAuditItem } from '../../../core/usecases/claims/audit-item.ts';
import { makeCompleteAudit } from '../../../core/usecases/claims/complete-audit.ts';
import { makeDeclareConflicts, ownDeclaration } from '../../../core/usecases/claims/declaration.ts';
import { commandRoute, readRoute } from '../../_runtime/route.ts';
import { toClaimAnswer, toClaimItemAnswer, toDeclarationAnswer } from '../answers.ts';

export const auditItem = (ports: Ports) => {
  const audit = makeAuditItem(ports);
  return commandRoute(
    claimsRoutes.auditItem,
    ({ params, body: verdict, command }) => audit({ ...params, verdict }, command),
    toClaimItemAnswer,
  );
};

export const completeAudit = (ports: Ports) => {
  const complete = makeCompleteAudit(ports);
  return commandRoute(claimsRoutes.completeAudit, ({ params, command }) => complete(params, command), toClaimAnswer);
};

export const declareConflicts = (ports: Ports) => {
  const declare = makeDeclareConflicts(ports);
  return commandRoute(
    claimsRoutes.declareConflicts,
    ({ body, command }) => declare(body, command),
    toDeclarationAnswer,
  );
};

export const readDeclaration = ({ reads }: Ports) =>
  readRoute(claimsRoutes.readDeclaration, ({ actor }) => ownDeclaration(reads, actor), toDeclarationAnswer);
