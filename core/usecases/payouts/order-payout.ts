import { born } from '../../lifecycle/record.ts';
import { ZERO } from '../../money/money.ts';
import type { Payout } from '../../payouts/payout.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok, refuse } from '../../result.ts';

/**
 * The industry department proposes a payment order for a year (clause 七-(一)); the workflow collects what is payable.
 * Refuses with `nothing-to-pay` when no final item waits.
 */
export const makeOrderPayout =
  ({ reads }: Ports): CommandUseCase<{ readonly year: number }, Payout> =>
  async ({ year }, command) => {
    const waiting = await reads.list('itemsToPay', { year }, { limit: 1 });
    if (waiting.items.length === 0) return refuse('nothing-to-pay', { values: { year } });
    const payout: Payout = {
      id: command.newId('pay'),
      ...born(command.at),
      status: 'collecting',
      year,
      proposedBy: command.actor.sub,
      proposedAt: command.at,
      lineCount: 0,
      itemCount: 0,
      total: ZERO,
      approvals: [],
      sending: 0,
      paid: ZERO,
      skipped: [],
      unanswered: 0,
      failed: 0,
    };
    return ok({
      result: payout,
      changes: [
        { do: 'create', entity: 'payout', value: payout },
        {
          do: 'event',
          event: {
            id: command.newId('evt'),
            at: command.at,
            type: 'workflow-requested',
            workflow: 'payout',
            input: { payoutId: payout.id },
          },
        },
      ],
    });
  };
