import type { Actor } from '../../actors/actor.ts';
import type { Claim, ClaimItem } from '../../claims/claim.ts';
import { unrelated } from '../../claims/conflicts.ts';
import type { Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';

/**
 * Whether this auditor may act on a claim: the audit is open, the auditor has declared its relations, and is neither
 * related to nor a member of the provider or any enterprise of the claim (clause 七-(一)).
 */
export async function mayAudit(
  reads: Reads,
  claim: Claim,
  items: readonly ClaimItem[],
  actor: Actor,
): Promise<Result<{ taskId: string }>> {
  const organisations = [...new Set([claim.providerId, ...items.map(({ enterpriseId }) => enterpriseId)])];
  const [declaration, memberships] = await Promise.all([
    reads.get('conflictDeclaration', { auditorSub: actor.sub }),
    reads.getMany(
      'member',
      organisations.map((organisationId) => ({ organisationId, sub: actor.sub })),
    ),
  ]);
  const clear = unrelated(
    declaration,
    memberships.map(({ organisationId }) => organisationId),
    organisations,
  );
  if (!clear.ok) return clear;
  if (claim.status !== 'under-audit') {
    return refuse('wrong-state', { values: { state: claim.status, allowed: 'under-audit' } });
  }
  if (claim.auditCompletedAt !== undefined) return refuse('audit-completed');
  return claim.taskId === undefined ? refuse('audit-not-open') : ok({ taskId: claim.taskId });
}
