import { fen } from '../../money/money.ts';
import type { Order } from '../../orders/order.ts';
import type { Reads } from '../../ports/store.ts';
import { computeTopUps, type ToppedUp } from '../../topups/compute-top-ups.ts';
import { inForce, type LocalScheme } from '../../topups/local-policy.ts';
import type { TopUp } from '../../topups/top-up.ts';

/** What the jurisdiction of an order has published for its year; undefined where there never was a policy. */
export const schemeOf = (
  reads: Pick<Reads, 'get'>,
  { jurisdiction, planYear: year }: Pick<Order, 'jurisdiction' | 'planYear'>,
): Promise<LocalScheme | undefined> =>
  reads.get('localScheme', { jurisdiction: jurisdiction as LocalScheme['jurisdiction'], year });

/**
 * The top-ups of an order by what local funds have left at this moment. Good for a true answer; that nothing goes over a
 * limit is the condition of the write. Without a policy in force, nothing more is read.
 */
export async function topUpsNow(
  reads: Pick<Reads, 'localFund' | 'localUsed'>,
  scheme: LocalScheme | undefined,
  uscc: string,
  order: ToppedUp,
): Promise<TopUp[]> {
  const open = await Promise.all(
    inForce(scheme).map(async (policy) => {
      const [{ available }, used] = await Promise.all([reads.localFund(policy.id), reads.localUsed(policy.id, uscc)]);
      return { policy, fundLeft: fen(available), enterpriseUsed: fen(used) };
    }),
  );
  return computeTopUps(order, open);
}
