import type { Actor } from '../../actors/actor.ts';
import { named } from '../../actors/names.ts';
import { revise } from '../../lifecycle/record.ts';
import { type Fen, fen } from '../../money/money.ts';
import { type Voucher, voucherTransitions } from '../../orders/voucher.ts';
import { type PaidIn, paidFor } from '../../payouts/paid-from.ts';
import type { Command } from '../../ports/context.ts';
import type { Change, Reads } from '../../ports/store.ts';
import { cameBack, type Home, recoveryPostings, takenBack, yearsOf } from '../../recoveries/postings.ts';
import { type Recovery, type Return, recoveryTransitions } from '../../recoveries/recovery.ts';
import { comingHome, homeOf } from './fund-home.ts';

/** Parts in one transaction: recovery, voucher, their trails, up to three postings, and a shard of each year's pool. */
export const RETURNS_PER_STEP = 5;

/** Money that came back for a recovery. */
export interface Returned {
  readonly recovery: Recovery;
  /** How it came; an offset was held before. */
  readonly as: Return;
}

/**
 * What money that came back does: the recovery and its voucher know of it, and it is posted to the fund and year that
 * paid it (clause 一-(二)). All of a recovery back: it is settled; all of a voucher back: it is `recovered`.
 */
export async function returnMoney(
  reads: Pick<Reads, 'get' | 'getMany'>,
  parts: readonly Returned[],
  { at, actor }: Pick<Command, 'at' | 'actor'>,
): Promise<Change[]> {
  if (parts.length > RETURNS_PER_STEP) throw new RangeError(`${parts.length} returns in one transaction`);
  const stored = await reads.getMany(
    'voucher',
    [...new Set(parts.map(({ recovery }) => recovery.voucherId))].map((id) => ({ id })),
  );
  const vouchers = new Map(stored.map((voucher) => [voucher.id, voucher]));
  const recoveries = new Map(parts.map(({ recovery }) => [recovery.id, recovery]));
  const homes = new Map<number, Home>();
  const came: (PaidIn & { home: Home })[] = [];
  const postings: Change[] = [];
  for (const { recovery, as } of parts) {
    const voucher = vouchers.get(recovery.voucherId);
    if (!voucher) throw new Error(`recovery ${recovery.id} without its voucher`);
    const amount = fen(as.amount);
    for (const part of yearsOf(voucher, amount)) {
      const home = homes.get(part.year) ?? (await homeOf(reads, part.year));
      homes.set(part.year, home);
      came.push({ ...part, home });
    }
    const cause = { at, actor: actor.sub, recoveryId: recovery.id };
    postings.push(...recoveryPostings(voucher, amount, (year) => homes.get(year) ?? { stays: true }, cause));
    vouchers.set(voucher.id, takenBack(voucher, amount));
    recoveries.set(recovery.id, withReturn(recoveries.get(recovery.id) ?? recovery, as, actor));
  }
  return [
    ...[...recoveries.values()].map((value) => updatedRecovery(value, at)),
    ...[...vouchers.values()].map((voucher) => updatedVoucher(voucher, at)),
    ...postings,
    ...(await comingHome(reads, came, at)),
  ];
}

const withReturn = (recovery: Recovery, as: Return, actor: Actor): Recovery => ({
  ...recovery,
  held: fen(recovery.held - (as.by === 'offset' ? as.amount : 0)),
  recovered: fen(recovery.recovered + as.amount),
  returns: [...recovery.returns, as],
  ...(as.by === 'transfer' ? { names: named(recovery.names, actor) } : {}),
});

function updatedRecovery(recovery: Recovery, at: number): Change {
  const { settle } = recoveryTransitions;
  const done = recovery.recovered === recovery.amount;
  return {
    do: 'update',
    entity: 'recovery',
    value: revise(recovery, at, done ? { status: settle.to } : {}),
    from: settle.from,
    audit: { action: done ? settle.name : 'return' },
  };
}

function updatedVoucher(voucher: Voucher, at: number): Change {
  const { recover } = voucherTransitions;
  const back: Fen = cameBack(voucher);
  if (back > paidFor(voucher)) throw new RangeError(`voucher ${voucher.id}: ${back} fen back of ${paidFor(voucher)}`);
  // One that the bank gave back stays payable until it is paid again.
  const whole = back === paidFor(voucher) && recover.from.includes(voucher.status);
  return {
    do: 'update',
    entity: 'voucher',
    value: revise(voucher, at, whole ? { status: recover.to } : {}),
    from: [...recover.from, voucherTransitions.oweAgain.to],
    audit: { action: whole ? recover.name : 'recover-part' },
  };
}
