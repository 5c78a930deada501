import { claimTransitions } from '../../claims/claim.ts';
import { revise } from '../../lifecycle/record.ts';
import type { Ports, StepCommand } from '../../ports/context.ts';
import type { Decision } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { itemsIn } from '../claims/read-claim.ts';

interface Finished {
  readonly claimId: string;
  /** False while an item is under an objection or in a new window; what finishes that item asks again. */
  readonly final: boolean;
}

/** The claim is final once all its items are. A step of its own, so that of two last items one sees the other. */
export const makeFinishClaim =
  ({ reads }: Ports) =>
  async ({ claimId }: { readonly claimId: string }, command: StepCommand): Promise<Result<Decision<Finished>>> => {
    const claim = await reads.get('claim', { id: claimId });
    if (!claim) return refuse('not-found');
    if (claim.status === 'final') return ok({ result: { claimId, final: true }, changes: [] });
    const unfinished = (await itemsIn(reads, claimId)).some(({ status }) =>
      ['approved', 'rejected', 'objected'].includes(status),
    );
    if (unfinished) return ok({ result: { claimId, final: false }, changes: [] });
    const { finish } = claimTransitions;
    return ok({
      result: { claimId, final: true },
      changes: [
        {
          do: 'update',
          entity: 'claim',
          value: revise(claim, command.at, { status: finish.to }),
          from: finish.from,
          audit: { action: finish.name },
        },
      ],
    });
  };
