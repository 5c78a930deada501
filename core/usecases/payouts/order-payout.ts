import { named } from '../../actors/names.ts';
import { born } from '../../lifecycle/record.ts';
import { ZERO } from '../../money/money.ts';
import type { Payout } from '../../payouts/payout.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok, refuse } from '../../result.ts';

/**
 * The industry department proposes a payment order for a year (clause 七-(一)); the workflow collects what is payable.
 * Refuses with `nothing-to-pay` when no final item of the year and no deferred one waits.
 */
export const makeOrderPayout =
  ({ reads }: Ports): CommandUseCase<{ readonly year: number }, Payout> =>
  async ({ year }, command) => {
    const [waiting, deferred] = await Promise.all([
      reads.list('itemsToPay', { year }, { limit: 1 }),
      reads.list('deferredItems', {}, { limit: 1 }),
    ]);
    const owed = waiting.items.length > 0 || deferred.items.some((item) => item.year <= year);
    if (!owed) return refuse('nothing-to-pay', { values: { year } });
    const payout: Payout = {
      id: command.newId('pay'),
      ...born(command.at),
      status: 'collecting',
      year,
      proposedBy: command.actor.sub,
      proposedAt: command.at,
      names: named(undefined, command.actor),
      lineCount: 0,
      itemCount: 0,
      total: ZERO,
      deferred: ZERO,
      approvals: [],
      sending: 0,
      paid: ZERO,
      returned: ZERO,
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
            input: { payoutId: payout.id, next: 'collect' },
          },
        },
      ],
    });
  };
