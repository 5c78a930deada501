import { businessDateOf } from '../../calendar/business-date.ts';
import { claimWindow } from '../../claims/window.ts';
import { postAcrossYears } from '../../ledger/across-years.ts';
import { holdingPosting } from '../../ledger/holding.ts';
import { revise } from '../../lifecycle/record.ts';
import { fundYearOf, type Voucher, voucherTransitions } from '../../orders/voucher.ts';
import { planOn } from '../../policy/plan-version.ts';
import type { Command, CommandUseCase, Ports } from '../../ports/context.ts';
import type { Change, Reads } from '../../ports/store.ts';
import { ok } from '../../result.ts';
import { giveBackTopUps } from '../../topups/movements.ts';
import { takeOut } from '../claims/withdraw-item.ts';
import type { Swept } from './lapse-reservation.ts';

/**
 * Expires a voucher that was not claimed in its time and gives back what it held (clause 六, 一-(二)). One that was only
 * put into a draft expires when the window of that claim is over as well: nobody can file it any more.
 */
export const makeExpireVoucher =
  ({ reads }: Pick<Ports, 'reads'>): CommandUseCase<{ id: string }, Swept> =>
  async ({ id }, command) => {
    const voucher = await reads.get('voucher', { id });
    const due = voucher !== undefined && voucher.expiresOn < businessDateOf(command.at);
    if (!due) return ok({ result: false, changes: [] });
    const { expire, expireUnfiled } = voucherTransitions;
    if (expire.from.includes(voucher.status)) {
      return ok({ result: true, changes: ending(voucher, expire, command) });
    }
    const unfiled = expireUnfiled.from.includes(voucher.status) ? await outOfDraft(reads, voucher, command) : undefined;
    return unfiled
      ? ok({ result: true, changes: [...unfiled, ...ending(voucher, expireUnfiled, command)] })
      : ok({ result: false, changes: [] });
  };

/** The changes that take the voucher out of a draft which can't be filed any more; undefined if its claim goes on. */
async function outOfDraft(
  reads: Pick<Reads, 'get'>,
  { claimId, claimItemId }: Voucher,
  command: Command,
): Promise<Change[] | undefined> {
  if (claimId === undefined || claimItemId === undefined) return undefined;
  const claim = await reads.get('claim', { id: claimId });
  if (claim?.status !== 'draft') return undefined;
  const [plan, item] = await Promise.all([
    reads.get('plan', { year: claim.year }),
    reads.get('claimItem', { claimId, id: claimItemId }),
  ]);
  if (!plan || !item) return undefined;
  const today = businessDateOf(command.at);
  if (today <= claimWindow(planOn(plan, today)).to) return undefined;
  return takeOut(claim, item, command, ['draft']).changes;
}

type Expiry = typeof voucherTransitions.expire;

function ending(voucher: Voucher, transition: Expiry, command: Command): Change[] {
  const { at, actor } = command;
  const posting = holdingPosting({
    id: `led_expire_${voucher.id}`,
    year: voucher.year,
    at,
    reason: 'expire',
    reference: { entity: 'voucher', id: voucher.id },
    orderId: voucher.orderId,
    actor: actor.sub,
    before: { account: 'active', parts: voucher.parts },
    uscc: voucher.enterpriseUscc,
    quotas: voucher.quotas,
    // Only giving back: the cap itself is not asked.
    cap: 0,
  });
  const value = revise(voucher, at, { status: transition.to });
  return [
    { do: 'update', entity: 'voucher', value, from: transition.from, audit: { action: transition.name } },
    ...postAcrossYears(posting, fundYearOf(voucher)),
    ...giveBackTopUps(voucher, 'expire', command),
  ];
}
