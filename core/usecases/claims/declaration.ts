import type { Actor } from '../../actors/actor.ts';
import type { ConflictDeclaration } from '../../claims/claim.ts';
import { born, revise } from '../../lifecycle/record.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import type { Reads } from '../../ports/store.ts';
import { ok, type Result, refuse, refuseAll } from '../../result.ts';

export interface DeclareConflicts {
  readonly organisationIds: readonly string[];
  readonly statement: string;
}

/** An auditor declares, or declares anew, the organisations it is related to (clause 七-(一), without conflict of interest). */
export const makeDeclareConflicts =
  ({ reads }: Ports): CommandUseCase<DeclareConflicts, ConflictDeclaration> =>
  async ({ organisationIds: given, statement }, command) => {
    const { sub: auditorSub } = command.actor;
    const organisationIds = [...new Set(given)];
    const known = new Set(
      (
        await reads.getMany(
          'organisation',
          organisationIds.map((id) => ({ id })),
        )
      ).map(({ id }) => id),
    );
    const refused = refuseAll(
      given.flatMap((id, i) =>
        known.has(id) ? [] : [{ pointer: `/organisationIds/${i}`, rule: 'declared-organisation-unknown' as const }],
      ),
    );
    if (!refused.ok) return refused;
    const earlier = await reads.get('conflictDeclaration', { auditorSub });
    if (!earlier) {
      const value: ConflictDeclaration = { auditorSub, ...born(command.at), organisationIds, statement };
      return ok({ result: value, changes: [{ do: 'create', entity: 'conflictDeclaration', value }] });
    }
    const value = revise(earlier, command.at, { organisationIds, statement });
    return ok({
      result: value,
      changes: [{ do: 'update', entity: 'conflictDeclaration', value, audit: { action: 'declare' } }],
    });
  };

/** The auditor's own declaration. */
export async function ownDeclaration(reads: Pick<Reads, 'get'>, actor: Actor): Promise<Result<ConflictDeclaration>> {
  const declaration = await reads.get('conflictDeclaration', { auditorSub: actor.sub });
  return declaration ? ok(declaration) : refuse('not-found');
}
