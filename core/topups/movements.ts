import type { Voucher } from '../orders/voucher.ts';
import type { Command } from '../ports/context.ts';
import type { Change } from '../ports/store.ts';
import { combineLocal, type LocalAccount, type LocalPosting } from './local-ledger.ts';
import type { LocalPolicy, LocalScheme } from './local-policy.ts';
import type { TopUp } from './top-up.ts';

type By = Pick<Command, 'at' | 'actor'>;

/** The money of a policy that comes into force. */
export const openLocalFund = ({ id, terms }: LocalPolicy, { at, actor }: By): Change => ({
  do: 'post-local',
  posting: {
    id: `lol_enact_${id}`,
    policyId: id,
    at,
    reason: 'enact',
    reference: { entity: 'localPolicy', id },
    actor: actor.sub,
    entries: move('appropriation', 'available', terms.fund),
  },
});

/**
 * Takes what local policies add to a new voucher: from their funds, and from what the enterprise may have of each in its
 * year. Holds only while the jurisdiction's policies stay as they were read: one that ends at the same time gives nothing.
 */
export function grantTopUps(voucher: Voucher, scheme: LocalScheme | undefined, command: By): Change[] {
  const granted = (voucher.localTopUps ?? []).filter(({ amount }) => amount > 0);
  if (!scheme || granted.length === 0) return [];
  const { jurisdiction, year, version } = scheme;
  const most = new Map(scheme.policies.map(({ id, terms }) => [id, terms.enterpriseMaximum]));
  return [
    { do: 'check', entity: 'localScheme', id: { jurisdiction, year }, version },
    ...granted.map((topUp) =>
      post(voucher, topUp, 'grant', command, {
        entries: move('available', 'granted', topUp.amount),
        enterprise: { uscc: voucher.enterpriseUscc, amount: topUp.amount, most: most.get(topUp.policyId) ?? 0 },
      }),
    ),
  ];
}

/**
 * What was granted to a voucher becomes what the jurisdiction owes, as far as it stays; the rest goes back to the fund
 * and to what the enterprise may still have (clause 六).
 */
export const useTopUps = (voucher: Voucher, kept: readonly TopUp[], command: By): Change[] =>
  changeTopUps(voucher, kept, 'granted', 'used', command);

/** Everything goes back: the voucher ended without a service (clause 六). */
export const giveBackTopUps = (voucher: Voucher, reason: 'void' | 'expire', command: By): Change[] =>
  changeTopUps(voucher, [], voucher.status === 'active' ? 'granted' : 'used', reason, command);

function changeTopUps(
  voucher: Voucher,
  kept: readonly TopUp[],
  held: LocalAccount,
  then: 'used' | 'void' | 'expire',
  command: By,
): Change[] {
  const keeps = new Map(kept.map(({ policyId, amount }) => [policyId, amount]));
  return (voucher.localTopUps ?? [])
    .filter(({ amount }) => amount > 0)
    .map((topUp) => {
      const stays = keeps.get(topUp.policyId) ?? 0;
      const back = topUp.amount - stays;
      const reason = then === 'used' ? (back === 0 ? 'use' : 'reduce') : then;
      return post(voucher, topUp, reason, command, {
        entries: combineLocal(move(held, 'available', back), stays === 0 ? {} : move(held, 'used', stays)),
        // Only giving back: how much there may be is not asked.
        ...(back === 0 ? {} : { enterprise: { uscc: voucher.enterpriseUscc, amount: -back, most: 0 } }),
      });
    });
}

const post = (
  voucher: Voucher,
  { policyId }: TopUp,
  reason: string,
  { at, actor }: By,
  moved: Pick<LocalPosting, 'entries' | 'enterprise'>,
): Change => ({
  do: 'post-local',
  posting: {
    id: `lol_${reason}_${voucher.id}`,
    policyId,
    at,
    reason,
    reference: { entity: 'voucher', id: voucher.id },
    orderId: voucher.orderId,
    actor: actor.sub,
    ...moved,
  },
});

const move = (from: LocalAccount, to: LocalAccount, amount: number): LocalPosting['entries'] =>
  amount === 0 ? {} : { [from]: -amount, [to]: amount };
