import type { SubsidisedService } from '../../orders/same-service.ts';
import { capCountingStatuses, type Voucher } from '../../orders/voucher.ts';
import type { Reads } from '../../ports/store.ts';

const PAGE = 100;

/** Services the enterprise has live vouchers for, of all years, from the list of its vouchers (clause 五-(三)). */
export async function subsidisedServices(
  reads: Pick<Reads, 'list' | 'getMany'>,
  enterpriseId: string,
): Promise<SubsidisedService[]> {
  const vouchers: Voucher[] = [];
  let cursor: string | undefined;
  do {
    const page = await reads.list(
      'vouchersOfEnterprise',
      { enterpriseId },
      { limit: PAGE, ...(cursor ? { cursor } : {}) },
    );
    vouchers.push(...page.items.filter(({ status }) => capCountingStatuses.includes(status)));
    cursor = page.next;
  } while (cursor);
  if (vouchers.length === 0) return [];
  const orders = await reads.getMany(
    'order',
    vouchers.map(({ orderId }) => ({ id: orderId })),
  );
  const contracts = new Map(orders.map(({ id, contract }) => [id, contract]));
  return vouchers.flatMap(({ orderId, number }) => {
    const contract = contracts.get(orderId);
    if (!contract) return [];
    return [
      {
        voucherNumber: number,
        kinds: contract.lines.map(({ kind }) => kind),
        from: contract.startsOn,
        to: contract.endsOn,
      },
    ];
  });
}
