import { businessDate, startOfDay } from '../../core/calendar/business-date.ts';
import type { ClaimItem } from '../../core/claims/claim.ts';
import { newId, noon } from './claims-world.ts';
import type { Engine } from './engine.ts';
import { accepted } from './orders-world.ts';
import type { PayoutsWorld } from './payouts-world.ts';
import { openWorkflowBench, type WorkflowBench } from './workflow-bench.ts';

/** Friday before the long holiday; the five working days of a window that opens then end on 10 October at 24:00. */
export const PUBLISHED = noon('2019-09-27');
export const midnightOf = (date: string): number => startOfDay(businessDate(date));
export const END = midnightOf('2019-10-11');

export const founded = { outcome: 'uphold', reasonCode: 'objection-founded', note: '经核查属实' };
export const unfounded = { outcome: 'dismiss', reasonCode: 'objection-unfounded', note: '经核查不属实' };

/** Benches and claims in publicity on a world with publicity and payouts. */
export const openPublicityBench = (engine: Engine, world: PayoutsWorld, loseReplies = false) =>
  openWorkflowBench(engine, { at: PUBLISHED, world: world.clock, loseReplies });

/** A claim whose audit has just ended, in publicity from now on; one item for each amount, 0 for a rejection. */
export async function publicise(world: PayoutsWorld, bench: WorkflowBench, amounts: readonly number[]) {
  const { claim, items, seller } = await world.auditedClaim(amounts.map((approved) => ({ approved })));
  await world.seed({
    do: 'event',
    event: {
      id: newId('evt'),
      at: bench.now(),
      type: 'workflow-requested',
      workflow: 'publicity-window',
      input: { claimId: claim.id },
    },
  });
  await bench.rest();
  const stored = async () => {
    const found = await world.store.get('claim', { id: claim.id });
    if (!found?.noticeId) throw new Error('no claim in publicity');
    return { ...found, noticeId: found.noticeId };
  };
  const { noticeId } = await stored();
  return {
    seller,
    items,
    noticeId,
    notice: async (id = noticeId) => {
      const found = await world.store.get('notice', { id });
      if (!found) throw new Error('no notice');
      return found;
    },
    claimStatus: async () => (await stored()).status,
    itemStates: async () => (await Promise.all(items.map(world.item))).map(({ status }) => status),
    /** Anybody objects to an item. Gives what became of the objection. */
    object: async (item: ClaimItem | undefined) => {
      const lodged = await world.publicity('lodgePublicObjection', undefined, {
        params: { noticeId },
        body: { claimItemId: item?.id ?? '', name: '王五', phone: '13912345678', grounds: '该企业未实际使用该服务' },
      });
      const { id } = accepted(lodged);
      await bench.rest();
      return async () => (await world.store.get('objection', { id }))?.status;
    },
  };
}
