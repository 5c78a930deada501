import type { SubsidisedService } from '../../orders/same-service.ts';
import { capCountingStatuses } from '../../orders/voucher.ts';
import { everyPage } from '../../ports/pages.ts';
import type { Reads } from '../../ports/store.ts';

/** Services the enterprise has live vouchers for, of all years, from the list of its vouchers (clause 五-(三)); one order left out. */
export async function subsidisedServices(
  reads: Pick<Reads, 'list' | 'getMany'>,
  enterpriseId: string,
  exceptOrderId?: string,
): Promise<SubsidisedService[]> {
  const all = await everyPage((page) => reads.list('vouchersOfEnterprise', { enterpriseId }, page));
  const vouchers = all.filter(
    ({ status, orderId }) => capCountingStatuses.includes(status) && orderId !== exceptOrderId,
  );
  if (vouchers.length === 0) return [];
  const orders = await reads.getMany(
    'order',
    vouchers.map(({ orderId }) => ({ id: orderId })),
  );
  const contracts = new Map(orders.map(({ id, contract }) => [id, contract]));
  return vouchers.flatMap(({ id, orderId, number }) => {
    const contract = contracts.get(orderId);
    if (!contract) return [];
    return [
      {
        voucherId: id,
        voucherNumber: number,
        kinds: contract.lines.map(({ kind }) => kind),
        from: contract.startsOn,
        to: contract.endsOn,
      },
    ];
  });
}
