import { businessDateOf } from '../../calendar/business-date.ts';
import { holdingPosting } from '../../ledger/holding.ts';
import { revise } from '../../lifecycle/record.ts';
import { allow } from '../../lifecycle/transition.ts';
import { voucherTransitions } from '../../orders/voucher.ts';
import type { CommandUseCase, Ports } from '../../ports/context.ts';
import { ok } from '../../result.ts';
import type { Swept } from './lapse-reservation.ts';

/** Expires a voucher that was not claimed in its time and gives back what it held (clause 六, 一-(二)). */
export const makeExpireVoucher =
  ({ reads }: Pick<Ports, 'reads'>): CommandUseCase<{ id: string }, Swept> =>
  async ({ id }, command) => {
    const transition = voucherTransitions.expire;
    const voucher = await reads.get('voucher', { id });
    const due = voucher !== undefined && voucher.expiresOn < businessDateOf(command.at);
    if (!due || !allow(transition, voucher.status).ok) return ok({ result: false, changes: [] });
    const expired = revise(voucher, command.at, { status: transition.to });
    const posting = holdingPosting({
      id: `led_expire_${id}`,
      year: voucher.year,
      at: command.at,
      reason: 'expire',
      reference: { entity: 'voucher', id },
      actor: command.actor.sub,
      before: { account: 'active', parts: voucher.parts },
      uscc: voucher.enterpriseUscc,
      // Only giving back: the cap itself is not asked.
      cap: 0,
    });
    return ok({
      result: true,
      changes: [
        { do: 'update', entity: 'voucher', value: expired, from: transition.from, audit: { action: transition.name } },
        { do: 'post', posting },
      ],
    });
  };
