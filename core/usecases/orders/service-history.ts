import type { Kind } from '../../catalogue/kinds.ts';
import { born, revise } from '../../lifecycle/record.ts';
import type { Order } from '../../orders/order.ts';
import { freshPeriods, type WantedService } from '../../orders/same-service.ts';
import type { ServiceHistory, SubsidisedPeriod } from '../../orders/service-history.ts';
import { capCountingStatuses, type Voucher } from '../../orders/voucher.ts';
import type { Change, Reads } from '../../ports/store.ts';
import { subsidisedServices } from './subsidised-services.ts';

/** What an enterprise was subsidised for: the record as stored, and those of its periods whose vouchers live. */
export interface KnownServices {
  readonly stored?: ServiceHistory;
  readonly live: readonly SubsidisedPeriod[];
}

/**
 * The services that the enterprise of an order has live vouchers for (clause 五-(三)), but for this order's own: whoever
 * signs it twice is told so. An enterprise whose vouchers are older than its record is read from the list of its vouchers,
 * each with its whole contract.
 */
export async function knownServices(
  reads: Pick<Reads, 'get' | 'getMany' | 'list'>,
  { id: orderId, enterpriseUscc, enterpriseId }: Pick<Order, 'id' | 'enterpriseUscc' | 'enterpriseId'>,
): Promise<KnownServices> {
  const stored = await reads.get('serviceHistory', { enterpriseUscc });
  if (!stored) {
    const services = await subsidisedServices(reads, enterpriseId, orderId);
    return {
      live: services.flatMap(({ kinds, ...service }) => [...new Set(kinds)].map((kind) => ({ ...service, kind }))),
    };
  }
  const ids = [...new Set(stored.periods.map(({ voucherId }) => voucherId))];
  if (ids.length === 0) return { stored, live: [] };
  const vouchers = await reads.getMany(
    'voucher',
    ids.map((id) => ({ id })),
  );
  const counting = vouchers.filter(
    (voucher) => capCountingStatuses.includes(voucher.status) && voucher.orderId !== orderId,
  );
  const live = new Set(counting.map(({ id }) => id));
  return { stored, live: stored.periods.filter(({ voucherId }) => live.has(voucherId)) };
}

/**
 * Records what a new voucher subsidises: of each subsidised kind, the days that nobody had. Holds only if the record
 * still is what was read, so that of two signatures at once the second decides again.
 */
export function recordServices(
  { stored, live }: KnownServices,
  voucher: Voucher,
  subsidised: readonly Kind[],
  wanted: WantedService,
  at: number,
): Change {
  const { id: voucherId, number: voucherNumber } = voucher;
  const added = [...new Set(subsidised)].flatMap((kind) =>
    freshPeriods(kind, wanted, live).map((period) => ({ voucherId, voucherNumber, kind, ...period })),
  );
  const periods = [...live, ...added];
  return stored
    ? {
        do: 'update',
        entity: 'serviceHistory',
        value: revise(stored, at, { periods }),
        audit: { action: 'subsidise', note: voucherNumber },
      }
    : {
        do: 'create',
        entity: 'serviceHistory',
        value: { enterpriseUscc: voucher.enterpriseUscc, ...born(at), periods },
      };
}
