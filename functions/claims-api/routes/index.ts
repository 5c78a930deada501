import type { Ports } from '../../../core/ports/context.ts';
import type { Route } from '../../_runtime/route.ts';
import { auditItem, completeAudit, declareConflicts, readDeclaration } from './audit.ts';
import { fileClaim, listClaims, openClaim, readClaim, readClaimTrail } from './claims.ts';
import {
  addClaimItem,
  changeClaimItem,
  hearProvider,
  listClaimItems,
  readClaimItem,
  withdrawClaimItem,
} from './items.ts';

/** Every route of the claims context. */
export const claimsApi = (ports: Ports): Route[] => [
  openClaim(ports),
  listClaims(ports),
  readClaim(ports),
  readClaimTrail(ports),
  fileClaim(ports),
  addClaimItem(ports),
  listClaimItems(ports),
  readClaimItem(ports),
  changeClaimItem(ports),
  withdrawClaimItem(ports),
  hearProvider(ports),
  auditItem(ports),
  completeAudit(ports),
  declareConflicts(ports),
  readDeclaration(ports),
];
