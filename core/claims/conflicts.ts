import { ok, type Result, refuse } from '../result.ts';
import type { ConflictDeclaration } from './claim.ts';

/**
 * The auditor is a third party without a conflict of interest (clause 七-(一)): it has declared the organisations it is
 * related to, and none of a claim's organisations is among them or has it as a member.
 */
export function unrelated(
  declaration: Pick<ConflictDeclaration, 'organisationIds'> | undefined,
  memberOf: readonly string[],
  concerned: readonly string[],
): Result<void> {
  if (!declaration) return refuse('declaration-required');
  const related = new Set([...declaration.organisationIds, ...memberOf]);
  return concerned.some((id) => related.has(id)) ? refuse('conflict-of-interest') : ok(undefined);
}
