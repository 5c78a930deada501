import type { Reads } from '../../ports/store.ts';
import { FREEZING_REASON } from '../../recoveries/recovery.ts';
import { recoveriesOf } from './stored-recovery.ts';

/** Providers against whom a recovery for fraud is proposed and not decided: freeze first, then decide (clause 八-(三)). */
export async function frozenAmong(
  reads: Pick<Reads, 'list'>,
  items: readonly { readonly providerId: string }[],
): Promise<ReadonlySet<string>> {
  const frozen = new Set<string>();
  for (const providerId of new Set(items.map((item) => item.providerId))) {
    const recoveries = await recoveriesOf(reads, providerId);
    if (recoveries.some(({ status, reasonCode }) => status === 'proposed' && reasonCode === FREEZING_REASON)) {
      frozen.add(providerId);
    }
  }
  return frozen;
}
