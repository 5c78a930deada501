import type { Actor } from '../../actors/actor.ts';
import type { Payout, PayoutLine } from '../../payouts/payout.ts';
import type { Page, Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';

type PayoutReads = Pick<Reads, 'get' | 'getMany' | 'list'>;
type Paging = { readonly limit: number; readonly cursor?: string };

export const listPayouts = (
  reads: PayoutReads,
  { year, page }: { readonly year: number; readonly page: Paging },
): Promise<Page<Payout>> => reads.list('payoutsOfYear', { year }, page);

export async function readPayout(reads: PayoutReads, payoutId: string): Promise<Result<Payout>> {
  const payout = await reads.get('payout', { id: payoutId });
  return payout ? ok(payout) : refuse('not-found');
}

export async function listPayoutLines(
  reads: PayoutReads,
  { payoutId, page }: { readonly payoutId: string; readonly page: Paging },
): Promise<Result<Page<PayoutLine>>> {
  const payout = await readPayout(reads, payoutId);
  return payout.ok ? ok(await reads.list('linesOfPayout', { payoutId }, page)) : payout;
}

/** States in which an order has been approved; before that a provider isn't told of it. */
const approvedStates: readonly Payout['status'][] = ['accruing', 'reopening', 'at-bank', 'correcting', 'settled'];

export interface PaymentOfProvider {
  readonly line: PayoutLine;
  readonly payout: Payout;
}

/** A provider's own payments, newest first: the lines of approved orders. */
export async function listPayments(
  reads: PayoutReads,
  page: Paging,
  actor: Actor,
): Promise<Result<Page<PaymentOfProvider>>> {
  const lines = await reads.list('paymentsOfProvider', { providerId: actor.organisationId ?? '' }, page);
  const payouts = await reads.getMany(
    'payout',
    lines.items.map(({ payoutId }) => ({ id: payoutId })),
  );
  const items = lines.items.flatMap((line): PaymentOfProvider[] => {
    const payout = payouts.find(({ id }) => id === line.payoutId);
    return payout && approvedStates.includes(payout.status) ? [{ line, payout }] : [];
  });
  return ok({ items, ...(lines.next ? { next: lines.next } : {}) });
}
