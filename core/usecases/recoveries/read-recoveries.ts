import type { Actor } from '../../actors/actor.ts';
import type { Page, Reads } from '../../ports/store.ts';
import { type Receivable, receivableOf } from '../../recoveries/receivable.ts';
import type { Recovery } from '../../recoveries/recovery.ts';
import { ok, type Result, refuse } from '../../result.ts';
import { isTold, providerSeenBy, recoveriesOf } from './stored-recovery.ts';

type RecoveryReads = Pick<Reads, 'get' | 'list'>;
type Paging = { readonly limit: number; readonly cursor?: string };
interface OfProvider {
  readonly providerId: string;
}

/** Everything taken back from the vouchers of a year, newest first. */
export const listRecoveriesOfYear = (
  reads: RecoveryReads,
  { year, page }: { readonly year: number; readonly page: Paging },
): Promise<Page<Recovery>> => reads.list('recoveriesOfYear', { year }, page);

/** What is taken back from a provider; itself it sees what is confirmed. */
export async function listRecoveriesOfProvider(
  reads: RecoveryReads,
  { providerId, page }: OfProvider & { readonly page: Paging },
  actor: Actor,
): Promise<Result<Page<Recovery>>> {
  const own = await providerSeenBy(reads, actor, providerId);
  if (!own.ok) return own;
  const found = await reads.list('recoveriesOfProvider', { providerId }, page);
  return ok({ ...found, items: found.items.filter((recovery) => isTold(actor, recovery)) });
}

export async function readRecovery(
  reads: RecoveryReads,
  { providerId, recoveryId }: OfProvider & { readonly recoveryId: string },
  actor: Actor,
): Promise<Result<Recovery>> {
  const recovery = await reads.get('recovery', { providerId, id: recoveryId });
  return recovery && isTold(actor, recovery) ? ok(recovery) : refuse('not-found');
}

export type ReceivableOfProvider = OfProvider & Receivable;

/** What a provider owes the fund, how much of it came back, and what payments under way keep (clause 八-(三)). */
export async function readReceivable(
  reads: RecoveryReads,
  { providerId }: OfProvider,
  actor: Actor,
): Promise<Result<ReceivableOfProvider>> {
  const own = await providerSeenBy(reads, actor, providerId);
  return own.ok ? ok({ providerId, ...receivableOf(await recoveriesOf(reads, providerId)) }) : own;
}
