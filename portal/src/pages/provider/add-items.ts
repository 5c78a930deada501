import { useRef, useState } from 'react';
import { claimsRoutes } from '../../../../contracts/claims.ts';
import { type Call, call } from '../../api/client.ts';
import { useIdempotencyKeys } from '../../api/idempotency-keys.ts';
import { refresh } from '../../api/refresh.ts';

type Evidence = Omit<NonNullable<Call<typeof claimsRoutes.addClaimItem>['body']>, 'voucherId'>;

/** A voucher that goes into a claim, and its evidence once it is had: files may have to be sent first. */
export interface ItemToAdd {
  readonly voucherId: string;
  readonly evidence: (signal: AbortSignal) => Promise<Evidence>;
}

export type Adding =
  | { readonly at: 'waits' | 'preparing' | 'added' }
  | { readonly at: 'refused'; readonly cause: unknown };

/** Everything that a claim's page shows. */
export const readsOfClaim = [
  claimsRoutes.readClaim,
  claimsRoutes.listClaims,
  claimsRoutes.listClaimItems,
  claimsRoutes.readClaimItem,
] as const;

/**
 * Puts vouchers into a claim one after the other, each with all its evidence or not at all; one that is refused holds up none
 * of the others, and what was added is not added again.
 */
export function useAddItems(claimId: string, organisationId: string) {
  const [states, setStates] = useState<ReadonlyMap<string, Adding>>(new Map());
  const [isRunning, setRunning] = useState(false);
  const underWay = useRef(false);
  const keys = useIdempotencyKeys();
  const set = (voucherId: string, state: Adding) => setStates((before) => new Map(before).set(voucherId, state));

  const add = async ({ voucherId, evidence }: ItemToAdd): Promise<boolean> => {
    try {
      set(voucherId, { at: 'preparing' });
      const body = { ...(await evidence(new AbortController().signal)), voucherId };
      await call(claimsRoutes.addClaimItem, { params: { claimId }, organisationId, body, key: keys.of(body) });
      set(voucherId, { at: 'added' });
      return true;
    } catch (cause) {
      set(voucherId, { at: 'refused', cause });
      return false;
    }
  };

  /** Answers how many were added. */
  const run = async (items: readonly ItemToAdd[]): Promise<number> => {
    if (underWay.current) return 0;
    underWay.current = true;
    setRunning(true);
    setStates(new Map(items.map(({ voucherId }) => [voucherId, { at: 'waits' }])));
    let added = 0;
    for (const item of items) added += (await add(item)) ? 1 : 0;
    await refresh(...readsOfClaim);
    underWay.current = false;
    setRunning(false);
    return added;
  };
  return { states, isRunning, run };
}
