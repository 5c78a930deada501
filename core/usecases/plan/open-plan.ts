import { named } from '../../actors/names.ts';
import { APPROPRIATE, move, type Posting } from '../../ledger/posting.ts';
import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { seenBy } from '../../lifecycle/version.ts';
import { fen } from '../../money/money.ts';
import { moneyIssues } from '../../policy/check-plan.ts';
import { type Plan, planTransitions } from '../../policy/plan.ts';
import { quotaLines } from '../../policy/quotas.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change } from '../../ports/store.ts';
import { ok, refuse, refuseAll } from '../../result.ts';
import { changeList } from '../orders/waiting.ts';

/**
 * Opens a co-signed plan: the appropriation becomes available, each spec gets its amount and count, and the plan is
 * public, all in one transaction (clauses 五-(一), 一-(二)). Whoever still waits for money of the year before comes first:
 * until those places are brought over, nobody takes anything.
 */
export const makeOpenPlan =
  ({ reads }: Pick<Ports, 'reads'>): CommandUseCase<{ readonly year: number }, Plan> =>
  async ({ year }, command) => {
    const { actor, at } = command;
    const plan = await reads.get('plan', { year });
    if (!plan) return refuse('not-found');
    const seen = seenBy(command, plan);
    if (!seen.ok) return seen;
    const transition = planTransitions.open;
    const status = allow(transition, plan.status);
    if (!status.ok) return status;
    // Money carried over may have changed since the draft: the specs must fit what there is now.
    const { available } = await reads.fund(year);
    const fits = refuseAll(moneyIssues(plan, fen(available)));
    if (!fits.ok) return fits;

    const opened = revise(plan, at, {
      status: status.value,
      openedAt: at,
      openedBy: actor.sub,
      names: named(plan.names, actor),
    });
    const posting: Posting = {
      id: `led_appropriate_${year}`,
      year,
      at,
      reason: APPROPRIATE,
      reference: { entity: 'plan', id: String(year) },
      actor: actor.sub,
      entries: move('appropriation', 'available', plan.appropriation),
      specs: [],
    };
    return ok({
      result: opened,
      changes: [
        { do: 'update', entity: 'plan', value: opened, from: transition.from, audit: { action: transition.name } },
        { do: 'post', posting },
        ...plan.specs.map(({ id, amount, count }): Change => ({ do: 'open-spec', year, specId: id, amount, count })),
        ...quotaLines(plan.parameters).map(
          ({ id, amount, count }): Change => ({ do: 'open-spec', year, specId: id, amount, count }),
        ),
        ...(await inherited(reads, year, at)),
      ],
    });
  };

async function inherited(reads: Pick<Ports['reads'], 'get'>, year: number, at: number): Promise<Change[]> {
  const before = await reads.get('waitingList', { year: year - 1 });
  if (!before || before.places === 0) return [];
  return changeList(await reads.get('waitingList', { year }), year, [], at, { inherits: true });
}
