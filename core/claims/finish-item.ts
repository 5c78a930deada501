import { postAcrossYears } from '../ledger/across-years.ts';
import { move, type Posting } from '../ledger/posting.ts';
import { revise } from '../lifecycle/record.ts';
import { fundYearOf, type Voucher, voucherTransitions } from '../orders/voucher.ts';
import { countQuotas } from '../policy/quotas.ts';
import type { Command } from '../ports/context.ts';
import type { Change } from '../ports/store.ts';
import { type ClaimItem, claimItemTransitions } from './claim.ts';

/**
 * What the end of the publicity window makes of an item. An approved one becomes final with what is payable; its
 * money moves with the payout. Anything else, or an approval of nothing, is refused: its voucher ends and the whole face
 * value goes back to the fund and the amount of its spec. The count of the spec and the enterprise's yearly cap stay
 * taken, because the enterprise had the benefit and is never charged (clauses 五-(三), 七-(二)).
 */
export function finishItemChanges(item: ClaimItem, voucher: Voucher, command: Pick<Command, 'at' | 'actor'>): Change[] {
  const { finish, refuse } = claimItemTransitions;
  if (item.status === 'approved' && item.audit && item.audit.approved > 0) {
    return [
      {
        do: 'update',
        entity: 'claimItem',
        value: revise(item, command.at, { status: finish.to, payable: item.audit.approved }),
        from: finish.from,
        audit: { action: finish.name },
      },
    ];
  }
  const reasonCode = item.audit?.reasonCode;
  const because = reasonCode ? { reasonCode } : {};
  return [
    {
      do: 'update',
      entity: 'claimItem',
      value: revise(item, command.at, { status: refuse.to }),
      from: refuse.from,
      audit: { action: refuse.name, ...because },
    },
    {
      do: 'update',
      entity: 'voucher',
      value: revise(voucher, command.at, {
        status: voucherTransitions.refuse.to,
        ...(reasonCode ? { endReason: reasonCode } : {}),
      }),
      from: voucherTransitions.refuse.from,
      audit: { action: voucherTransitions.refuse.name, ...because },
    },
    ...postAcrossYears(
      countQuotas<Posting>(
        {
          id: `led_refuse_${voucher.id}`,
          year: voucher.year,
          at: command.at,
          reason: 'refuse',
          reference: { entity: 'claimItem', id: item.id },
          orderId: voucher.orderId,
          actor: command.actor.sub,
          entries: move('active', 'available', voucher.face),
          specs: voucher.parts.map(({ specId, amount }) => ({ specId, amount: -amount, count: 0 })),
        },
        voucher.quotas,
      ),
      fundYearOf(voucher),
    ),
  ];
}
