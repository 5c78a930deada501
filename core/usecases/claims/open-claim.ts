import { businessDateOf, yearOf } from '../../calendar/business-date.ts';
import type { Claim } from '../../claims/claim.ts';
import { claimWindow, isInWindow } from '../../claims/window.ts';
import { born } from '../../lifecycle/record.ts';
import { ZERO } from '../../money/money.ts';
import { isPublished } from '../../policy/current-plan.ts';
import { planOn } from '../../policy/plan-version.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import type { Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** The provider's one claim of the window that is open today (clause 七-(一)). */
export const makeOpenClaim =
  ({ reads }: Ports): CommandUseCase<Record<never, never>, Claim> =>
  async (_, command) => {
    const { organisationId: providerId } = command.actor;
    const year = yearOf(businessDateOf(command.at));
    const open = await windowOpen(reads, year, command.at);
    if (!open.ok) return open;
    const provider = providerId ? await reads.get('organisation', { id: providerId }) : undefined;
    if (!provider) return refuse('not-found');
    const key = `${provider.id}#${year}`;
    const claim: Claim = {
      id: command.newId('clm'),
      ...born(command.at),
      status: 'draft',
      providerId: provider.id,
      providerName: provider.name,
      year,
      itemCount: 0,
      asked: ZERO,
      auditors: [],
      round: 1,
    };
    const owner = await reads.uniqueOwner('claim-window', key);
    if (owner !== undefined && owner !== claim.id) return refuse('claim-exists');
    return ok({
      result: claim,
      changes: [
        { do: 'create', entity: 'claim', value: claim },
        { do: 'claim-unique', kind: 'claim-window', key, owner: claim.id, rule: 'claim-exists' },
      ],
    });
  };

/** Refuses outside the claim window of a year's published plan. */
export async function windowOpen(reads: Pick<Reads, 'get'>, year: number, at: number): Promise<Result<void>> {
  const plan = await reads.get('plan', { year });
  if (!plan || !isPublished(plan)) return refuse('claim-window-closed', { values: { year, from: '—', to: '—' } });
  const today = businessDateOf(at);
  const window = claimWindow(planOn(plan, today));
  return isInWindow(today, window) ? ok(undefined) : refuse('claim-window-closed', { values: { year, ...window } });
}
