import type { Actor } from '../../actors/actor.ts';
import type { ClaimItem } from '../../claims/claim.ts';
import { add, type Fen, fen, ZERO } from '../../money/money.ts';
import { everyPage } from '../../ports/pages.ts';
import type { Reads } from '../../ports/store.ts';
import { ok, type Result, refuse } from '../../result.ts';

/** Own places shown at once; those behind them come nearer as these are paid. */
const MOST_SHOWN = 100;

/** An approved item that no fund had money for yet, and where it stands among all of them. */
export interface Deferral {
  readonly item: ClaimItem;
  /** From 1, in the order of use. */
  readonly position: number;
  readonly owed: Fen;
  /** Fen owed to those before it. */
  readonly ahead: Fen;
}

/** Everything that is owed and not funded, and the provider's own places in it. */
export interface Deferrals {
  readonly places: number;
  readonly amount: Fen;
  readonly own: readonly Deferral[];
}

/**
 * Where a provider's deferred items stand (clause 一-(二), deferral): they are paid in the order in which their vouchers became
 * active, whoever filed first. Of others it tells sums alone.
 */
export async function readDeferrals(reads: Pick<Reads, 'list'>, actor: Actor): Promise<Result<Deferrals>> {
  const { organisationId } = actor;
  if (organisationId === undefined) return refuse('organisation-required');
  const items = await everyPage((page) => reads.list('deferredItems', {}, page));
  const own: Deferral[] = [];
  let ahead = ZERO;
  for (const [index, item] of items.entries()) {
    const owed = fen(item.deferred ?? ZERO);
    if (item.providerId === organisationId && own.length < MOST_SHOWN)
      own.push({ item, position: index + 1, owed, ahead });
    ahead = add(ahead, owed);
  }
  return ok({ places: items.length, amount: ahead, own });
}
